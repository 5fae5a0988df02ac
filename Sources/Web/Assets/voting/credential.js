// A voter's private credential (§4.6): 22 characters on a printed slip, from which the voter's browser derives a key. The
// server knows the public half alone.

import { powerOf } from "./group.js";
import { scalarOfHashes } from "./proofs.js";
import { randomCharacters, systemRandomness } from "./random.js";
export { CODE_LENGTH, credentialSecret, groupedCode, newCode, publicCredential, readCode, typedCharacters };

/**
 * What codes are made of: the digits and capitals of Base58, so that they can be read aloud, and typed in either case.
 *
 * The format's codes may hold small letters too; ours never do. 33²² are 2¹¹⁰·⁹ codes: to guess one is as hard as to compute
 * a logarithm in BELENIOS-2048.
 */
const CODE_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const CODE_LENGTH = 22;
const CODE_GROUPS = [5, 6, 5, 6];

/** The code as it is printed, `XXXXX-XXXXXX-XXXXX-XXXXXX`; also what has been typed of one so far. */
function groupedCode(characters) {
    let start = 0;
    const groups = CODE_GROUPS.map((length) => characters.slice(start, start += length));
    return groups.filter((group) => group !== "").join("-");
}

/** Draws a code for a voter's slip or a trustee's backup sheet, in groups. */
const newCode = (randomness = systemRandomness) =>
    groupedCode(randomCharacters(CODE_LENGTH, CODE_ALPHABET, randomness));

/** What somebody typed of a code, as it would be printed: white space, hyphens and case do not count, and an I is a 1. */
const typedCharacters = (text) =>
    text.replace(/[\s\-\u2010-\u2015\u2212]/g, "").toUpperCase().replaceAll("I", "1");

/**
 * Reads a code as somebody typed it, or as a reader of QR codes typed the address on the slip, which ends in `#` and the code.
 *
 * Signs that no code holds are told and not guessed: an O may have been a D as well as a Q.
 *
 * @returns {{code: string} | {fault: "missing" | "length" | "letter", letter?: string, count: number}}
 */
function readCode(text) {
    const characters = typedCharacters(text.slice(text.lastIndexOf("#") + 1));
    const count = [...characters].length;
    if (count === 0) return { fault: "missing", count };
    const letter = [...characters].find((each) => !CODE_ALPHABET.includes(each));
    if (letter) return { fault: "letter", letter, count };
    if (count !== CODE_LENGTH) return { fault: "length", count };
    return { code: groupedCode(characters) };
}

/** The secret exponent of a code in one election (the derivation of 2.4 and later); `uuid` is the election's. */
function credentialSecret(group, uuid, code) {
    return scalarOfHashes(group, [0, 1].map((half) => `derive_credential|${uuid}|${half}|${code}`));
}

/** The public half, S(g^s), as it stands in public_credentials.json. */
const publicCredential = (group, uuid, code) =>
    group.encode(powerOf(group, group.generator, credentialSecret(group, uuid, code)));
