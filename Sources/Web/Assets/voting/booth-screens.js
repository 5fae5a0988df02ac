// The booth's screens, one function each: it draws what it is given and tells what the voter did. No screen knows the next.

import { actionsOf, copyText, make, makeButton, nameList, startOf } from "./booth-elements.js";
import { CODE_LENGTH, groupedCode, readCode, typedCharacters } from "./credential.js";
import { qrImage } from "./qr.js";
export { codeScreen, doneScreen, farewellScreen, questionScreen, reviewScreen, startScreen };

/** A screen: its heading, which takes the focus, and what stands below. */
const screen = (heading, ...content) =>
    make("section", { class: "booth-screen" }, make("h1", { id: "booth-heading", tabindex: "-1" }, heading), content);

const lead = (words) => make("p", { class: "booth-lead" }, words);

/** Where a screen says what went wrong, and the function that says it. */
function alertBox() {
    const box = make("div", { role: "alert", class: "booth-alert", id: "booth-alert" });
    return [box, (words) => box.replaceChildren(words ? make("p", {}, words) : "")];
}

// MARK: Welcome

function trusteesWords({ threshold, names }) {
    const those = names.length === threshold ? "todos los custodios" : `${threshold} de los ${names.length} custodios`;
    return {
        knowing: "El servidor sabe que usted votó y cuál voto cifrado es el suyo. Sin ayuda no puede abrirlo: tendrían que hacer "
            + `trampa con él ${those} de la llave.`,
        opening: `Los votos solo se abren sumados, cuando se juntan ${those} de la llave: ${nameList(names)}.`,
        collusion: `Si ${those} hacen trampa juntos, pueden leer los votos. Si además los ayuda quien maneja el servidor, `
            + "sabrían de quién son.",
    };
}

/** What a page that only looks like this one could do, and what there is against it. */
const DECEPTION_WORDS = {
    kiosk: "Una página falsa del servidor podría engañarlo. Si no confía en este equipo, dígaselo a un jurado antes de empezar.",
    remote: "Una página falsa del servidor podría engañarlo. Contra eso está la cabina sin conexión, en el tablero público.",
    offline: "Esta cabina es contra las páginas falsas: sirve si su huella es la del tablero público.",
};

const PRESSURE_WORDS = {
    kiosk: "Si alguien lo presiona para votar de una forma, dígaselo a un jurado antes de empezar.",
    remote: "Si alguien lo presiona, vote otra vez mientras la urna esté abierta: solo cuenta el último voto.",
};

/**
 * Who can see what and what cannot be promised, before anything is asked: what matters most in four lines, the rest folded below
 * them. `facts` is {name, mode, trustees, hours}; `leave`, where there is one, ends a turn that has not begun.
 */
function startScreen(facts, start, leave) {
    const { knowing, opening, collusion } = trusteesWords(facts.trustees);
    const items = (sentences) => sentences.filter(Boolean).map((each) => make("li", {}, each));
    const list = (...sentences) => make("ul", { class: "booth-facts" }, items(sentences));
    return screen(
        facts.name,
        facts.hours ? lead(facts.hours) : "",
        make("h2", {}, "Quién puede ver qué"),
        list("Por quién vota lo ve solo este aparato, y quien mire la pantalla.", knowing, DECEPTION_WORDS[facts.mode] ?? "",
            PRESSURE_WORDS[facts.mode] ?? PRESSURE_WORDS.remote),
        make("details", { class: "booth-more" }, make("summary", {}, "Lo que no podemos prometer"),
            list(collusion, "Un aparato dañado, o quien mire la pantalla, puede saber qué marcó, y hasta probarlo.",
                "El voto se cifra aquí, antes de salir. Dentro de muchos años alguien podría romper el cifrado de hoy.", opening)),
        startOf(makeButton("Empezar", "primary", start), leave ? makeButton("Salir sin votar", "secondary", leave) : ""),
    );
}

// MARK: Code

