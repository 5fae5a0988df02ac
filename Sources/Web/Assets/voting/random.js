// Randomness: the browser's generator, and numbers drawn from it without bias.
//
// Whoever draws takes a source as a parameter: a function from a count to that many bytes. Tests pass one of their own;
// pages pass `systemRandomness`.

export { randomBelow, randomCharacters, systemRandomness };

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
