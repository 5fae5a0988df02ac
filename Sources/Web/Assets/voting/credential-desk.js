// The page of the credential authority (§2, §4.6): makes the credentials of an election in this browser, prints them as
// slips, and hands the server the public halves with whose they are. The private halves are in this page's memory and on
// the printed slips; they are sent to nobody, and are gone once the page is left.

import { credentialSecret, newCode } from "./credential.js";
import { fixedBase, groupNamed } from "./group.js";
import { noteMaking } from "./key-file.js";
import { drawSlip, wordsOfSlips } from "./slip.js";

const credentialDesk = document.querySelector("[data-credential-desk]");
if (credentialDesk) start(credentialDesk);

function start(desk) {
    const { order: address, spares, drawn } = desk.dataset;
    const form = desk.querySelector('[data-step="print"] form');
    const steps = Object.fromEntries(
        [...desk.querySelectorAll("[data-step]")].map((section) => [section.dataset.step, section]));
    const show = (step) => {
        for (const [each, section] of Object.entries(steps)) section.hidden = each !== step;
        steps[step].querySelector("h2").focus();
    };
    // What was printed and not handed in would be slips that open nothing.
    let isUnfinished = false;
    addEventListener("beforeunload", (event) => { if (isUnfinished) event.preventDefault(); });
    // A browser keeps pages to come back to them; this one is kept without its slips.
    addEventListener("pagehide", () => desk.querySelector("[data-slips]").replaceChildren());

    desk.querySelector("[data-make]").addEventListener("click", async ({ target }) => {
        target.disabled = true;
        const problem = desk.querySelector("[data-problem]");
        problem.hidden = true;
        try {
            const answer = await fetch(address, { headers: { Accept: "application/json" } });
            if (!answer.ok) throw new Error(answer.statusText);
            const order = await answer.json();
            isUnfinished = true;
            show("progress");
            const slips = await makeCredentials(
                order, wantedSlips(order.electors, Number(spares), Number(drawn)), desk.querySelector("progress"));
            // Slips that were printed here and never handed in were a making too.
            const place = { uuid: order.uuid, number: "volantes", ceremony: order.making };
            const made = wordsOfSlips(noteMaking(localStorage, place), new Date());
            desk.querySelector("[data-slips]").replaceChildren(...slips.map((slip) => drawSlip(slip, order, made)));
            attachPublicHalves(form, slips);
            show("print");
        } catch {
            isUnfinished = false;
            show("make");
            problem.hidden = false;
            target.disabled = false;
        }
    });
    desk.querySelector("[data-print-slips]").addEventListener("click", () => {
        print();
        for (const each of desk.querySelectorAll("[data-after-print]")) each.disabled = false;
    });
    form.addEventListener("submit", () => { isUnfinished = false; });
}

/**
 * The slips that are to be made, in the order in which they are handed out: those of electors by table and name, then
 * those that are drawn from a box, then the spares.
 */
function wantedSlips(electors, spares, drawn) {
    const numbered = (letter, count, rest) => Array.from({ length: count }, (_, index) => ({
        serial: `${letter}-${String(index + 1).padStart(4, "0")}`, ...rest,
    }));
    const own = drawn > 0 ? [] : electors;
    return [...own, ...numbered("V", drawn, { isSpare: false }), ...numbered("R", spares, { isSpare: true })];
}

/** Makes a credential for each slip, some at a time, so that the page goes on answering. */
async function makeCredentials(order, wanted, progress) {
    const group = groupNamed(order.group);
    const powerOfGenerator = fixedBase(group, group.generator);
    progress.max = wanted.length;
    const slips = [];
    for (const slip of wanted) {
        const code = newCode();
        const secret = credentialSecret(group, order.uuid, code);
        slips.push({ ...slip, code, credential: group.encode(powerOfGenerator(secret)) });
        if (slips.length % 16 === 0) {
            progress.value = slips.length;
            await new Promise((resume) => { setTimeout(resume); });
        }
    }
    return slips;
}

/** Puts the public halves into the form's file, a line each: what is sent is what whoever audits this reads here. */
function attachPublicHalves(form, slips) {
    const lines = slips.map(({ credential, person, serial, isSpare }) =>
        `${JSON.stringify({ credential, person, serial, isSpare })}\n`);
    const files = new DataTransfer();
    files.items.add(new File(lines, "claves-publicas.json", { type: "application/jsonl" }));
    form.querySelector("input[type=file]").files = files.files;
}
