// The booth: leads a voter from the welcome to the receipt. The page that holds it gives all it needs at load; after that it
// sends the ballot and nothing else.
//
// The page has one element with `data-booth` and these attributes, and in it a script of type `application/json`:
//
//     data-mode    `remote`, `kiosk` (starts over after each voter) or `offline` (writes a file in place of sending)
//     data-cast    where the ballot is sent; not for `offline`
//     data-idle    seconds without a touch after which a kiosk asks, and then starts over; 0 or none for never
//     data-next    where a kiosk goes once a voter has finished or left; without it, back to the welcome
//     data-board   the full address of the public board
//     data-door    where who votes from afar is let in again once their time is over, in another window
//     data-hand-in for `offline`: the full address at which the ballot is handed in
//
//     {"election": the text of election.json, "alliance": its name, "box": "Urna n.º 1",
//      "trustees": {"threshold": 2, "names": [...]}, "hours": "...",
//      "credential": the SHA-256 of this voter's public credential, where the server knows who votes,
//      "credentials": else the first 16 digits of the SHA-256 of each public credential, with blanks between them,
//      "pictures": [[address or null for each answer] for each question], "details": likewise [["..."]]}
//
// How the modules are written, and how they are joined into one file, stands at the head of sha256.js.
//
// A mock election says so in election.json (`alianzas.simulacro`), so that no page can pass it off as a real one.

import { makeBallot, prepareElection } from "./ballot.js";
import { castBallot } from "./booth-cast.js";
import { make, makeButton } from "./booth-elements.js";
import { forgetKept, keepReceipt, keepSlip, keptReceipt, keptSlip } from "./booth-kept.js";
import { codeScreen, doneScreen, farewellScreen, questionScreen, reviewScreen, startScreen } from "./booth-screens.js";
import { credentialSecret, readCode } from "./credential.js";
import { systemRandomness } from "./random.js";
import { sha256Hex } from "./sha256.js";

const ANSWER_TO_IDLE_SECONDS = 20;
/** For so long after a new screen the other half of a double click is still to come, which was meant for the last one. */
const DOUBLE_CLICK_MILLISECONDS = 600;
/** What may be a code in the address; other fragments are places on the page. */
const CODE_LIKE = /^[0-9A-Za-z-]{20,}$/;
const UNREAD_CODE_WORDS = "El código QR no se leyó completo. Escriba la clave que está en su volante.";
const OTHER_CODE_WORDS = "Esa clave no es la suya. Revísela en el volante, letra por letra. Si está bien escrita, puede que su "
    + "volante se haya reemplazado: use el nuevo, o pida ayuda a un jurado o al comité electoral.";

const UNKNOWN_CODE_WORDS = "Ninguna clave de esta elección es así. Revísela en el volante, letra por letra.";
const OTHER_PASS_WORDS = "La clave no es de quien entró de último en este aparato, o fue reemplazada. Si otra persona entró "
    + "después de usted, compruebe otra vez que es usted. Si no, pida ayuda al comité electoral.";

/** The questions as the screens show them: the election's, with numbers, pictures and details of the options. */
function shownQuestions(election, terms, { pictures = [], details = [] }) {
    return election.questions.map((question, place) => ({
        ...question, place: election.questions.length > 1 ? `Pregunta ${place + 1} de ${election.questions.length}.` : "",
        options: question.answers.map((name, index) => ({
            value: String(index), name, number: terms?.questions?.[place]?.options?.[index]?.number ?? index + 1,
            detail: details[place]?.[index], picture: preloaded(pictures[place]?.[index]),
        })),
    }));
}

/**
 * The picture, fetched now with all others. Fetched when its question is shown, it would tell the server how far each voter has
 * come.
 */
function preloaded(address) {
    if (!address) return undefined;
    const image = make("img", { class: "booth-picture", alt: "" });
    image.src = address;
    return image;
}

/** What may be a code in the address, behind the #: browsers do not send it, but keep it in their history. */
function codeInAddress() {
    const fragment = location.hash.slice(1);
    return CODE_LIKE.test(fragment) ? fragment : "";
}

