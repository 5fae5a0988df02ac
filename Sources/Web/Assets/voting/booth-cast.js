// Sends a ballot to the box. What happened is one of a few outcomes, and after each the voter knows what to do.

import { hasTracker } from "./verify.js";
export { castBallot };

const ANSWER_SECONDS = 30;

/** Codes of refusals (`elections.cast.…`) after which the voter corrects the code, or sends the same ballot once more. */
const CODE_FAULTS = ["unknown_credential", "other_credential"];
const PASSING_FAULTS = ["busy", "not_open"];

const OFFLINE_WORDS = "No hubo respuesta de la urna: puede ser la conexión. No ha perdido nada. "
    + "Toque «Intentar de nuevo»: se envía el mismo voto, no otro.";
const OTHER_TRACKER_WORDS = "La urna respondió con un número que no es el de su voto. No se vaya: avise a un jurado o al "
    + "comité electoral, o toque «Intentar de nuevo».";

/** What to do after a refusal: `code`, `enter`, `again` or `over`. */
function remedyFor(code) {
    const reason = String(code).split(".").at(-1);
    if (CODE_FAULTS.includes(reason)) return "code";
    if (reason === "no_pass") return "enter";
    return PASSING_FAULTS.includes(reason) ? "again" : "over";
}

async function answerOf(address, text) {
    const response = await fetch(address, {
        method: "POST", body: text, headers: { "Content-Type": "application/json", Accept: "application/json" },
        credentials: "same-origin", redirect: "error", cache: "no-store", signal: AbortSignal.timeout(ANSWER_SECONDS * 1000),
    });
    return { isStored: response.ok, ...await response.json() };
}

/**
 * Sends a ballot's text and returns {replaced} once it is in the box, or {remedy, words}.
 *
 * The text may have arrived although no answer came back. So whoever tries again sends the same text, which the box takes for
 * the same ballot.
 */
async function castBallot(address, { text }) {
    try {
        const answer = await answerOf(address, text);
        if (!answer.isStored && answer.message) return { remedy: remedyFor(answer.code), words: answer.message };
        if (!answer.isStored) return { remedy: "again", words: OFFLINE_WORDS };
        if (!hasTracker(text, answer.tracker)) return { remedy: "again", words: OTHER_TRACKER_WORDS };
        return { replaced: answer.replaced === true };
    } catch {
        return { remedy: "again", words: OFFLINE_WORDS };
    }
}
