// A printed slip: on the outside whose it is, or its number with a QR for a reader; inside, behind a fold, the code with its QR.
// The terminal prints the same (`SlipSheet`).

import { make } from "./booth-elements.js";
import { momentWords } from "./key-file.js";
import { qrImage } from "./qr.js";
export { drawSlip, wordsOfSlips };

/** A text with one full stop at its end. */
const sentenceWith = (words) => (words.endsWith(".") ? words : `${words}.`);

/** A code in its two halves, which are the only place where its line may end: no group is torn. */
function codeHalves(code) {
    const groups = code.split("-");
    const middle = Math.ceil(groups.length / 2);
    return [`${groups.slice(0, middle).join("-")}-`, groups.slice(middle).join("-")];
}

/** An address in pieces that end with a slash: its line ends there and not at a hyphen, which would be read as none. */
const addressPieces = (address) => address.match(/^(.*\/v\/)(.*)$/)?.slice(1) ?? [address];

/** When and for which time slips were made: those of a making before, or of a box that was annulled, look like no other. */
function wordsOfSlips(times, date) {
    const made = `Hecho el ${momentWords(date)}, por ${times}.ª vez.`;
    return times > 1 ? `${made} Los anteriores no sirven.` : made;
}

/** Where the slip is used: the page that it opens, the table to which it is taken, or both. */
function waysOf(slip, { booth, remote, kiosk, place }, line) {
    const table = slip.place ?? place;
    const way = remote ? "O vote en" : slip.name ? "Llévelo a" : "Vote en";
    return [
        remote && line("Apunte la cámara de su teléfono al cuadro. O abra esta página y escriba la clave:"),
        remote && make("p", { class: "slip-address" }, addressPieces(booth).map((piece) => make("span", {}, piece))),
        kiosk && line(sentenceWith(`${way} ${table ? `la ${table}` : "su mesa"}`), "slip-where"),
        kiosk && line("Lleve también su documento. En la cabina escriba la clave."),
    ].filter(Boolean);
}

/**
 * Draws a slip.
 *
 * @param slip `code`, with `name`, `document`, `table` and its `place` of its elector, or the `serial` of one that is drawn.
 * @param order `booth`, the booth's address, to which the code is added after a # that browsers keep to themselves; `box`, which
 *     it is; `title`, what is elected; `alliance`; `mock`, whether it is a rehearsal; `hours`, a sentence; `remote` and `kiosk`,
 *     how it is voted; and `place`, of the only table.
 * @param made When and for which time it was made, in words.
 */
function drawSlip(slip, order, made) {
    const line = (text, name) => (text ? make("p", { class: name }, text) : "");
    const { booth, box, title, alliance, mock, hours } = order;
    const outside = make("div", { class: "slip-outside" },
        line(alliance, "slip-alliance"),
        line(box, "slip-box"),
        line(slip.name ?? `Volante ${slip.serial}`, "slip-name"),
        line(slip.document), line(slip.table),
        line(slip.name ? "" : slip.isSpare ? "De reserva" : "Se entrega en la mesa, cerrado"),
        // What a juror's reader types in place of the juror: the number alone, never the code.
        slip.serial ? qrImage(slip.serial, `Código QR del número ${slip.serial}`) : "",
        line(made, "slip-made"),
        line("Doble por aquí: la clave queda adentro.", "slip-fold"));
    const inside = make("div", { class: "slip-inside" },
        line(`${box} · ${title}`, "slip-what"),
        make("p", { class: "slip-code" }, codeHalves(slip.code).map((half) => make("span", {}, half))),
        qrImage(`${booth}#${slip.code}`, "Código QR que abre la votación con esta clave"),
        make("div", {},
            line(hours, "slip-when"),
            waysOf(slip, order, line)),
        line("Esta es su clave para votar. No la muestre ni la preste: con ella votarían por usted.", "slip-warning"));
    return make("article", { class: "slip" }, line(mock && "SIMULACRO", "slip-mock"), outside, inside);
}
