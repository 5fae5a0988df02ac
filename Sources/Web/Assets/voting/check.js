// Checks the ballots of an archive and sums them up, before a trustee decrypts (§4.7, §4.8). A trustee who decrypted whatever
// the server sends could be handed one voter's ballot as a tally; a ballot whose proofs nobody checked could hold another's votes.

import { readArchive } from "./archive.js";
import { prepareElection } from "./ballot.js";
import { canonicalText } from "./canonical.js";
import { powerOf } from "./group.js";
import { hashToScalar, isKnowledgeProven, readProof, reduced } from "./proofs.js";
import { sha256Base64, sha256Hex } from "./sha256.js";
import { jointPublicKey } from "./verify.js";
export { checkedTally, readBallot };

/** Fewer ballots than these are not decrypted: their sum would tell too much of each. */
const FEWEST_BALLOTS = 5;

function readCiphertext(group, { alpha, beta }) {
    return { alpha: group.decode(alpha), beta: group.decode(beta), text: `${alpha},${beta}` };
}

const sumOf = (group, ciphertexts) => {
    const sum = ciphertexts.reduce(
        (total, { alpha, beta }) => ({ alpha: group.multiply(total.alpha, alpha), beta: group.multiply(total.beta, beta) }),
        { alpha: group.identity, beta: group.identity });
    return { ...sum, text: `${group.encode(sum.alpha)},${group.encode(sum.beta)}` };
};

/** A and B of a claim that a ciphertext encrypts `value`: g^z·α^c and y^z·(β·g^−M)^c. */
function claimCommitments(election, { alpha, beta }, value, { challenge, response }) {
    const { group, powerOfGenerator, powerOfKey } = election;
    const shift = powerOfGenerator(reduced(group, -BigInt(value) * challenge));
    return [
        group.multiply(powerOfGenerator(response), powerOf(group, alpha, challenge)),
        group.multiply(powerOfKey(response), group.multiply(powerOf(group, beta, challenge), shift)),
    ];
}

/** Whether a proof shows that one of the claims holds: pairs of a ciphertext and the number that it encrypts. */
function isOneOfProven(election, claims, proof, prefix) {
    const { group } = election;
    if (proof.length !== claims.length) return false;
    const parts = proof.map((part) => readProof(group, part));
    const commitments = claims.flatMap(([ciphertext, value], place) =>
        claimCommitments(election, ciphertext, value, parts[place]));
    const total = parts.reduce((sum, { challenge }) => sum + challenge, 0n);
    return reduced(group, total) === hashToScalar(group, prefix, commitments);
}

const refuseUnless = (holds, reason, place) => {
    if (!holds) throw Object.assign(new Error(`${reason} ${place ?? ""}`), { reason, place });
};

/** Reads one answer's ciphertexts after checking its proofs. */
function readAnswer(election, question, answer, context) {
    const { group } = election;
    const choices = answer.choices.map((choice) => readCiphertext(group, choice));
    const { individual_proofs: individual, overall_proof: overall, blank_proof: blank } = answer;
    const fits = choices.length === question.answers.length + (question.hasBlank ? 1 : 0)
        && individual.length === choices.length && (blank !== undefined) === question.hasBlank;
    refuseUnless(fits, "shape");
    const whole = `${context}|${choices.map(({ text }) => text).join(",")}`;
    const sum = sumOf(group, question.hasBlank ? choices.slice(1) : choices);
    const sums = Array.from({ length: question.max - question.min + 1 }, (_, index) => [sum, question.min + index]);
    const holds = (claims, proof, prefix) => refuseUnless(isOneOfProven(election, claims, proof, prefix), "proof");
    choices.forEach((choice, place) =>
        holds([[choice, 0], [choice, 1]], individual[place], `prove|${context}|${choice.text}|`));
    if (question.hasBlank) {
        holds([[choices[0], 0], [sum, 0]], blank, `bproof0|${whole}|`);
        holds([[choices[0], 1], ...sums], overall, `bproof1|${whole}|`);
    } else {
        holds(sums, overall, `prove|${whole}|${sum.text}|`);
    }
    return choices;
}

function isSignatureValid(election, { signature: { hash, proof }, ...unsigned }) {
    const { group } = election;
    return hash === sha256Base64(canonicalText(unsigned)) && isKnowledgeProven(
        group, group.decode(unsigned.credential), readProof(group, proof), `sig|${hash}|`);
}

/** Whether each member stands where the format has it, and none beside. */
function hasOrder({ election_uuid, election_hash, credential, answers, signature }, text) {
    const proofsOf = (list) => list.map(({ challenge, response }) => ({ challenge, response }));
    const ordered = answers.map(({ choices, individual_proofs: individual, overall_proof: overall, blank_proof: blank }) => ({
        choices: choices.map(({ alpha, beta }) => ({ alpha, beta })), individual_proofs: individual.map(proofsOf),
        overall_proof: proofsOf(overall), ...(blank && { blank_proof: proofsOf(blank) }),
    }));
    const [proof] = proofsOf([signature.proof]);
    return text === canonicalText({
        election_uuid, election_hash, credential, answers: ordered, signature: { hash: signature.hash, proof },
    });
}

