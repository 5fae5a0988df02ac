// The page of a trustee: makes the key in this browser, goes through the ceremony with the others, proves that file and
// printed sheet still open it, and decrypts. What leaves the page are messages that anybody may read; the seed stays in
// this page's memory, in the file that it saves and on the sheet that it prints.

import { canonicalText } from "./canonical.js";
import { certificatesHash, readCertificates } from "./ceremony.js";
import { checkedTally } from "./check.js";
import { newCode, readCode } from "./credential.js";
import { bindToTally } from "./decrypted.js";
import { DeskProblem, sentenceOf, tellProblem, withdrawProblems } from "./desk-problems.js";
import { groupNamed } from "./group.js";
import { readState, showExcluded, showSheet, showStanding, spoken } from "./desk-state.js";
import { keyFile, keyOfFile, makingBefore, noteMaking, partOfFile, wordsOfMaking } from "./key-file.js";
import { randomUUID, systemRandomness } from "./random.js";
import { sha256Base64, sha256Hex } from "./sha256.js";
import { makeCertificate, makePolynomial, makeVerificationKey, memberShare } from "./trustee.js";
import { boundDecryption, ownEntry, singleSecret, singleTrustee, trialDecryption } from "./trustee.js";
import { isEntryOf, isKeyOfTrustees } from "./verify.js";

const SECONDS_BETWEEN_LOOKS = 3;

/** What a trustee sees and does, by what the server says has been sent so far. */
class TrusteeDesk {
    constructor(element) {
        this.element = element;
        this.forgetKey();
        this.isSending = false;
        this.posts = 0;
        this.listen();
    }

    // MARK: What is pressed

    listen() {
        const acts = {
            make: () => this.makeKey(),
            save: () => this.saveFile(),
            print: () => this.printSheet(),
            send: () => this.sendFirst(),
            agree: () => { this.hasAgreed = true; return this.goOn(); },
            type: () => this.typeSheet(),
            renew: () => this.renewFile(),
            try: () => this.proveKey(),
            sum: () => this.sumUp(),
            decrypt: () => this.decrypt(),
            hand: () => this.handIn(),
        };
        for (const [name, act] of Object.entries(acts)) {
            for (const button of this.element.querySelectorAll(`[data-act="${name}"]`)) {
                button.addEventListener("click", () => this.attempt(act, button));
            }
        }
        for (const input of this.element.querySelectorAll("input[data-key-file]")) {
            input.addEventListener("change", () => this.attempt(() => this.readFile(input), input));
        }
        // A key that is neither on paper nor in a file would be lost with the page.
        addEventListener("beforeunload", (event) => {
            if (this.key?.source === "made" && this.kept.size < 2) event.preventDefault();
        });
        // A browser keeps pages to come back to them; this one is kept without its key.
        addEventListener("pagehide", () => this.forgetKey());
    }

    /** Does what was asked by a button or a field, and tells what went wrong beside it. */
    async attempt(act, source) {
        withdrawProblems(this.element);
        const isButton = source.matches("button");
        if (isButton) source.disabled = true;
        let problem;
        try {
            await act();
        } catch (error) {
            problem = error;
        }
        if (isButton) source.disabled = false;
        if (problem) return tellProblem(this.element, this.step, problem, source, this.sentence(problem));
        // A button that is disabled loses the focus, and who has no mouse their place.
        if (document.activeElement === document.body) source.focus();
    }

    /** Looks again and again whether the others have sent what is waited for; what it finds wrong is told above all. */
    async follow() {
        const line = this.element.querySelector("[data-problem]");
        try {
            await this.goOn();
            line.textContent = "";
        } catch (error) {
            const words = this.sentence(error);
            // Written anew it would be read aloud anew.
            if (line.textContent !== words) line.textContent = words;
        }
        setTimeout(() => this.follow(), SECONDS_BETWEEN_LOOKS * 1000);
    }

    // MARK: Where the ceremony stands

