// SHA-256 (FIPS 180-4) and HMAC (FIPS 198-1), of our own because the browser's are missing on pages without TLS, such as
// the offline booth opened from a file.
//
// How these modules are written: each line that begins with `import` or `export` is one whole statement and stands at the
// top; nothing awaits outside of a function; and no name stands at the top of two modules. So they can be read one by one
// in the browser, and the server can join them into the one script of the offline booth by dropping those lines.

export { hmacSha256, sha256, sha256Base64, sha256Hex, utf8 };

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;

const firstPrimes = (count) => {
    const primes = [];
    for (let number = 2; primes.length < count; number += 1) {
        if (primes.every((prime) => number % prime !== 0)) primes.push(number);
    }
    return primes;
};

/** The first 32 bits of the fraction of a root, as FIPS 180-4 §4.2.2 and §5.3.3 define its constants. */
const fractionBits = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32) >>> 0;

const ROUND_CONSTANTS = Uint32Array.from(firstPrimes(64), (prime) => fractionBits(Math.cbrt(prime)));
const INITIAL_STATE = Uint32Array.from(firstPrimes(8), (prime) => fractionBits(Math.sqrt(prime)));

const rotateRight = (word, bits) => (word >>> bits) | (word << (32 - bits));

/** The message with its padding: a bit 1, zeros, and the length in bits as 64 bits. */
function paddedMessage(bytes) {
    const length = Math.ceil((bytes.length + 9) / BLOCK_BYTES) * BLOCK_BYTES;
    const padded = new Uint8Array(length);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(length - 4, bytes.length << 3);
    return view;
}

function fillSchedule(schedule, view, start) {
    for (let index = 0; index < 16; index += 1) schedule[index] = view.getUint32(start + 4 * index);
    for (let index = 16; index < 64; index += 1) {
        const early = schedule[index - 15];
        const late = schedule[index - 2];
        const sigma0 = rotateRight(early, 7) ^ rotateRight(early, 18) ^ (early >>> 3);
        const sigma1 = rotateRight(late, 17) ^ rotateRight(late, 19) ^ (late >>> 10);
        schedule[index] = schedule[index - 16] + sigma0 + schedule[index - 7] + sigma1;
    }
}

function compress(state, schedule) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let round = 0; round < 64; round += 1) {
        const sum1 = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
        const first = (h + sum1 + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[round] + schedule[round]) | 0;
        const sum0 = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
        const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] += word; });
}

/** The bytes of a text in UTF-8. */
const utf8 = (text) => new TextEncoder().encode(text);

/** The digest of bytes, as 32 bytes. */
function sha256(bytes) {
    const view = paddedMessage(bytes);
    const state = INITIAL_STATE.slice();
    const schedule = new Uint32Array(64);
    for (let start = 0; start < view.byteLength; start += BLOCK_BYTES) {
        fillSchedule(schedule, view, start);
        compress(state, schedule);
    }
    const digest = new DataView(new ArrayBuffer(DIGEST_BYTES));
    state.forEach((word, index) => digest.setUint32(4 * index, word));
    return new Uint8Array(digest.buffer);
}

/** The digest of a text's UTF-8, in 64 lower-case hexadecimal digits (`hash` of §4.1). */
const sha256Hex = (text) =>
    Array.from(sha256(utf8(text)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The digest of a text's UTF-8 in Base64 without the final `=`: 43 characters (`b64` of §4.1). */
const sha256Base64 = (text) => btoa(String.fromCharCode(...sha256(utf8(text)))).slice(0, -1);

/** The authentication code of a message under a key of at most 64 bytes, as 32 bytes. */
function hmacSha256(key, message) {
    if (key.length > BLOCK_BYTES) throw new RangeError("a key of HMAC-SHA-256 has at most 64 bytes here");
    const keyed = (mask, bytes) => {
        const input = new Uint8Array(BLOCK_BYTES + bytes.length).fill(mask, 0, BLOCK_BYTES);
        key.forEach((byte, index) => { input[index] ^= byte; });
        input.set(bytes, BLOCK_BYTES);
        return sha256(input);
    };
    return keyed(0x5c, keyed(0x36, message));
}
