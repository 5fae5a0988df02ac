// The proofs of the format (§4.5, §4.7, §4.10): knowledge of a key, equality of two logarithms, and "one of these claims is
// true". Each is a challenge and a response; the challenge is the hash of what was committed to.
//
// The secrets and nonces below are BigInts, whose arithmetic is not constant-time (see group.js).

import { readDecimal } from "./canonical.js";
import { powerOf } from "./group.js";
import { randomBelow } from "./random.js";
import { sha256Hex } from "./sha256.js";
export { hashToScalar, hasSignature, isKnowledgeProven, proveEquality, proveKnowledge, proveOneOf };
export { readProof, reduced, signText, scalarOfHashes };

/** A number modulo the group's order, from 0 on. */
const reduced = (group, number) => ((number % group.order) + group.order) % group.order;

/** H(prefix; e1, …, en) of §4.1. */
function hashToScalar(group, prefix, elements) {
    return reduced(group, BigInt(`0x${sha256Hex(prefix + elements.map(group.encode).join(","))}`));
}

/**
 * A scalar of a secret text: 512 bits of hash modulo q, so that what the remainder favours is below 2⁻²⁵⁶ (§4.6).
 *
 * `texts` are the two texts to hash, the first for the higher half.
 */
const scalarOfHashes = (group, texts) => reduced(group, BigInt(`0x${texts.map(sha256Hex).join("")}`));

/** Reads a proof of two numbers below q. */
function readProof(group, { challenge, response }) {
    return { challenge: readDecimal(challenge, group.order), response: readDecimal(response, group.order) };
}

// MARK: Knowledge of a logarithm, and signatures

/** Proves knowledge of the secret x of g^x. */
function proveKnowledge(group, secret, prefix, randomness, powerOfGenerator) {
    const nonce = randomBelow(group.order, randomness);
    const commitment = powerOfGenerator?.(nonce) ?? powerOf(group, group.generator, nonce);
    const challenge = hashToScalar(group, prefix, [commitment]);
    return { challenge, response: reduced(group, nonce - secret * challenge) };
}

/** Whether a proof holds: the challenge is the hash of g^response · X^challenge, what must have been committed to. */
function isKnowledgeProven(group, publicKey, { challenge, response }, prefix) {
    const commitment = group.multiply(
        powerOf(group, group.generator, response), powerOf(group, publicKey, challenge));
    return challenge === hashToScalar(group, prefix, [commitment]);
}

/** Signs a text as trustees do (§4.5). */
const signText = (group, secret, text, randomness) => proveKnowledge(group, secret, `sigmsg|${text}|`, randomness);

const hasSignature = (group, publicKey, text, proof) => isKnowledgeProven(group, publicKey, proof, `sigmsg|${text}|`);

// MARK: Equality of two logarithms

/** Proves that g^x and base^x have the same secret x (§4.10). */
function proveEquality(group, secret, base, prefix, randomness) {
    const nonce = randomBelow(group.order, randomness);
    const commitments = [powerOf(group, group.generator, nonce), powerOf(group, base, nonce)];
    const challenge = hashToScalar(group, prefix, commitments);
    return { challenge, response: reduced(group, nonce - secret * challenge) };
}

// MARK: One of several claims

/** The response and commitments of a claim that is not true: both numbers are drawn, and the commitments made to fit. */
function simulateClaim(keys, { randomizer, excess }, randomness) {
    const { group } = keys;
    const challenge = randomBelow(group.order, randomness);
    const response = randomBelow(group.order, randomness);
    const exponent = reduced(group, response + randomizer * challenge);
    const shift = keys.powerOfGenerator(reduced(group, excess * challenge));
    const commitments = [keys.powerOfGenerator(exponent), group.multiply(keys.powerOfKey(exponent), shift)];
    return { challenge, response, commitments };
}

function commitToClaim(keys, randomness) {
    const nonce = randomBelow(keys.group.order, randomness);
    return { nonce, commitments: [keys.powerOfGenerator(nonce), keys.powerOfKey(nonce)] };
}

/**
 * Proves that one of several claims about ciphertexts holds without telling which (§4.7, "Making one").
 *
 * A claim "(α, β) encrypts M" is given by the randomness of (α, β), `randomizer`, and `excess`, what it encrypts less M.
 * Since the prover knows both, all commitments are powers of the generator and of the key, for which `keys` holds tables.
 */
function proveOneOf(keys, claims, prefix, randomness) {
    const { group } = keys;
    const truth = claims.findIndex(({ excess }) => excess === 0n);
    if (truth < 0) throw new RangeError("none of the claims holds");
    const parts = claims.map((claim, index) =>
        (index === truth ? commitToClaim(keys, randomness) : simulateClaim(keys, claim, randomness)));
    const total = hashToScalar(group, prefix, parts.flatMap((part) => part.commitments));
    const simulated = parts.reduce((sum, part) => sum + (part.challenge ?? 0n), 0n);
    const challenge = reduced(group, total - simulated);
    const response = reduced(group, parts[truth].nonce - claims[truth].randomizer * challenge);
    return parts.map((part, index) =>
        (index === truth ? { challenge, response } : { challenge: part.challenge, response: part.response }));
}