    get group() { return groupNamed(this.state.group); }
    get isAlone() { return this.state.threshold === this.state.size; }
    get hasAllCertificates() { return this.state.certificates.every(Boolean); }
    get hasAllPolynomials() { return this.state.polynomials.every(Boolean); }
    /** The certificates that were read aloud. A page that was opened anew afterwards has those that its polynomial signs. */
    get certificates() { return this.shown?.certificates ?? this.state.certificates; }

    /** Reads the state, shows what it asks for, and does by itself what asks nobody. */
    async goOn() {
        if (this.isSending) return;
        const { posts } = this;
        const answer = await this.ask(this.element.dataset.state, { headers: { Accept: "application/json" } });
        const state = readState(await answer.json());
        // What was asked before something was sent says that it was not.
        if (posts !== this.posts || this.isSending) return;
        this.take(state);
        showStanding(this.element, this.state);
        if (this.state.stage === "done") return this.show("done");
        if (!this.state.sent.includes(this.isAlone ? "single_key" : "certificate")) {
            return this.key ? this.show("save") : this.showMaking();
        }
        if (!this.isAlone && !this.state.sent.includes("verification_key")) return this.goOnWithOthers();
        if (this.state.stage === "trial" && !this.state.sent.includes("trial")) return this.showTrial();
        if (this.state.stage === "decrypt" && !this.state.sent.includes("partial_decryption")) {
            return this.show(this.checked ? "decrypt" : "sum");
        }
        return this.show("ready");
    }

    /** Takes what the server says, unless it shows other certificates than the trustees have read to each other. */
    take(state) {
        if (this.key && this.key.ceremony !== state.ceremony) this.forgetKey();
        if (this.shown && certificatesHash(this.shown.certificates) !== certificatesHash(state.certificates)) {
            throw new DeskProblem("other_certificates");
        }
        this.state = state;
    }

    /** Which election the key will count is read aloud too: a server that shows each trustee another one is found here. */
    showTrial() {
        this.element.querySelector("[data-election]").textContent = spoken(sha256Hex(this.state.election));
        this.show("try");
    }

    async goOnWithOthers() {
        if (!this.hasAllCertificates) return this.show("wait");
        if (!this.key) return this.show("resume");
        const { number, polynomials, sent } = this.state;
        if (!sent.includes("polynomial")) {
            if (!this.hasAgreed) return this.showAgreement();
            return this.post("polynomial", makePolynomial(
                this.group, this.certificates, number, this.key.code, systemRandomness));
        }
        if (!this.hasAllPolynomials) return this.show("wait");
        const share = memberShare(this.group, this.certificates, polynomials, number, this.key.code);
        return this.post("verification_key", makeVerificationKey(this.group, share, this.key.code, systemRandomness));
    }

    /** Shows what the members read to each other, and keeps the certificates that it is read of: no others are used. */
    showAgreement() {
        if (!this.shown) {
            const { certificates, number } = this.state;
            ownEntry(this.group, this.key.code, number, certificates);
            const [{ threshold }] = readCertificates(this.group, certificates);
            this.element.querySelector("[data-ceremony]").textContent = spoken(certificatesHash(certificates));
            this.element.querySelector("[data-threshold]").textContent = `${threshold} de ${certificates.length}`;
            this.shown = { certificates };
        }
        this.show("agree");
    }

    // MARK: The key

    /** Takes a key into this page. `source` is `made`, `file` or `sheet`. */
    useKey(code, source) {
        this.wrongFile = null;
        this.key = { code, source, ceremony: this.state.ceremony };
        for (const line of this.element.querySelectorAll("[data-ready]")) line.hidden = source === "made";
        this.element.querySelector("[data-renew]").hidden = true;
    }

    /** Begins anew: what was made, read aloud or summed up with another key is nothing to the next. */
    forgetKey() {
        this.key = this.shown = this.checked = this.wrongFile = null;
        this.hasAgreed = false;
        for (const each of this.element.querySelectorAll("[data-sheet] [data-code], [data-qr]")) each.replaceChildren();
        this.keepNothing();
        for (const line of this.element.querySelectorAll("[data-ready], [data-renew]")) line.hidden = true;
    }