function codeFaultWords({ fault, letter, count }) {
    if (fault === "missing") return "Escriba la clave que está en su volante.";
    if (fault === "length") {
        return `La clave tiene ${CODE_LENGTH} letras y números, y usted escribió ${count}. Revise el volante.`;
    }
    const likely = "O0Q".includes(letter) ? " Puede ser una D o una Q." : "";
    return `Las claves no llevan «${letter}».${likely} Revise esa letra en el volante.`;
}

/** Groups what has been typed, with the caret after the same character as before. */
function regroup(field) {
    const before = typedCharacters(field.value.slice(0, field.selectionStart)).length;
    const characters = typedCharacters(field.value);
    field.value = groupedCode(characters);
    const caret = groupedCode(characters.slice(0, before)).length;
    field.setSelectionRange(caret, caret);
    return characters.length;
}

const countWords = (count) => (count < CODE_LENGTH ? `Lleva ${count} de ${CODE_LENGTH}.` : "Está completa.");

/** Asks for the code. `submit` is given what `readCode` read and returns words where it is refused. */
function codeScreen(faultWords, submit, back) {
    const [box, tell] = alertBox();
    const count = make("p", { role: "status", class: "booth-status" });
    const field = make("input", {
        id: "booth-code", class: "booth-code", type: "text", autocomplete: "off", autocapitalize: "characters",
        autocorrect: "off", spellcheck: "false", "aria-describedby": "booth-code-help booth-alert", required: true,
        input: (event) => {
            // A reader of QR codes types the whole address.
            if (!field.value.includes("#") && !event.isComposing && !/^https?:/i.test(field.value)) {
                count.textContent = countWords(regroup(field));
            }
        },
    });
    const refuse = (words) => {
        tell(words);
        count.textContent = "";
        field.setAttribute("aria-invalid", "true");
        field.focus();
    };
    if (faultWords) tell(faultWords);
    const form = make("form", {
        novalidate: true,
        submit: (event) => {
            event.preventDefault();
            const { code, ...fault } = readCode(field.value);
            const words = code ? submit(code) : codeFaultWords(fault);
            if (words) refuse(words);
        },
    },
        make("p", { id: "booth-code-help" },
            "Está en el volante que le entregaron: 22 letras y números. No importan las mayúsculas ni los espacios."),
        box,
        make("label", { for: "booth-code", class: "booth-label" }, "Clave de voto"), field, count,
        actionsOf(makeButton("Continuar", "primary"), makeButton("Atrás", "secondary", back)));
    return screen("Escriba su clave de voto", form);
}

// MARK: A question

function limitWords({ min, max, hasBlank }) {
    const blank = hasBlank ? ", o el voto en blanco" : "";
    if (min === 1 && max === 1) return `Elija una opción${blank}.`;
    if (min === max) return `Elija ${max} opciones${blank}.`;
    if (min > 1) return `Elija entre ${min} y ${max} opciones${blank}.`;
    const most = max === 1 ? "una opción" : `hasta ${max} opciones`;
    return `Elija ${most}${min === 0 ? " o ninguna" : ""}${blank}.`;
}

function chosenWords({ max }, chosen, isBlank) {
    if (isBlank) return "Eligió el voto en blanco.";
    if (chosen === 0) return "Todavía no ha elegido.";
    const left = max - chosen;
    const rest = left === 0 ? "" : ` Puede elegir ${left} más.`;
    return max === 1 ? "Ya eligió." : `Ha elegido ${chosen} de ${max}.${rest}`;
}

function missingWords({ min, hasBlank }) {
    const wanted = min === 1 ? "Falta elegir una opción." : `Faltan opciones: elija por lo menos ${min}.`;
    return hasBlank ? `${wanted} Si no quiere elegir a nadie, marque el voto en blanco.` : wanted;
}

