// How the desk of a trustee tells what went wrong: in a sentence of the page, beside the question or button that it is about.

export { DeskProblem, sentenceOf, tellProblem, withdrawProblems };

/** Something that the trustee can mend. */
class DeskProblem extends Error {
    /**
     * @param reason The name of its sentence in the page.
     * @param about The question beside which it is told, `field`, and what stands in the gaps of the sentence.
     */
    constructor(reason, about = {}) {
        super(reason);
        Object.assign(this, { reason, ...about });
    }
}

/** The words of a problem, as the page has them; `people` are the names of the trustees, by number. */
function sentenceOf(desk, { reason, member, letter, count }, people = []) {
    const words = desk.querySelector(`[data-sentence="${reason}"]`) ?? desk.querySelector('[data-sentence="unexpected"]');
    const gaps = { member: people[member - 1], letter, count };
    return words.textContent.replace(/\{(\w+)\}/g, (_, name) => gaps[name] ?? "");
}

/** Tells a problem beside the question of this step that it is about, else beside what was pressed. */
function tellProblem(desk, step, problem, source, words) {
    const asked = desk.querySelector(`[data-step="${step}"] [data-asks="${problem.field}"]`) ?? source.closest("[data-asks]");
    const isSeen = asked && !asked.closest("[hidden]");
    (isSeen ? asked : desk).querySelector("[data-problem]").textContent = words;
    const control = isSeen && problem.field ? asked.querySelector("input") : source;
    if (control.matches("input")) {
        asked.classList.add("is-refused");
        control.setAttribute("aria-invalid", "true");
    }
    control.focus();
}

function withdrawProblems(desk) {
    for (const line of desk.querySelectorAll("[data-problem]")) line.textContent = "";
    for (const asked of desk.querySelectorAll("[data-asks].is-refused")) asked.classList.remove("is-refused");
    for (const input of desk.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}