    keepNothing() {
        this.kept = new Set();
        for (const line of this.element.querySelectorAll("[data-saved]")) line.hidden = true;
        this.element.querySelector('[data-act="send"]').disabled = true;
    }

    /** Asks for a key to be made, and says what becomes of one that was made before. */
    showMaking() {
        const before = makingBefore(localStorage, this.state);
        const told = before && (before.ceremony === this.state.ceremony ? "key_unfinished" : "key_remade");
        const line = this.element.querySelector("[data-void]");
        const words = told ? this.sentence({ reason: told }) : "";
        if (line.textContent !== words) line.textContent = words;
        this.show("make");
    }

    makeKey() {
        this.useKey(newCode(), "made");
        this.keepNothing();
        showSheet(this.element, this.key.code, wordsOfMaking(noteMaking(localStorage, this.state), new Date()));
        this.show("save");
    }

    saveFile() {
        const { uuid, number } = this.state;
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([keyFile(this.state, this.key.code)], { type: "application/json" }));
        link.download = `llave-del-custodio-${number}-${uuid}.json`;
        link.click();
        URL.revokeObjectURL(link.href);
        this.noteKept("file");
    }

    printSheet() {
        print();
        this.noteKept("sheet");
    }

    noteKept(where) {
        this.kept.add(where);
        for (const line of this.element.querySelectorAll(`[data-saved="${where}"]`)) line.hidden = false;
        this.element.querySelector('[data-act="send"]').disabled = this.kept.size < 2;
    }

    sendFirst() {
        const { size, threshold, number } = this.state;
        return this.isAlone
            ? this.post("single_key", singleTrustee(this.group, this.key.code, systemRandomness))
            : this.post("certificate", makeCertificate(
                this.group, { size, threshold, index: number }, this.key.code, systemRandomness));
    }

    async readFile(input) {
        const [file] = input.files;
        this.wrongFile = null;
        if (!file) return;
        try {
            this.useKey(keyOfFile(this.state, await file.text()), "file");
        } catch (error) {
            this.wrongFile = Object.assign(error, { field: "file" });
            throw error;
        }
        await this.goOn();
    }

    /** What is wrong with the file that the field shows is told until another is chosen: nothing is done with a key before. */
    refuseWrongFile() {
        if (this.wrongFile) throw this.wrongFile;
    }

    /** The signs of the sheet that were typed into the step that is shown, as a code of the key that counts. */
    typedCode() {
        const { code, fault, letter, count } = readCode(
            this.element.querySelector(`[data-step="${this.step}"] [data-typed-code]`).value);
        if (fault) throw new DeskProblem(`code_${fault}`, { field: "sheet", letter, count });
        return code;
    }

    /** Refuses a code of another key than the one that counts: of an older sheet, or of another trustee's. */
    requireOwnCode(code) {
        const other = new DeskProblem("old_code", { field: "sheet" });
        try {
            const own = ownEntry(this.group, code, this.state.number, this.isAlone ? undefined : this.certificates);
            if (this.isAlone && !isEntryOf(this.state.trustees, own)) throw other;
        } catch (error) {
            throw error.reason === "not_own_certificate" ? other : error;
        }
    }

    /** Goes on with the sheet alone. */
    async typeSheet() {
        const code = this.typedCode();
        this.requireOwnCode(code);
        this.useKey(code, "sheet");
        this.element.querySelector("[data-renew]").hidden = false;
        await this.goOn();
    }

    /** Makes the file anew from the sheet. The trial asks for it then, so that there is one again. */
    renewFile() {
        const code = this.typedCode();
        this.requireOwnCode(code);
        this.useKey(code, "sheet");
        this.saveFile();
    }

    /** The secret of this trustee; what the server sent of a member is checked against what the seed makes. */
    secret() {
        return this.isAlone ? singleSecret(this.group, this.key.code)
            : memberShare(this.group, this.certificates, this.state.polynomials, this.state.number, this.key.code);
    }

    /** Refuses an election that does not encrypt to the key that this trustee helped to make. */
    requireOwnElection() {
        this.refuseWrongFile();
        if (!this.key) throw new DeskProblem("key_missing", { field: "file" });
        const { election, trustees, number } = this.state;
        const own = ownEntry(this.group, this.key.code, number, this.isAlone ? undefined : this.certificates);
        if (!isKeyOfTrustees(election, trustees, own)) throw new DeskProblem("other_election");
    }

    // MARK: Trial and decryption

    /** Proves that file and sheet are both at hand, also in the page in which the key was made. */
    async proveKey() {
        this.refuseWrongFile();
        if (this.key?.source !== "file") throw new DeskProblem("file_missing", { field: "file" });
        if (this.typedCode() !== this.key.code) throw new DeskProblem("sheet_differs", { field: "sheet" });
        this.requireOwnElection();
        const fingerprint = sha256Base64(this.state.election);
        await this.post("trial", trialDecryption(
            this.group, this.secret(), fingerprint, BigInt(this.state.trial), systemRandomness));
    }

    /** Reckons the sum, and shows what all trustees have to see alike before any of them decrypts it. */
    async sumUp() {
        this.requireOwnElection();
        const archive = await this.ask(this.state.archive);
        // Summed up here, and never taken from the server: whoever decrypts what is handed to them opens single ballots.
        const bar = this.element.querySelector("progress");
        bar.hidden = false;
        const checked = await checkedTally(
            new Uint8Array(await archive.arrayBuffer()), (done, all) => { bar.max = all; bar.value = done; });
        if (checked.fingerprint !== sha256Base64(this.state.election)) throw new DeskProblem("other_election");
        const shown = { ballots: checked.ballots, voters: checked.voters, closing: spoken(checked.closing) };
        for (const [name, words] of Object.entries(shown)) this.element.querySelector(`[data-sum="${name}"]`).textContent = words;
        this.checked = checked;
        const { excluded: count } = this.state;
        showExcluded(this.element, count > 0 ? this.sentence({ reason: "excluded", count }) : "");
        this.show("decrypt");
    }

    async decrypt() {
        const secret = this.secret();
        bindToTally(localStorage, this.checked);
        await this.post("partial_decryption", boundDecryption(
            this.group, secret, this.checked.fingerprint, this.checked.tally, systemRandomness));
    }

    /** Sends what the terminal left; it is read here first, so that the file of a key never leaves in its place. */
    async handIn() {
        const [file] = this.element.querySelector("[data-part]").files;
        if (!file) throw new DeskProblem("part_missing", { field: "part" });
        await this.post("partial_decryption", partOfFile(await file.text()), "part_refused");
    }

    // MARK: Sending and showing

    /** What the platform answers. `refusal` names the sentence that tells that it refused what was sent. */
    async ask(address, request, refusal) {
        let answer;
        try {
            answer = await fetch(address, request);
        } catch {
            throw new DeskProblem("offline");
        }
        if (!answer.ok) throw new DeskProblem(refusal && answer.status < 500 ? refusal : "offline");
        return answer;
    }

    async post(kind, message, refusal = "refused") {
        this.isSending = true;
        this.posts += 1;
        try {
            const form = new URLSearchParams(new FormData(this.element.querySelector("form")));
            form.set("kind", kind);
            form.set("ceremony", this.key?.ceremony ?? this.state.ceremony);
            form.set("content", canonicalText(message));
            form.set("_clave", randomUUID(systemRandomness));
            await this.ask(this.element.dataset.post, { method: "POST", body: form }, refusal);
        } finally {
            this.isSending = false;
        }
        await this.goOn();
    }

    sentence(problem) {
        return sentenceOf(this.element, problem, this.state?.people);
    }

    show(step) {
        if (this.step === step) return;
        this.step = step;
        for (const section of this.element.querySelectorAll("[data-step]")) section.hidden = section.dataset.step !== step;
        this.element.querySelector(`[data-step="${step}"] h2`).focus();
    }
}

const trusteeDesk = document.querySelector("[data-trustee-desk]");
if (trusteeDesk) new TrusteeDesk(trusteeDesk).follow();