/** One option as a large target: number, picture, name. */
function optionItem(type, { value, number, name, detail, picture }, isChecked) {
    const input = make("input", { type, name: "answer", value, checked: isChecked });
    return make("li", {}, make("label", { class: "booth-option" }, input,
        make("span", { class: "booth-number", "aria-hidden": number === undefined ? "true" : undefined }, number ?? "—"),
        picture ?? "",
        make("span", { class: "booth-name" }, name, detail ? make("span", { class: "booth-detail" }, detail) : "")));
}

/** Keeps what is chosen within the question's limits, and says how things stand. */
function watchChoices(question, inputs, tell) {
    const isBlank = (input) => input.value === "blank";
    const chosen = () => inputs.filter((input) => input.checked && !isBlank(input));
    for (const input of inputs) {
        input.addEventListener("change", () => {
            if (!input.checked) return tell(chosenWords(question, chosen().length, false));
            const isAlone = (other) => isBlank(input) || isBlank(other) || question.max === 1;
            inputs.filter((other) => other !== input && isAlone(other)).forEach((other) => { other.checked = false; });
            if (chosen().length > question.max) {
                input.checked = false;
                return tell(`Ya eligió ${question.max}, que es lo más que se puede. Para elegir esta, quite otra primero.`);
            }
            tell(chosenWords(question, chosen().length, isBlank(input)));
        });
    }
    tell(chosenWords(question, chosen().length, inputs.some((input) => input.checked && isBlank(input))));
}

const bitsOfChoices = ({ options, hasBlank }, values) =>
    [...(hasBlank ? [Number(values.includes("blank"))] : []), ...options.map(({ value }) => Number(values.includes(value)))];

/** Asks one question. `answer` holds the bits chosen before, if any; `submit` is given the new ones. */
function questionScreen(question, answer, submit, back) {
    const [box, refuse] = alertBox();
    const status = make("p", { role: "status", class: "booth-status" });
    const blank = { value: "blank", name: "Voto en blanco" };
    const options = [...question.options, ...(question.hasBlank ? [blank] : [])];
    const isRadio = question.max === 1 && question.min === 1;
    const bits = answer && (question.hasBlank ? [...answer.slice(1), answer[0]] : answer);
    const items = options.map((option, place) => optionItem(isRadio ? "radio" : "checkbox", option, bits?.[place] === 1));
    const inputs = items.map((item) => item.querySelector("input"));
    watchChoices(question, inputs, (words) => { status.textContent = words; refuse(""); });
    const form = make("form", {
        submit: (event) => {
            event.preventDefault();
            const values = inputs.filter((input) => input.checked).map((input) => input.value);
            if (!values.includes("blank") && values.length < question.min) {
                refuse(missingWords(question));
                return inputs[0].focus();
            }
            submit(bitsOfChoices(question, values));
        },
    },
        make("fieldset", { "aria-labelledby": "booth-heading", "aria-describedby": "booth-limit booth-alert" },
            make("p", { id: "booth-limit", class: "booth-lead" }, `${question.place} ${limitWords(question)}`),
            make("ul", { class: "booth-options" }, items)),
        status, box,
        actionsOf(makeButton("Continuar", "primary"), makeButton("Atrás", "secondary", back)));
    return screen(question.text, form);
}

// MARK: Review

const chosenOptions = ({ options, hasBlank }, answer) => {
    if (hasBlank && answer[0] === 1) return [{ name: "Voto en blanco" }];
    return options.filter((_, place) => answer[place + (hasBlank ? 1 : 0)] === 1);
};

function reviewItem(question, answer, change) {
    const chosen = chosenOptions(question, answer);
    const names = chosen.map(({ number = "", name }) => make("li", {},
        number && make("span", { class: "booth-number" }, number), make("span", { class: "booth-name" }, name)));
    return make("div", { class: "booth-review" },
        make("h2", {}, question.text),
        chosen.length ? make("ul", {}, names) : make("p", {}, "No eligió ninguna opción."),
        makeButton("Cambiar", "secondary", change, { "aria-label": `Cambiar: ${question.text}` }));
}