class Booth {
    #root;
    #data;
    #election;
    #questions;
    #name;
    #isMock;
    #stage = make("div", { class: "booth-stage" });
    /** The voter's own: all of it goes once the ballot is cast, and when the voter leaves. */
    #voter = { answers: [] };
    #index = 0;
    #idleTimer;
    #shownAt = 0;

    constructor(root) {
        this.#root = root;
        this.#data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
        this.#election = prepareElection(this.#data.election);
        const { name, alianzas: terms } = JSON.parse(this.#data.election);
        this.#questions = shownQuestions(this.#election, terms, this.#data);
        this.#name = name;
        this.#isMock = terms?.simulacro === true;
        this.#frame();
        this.#watch();
        this.#begin();
    }

    get #mode() { return this.#root.dataset.mode; }

    /** Whether this is the voter's own device, at a page of the server's. */
    get #isRemote() { return this.#mode === "remote"; }

    /** Whether the page is the turn of one voter, let in by a juror: it ends, and another page waits for the next. */
    get #isTurn() { return this.#mode === "kiosk" && Boolean(this.#root.dataset.next); }

    /** What stands around every screen. */
    #frame() {
        const banner = make("p", { class: "booth-banner" }, "SIMULACRO: este voto no cuenta");
        const mark = make("p", { class: "booth-print", title: "Huella de la elección" },
            "Huella de esta elección, para comparar con el tablero: ", make("span", {}, this.#election.fingerprint.slice(0, 12)));
        this.#root.classList.toggle("booth-mock", this.#isMock);
        this.#root.replaceChildren(...(this.#isMock ? [banner] : []), this.#stage, mark);
    }

    #watch() {
        addEventListener("popstate", ({ state }) => {
            if (!this.#voter.isDone && state) this.#show(this.#reachable(state.booth));
        });
        // Either the slip's code was scanned while the page was open, or a link led to a place on it, at the same step.
        addEventListener("hashchange", () => {
            const fragment = codeInAddress();
            if (fragment) this.#startOver(fragment);
            else history.replaceState({ booth: this.#index }, "");
        });
        // Many click twice on what leads on: the second would choose whatever has come to stand there.
        this.#stage.addEventListener("click", (event) => {
            const isSecond = event.detail > 1 || event.pointerType === "touch";
            if (!isSecond || performance.now() - this.#shownAt > DOUBLE_CLICK_MILLISECONDS) return;
            event.preventDefault();
            event.stopPropagation();
        }, { capture: true });
        // The browser may keep the page to come back to it; the next person must not find a vote there.
        addEventListener("pagehide", () => this.#forget());
        addEventListener("pageshow", ({ persisted }) => persisted && this.#begin());
        for (const event of ["pointerdown", "keydown", "input"]) {
            addEventListener(event, () => {
                this.#stage.querySelector("dialog")?.close();
                this.#restartIdleTimer();
            });
        }
    }

    #forget() {
        this.#voter = { answers: [] };
    }

    /** Begins where the voter was: with the receipt of a vote that was cast in this tab, or with the slip that was scanned. */
    #begin() {
        const fragment = codeInAddress();
        const receipt = this.#isRemote && !fragment ? keptReceipt(this.#root.dataset.cast) : undefined;
        if (receipt) this.#showReceipt({ ...receipt, again: () => this.#voteAgain() });
        else this.#startOver(fragment || (this.#isRemote ? keptSlip().slice(1) : ""));
    }

    #voteAgain() {
        forgetKept();
        this.#startOver("");
    }

    /** Begins with the welcome, and takes the code out of the address at once. */
    #startOver(fragment) {
        history.replaceState({ booth: 0 }, "", fragment ? location.pathname + location.search : location.href);
        this.#forget();
        const { code } = readCode(fragment);
        if (code) this.#voter.codeFault = this.#refuseOrTake(code);
        if (this.#isRemote && this.#voter.code) {
            forgetKept();
            keepSlip(`#${fragment}`);
        }
        if (fragment && !code) this.#voter.codeFault = UNREAD_CODE_WORDS;
        this.#show(0);
    }

    // MARK: From step to step

    /** The steps in their order; the voter's receipt is none of them, since nothing leads back from it. */
    get #steps() {
        return ["welcome", "code", ...this.#questions.keys(), "review"];
    }

    /** The furthest step up to this one for which all before it is known. */
    #reachable(index) {
        if (index === 0 || !this.#voter.code) return Math.min(index, 1);
        const open = this.#questions.findIndex((_, place) => !this.#voter.answers[place]);
        return open < 0 ? index : Math.min(index, open + 2);
    }

    #advance(index) {
        history.pushState({ booth: index }, "");
        this.#show(index);
    }

