// Randomness: the browser's generator, and numbers drawn from it without bias.
//
// Whoever draws takes a source as a parameter: a function from a count to that many bytes. Tests pass one of their own;
// pages pass `systemRandomness`.

export { randomBelow, randomCharacters, randomUUID, systemRandomness };

/** Bytes of the browser's cryptographic generator. */
const systemRandomness = (count) => crypto.getRandomValues(new Uint8Array(count));

/** The number that bytes write, the most significant first. */
const numberOfBytes = (bytes) =>
    bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

/**
 * A number drawn evenly from 0 up to and without `limit`.
 *
 * What is drawn too large is thrown away and drawn again. A remainder would favour small numbers, and a bias of a fraction
 * of a bit over many signatures is enough to find a secret.
 */
function randomBelow(limit, randomness) {
    const bits = limit.toString(2).length;
    const excess = BigInt(8 * Math.ceil(bits / 8) - bits);
    for (;;) {
        const number = numberOfBytes(randomness(Math.ceil(bits / 8))) >> excess;
        if (number < limit) return number;
    }
}

/** A text of `count` characters, each drawn evenly from an alphabet of at most 256. */
function randomCharacters(count, alphabet, randomness) {
    const limit = 256 - (256 % alphabet.length);
    let text = "";
    while (text.length < count) {
        const [byte] = randomness(1);
        if (byte < limit) text += alphabet[byte % alphabet.length];
    }
    return text;
}

/** A random UUID. The browser makes one only in a page that came by TLS or from this device. */
function randomUUID(randomness) {
    const bytes = randomness(16);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