/** How who was let in too long ago goes on: in another window, so that what they chose stays in this one. */
const enterAgain = (door) => make("div", { class: "booth-enter" },
    lead("No ha perdido nada: lo que escogió sigue aquí. Pida otro código en la ventana que se abre, vuelva a esta y toque "
        + "«Intentar de nuevo»."),
    make("p", { class: "booth-link" }, make("a", { href: door, target: "_blank", rel: "noopener" }, "Pedir otro código")));

/**
 * Shows all that was chosen. `send` encrypts and casts and returns what `castBallot` does, or nothing once that is done;
 * `remedies` are what the voter may do after a refusal, by the name of the remedy.
 */
function reviewScreen(questions, answers, { isOffline, change, send, remedies }) {
    const [box, tell] = alertBox();
    const status = make("p", { role: "status", class: "booth-status" });
    const cast = makeButton("Votar", "primary", async () => {
        if (cast.getAttribute("aria-disabled") === "true") return;
        tell("");
        shown.querySelector(".booth-enter")?.remove();
        cast.setAttribute("aria-disabled", "true");
        status.textContent = isOffline ? "Cifrando su voto…" : "Enviando su voto…";
        // From here on the ballot may be in the box: it is sent again as it is, and no other is made in its place.
        shown.querySelectorAll(".booth-review button").forEach((button) => button.remove());
        const { remedy, words } = await send() ?? {};
        status.textContent = "";
        if (!remedy) return;
        tell(words);
        cast.removeAttribute("aria-disabled");
        cast.textContent = "Intentar de nuevo";
        const other = remedies[remedy];
        if (other?.act) cast.replaceWith(makeButton(other.words, "primary", other.act));
        if (other?.door) box.after(enterAgain(other.door));
        shown.querySelector(".booth-enter a, .booth-actions button").focus();
    });
    const words = isOffline
        ? "Al tocar «Votar», su voto se cifra en este aparato y queda en un archivo."
        : "Al tocar «Votar», su voto se cifra en este aparato y entra a la urna.";
    const reviews = questions.map((question, place) => reviewItem(question, answers[place], () => change(place)));
    const shown = screen("Revise su voto", lead(words), reviews, box, status, actionsOf(cast));
    return shown;
}

// MARK: The receipt

/** The tracker in groups of four, so that it can be compared with the board by eye. */
const groupedTracker = (tracker) => tracker.match(/.{1,4}/g).map((group) => make("span", {}, group));

/** What to do with a ballot that is not in the box yet: a file, or where files cannot be saved or sent, its text. */
function handInPart({ handIn, text }) {
    const area = make("textarea", { id: "booth-ballot", class: "booth-ballot", rows: "4", readonly: true, spellcheck: "false" });
    area.value = text;
    const status = make("p", { role: "status", class: "booth-status" });
    const copy = makeButton("Copiar el texto", "secondary", async () => {
        const isCopied = await copyText(text);
        if (!isCopied) area.select();
        status.textContent = isCopied ? "Quedó copiado." : "El texto quedó marcado: cópielo.";
    });
    return make("div", {},
        make("h2", {}, "Entréguelo"),
        make("p", {}, handIn ? "Con conexión otra vez, abra esta dirección y entregue el archivo:" : "Entregue el archivo."),
        handIn ? make("p", { class: "booth-board" }, make("strong", {}, handIn)) : "",
        make("label", { for: "booth-ballot", class: "booth-label" }, "Si no se guardó el archivo, el voto como texto"),
        area, actionsOf(copy), status);
}

/** What who has finished does not find any more. */
const ENDING_WORDS = {
    kiosk: "«Terminé» borra este número de la pantalla y deja la cabina para la siguiente persona. Anótelo antes.",
    remote: "«Terminé» borra este número de la pantalla, y no se puede volver. Guárdelo antes.",
    offline: "«Terminé» borra de la pantalla el número y el voto, y no se puede volver. Guarde antes el archivo.",
};

