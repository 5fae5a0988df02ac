// A trustee's half of the election (§4.5, §4.10): the key, the Pedersen ceremony that shares one key among N members of whom
// any T decrypt, the proof that a key is still at hand, and the partial decryption.
//
// All that a trustee has to keep is a seed of 22 characters, on a printed sheet and in a file. With it and the public
// messages of the ceremony the member's share is made again. Like a voter's code it is derived with text prefixes of its own
// use. Nothing here runs in constant time (see group.js): a trustee's page belongs on a device that nobody else uses then.

import { canonicalText } from "./canonical.js";
import { CeremonyFault, certificatesHash, isShareOf, readCertificates, readPolynomials } from "./ceremony.js";
import { powerOf } from "./group.js";
import { proveEquality, proveKnowledge, reduced, signText, scalarOfHashes } from "./proofs.js";
import { decryptShare, encryptShare } from "./share.js";
export { makeCertificate, makePolynomial, makeVerificationKey, memberShare };
export { boundDecryption, ownEntry, singleSecret, singleTrustee, trialDecryption };

/** The seed in a code as it is printed: its 22 characters, without hyphens. */
const seedOf = (code) => code.replaceAll("-", "");

/** g^exponent. */
const publicKeyOf = (group, secret) => powerOf(group, group.generator, secret);

/** A public key with the proof that its owner knows the secret: `tpk` of §4.5. */
function provenKey(group, secret, randomness) {
    const text = group.encode(publicKeyOf(group, secret));
    return { pok: proveKnowledge(group, secret, `pok|${group.name}|${text}|`, randomness), public_key: text };
}

// MARK: A trustee alone (`Single`)

/**
 * The secret key of a trustee who is needed for each decryption.
 *
 * x = SHA-256("trustee_key|" ‖ group ‖ "|0|" ‖ seed) ‖ SHA-256("trustee_key|" ‖ group ‖ "|1|" ‖ seed) modulo q, as the
 * derivation of credentials: the format leaves open where this key comes from.
 */
function singleSecret(group, code) {
    return scalarOfHashes(group, [0, 1].map((half) => `trustee_key|${group.name}|${half}|${seedOf(code)}`));
}

/** The message of a single trustee: what stands beside `"Single"` in trustees.json. */
const singleTrustee = (group, code, randomness) => provenKey(group, singleSecret(group, code), randomness);

// MARK: The Pedersen ceremony, T of N

const signingSecret = (group, code) => scalarOfHash(group, `sk|${seedOf(code)}`);
const decryptionSecret = (group, code) => scalarOfHash(group, `dk|${seedOf(code)}`);

/** A scalar of 256 bits of hash, as the format derives the two keys of a member. */
const scalarOfHash = (group, text) => scalarOfHashes(group, [text]);

const signedMessage = (group, secret, message, randomness) =>
    ({ message, signature: signText(group, secret, message, randomness) });

/** First message of a member: the certificate of the two keys of this ceremony. `context` is {size, threshold, index}. */
function makeCertificate(group, { size, threshold, index }, code, randomness) {
    const secret = signingSecret(group, code);
    const message = canonicalText({
        context: { group: group.name, size, threshold, index },
        verification: group.encode(publicKeyOf(group, secret)),
        encryption: group.encode(publicKeyOf(group, decryptionSecret(group, code))),
    });
    return signedMessage(group, secret, message, randomness);
}

/** Refuses certificates of which the member's own is another than this seed makes. */
function requireOwnCertificate(group, { verification, encryption }, index, code) {
    const isOwn = group.isEqual(verification, publicKeyOf(group, signingSecret(group, code)))
        && group.isEqual(encryption, publicKeyOf(group, decryptionSecret(group, code)));
    if (!isOwn) throw new CeremonyFault(index, "not_own_certificate");
}

/**
 * The member's polynomial, lowest coefficient first.
 *
 * It follows from the seed and all certificates: a page that was closed halfway makes the same again, and a ceremony that is
 * repeated with other members makes another.
 */
function coefficients(group, certificates, threshold, code) {
    const ceremony = certificatesHash(certificates);
    return Array.from({ length: threshold }, (_, power) => scalarOfHashes(group, [0, 1].map((half) =>
        `coefficient|${ceremony}|${power}|${half}|${seedOf(code)}`)));
}

const valueAt = (group, polynomial, index) =>
    polynomial.reduceRight((value, coefficient) => reduced(group, value * BigInt(index) + coefficient), 0n);

/**
 * Second message: the polynomial's public half, the member's signature of all certificates with it, and the value for each
 * member, encrypted to that member (see share.js) and signed, so that a wrong one can be laid at its maker's door.
 *
 * @param certificates All N certificates, on which all members have to agree: they compare `certificatesHash` aloud.
 * @returns {{coefexps: object, signature: object, shares: object}} `coefexps` and `signature` go into trustees.json as they
 *     are; `shares` is kept with them, since a restored backup reads it again.
 */
