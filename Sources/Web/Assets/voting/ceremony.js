// The public messages of the Pedersen ceremony (§4.5), read and checked as each member, and anybody later, has to.

import { canonicalText, readCanonical } from "./canonical.js";
import { powerOf } from "./group.js";
import { hasSignature, isKnowledgeProven, readProof } from "./proofs.js";
import { sha256Hex } from "./sha256.js";
export { CeremonyFault, certificatesHash, isShareOf, readCertificates, readPolynomials, readPublicKey };
export { requireOwnKeys, sumOfPolynomials };

/** A message that is not what its member had to send. */
class CeremonyFault extends Error {
    /**
     * @param member The member's number, from 1; nothing where it is the fault of all together.
     * @param reason `certificate`, `not_own_certificate`, `polynomial`, `wrong_share`, `verification_key`, `key_proof`, or,
     *     of keys in which every proof holds and which keep no secret: `weak_key`, `repeated_key`, `cancelled`.
     */
    constructor(member, reason) {
        super(`member ${member}: ${reason}`);
        this.member = member;
        this.reason = reason;
    }
}

/** Runs a check of a member's message; whatever is wrong in it is that member's fault for one reason. */
function checkOf(member, reason, check) {
    try {
        return check();
    } catch (error) {
        throw error instanceof CeremonyFault ? error : new CeremonyFault(member, reason);
    }
}

const insist = (holds, words) => {
    if (!holds) throw new Error(words);
};

/** An element that has to keep a secret: everybody knows that of the element 1. */
function readKey(group, member, text) {
    const key = group.decode(text);
    if (group.isEqual(key, group.identity)) throw new CeremonyFault(member, "weak_key");
    return key;
}

/** Asks that each key, by its text, is of one member alone: two places that one person holds are not two people. */
function requireOwnKeys(texts) {
    const repeated = texts.findIndex((text, position) => texts.indexOf(text) < position);
    if (repeated >= 0) throw new CeremonyFault(repeated + 1, "repeated_key");
}

/** The hash of all certificates, which the members read to each other: whoever sees others has another hash. */
const certificatesHash = (certificates) => sha256Hex(canonicalText(certificates));

/** The content of a signed message, whose signature is by the key that `keyOf` finds. */
function readSigned(group, { message, signature }, keyOf) {
    const content = readCanonical(message);
    insist(hasSignature(group, keyOf(content), message, readProof(group, signature)), "the signature is another's");
    return content;
}

function readCertificate(group, certificate, index, size) {
    let verification;
    const { context, encryption } = readSigned(group, certificate, (content) => {
        verification = readKey(group, index, content.verification);
        return verification;
    });
    insist(context.group === group.name && context.size === size && context.index === index, "another ceremony's");
    return { threshold: context.threshold, verification, encryption: readKey(group, index, encryption) };
}

/** Checks all certificates and reads their keys: {threshold, verification, encryption} for each member. */
function readCertificates(group, certificates) {
    const size = certificates.length;
    const members = certificates.map((certificate, position) =>
        checkOf(position + 1, "certificate", () => readCertificate(group, certificate, position + 1, size)));
    members.forEach(({ threshold }, position) => checkOf(position + 1, "certificate", () => {
        insist(threshold === members[0].threshold && threshold >= 1 && threshold < size, "another threshold");
    }));
    ["verification", "encryption"].forEach((name) => requireOwnKeys(members.map((member) => group.encode(member[name]))));
    return members;
}

function readPolynomial(group, certificates, { verification, threshold }, { coefexps, signature, shares }, index) {
    const { coefexps: exponents } = readSigned(group, coefexps, () => verification);
    insist(exponents.length === threshold, "another degree");
    const statement = `certs_sig|${canonicalText({ certs: certificates, coefexps: exponents })}`;
    insist(hasSignature(group, verification, statement, readProof(group, signature)), "saw other certificates");
    const polynomial = { exponents: exponents.map((exponent) => readKey(group, index, exponent)) };
    // In trustees.json the shares are not published.
    if (shares === undefined) return polynomial;
    const sent = readSigned(group, shares, () => verification);
    insist(sent.ceremony === certificatesHash(certificates) && sent.shares.length === certificates.length, "shares");
    return { ...polynomial, shares: sent.shares };
}

/** The public half of the sum of all polynomials, whose values are the keys of the shares. */
function sumOfPolynomials(group, polynomials) {
    const sum = polynomials[0].exponents.map((_, power) =>
        polynomials.reduce((product, { exponents }) => group.multiply(product, exponents[power]), group.identity));
    // Of a lesser degree fewer members have the key, and each of them the whole of it where two are said to decrypt.
    if (sum.some((exponent) => group.isEqual(exponent, group.identity))) throw new CeremonyFault(undefined, "cancelled");
    return sum;
}

/** Checks the second messages of all members and reads them: {exponents, shares} for each. */
function readPolynomials(group, certificates, polynomials) {
    const members = readCertificates(group, certificates);
    insist(polynomials.length === members.length, "there is one polynomial for each member");
    const read = polynomials.map((polynomial, position) => checkOf(position + 1, "polynomial", () =>
        readPolynomial(group, certificates, members[position], polynomial, position + 1)));
    sumOfPolynomials(group, read);
    return read;
}

/** g^f(index), from the public half A_0 … of the polynomial f: Π A_k^(index^k), reckoned from the last. */
const shareKeyAt = (group, exponents, index) => exponents.reduceRight(
    (key, exponent) => group.multiply(powerOf(group, key, BigInt(index)), exponent), group.identity);

/** Whether g^value is that of the polynomial for this member. */
const isShareOf = (group, valueKey, exponents, index) =>
    group.isEqual(valueKey, shareKeyAt(group, exponents, index));

/** Reads a trustee's public key (`tpk`) after checking that its owner knows the secret. */
function readPublicKey(group, member, { pok, public_key: text }) {
    return checkOf(member, "key_proof", () => {
        const key = readKey(group, member, text);
        insist(isKnowledgeProven(group, key, readProof(group, pok), `pok|${group.name}|${text}|`), "the key is not known");
        return key;
    });
}