/** Takes the tracker along on the voter's own device: typing 43 signs is where people err. */
function copyPart(tracker) {
    const status = make("p", { role: "status", class: "booth-status" });
    const copy = makeButton("Copiar el número", "secondary", async () => {
        const isCopied = await copyText(tracker);
        status.textContent = isCopied ? "El número quedó copiado." : "No se pudo copiar: anótelo o tómele una foto.";
    });
    return make("div", {}, actionsOf(copy), status);
}

/**
 * The receipt. `facts` is {mode, isMock, name, alliance, box, board, handIn, replaced, moment, text, tracker, saveAgain, again};
 * `moment` is when, by this device: of two receipts of one voter the later is of the vote that counts. `again`, where who voted
 * came back to it, votes anew.
 */
function doneScreen(facts, finish) {
    const { mode, board, tracker } = facts;
    const isOffline = mode === "offline";
    const where = isOffline ? "Cuando el archivo llegue a la urna, busque este número en el tablero público."
        : "Con este número puede ver en el tablero público que su voto está en la urna.";
    // Behind a #, so that the server does not learn who looks up which ballot.
    const address = board ? `${board}#${tracker}` : tracker;
    // In another window: who comes back finds the number still here.
    const link = board && mode === "remote"
        ? make("a", { href: address, target: "_blank", rel: "noopener" }, "Abrir el tablero público") : "";
    return screen(
        isOffline ? "Su voto quedó en un archivo" : facts.again ? "Su voto ya está en la urna" : "Su voto quedó en la urna",
        isOffline ? lead("Todavía no está en la urna: falta entregarlo.") : "",
        make("div", { class: "booth-receipt" },
            facts.isMock ? make("p", { class: "booth-mock-words" }, "SIMULACRO: este voto no cuenta") : "",
            make("p", { class: "booth-receipt-name" }, [facts.alliance, facts.name, facts.box].filter(Boolean).join(" · ")),
            make("p", { class: "booth-receipt-name" }, `${facts.moment}, según este aparato.`),
            facts.replaced ? make("p", {}, "Reemplaza el voto que usted había enviado antes.") : "",
            make("h2", {}, "Su número de seguimiento"),
            make("p", { class: "booth-tracker" }, groupedTracker(tracker)),
            qrImage(address, "Código QR del número de seguimiento"),
            make("p", {}, `${where} No dice por quién votó.`),
            make("p", {}, "Imprímalo, anótelo o tómele una foto."),
            board ? make("p", { class: "booth-board" }, board) : ""),
        mode === "kiosk" ? "" : copyPart(tracker),
        link ? make("p", { class: "booth-link" }, link) : "",
        isOffline ? handInPart(facts) : "",
        make("p", { class: "booth-ending" }, ENDING_WORDS[mode] ?? ENDING_WORDS.remote),
        // Who has finished is past printing: so that comes first, and the end last.
        actionsOf(
            isOffline ? makeButton("Guardar otra vez el archivo", "secondary", facts.saveAgain) : "",
            facts.again ? makeButton("Cambiar mi voto", "secondary", facts.again) : "",
            makeButton("Imprimir", "secondary", () => window.print()), makeButton("Terminé", "primary", finish)),
    );
}

/** What is left on a voter's own device. A vote that is in a file is in no box yet. */
function farewellScreen({ mode, hours, board, handIn }) {
    if (mode === "offline") {
        return screen(
            "Falta entregar su voto",
            make("p", {}, "Todavía no está en la urna: está en el archivo que guardó. Con conexión otra vez, "
                + (handIn ? "abra esta dirección y entréguelo:" : "entréguelo.")),
            handIn ? make("p", { class: "booth-board" }, make("strong", {}, handIn)) : "",
            hours ? make("p", {}, `Después del cierre no entra. ${hours}`) : "");
    }
    return screen(
        "Gracias por votar", lead("Ya puede cerrar esta página."),
        board && mode === "remote"
            ? make("p", { class: "booth-link" }, make("a", { href: board }, "Buscar mi voto en el tablero público")) : "");
}
