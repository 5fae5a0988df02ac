// A printed slip: on the outside whose it is, or its number with a QR for a reader; inside, behind a fold, the code with its QR.

import { make } from "./booth-elements.js";
import { qrImage } from "./qr.js";
export { drawSlip };

/**
 * Draws a slip.
 *
 * @param slip `code`, with `name`, `document`, `table` and its `place` of its elector, or the `serial` of one that is drawn.
 * @param order `booth`, the booth's address, to which the code is added after a # that browsers keep to themselves;
 *     `title`, what is elected; `alliance`; `mock`, whether it is a rehearsal; where it is voted at tables alone, `hours`, a
 *     sentence, and `place`, of the only table.
 */
function drawSlip(slip, { booth, title, alliance, mock, hours, place }) {
    const line = (text, name) => (text ? make("p", { class: name }, text) : "");
    const outside = make("div", { class: "slip-outside" },
        line(alliance, "slip-alliance"),
        line(slip.name ?? `Volante ${slip.serial}`, "slip-name"),
        line(slip.document), line(slip.table),
        line(slip.name ? "" : slip.isSpare ? "De reserva" : "Se entrega en la mesa, cerrado"),
        // What a juror's reader types in place of the juror: the number alone, never the code.
        slip.serial ? qrImage(slip.serial, `Código QR del número ${slip.serial}`) : "",
        line("Doble por aquí: la clave queda adentro.", "slip-fold"));
    const inside = make("div", { class: "slip-inside" },
        qrImage(`${booth}#${slip.code}`, "Código QR que abre la votación con esta clave"),
        make("div", {},
            line("Su clave para votar", "slip-title"),
            line(slip.code, "slip-code"),
            line(title),
            line(hours && `Vote en ${slip.place ?? place ?? "su mesa"}. ${hours}`, "slip-where"),
            line(hours ? "Lleve su documento y este volante. En la cabina escriba la clave."
                : "Apunte la cámara al cuadro, o abra la página y escriba la clave."),
            line("No la muestre ni la preste: con ella votarían por usted.", "slip-warning")));
    return make("article", { class: "slip" }, line(mock && "SIMULACRO", "slip-mock"), outside, inside);
}
