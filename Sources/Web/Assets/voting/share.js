// How a value of a polynomial travels from one member of the ceremony to another. The format leaves this open (§4.5), and
// AES would need WebCrypto, which pages without TLS lack; so this takes SHA-256 alone.
//
//     r random, alpha = g^r, K = ek^r, where ek is the recipient's encryption key
//     k  = SHA-256("share|" ‖ ceremony ‖ "|" ‖ from ‖ "|" ‖ to ‖ "|" ‖ S(alpha) ‖ "|" ‖ S(K))
//     data = the value as 32 bytes, xor HMAC(k, "encrypt")
//     mac  = HMAC(HMAC(k, "authenticate"), data)
//
// The message is {"alpha":G,"data":hex,"mac":hex}. The key is new for each message, so that its one block of stream is used
// once; the code is made of what is sent (encrypt, then authenticate) and checked before anything is decrypted. `ceremony`
// is the hash of all certificates. Who sent it is told by the signature around it (trustee.js).

import { powerOf } from "./group.js";
import { randomBelow } from "./random.js";
import { hmacSha256, sha256, utf8 } from "./sha256.js";
export { decryptShare, encryptShare };

const VALUE_BYTES = 32;

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function bytesOfHex(text) {
    if (!/^[0-9a-f]{64}$/.test(text)) throw new SyntaxError("not 32 bytes in hexadecimal digits");
    return Uint8Array.from({ length: VALUE_BYTES }, (_, index) => parseInt(text.slice(2 * index, 2 * index + 2), 16));
}

/** The key of one message. */
function messageKey(group, alpha, shared, { ceremony, from, to }) {
    return sha256(utf8(`share|${ceremony}|${from}|${to}|${alpha}|${group.encode(shared)}`));
}

/** Encrypts or decrypts 32 bytes. */
function withStream(key, bytes) {
    const stream = hmacSha256(key, utf8("encrypt"));
    return bytes.map((byte, index) => byte ^ stream[index]);
}

const authenticationCode = (key, data) => hexOf(hmacSha256(hmacSha256(key, utf8("authenticate")), data));

/** Encrypts a value below q, which has at most 256 bits in both groups. `context` is {ceremony, from, to}. */
function encryptShare(group, recipient, value, context, randomness) {
    const randomizer = randomBelow(group.order, randomness);
    const alpha = group.encode(powerOf(group, group.generator, randomizer));
    const key = messageKey(group, alpha, powerOf(group, recipient, randomizer), context);
    const data = withStream(key, bytesOfHex(value.toString(16).padStart(2 * VALUE_BYTES, "0")));
    return { alpha, data: hexOf(data), mac: authenticationCode(key, data) };
}

/** The value in a message, or undefined where the message was not made for this key and context. */
function decryptShare(group, secret, { alpha, data, mac }, context) {
    // An element outside of the group would tell a part of the key.
    const key = messageKey(group, alpha, powerOf(group, group.decode(alpha), secret), context);
    const bytes = bytesOfHex(data);
    if (authenticationCode(key, bytes) !== mac) return undefined;
    const value = BigInt(`0x${hexOf(withStream(key, bytes))}`);
    return value < group.order ? value : undefined;
}
