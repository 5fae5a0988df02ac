// What the page of a trustee or voter checks for itself, so that it need not believe the server that sent it the data.

import { trackerOf } from "./ballot.js";
import { CeremonyFault, isShareOf, readCertificates, readPolynomials, readPublicKey } from "./ceremony.js";
import { requireOwnKeys, sumOfPolynomials } from "./ceremony.js";
import { groupNamed } from "./group.js";
import { hasSignature, readProof } from "./proofs.js";
export { hasTracker, isEntryOf, isKeyOfTrustees, jointPublicKey };

/** Whether the tracker that the server answered is that of the ballot that was sent. */
const hasTracker = (ballotText, tracker) => trackerOf(ballotText) === tracker;

const productOfElements = (group, elements) => elements.reduce(group.multiply, group.identity);

/** Checks a member's verification key: it follows from all polynomials, and the member knows its secret and signed it. */
function checkVerificationKey(group, { verification }, exponents, key, index) {
    const publicKey = readPublicKey(group, index, key);
    const isOwn = isShareOf(group, publicKey, exponents, index)
        && hasSignature(group, verification, key.public_key, readProof(group, key.signature));
    if (!isOwn) throw new CeremonyFault(index, "verification_key");
}

function pedersenKey(group, { threshold, certs, coefexps, signatures, verification_keys: keys }) {
    const messages = coefexps.map((each, position) => ({ coefexps: each, signature: signatures[position] }));
    const members = readCertificates(group, certs);
    const polynomials = readPolynomials(group, certs, messages);
    polynomials.forEach(({ exponents }, position) => {
        if (exponents.length !== threshold) throw new CeremonyFault(position + 1, "polynomial");
    });
    if (keys.length !== certs.length) throw new CeremonyFault(keys.length + 1, "verification_key");
    const sum = sumOfPolynomials(group, polynomials);
    members.forEach((member, position) => checkVerificationKey(group, member, sum, keys[position], position + 1));
    return sum[0];
}

/** The keys of an entry, one where any member alone decrypts: there all have the same. */
function keyTextsOf([kind, entry]) {
    const keys = kind === "Single" ? [entry] : entry.verification_keys;
    return (entry.threshold === 1 ? keys.slice(0, 1) : keys).map(({ public_key: text }) => text);
}

function subkeyOf(group, [kind, entry], position) {
    if (kind === "Single") return readPublicKey(group, position + 1, entry);
    if (kind === "Pedersen") return pedersenKey(group, entry);
    throw new TypeError(`trustees of kind ${kind} are not known here`);
}

/**
 * The public key of the election that follows from trustees.json, as S(y), after checking all of it (§4.5).
 *
 * @throws {CeremonyFault} Names the first member whose part is wrong, or who has another's key; or nobody where keys cancel out.
 */
function jointPublicKey(group, trusteesText) {
    const trustees = JSON.parse(trusteesText);
    const joint = productOfElements(group, trustees.map((each, position) => subkeyOf(group, each, position)));
    requireOwnKeys(trustees.flatMap(keyTextsOf));
    if (group.isEqual(joint, group.identity)) throw new CeremonyFault(undefined, "cancelled");
    return group.encode(joint);
}

/**
 * Whether a trustee is one of those in trustees.json.
 *
 * @param own What the trustee's own code tells (`ownEntry`): the message of a member's certificate, or the key of a single one.
 */
function isEntryOf(trusteesText, own) {
    return JSON.parse(trusteesText).some(([kind, entry]) =>
        (kind === "Single" ? entry.public_key === own : entry.certs.some(({ message }) => message === own)));
}

/** Whether election.json encrypts to the key of these trustees, and this trustee is one of them (`isEntryOf`). */
function isKeyOfTrustees(electionText, trusteesText, own) {
    const election = JSON.parse(electionText);
    return isEntryOf(trusteesText, own) && jointPublicKey(groupNamed(election.group), trusteesText) === election.public_key;
}
