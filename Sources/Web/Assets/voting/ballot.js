// A voter's ballot for homomorphic questions (§4.7): each answer is a number 0 or 1, encrypted, with proofs that it is one
// and that the sum of the answers is allowed. What is chosen is known to this file alone; what leaves it is public.

import { canonicalText } from "./canonical.js";
import { fixedBase, groupNamed } from "./group.js";
import { proveKnowledge, proveOneOf, reduced } from "./proofs.js";
import { randomBelow } from "./random.js";
import { sha256Base64 } from "./sha256.js";
export { makeBallot, prepareElection, trackerOf };

/** A ballot's tracker: what the voter looks up on the public board. */
const trackerOf = (ballotText) => sha256Base64(ballotText);

function readQuestion(question) {
    if (question.type !== undefined) throw new TypeError(`questions of type ${question.type} are not known here`);
    const { answers, min, max, blank = false } = question;
    if (!(min >= 0 && min <= max && max <= answers.length)) throw new RangeError("the limits of a question do not fit");
    return { text: question.question, answers, min, max, hasBlank: blank };
}

/**
 * Reads election.json and makes the tables that ballots need, some 30 ms of work.
 *
 * @param text The text as it stands in the archive: each byte of it is in the fingerprint φ, and that in each ballot.
 */
function prepareElection(text) {
    const { uuid, group: name, public_key: key, questions } = JSON.parse(text);
    const group = groupNamed(name);
    return {
        uuid, group, fingerprint: sha256Base64(text), questions: questions.map(readQuestion),
        powerOfGenerator: fixedBase(group, group.generator), powerOfKey: fixedBase(group, group.decode(key)),
    };
}

/** Encrypts 0 or 1; the result holds the randomness and must not leave this file. */
function encryptBit(election, bit, randomness) {
    const { group } = election;
    const randomizer = randomBelow(group.order, randomness);
    const power = election.powerOfKey(randomizer);
    const alpha = election.powerOfGenerator(randomizer);
    const beta = bit === 1n ? group.multiply(power, group.generator) : power;
    return { bit, randomizer, alpha, beta, texts: { alpha: group.encode(alpha), beta: group.encode(beta) } };
}

/** The product of encrypted numbers, which encrypts their sum. */
function productOf(group, choices) {
    const sum = choices.reduce((total, each) => ({
        bit: total.bit + each.bit, randomizer: total.randomizer + each.randomizer,
        alpha: group.multiply(total.alpha, each.alpha), beta: group.multiply(total.beta, each.beta),
    }), { bit: 0n, randomizer: 0n, alpha: group.identity, beta: group.identity });
    const texts = { alpha: group.encode(sum.alpha), beta: group.encode(sum.beta) };
    return { ...sum, randomizer: reduced(group, sum.randomizer), texts };
}

/** The claim that an encrypted number is M. */
const claimThat = ({ bit, randomizer }, value) => ({ randomizer, excess: bit - BigInt(value) });

const textOf = ({ texts }) => `${texts.alpha},${texts.beta}`;

/** Refuses what the question does not allow, before a proof of it is tried. */
function requireAllowed({ answers, min, max, hasBlank }, bits) {
    const chosen = bits.slice(hasBlank ? 1 : 0).filter((bit) => bit === 1).length;
    const isBlank = hasBlank && bits[0] === 1;
    const fits = bits.length === answers.length + (hasBlank ? 1 : 0) && bits.every((bit) => bit === 0 || bit === 1);
    if (!fits || (isBlank ? chosen !== 0 : chosen < min || chosen > max)) {
        throw new RangeError("the answer is not allowed by its question");
    }
}

/** One question's answer. `context` is S0, which binds the proofs to election and voter. */
function answerTo(election, question, bits, context, randomness) {
    requireAllowed(question, bits);
    const { group } = election;
    const choices = bits.map((bit) => encryptBit(election, BigInt(bit), randomness));
    const individual = choices.map((choice) => proveOneOf(
        election, [claimThat(choice, 0), claimThat(choice, 1)], `prove|${context}|${textOf(choice)}|`, randomness));
    const whole = `${context}|${choices.map(textOf).join(",")}`;
    const options = question.hasBlank ? choices.slice(1) : choices;
    const sum = productOf(group, options);
    const counts = Array.from({ length: question.max - question.min + 1 }, (_, index) => question.min + index);
    const sums = counts.map((count) => claimThat(sum, count));
    const answer = { choices: choices.map(({ texts }) => texts), individual_proofs: individual };
    if (!question.hasBlank) {
        return { ...answer, overall_proof: proveOneOf(election, sums, `prove|${whole}|${textOf(sum)}|`, randomness) };
    }
    const isNotBlank = claimThat(choices[0], 0);
    const isBlank = claimThat(choices[0], 1);
    return {
        ...answer,
        overall_proof: proveOneOf(election, [isBlank, ...sums], `bproof1|${whole}|`, randomness),
        blank_proof: proveOneOf(election, [isNotBlank, claimThat(sum, 0)], `bproof0|${whole}|`, randomness),
    };
}

/**
 * Makes a signed ballot.
 *
 * The choices and the randomness live as long as this call; a program in JavaScript cannot overwrite them, only let go of
 * them, and the engine frees the memory when it likes.
 *
 * @param election What `prepareElection` made.
 * @param secret The voter's secret exponent (`credentialSecret`).
 * @param votes For each question its answers in order, 1 for what is chosen and 0 for the others; with a blank allowed one
 *     more in front, 1 for a blank vote.
 * @returns {{text: string, tracker: string}} The ballot's canonical text, which is what is cast, and its tracker.
 */
function makeBallot(election, secret, votes, randomness) {
    const { group, fingerprint, questions } = election;
    if (votes.length !== questions.length) throw new RangeError("there is one answer for each question");
    const credential = group.encode(election.powerOfGenerator(secret));
    const answers = questions.map((question, index) =>
        answerTo(election, question, votes[index], `${fingerprint}|${credential}`, randomness));
    const unsigned = { election_uuid: election.uuid, election_hash: fingerprint, credential, answers };
    const hash = sha256Base64(canonicalText(unsigned));
    const proof = proveKnowledge(group, secret, `sig|${hash}|`, randomness, election.powerOfGenerator);
    const text = canonicalText({ ...unsigned, signature: { hash, proof } });
    return { text, tracker: trackerOf(text) };
}
