// What the tests call in the page: the modules of the voting pages with plain JSON in and out.

import { makeBallot, prepareElection } from "/recursos/voting/ballot.js";
import { checkedTally, readBallot } from "/recursos/voting/check.js";
import { canonicalText } from "/recursos/voting/canonical.js";
import { credentialSecret, newCode, publicCredential, readCode } from "/recursos/voting/credential.js";
import { groupNamed, powerOf } from "/recursos/voting/group.js";
import { proveKnowledge, proveOneOf, scalarOfHashes, signText } from "/recursos/voting/proofs.js";
import { randomBelow, randomCharacters, systemRandomness } from "/recursos/voting/random.js";
import { qrModules } from "/recursos/voting/qr.js";
import { hmacSha256, sha256Base64, sha256Hex, utf8 } from "/recursos/voting/sha256.js";
import { encryptShare } from "/recursos/voting/share.js";
import * as trustee from "/recursos/voting/trustee.js";
import * as verify from "/recursos/voting/verify.js";

const random = systemRandomness;
/** Numbers become texts, as in the format. */
const plain = (value) => JSON.parse(canonicalText(value));

export const digests = (texts) => texts.map(sha256Hex);
export const authenticated = (key, text) => [...hmacSha256(utf8(key), utf8(text))];
export const read = (text) => readCode(text);
export const codes = (count) => Array.from({ length: count }, () => newCode(random));

/** Draws with a source that gives the bytes in turn. */
export function drawn(limit, bytes) {
    const rest = [...bytes];
    const number = randomBelow(BigInt(limit), (count) => Uint8Array.from(rest.splice(0, count)));
    return [number.toString(), rest.length];
}
export function drawnCharacters(count, alphabet, bytes) {
    const rest = [...bytes];
    return randomCharacters(count, alphabet, (wanted) => Uint8Array.from(rest.splice(0, wanted)));
}

export function derived(name, uuid, code) {
    const group = groupNamed(name);
    return [credentialSecret(group, uuid, code).toString(), publicCredential(group, uuid, code)];
}
export const generator = (name) => groupNamed(name).encode(groupNamed(name).generator);

/** The disjunction of the vectors, with their numbers in place of drawn ones. */
export function disjunction(name, { S, y, r, m, fake, w }) {
    const group = groupNamed(name);
    const power = (base) => (exponent) => powerOf(group, base, exponent);
    const keys = { group, powerOfGenerator: power(group.generator), powerOfKey: power(group.decode(y)) };
    const [alpha, beta] = [
        keys.powerOfGenerator(BigInt(r)), group.multiply(keys.powerOfKey(BigInt(r)), power(group.generator)(BigInt(m))),
    ].map(group.encode);
    const bytesOf = (number) => Uint8Array.from(
        group.order.toString(16).padStart(64, "0").match(/../g), (_, index) => Number((BigInt(number) >> BigInt(8 * (31 - index))) & 255n));
    // The first claim is false, and drawn first.
    const source = [...fake, w].map((number) => bytesOf(BigInt(number) << (256n - BigInt(group.order.toString(2).length))));
    const claims = [0, 1].map((value) => ({ randomizer: BigInt(r), excess: BigInt(m - value) }));
    const proof = proveOneOf(keys, claims, `prove|${S}|${alpha},${beta}|`, () => source.shift());
    return plain({ ciphertext: { alpha, beta }, proof });
}

/** Whether each text is read as an element, and written as it was. */
export const elements = (name, texts) => texts.map((text) => {
    try {
        return groupNamed(name).encode(groupNamed(name).decode(text)) === text;
    } catch {
        return false;
    }
});

export const single = (name, code) => plain(trustee.singleTrustee(groupNamed(name), code, random));

/** A whole ceremony: what is posted in each of its three steps. */
export function ceremony(name, threshold, seeds) {
    const group = groupNamed(name);
    const members = seeds.map((seed, position) => [position + 1, seed]);
    const certificates = members.map(([index, seed]) =>
        plain(trustee.makeCertificate(group, { size: seeds.length, threshold, index }, seed, random)));
    const polynomials = members.map(([index, seed]) => plain(trustee.makePolynomial(group, certificates, index, seed, random)));
    const keys = members.map(([index, seed]) => plain(trustee.makeVerificationKey(
        group, trustee.memberShare(group, certificates, polynomials, index, seed), seed, random)));
    return { certificates, polynomials, keys };
}

/** The fault that a member finds, or the member's share. */
export function shareOf(name, certificates, polynomials, index, seed) {
    try {
        return trustee.memberShare(groupNamed(name), certificates, polynomials, index, seed).toString();
    } catch (fault) {
        return { member: fault.member, reason: fault.reason };
    }
}

export function jointKey(name, trustees) {
    try {
        return verify.jointPublicKey(groupNamed(name), trustees);
    } catch (fault) {
        return { member: fault.member, reason: fault.reason };
    }
}
export const isKeyOfTrustees = (...texts) => verify.isKeyOfTrustees(...texts);