    /** Backwards the browser's own way, so that its button and ours agree. */
    #back = () => history.back();

    #show(index) {
        this.#index = index;
        const step = this.#steps[index];
        const screens = { welcome: () => this.#welcome(), code: () => this.#code(), review: () => this.#review() };
        this.#put(typeof step === "number" ? this.#question(step) : screens[step]());
    }

    #put(section) {
        this.#stage.replaceChildren(section);
        const heading = section.querySelector("h1");
        document.title = `${heading.textContent} · ${this.#name}`;
        scrollTo(0, 0);
        this.#shownAt = performance.now();
        heading.focus();
        this.#restartIdleTimer();
    }

    #welcome() {
        const { trustees, hours } = this.#data;
        const start = () => this.#advance(this.#voter.code ? 2 : 1);
        return startScreen({ name: this.#name, mode: this.#mode, trustees, hours }, start, this.#isTurn && (() => this.#leave()));
    }

    #code() {
        const fault = this.#voter.codeFault;
        this.#voter.codeFault = undefined;
        return codeScreen(fault, (code) => {
            const words = this.#refuseOrTake(code);
            if (!words) this.#advance(this.#reachable(this.#reviewIndex));
            return words;
        }, this.#back);
    }

    /** Takes a code, or returns why it is not this voter's, or where the page does not know whose turn it is, nobody's. */
    #refuseOrTake(code) {
        const { group, uuid, powerOfGenerator } = this.#election;
        const secret = credentialSecret(group, uuid, code);
        const { credential, credentials } = this.#data;
        const digest = sha256Hex(group.encode(powerOfGenerator(secret)));
        if (credential && digest !== credential) return OTHER_CODE_WORDS;
        if (credentials && !credentials.split(" ").includes(digest.slice(0, 16))) return UNKNOWN_CODE_WORDS;
        Object.assign(this.#voter, { code, secret });
        return undefined;
    }

    #question(place) {
        const { answers } = this.#voter;
        return questionScreen(this.#questions[place], answers[place], (bits) => {
            // A ballot that was sent without an answer stands for these choices only while they are the same.
            if (String(answers[place]) !== String(bits)) this.#voter.ballot = undefined;
            answers[place] = bits;
            this.#advance(this.#reachable(this.#voter.isChanging ? this.#reviewIndex : place + 3));
        }, this.#back);
    }

    get #reviewIndex() { return this.#questions.length + 2; }

    #review() {
        this.#voter.isChanging = true;
        return reviewScreen(this.#questions, this.#voter.answers, {
            isOffline: this.#mode === "offline",
            change: (place) => this.#advance(place + 2),
            send: () => this.#send(),
            remedies: {
                enter: { door: this.#root.dataset.door },
                code: { words: "Escribir la clave otra vez", act: () => this.#askCodeAgain() },
                over: { words: "Volver al comienzo", act: () => this.#leave() },
            },
        });
    }

    // MARK: Casting

    /** Encrypts once, sends, and shows the receipt; returns what went wrong, if anything. */
    async #send() {
        // Lets the screen say that it is at work before the work starts.
        await new Promise((resume) => { setTimeout(resume, 0); });
        const voter = this.#voter;
        voter.ballot ??= makeBallot(this.#election, voter.secret, voter.answers, systemRandomness);
        if (this.#mode === "offline") {
            this.#saveBallot(voter.ballot);
            return this.#finish(voter.ballot, false);
        }
        const { remedy, words, replaced } = await castBallot(this.#root.dataset.cast, voter.ballot);
        // Meanwhile the kiosk may have started over.
        if (voter !== this.#voter) return undefined;
        return remedy ? this.#remedied(remedy, words) : this.#finish(voter.ballot, replaced);
    }

    /** What the voter can do here: a code that this page knows to be right was refused because of who was let in after them. */
    #remedied(remedy, words) {
        if (this.#root.dataset.door === undefined) return { remedy: remedy === "enter" ? "over" : remedy, words };
        return remedy === "code" && this.#data.credential ? { remedy: "enter", words: OTHER_PASS_WORDS } : { remedy, words };
    }

    #askCodeAgain() {
        const { answers } = this.#voter;
        this.#voter = { answers };
        this.#advance(1);
    }

    /** Drops choices, code and randomness, and shows the receipt. */
    #finish(ballot, replaced) {
        const moment = new Date().toLocaleString("es-CO", { dateStyle: "long", timeStyle: "short" });
        const { tracker } = ballot;
        if (this.#isRemote) keepReceipt({ cast: this.#root.dataset.cast, tracker, replaced, moment });
        this.#showReceipt({ ...ballot, replaced, moment, saveAgain: () => this.#saveBallot(ballot) });
    }

    #showReceipt(receipt) {
        this.#forget();
        this.#voter.isDone = true;
        const { board, handIn } = this.#root.dataset;
        const { alliance, box } = this.#data;
        const facts = { mode: this.#mode, isMock: this.#isMock, name: this.#name, alliance, box, board, handIn, ...receipt };
        this.#put(doneScreen(facts, () => this.#leave()));
    }

    #saveBallot({ text, tracker }) {
        const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
        make("a", { href: address, download: `voto-${tracker.slice(0, 8).replace(/[+/]/g, "-")}.json` }).click();
        setTimeout(() => URL.revokeObjectURL(address), 60_000);
    }

    /** The end of a voter's turn. A kiosk that is loaded anew keeps nothing of the last one. */
    #leave() {
        this.#forget();
        if (this.#isRemote) forgetKept();
        const { next } = this.#root.dataset;
        if (this.#mode !== "kiosk") {
            this.#voter.isDone = true;
            const { board, handIn } = this.#root.dataset;
            return this.#put(farewellScreen({ mode: this.#mode, hours: this.#data.hours, board, handIn }));
        }
        if (next) return location.replace(next);
        history.pushState({ booth: 0 }, "");
        return this.#show(0);
    }

    // MARK: A voter who went away

    #restartIdleTimer() {
        clearTimeout(this.#idleTimer);
        const seconds = Number(this.#root.dataset.idle ?? 0);
        const isAtWelcome = !this.#voter.isDone && !this.#voter.code && this.#stage.querySelector("form") === null;
        if (this.#mode !== "kiosk" || !seconds || (isAtWelcome && !this.#isTurn)) return;
        this.#idleTimer = setTimeout(() => this.#askWhetherThere(), seconds * 1000);
    }

    /** Nobody is sent away unasked (WCAG 2.2, criterion 2.2.1); any key or touch is an answer. */
    #askWhetherThere() {
        const stay = makeButton("Seguir votando", "primary", () => dialog.close());
        const dialog = make("dialog", { class: "booth-dialog", "aria-labelledby": "booth-idle" },
            make("h2", { id: "booth-idle" }, "¿Sigue ahí?"),
            make("p", {}, `Si no toca la pantalla en ${ANSWER_TO_IDLE_SECONDS} segundos, se borra lo que marcó.`), stay);
        // The same timer, so that any answer stops it at once: the event of closing comes a task later.
        this.#idleTimer = setTimeout(() => { dialog.close(); this.#leave(); }, ANSWER_TO_IDLE_SECONDS * 1000);
        dialog.addEventListener("close", () => dialog.remove());
        this.#stage.append(dialog);
        dialog.showModal();
    }
}

/** Says that a page cannot be voted with, in place of showing half of it. */
function openBooth(root) {
    try {
        return new Booth(root);
    } catch (error) {
        console.error(error);
        root.replaceChildren(make("section", { class: "booth-screen" },
            make("h1", {}, "No se puede votar con esta página"),
            make("p", {}, "Llegó incompleta o dañada. Ábrala de nuevo; si vuelve a pasar, avise al comité electoral.")));
        return undefined;
    }
}

openBooth(document.querySelector("[data-booth]"));
