// The page of a trustee: makes the key in this browser, goes through the ceremony with the others, proves that file and
// printed sheet still open it, and decrypts. What leaves the page are messages that anybody may read; the seed stays in
// this page's memory, in the file that it saves and on the sheet that it prints.

import { canonicalText } from "./canonical.js";
import { certificatesHash } from "./ceremony.js";
import { checkedTally } from "./check.js";
import { newCode, readCode } from "./credential.js";
import { bindToTally } from "./decrypted.js";
import { groupNamed } from "./group.js";
import { qrImage } from "./qr.js";
import { systemRandomness } from "./random.js";
import { sha256Base64 } from "./sha256.js";
import { makeCertificate, makePolynomial, makeVerificationKey, memberShare } from "./trustee.js";
import { ownEntry, partialDecryption, singleSecret, singleTrustee, trialDecryption } from "./trustee.js";
import { isKeyOfTrustees } from "./verify.js";

const SECONDS_BETWEEN_LOOKS = 3;

/** Something that the trustee can mend, by the name of its sentence in the page. */
class DeskProblem extends Error {}

/** What a trustee sees and does, by what the server says has been sent so far. */
class TrusteeDesk {
    constructor(element) {
        this.element = element;
        this.code = null;
        // What was summed up and is shown, until it is decrypted.
        this.checked = null;
        this.hasAgreed = false;
        this.isSaved = { file: false, sheet: false };
        this.isSending = false;
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
            try: () => this.proveKey(),
            sum: () => this.sumUp(),
            decrypt: () => this.decrypt(),
        };
        for (const [name, act] of Object.entries(acts)) {
            for (const button of this.element.querySelectorAll(`[data-act="${name}"]`)) {
                button.addEventListener("click", () => this.attempt(act, button));
            }
        }
        for (const input of this.element.querySelectorAll("input[data-key-file]")) {
            input.addEventListener("change", () => this.attempt(() => this.readFile(input)));
        }
        // A key that is neither on paper nor in a file would be lost with the page.
        addEventListener("beforeunload", (event) => {
            if (this.code && !(this.isSaved.file && this.isSaved.sheet)) event.preventDefault();
        });
    }

    /** Does what was asked, and tells what went wrong. */
    async attempt(act, button) {
        const problem = this.element.querySelector("[data-problem]");
        // What goes on by itself leaves what was said to somebody who pressed a button.
        if (button) problem.textContent = "";
        if (button) button.disabled = true;
        try {
            await act();
        } catch (error) {
            const name = error instanceof DeskProblem ? error.message : error.reason ?? "unexpected";
            const words = this.element.querySelector(`[data-sentence="${name}"]`)
                ?? this.element.querySelector('[data-sentence="unexpected"]');
            problem.textContent = words.textContent.replace("{member}", this.state?.people[error.member - 1] ?? "");
        } finally {
            if (button) button.disabled = false;
        }
    }

    /** Looks again and again whether the others have sent what is waited for. */
    async follow() {
        await this.attempt(() => this.goOn());
        setTimeout(() => this.follow(), SECONDS_BETWEEN_LOOKS * 1000);
    }

    // MARK: Where the ceremony stands

    get group() { return groupNamed(this.state.group); }
    get isAlone() { return this.state.threshold === this.state.size; }
    get hasAllCertificates() { return this.state.certificates.every(Boolean); }
    get hasAllPolynomials() { return this.state.polynomials.every(Boolean); }

    /** Reads the state, shows what it asks for, and does by itself what asks nobody. */
    async goOn() {
        if (this.isSending) return;
        const answer = await fetch(this.element.dataset.state, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new DeskProblem("offline");
        this.state = readState(await answer.json());
        this.showOthers();
        if (!this.state.sent.includes(this.isAlone ? "single_key" : "certificate")) {
            return this.show(this.code ? "save" : "make");
        }
        if (!this.isAlone && !this.state.sent.includes("verification_key")) return this.goOnWithOthers();
        if (this.state.stage === "trial" && !this.state.sent.includes("trial")) return this.show("try");
        if (this.state.stage === "decrypt" && !this.state.sent.includes("partial_decryption")) {
            return this.show(this.checked ? "decrypt" : "sum");
        }
        return this.show(this.state.stage === "done" ? "done" : "ready");
    }

    async goOnWithOthers() {
        if (!this.hasAllCertificates) return this.show("wait");
        this.element.querySelector("[data-ceremony]").textContent = spoken(certificatesHash(this.state.certificates)).slice(0, 19);
        if (!this.code) return this.show("resume");
        const { number, certificates, polynomials } = this.state;
        if (!this.state.sent.includes("polynomial")) {
            if (!this.hasAgreed) return this.show("agree");
            return this.post("polynomial", makePolynomial(this.group, certificates, number, this.code, systemRandomness));
        }
        if (!this.hasAllPolynomials) return this.show("wait");
        const share = memberShare(this.group, certificates, polynomials, number, this.code);
        return this.post("verification_key", makeVerificationKey(this.group, share, this.code, systemRandomness));
    }

    // MARK: The key

    makeKey() {
        this.code = newCode();
        const sheet = this.element.querySelector("[data-sheet]");
        sheet.querySelector("[data-code]").textContent = this.code;
        sheet.querySelector("[data-qr]").replaceChildren(qrImage(this.code, "Código QR con la clave de respaldo"));
        this.show("save");
    }

    saveFile() {
        const { uuid, group, number, ceremony } = this.state;
        const content = { kind: "alianzas-trustee-key", version: 1, uuid, group, number, ceremony, code: this.code };
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: "application/json" }));
        link.download = `llave-del-custodio-${number}-${uuid}.json`;
        link.click();
        URL.revokeObjectURL(link.href);
        this.noteSaved("file");
    }

    printSheet() {
        print();
        this.noteSaved("sheet");
    }

    noteSaved(where) {
        this.isSaved[where] = true;
        this.element.querySelector(`[data-saved="${where}"]`).hidden = false;
        this.element.querySelector('[data-act="send"]').disabled = !(this.isSaved.file && this.isSaved.sheet);
    }

    sendFirst() {
        const { size, threshold, number } = this.state;
        return this.isAlone
            ? this.post("single_key", singleTrustee(this.group, this.code, systemRandomness))
            : this.post("certificate", makeCertificate(
                this.group, { size, threshold, index: number }, this.code, systemRandomness));
    }

    async readFile(input) {
        const [file] = input.files;
        if (!file) return;
        let content;
        try {
            content = JSON.parse(await file.text());
        } catch {
            throw new DeskProblem("not_a_key_file");
        }
        if (content.kind !== "alianzas-trustee-key") throw new DeskProblem("not_a_key_file");
        const { uuid, number, ceremony } = this.state;
        if (content.uuid !== uuid || content.number !== number) throw new DeskProblem("other_key_file");
        if (content.ceremony !== ceremony) throw new DeskProblem("old_key_file");
        this.code = content.code;
        this.isSaved = { file: true, sheet: true };
        await this.goOn();
    }

    /** The secret of this trustee; what the server sent of a member is checked against what the seed makes. */
    secret() {
        return this.isAlone ? singleSecret(this.group, this.code)
            : memberShare(this.group, this.state.certificates, this.state.polynomials, this.state.number, this.code);
    }

    /** Refuses an election that does not encrypt to the key that this trustee helped to make. */
    requireOwnElection() {
        if (!this.code) throw new DeskProblem("file_missing");
        const { election, trustees, certificates, number } = this.state;
        const own = ownEntry(this.group, this.code, number, this.isAlone ? undefined : certificates);
        if (!isKeyOfTrustees(election, trustees, own)) throw new DeskProblem("other_election");
    }

    // MARK: Trial and decryption

    async proveKey() {
        const typed = readCode(this.element.querySelector("[data-typed-code]").value);
        this.requireOwnElection();
        if (typed.code !== this.code) throw new DeskProblem("sheet_differs");
        const fingerprint = sha256Base64(this.state.election);
        await this.post("trial", trialDecryption(
            this.group, this.secret(), fingerprint, BigInt(this.state.trial), systemRandomness));
    }

    /** Reckons the sum, and shows what all trustees have to see alike before any of them decrypts it. */
    async sumUp() {
        this.requireOwnElection();
        const archive = await fetch(this.state.archive);
        if (!archive.ok) throw new DeskProblem("offline");
        // Summed up here, and never taken from the server: whoever decrypts what is handed to them opens single ballots.
        const bar = this.element.querySelector("progress");
        bar.hidden = false;
        const checked = await checkedTally(
            new Uint8Array(await archive.arrayBuffer()), (done, all) => { bar.max = all; bar.value = done; });
        if (checked.fingerprint !== sha256Base64(this.state.election)) throw new DeskProblem("other_election");
        const shown = { ballots: checked.ballots, voters: checked.voters, closing: spoken(checked.closing) };
        for (const [name, words] of Object.entries(shown)) this.element.querySelector(`[data-sum="${name}"]`).textContent = words;
        this.checked = checked;
        this.show("decrypt");
    }

    async decrypt() {
        const secret = this.secret();
        bindToTally(localStorage, this.checked);
        await this.post("partial_decryption", partialDecryption(
            this.group, secret, this.checked.fingerprint, this.checked.tally, systemRandomness));
    }

    // MARK: Sending and showing

    async post(kind, message) {
        this.isSending = true;
        try {
            const form = new URLSearchParams(new FormData(this.element.querySelector("form")));
            form.set("kind", kind);
            form.set("ceremony", this.state.ceremony);
            form.set("content", canonicalText(message));
            form.set("_clave", crypto.randomUUID?.() ?? requestKey());
            const answer = await fetch(this.element.dataset.post, { method: "POST", body: form });
            if (!answer.ok) throw new DeskProblem(answer.status === 409 ? "refused" : "offline");
        } finally {
            this.isSending = false;
        }
        await this.goOn();
    }

    show(step) {
        if (this.step === step) return;
        this.step = step;
        for (const section of this.element.querySelectorAll("[data-step]")) section.hidden = section.dataset.step !== step;
        this.element.querySelector(`[data-step="${step}"] h2`).focus();
    }

    /** How far each has come, for those who sit at one table. */
    showOthers() {
        this.state.progress.forEach((words, index) => {
            const cell = this.element.querySelector(`[data-progress="${index + 1}"]`);
            if (cell.textContent !== words) cell.textContent = words;
        });
    }
}

/** What the server says; messages stand in it as the texts that their makers sent. */
function readState(state) {
    const read = (texts) => texts.map((text) => text && JSON.parse(text));
    return { ...state, certificates: read(state.certificates), polynomials: read(state.polynomials) };
}

/** The first 128 bits of a hash, in groups that are read aloud: to make two archives alike in them takes 2⁶⁴ tries. */
const spoken = (hash) => hash.slice(0, 32).match(/.{4}/g).join(" ");

/** A random UUID where the browser, in a page without TLS, makes none. */
function requestKey() {
    const bytes = systemRandomness(16);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const trusteeDesk = document.querySelector("[data-trustee-desk]");
if (trusteeDesk) new TrusteeDesk(trusteeDesk).follow();