/** A trustee's key of a number that the test chose, with its proof. */
export function keyOf(name, number) {
    const group = groupNamed(name);
    const secret = ((BigInt(number) % group.order) + group.order) % group.order;
    const text = group.encode(powerOf(group, group.generator, secret));
    return plain({ pok: proveKnowledge(group, secret, `pok|${name}|${text}|`, random), public_key: text });
}

/** A ceremony of members who chose all their numbers together, in which each proof and each signature holds. */
export function forgedCeremony(name, { signing, decryption, coefficients }) {
    const group = groupNamed(name);
    const scalar = (number) => ((BigInt(number) % group.order) + group.order) % group.order;
    const power = (number) => group.encode(powerOf(group, group.generator, scalar(number)));
    const signed = (position, message) => ({ message, signature: signText(group, scalar(signing[position]), message, random) });
    const threshold = coefficients[0].length;
    const certificates = signing.map((number, position) => plain(signed(position, canonicalText({
        context: { group: name, size: signing.length, threshold, index: position + 1 },
        verification: power(number), encryption: power(decryption[position]),
    }))));
    const polynomials = coefficients.map((each, position) => {
        const exponents = each.map(power);
        const statement = `certs_sig|${canonicalText({ certs: certificates, coefexps: exponents })}`;
        return plain({
            coefexps: signed(position, canonicalText({ coefexps: exponents })),
            signature: signText(group, scalar(signing[position]), statement, random),
        });
    });
    const keys = signing.map((number, position) => {
        const share = coefficients.flat().reduce((sum, coefficient, place) =>
            sum + BigInt(coefficient) * BigInt(position + 1) ** BigInt(place % threshold), 0n);
        const key = keyOf(name, share);
        return { ...key, signature: plain(signText(group, scalar(number), key.public_key, random)) };
    });
    return { certificates, polynomials, keys };
}

export const credential = (name, uuid, code) => publicCredential(groupNamed(name), uuid, code);

/** Ballots of the voters, with the milliseconds that the tables and each ballot took. */
export function ballots(electionText, votes) {
    const start = performance.now();
    const election = prepareElection(electionText);
    const prepared = performance.now() - start;
    const made = votes.map(([code, answers]) => {
        const begun = performance.now();
        const secret = credentialSecret(election.group, election.uuid, code);
        return { ...makeBallot(election, secret, answers, random), took: performance.now() - begun };
    });
    return { made, prepared };
}

const secretOf = (group, { code, certificates, polynomials, index }) => (certificates
    ? trustee.memberShare(group, certificates, polynomials, index, code) : trustee.singleSecret(group, code));

export function decryption(name, fingerprint, tally, owner) {
    const group = groupNamed(name);
    return plain(trustee.boundDecryption(group, secretOf(group, owner), fingerprint, tally, random));
}
export function trial(name, fingerprint, randomizer, owner) {
    const group = groupNamed(name);
    return plain(trustee.trialDecryption(group, secretOf(group, owner), fingerprint, BigInt(randomizer), random));
}

export const tracker = (text, told) => verify.hasTracker(text, told);

/** A second message whose shares are those of another polynomial, signed by the same member. */
export function misdealt(name, certificates, index, seed) {
    const group = groupNamed(name);
    const honest = plain(trustee.makePolynomial(group, certificates, index, seed, random));
    const sent = JSON.parse(honest.shares.message);
    const members = certificates.map(({ message }) => JSON.parse(message));
    sent.shares = members.map(({ encryption }, position) => encryptShare(group, group.decode(encryption), 5n,
        { ceremony: sent.ceremony, from: index, to: position + 1 }, random));
    const message = canonicalText(sent);
    const secret = scalarOfHashes(group, [`sk|${seed.replaceAll("-", "")}`]);
    return { ...honest, shares: { message, signature: plain(signText(group, secret, message, random)) } };
}

/** A ballot that was altered, signed anew by its voter where asked. */
export function resigned(electionText, code, ballotText, isSigned) {
    const { group, uuid } = prepareElection(electionText);
    const { signature, ...unsigned } = JSON.parse(ballotText);
    if (!isSigned) return ballotText;
    const hash = sha256Base64(canonicalText(unsigned));
    const proof = proveKnowledge(group, credentialSecret(group, uuid, code), `sig|${hash}|`, random);
    return canonicalText({ ...unsigned, signature: { hash, proof } });
}

export const qr = (text) => qrModules(text).map((row) => row.join("")).join("\n");

export function isBallotValid(electionText, text) {
    try {
        return readBallot(prepareElection(electionText), text).answers.length > 0;
    } catch {
        return false;
    }
}

/** What a trustee may decrypt of an archive (in Base64), with the milliseconds that its check took, or why nothing. */
export async function tallyOf(archive) {
    const start = performance.now();
    const steps = [];
    try {
        const checked = await checkedTally(Uint8Array.from(atob(archive), (sign) => sign.charCodeAt(0)), (...step) => steps.push(step));
        return { ...plain(checked), steps, took: performance.now() - start };
    } catch (error) {
        return { reason: error.reason ?? error.message, place: error.place };
    }
}
