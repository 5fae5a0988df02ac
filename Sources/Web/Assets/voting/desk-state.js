// What the server says to the desk of a trustee, as the page reads it and shows it.

import { qrImage } from "./qr.js";
export { readState, showExcluded, showSheet, showStanding, spoken };

/** What the server says; messages stand in it as the texts that their makers sent. */
function readState(state) {
    const read = (texts) => texts.map((text) => text && JSON.parse(text));
    return { ...state, certificates: read(state.certificates), polynomials: read(state.polynomials) };
}

/** How far each has come, for those who sit at one table, and what is told to this trustee while nothing is asked of them. */
function showStanding(desk, { progress, standing }) {
    progress.forEach((words, index) => {
        const cell = desk.querySelector(`[data-progress="${index + 1}"]`);
        if (cell.textContent !== words) cell.textContent = words;
    });
    for (const place of desk.querySelectorAll("[data-standing]")) {
        const told = [...place.children].map((line) => line.textContent);
        // Written anew it would be read aloud anew.
        if (JSON.stringify(told) === JSON.stringify(standing)) continue;
        place.replaceChildren(...standing.map((words) => {
            const line = document.createElement("p");
            line.textContent = words;
            return line;
        }));
    }
}

/** Of votes that were left out the archive that is counted shows nothing: trustees hear of them here, and ask the board. */
function showExcluded(desk, words) {
    const line = desk.querySelector("[data-excluded]");
    line.hidden = words === "";
    line.textContent = words;
}

/** Fills the sheet on which a key is printed. */
function showSheet(desk, code, made) {
    const sheet = desk.querySelector("[data-sheet]");
    sheet.querySelector("[data-code]").textContent = code;
    sheet.querySelector("[data-made]").textContent = made;
    sheet.querySelector("[data-qr]").replaceChildren(qrImage(code, "Código QR con la clave de respaldo"));
}

/** The first 128 bits of a hash, in groups that are read aloud: to make two archives alike in them takes 2⁶⁴ tries. */
const spoken = (hash) => hash.slice(0, 32).match(/.{4}/g).join(" ");