function makePolynomial(group, certificates, index, code, randomness) {
    const members = readCertificates(group, certificates);
    requireOwnCertificate(group, members[index - 1], index, code);
    const secret = signingSecret(group, code);
    const polynomial = coefficients(group, certificates, members[0].threshold, code);
    const exponents = polynomial.map((coefficient) => group.encode(publicKeyOf(group, coefficient)));
    const statement = `certs_sig|${canonicalText({ certs: certificates, coefexps: exponents })}`;
    const ceremony = certificatesHash(certificates);
    const shares = members.map(({ encryption }, position) => encryptShare(
        group, encryption, valueAt(group, polynomial, position + 1), { ceremony, from: index, to: position + 1 }, randomness));
    return {
        coefexps: signedMessage(group, secret, canonicalText({ coefexps: exponents }), randomness),
        signature: signText(group, secret, statement, randomness),
        shares: signedMessage(group, secret, canonicalText({ ceremony, shares }), randomness),
    };
}

/**
 * The member's share S of the key, from the seed and the public messages alone: after the ceremony and after a loss.
 *
 * @throws {CeremonyFault} Where a message is not its member's, or a value does not fit the polynomial that was published.
 */
function memberShare(group, certificates, polynomials, index, code) {
    const members = readCertificates(group, certificates);
    requireOwnCertificate(group, members[index - 1], index, code);
    const ceremony = certificatesHash(certificates);
    const values = readPolynomials(group, certificates, polynomials).map(({ exponents, shares }, position) => {
        const context = { ceremony, from: position + 1, to: index };
        const value = decryptShare(group, decryptionSecret(group, code), shares[index - 1], context);
        const fits = value !== undefined && isShareOf(group, publicKeyOf(group, value), exponents, index);
        if (!fits) throw new CeremonyFault(position + 1, "wrong_share");
        return value;
    });
    return reduced(group, values.reduce((sum, value) => sum + value, 0n));
}

/**
 * What trustees.json has to hold of the owner of this code, which only the code can tell: the public key of a trustee alone, or
 * the member's certificate, whose keys are held against it. A server that kept keys of its own would show those.
 *
 * @param certificates All certificates of the members, or nothing where each trustee is alone.
 * @throws {CeremonyFault} `not_own_certificate`.
 */
function ownEntry(group, code, index, certificates) {
    if (!certificates) return group.encode(publicKeyOf(group, singleSecret(group, code)));
    requireOwnCertificate(group, readCertificates(group, certificates)[index - 1], index, code);
    return certificates[index - 1].message;
}

/** Third message: the public half of the member's share, for `verification_keys`, signed with the key of the certificate. */
function makeVerificationKey(group, share, code, randomness) {
    const key = provenKey(group, share, randomness);
    return { ...key, signature: signText(group, signingSecret(group, code), key.public_key, randomness) };
}

// MARK: Decryption

/** Decrypts one ciphertext in part, with the proof that it was done with the key. */
function decryptOne(group, secret, alpha, prefix, randomness) {
    const base = group.decode(alpha);
    return {
        factor: group.encode(powerOf(group, base, secret)),
        proof: proveEquality(group, secret, base, prefix, randomness),
    };
}

/** The partial decryption of sums as the archive keeps it, in their shape: an array for each question. */
function partialDecryption(group, secret, fingerprint, tally, randomness) {
    const prefix = `decrypt|${fingerprint}|${group.encode(publicKeyOf(group, secret))}|`;
    const parts = tally.map((question) =>
        question.map(({ alpha }) => decryptOne(group, secret, alpha, prefix, randomness)));
    return {
        decryption_factors: parts.map((question) => question.map(({ factor }) => factor)),
        decryption_proofs: parts.map((question) => question.map(({ proof }) => proof)),
    };
}

/**
 * The trustee's partial decryption of a tally as it is handed in: with a second proof of each factor, whose challenge has the
 * sum and the factor in the hash. That of the format leaves both out, and so a trustee could spoil the count with a false
 * factor whose proof holds; the server asks for this one and keeps the rest (`BoundDecryption` in Swift).
 *
 * @param secret The key of a single trustee, or the share of a member.
 * @param fingerprint φ of the election, which each proof is bound to.
 * @param tally The encrypted tally: an array for each question. A page decrypts nothing else than what it has summed up
 *     itself from the ballots of the archive (`checkedTally`): a single ballot would be opened in the same way.
 */
function boundDecryption(group, secret, fingerprint, tally, randomness) {
    const part = partialDecryption(group, secret, fingerprint, tally, randomness);
    const prefix = `decrypt_bound|${fingerprint}|${group.encode(publicKeyOf(group, secret))}|`;
    const proofs = tally.map((question, row) => question.map(({ alpha }, column) => {
        const claim = `${alpha}|${part.decryption_factors[row][column]}|`;
        return proveEquality(group, secret, group.decode(alpha), prefix + claim, randomness);
    }));
    return { ...part, bound_proofs: proofs };
}

/**
 * The trial before opening: proves that the key is at hand by decrypting a number's worth of nothing.
 *
 * The server draws a number r below q and the trustee decrypts the ciphertext whose α is g^r. That the server has to name r
 * keeps it from passing a voter's ciphertext off as a trial, since nobody but the voter's browser knew that one's r. The
 * proof is that of a tally under the fingerprint `trial|φ`, so that neither is ever taken for the other.
 */
function trialDecryption(group, secret, fingerprint, randomizer, randomness) {
    const alpha = group.encode(publicKeyOf(group, randomizer));
    return partialDecryption(group, secret, `trial|${fingerprint}`, [[{ alpha }]], randomness);
}