/**
 * Reads a ballot after checking all of it but whose credential it bears: {credential, answers}, the latter as ciphertexts.
 *
 * @param election What `prepareElection` made.
 * @throws {Error} Where it is not a valid ballot of the election.
 */
function readBallot(election, text) {
    const ballot = JSON.parse(text);
    const { credential, answers } = ballot;
    refuseUnless(hasOrder(ballot, text), "text");
    refuseUnless(ballot.election_uuid === election.uuid && ballot.election_hash === election.fingerprint, "election");
    refuseUnless(answers.length === election.questions.length, "shape");
    refuseUnless(isSignatureValid(election, ballot), "signature");
    const context = `${election.fingerprint}|${credential}`;
    return {
        credential,
        answers: election.questions.map((question, place) => readAnswer(election, question, answers[place], context)),
    };
}

/** The canonical text of the product of ballots, choice by choice. */
function tallyText({ group, questions }, ballots) {
    const product = (place, choice) => {
        const [alpha, beta] = sumOf(group, ballots.map(({ answers }) => answers[place][choice])).text.split(",");
        return { alpha, beta };
    };
    return canonicalText(questions.map(({ answers, hasBlank }, place) =>
        Array.from({ length: answers.length + (hasBlank ? 1 : 0) }, (_, choice) => product(place, choice))));
}

/** Reads ballot after ballot, and returns each voter's last one. */
async function lastBallots(election, texts, credentials, progress) {
    const last = new Map();
    refuseUnless(new Set(texts).size === texts.length, "copy");
    for (const [place, text] of texts.entries()) {
        const ballot = ballotOrFault(election, text, place);
        refuseUnless(credentials.has(ballot.credential), "ballot", place);
        last.set(ballot.credential, ballot);
        progress(place + 1, texts.length);
        await new Promise((resume) => { setTimeout(resume, 0); });
    }
    return [...last.values()];
}

function ballotOrFault(election, text, place) {
    try {
        return readBallot(election, text);
    } catch (cause) {
        throw Object.assign(new Error(`ballot ${place}`, { cause }), { reason: "ballot", place });
    }
}

/**
 * Checks the archive whole up to its tally and returns what a trustee may decrypt: {uuid, fingerprint, tally}, and what trustees
 * hold against each other before they do: {ballots, voters, closing}. A valid archive need not be the only one.
 *
 * A ballot of 13 ciphertexts takes some 200 ms at 2048 bits, after which the page may draw: `progress` is given how many are done
 * and how many there are.
 *
 * @throws {Error} With a `reason`: `trustees`, `terms`, `credentials`, `weights`, `copy`, `ballot` (with its `place` from 0),
 *     `stage`, `tally`, `few_ballots`, `quorum`; or with words where the archive itself is damaged.
 */
async function checkedTally(bytes, progress = () => {}) {
    const archive = readArchive(bytes);
    const election = prepareElection(archive.election);
    const { public_key: key, alianzas: terms, questions } = JSON.parse(archive.election);
    // The archive's first event binds these to nothing but itself; each ballot is bound to election.json.
    refuseUnless(!terms || terms.trustees === sha256Hex(archive.trustees), "trustees");
    refuseUnless(!terms || terms.credentials === sha256Hex(archive.credentials), "credentials");
    refuseUnless(jointPublicKey(election.group, archive.trustees) === key, "trustees");
    // What voters read is the answer, and what is counted the contender of the terms.
    refuseUnless((terms?.questions ?? []).every(({ options }, place) => options.length === questions[place].answers.length
        && options.every(({ contender }, option) => contender === questions[place].answers[option])), "terms");
    const credentials = new Set(JSON.parse(archive.credentials));
    // Anybody can sign for the element 1.
    refuseUnless(!credentials.has(election.group.encode(election.group.identity)), "credentials");
    refuseUnless([...credentials].every((each) => !each.includes(",")), "weights");
    refuseUnless(archive.tally !== undefined, "stage");
    const last = await lastBallots(election, archive.ballots, credentials, progress);
    refuseUnless(tallyText(election, last) === archive.tally, "tally");
    refuseUnless(JSON.parse(archive.sized).num_tallied === last.length, "tally");
    // A rehearsal holds nobody's vote. That it is one stands in election.json, to which each ballot is bound.
    refuseUnless(terms?.simulacro === true || last.length >= FEWEST_BALLOTS, "few_ballots");
    refuseUnless(last.length >= (terms?.quorum ?? 0), "quorum");
    return {
        uuid: election.uuid, fingerprint: election.fingerprint, tally: JSON.parse(archive.tally),
        ballots: archive.ballots.length, voters: last.length, closing: archive.closing,
    };
}
