// Reads an election's archive, UUID.bel (§4.3), as strictly as it is written: each header byte by byte, each name the hash of
// what follows, the chain of events, and the one order in which they may stand. The whole file is in memory: for elections of
// more than some thousand ballots there is `alianzas verify`.

import { canonicalText } from "./canonical.js";
import { sha256Hex, utf8 } from "./sha256.js";
export { readArchive };

const RECORD_BLOCK = 512;
const FIRST_RECORD = "BELENIOS";

/** How many records stand before each event, and which events may follow it; "" is the beginning. */
const RECORDS_BEFORE = { Setup: 4, Ballot: 1, EndBallots: 0, EncryptedTally: 2, PartialDecryption: 2, Result: 1 };
const EVENTS_AFTER = {
    "": ["Setup"], Setup: ["Ballot", "EndBallots"], Ballot: ["Ballot", "EndBallots"], EndBallots: ["EncryptedTally"],
    EncryptedTally: ["PartialDecryption"], PartialDecryption: ["PartialDecryption", "Result"], Result: [],
};

const requireOf = (holds, words) => {
    if (!holds) throw new Error(`archive: ${words}`);
};

const octal = (number) => number.toString(8).padStart(11, "0");

/** The only header that a record of this name, size and time may have. */
function expectedHeader(name, size, time) {
    const header = new Uint8Array(RECORD_BLOCK);
    const fields = [
        [0, name], [100, "0000644"], [108, "0000000"], [116, "0000000"], [124, octal(size)], [136, octal(time)], [156, "0"],
    ];
    fields.forEach(([place, text]) => header.set(utf8(text), place));
    const sum = header.reduce((total, byte) => total + byte, 8 * 0x20);
    header.set(utf8(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
    return header;
}

const isSame = (first, second) => first.length === second.length && first.every((byte, place) => byte === second[place]);

const asciiUntilZero = (bytes) => String.fromCharCode(...bytes).split("\0")[0];

/** The records in their order, {name, text}. All carry the time of the first. */
function readRecords(bytes) {
    const records = [];
    let time;
    for (let start = 0; start < bytes.length;) {
        const header = bytes.subarray(start, start + RECORD_BLOCK);
        requireOf(header.length === RECORD_BLOCK, "it ends within a header");
        const name = asciiUntilZero(header.subarray(0, 100));
        const size = parseInt(asciiUntilZero(header.subarray(124, 136)), 8);
        time ??= parseInt(asciiUntilZero(header.subarray(136, 148)), 8);
        requireOf(isSame(header, expectedHeader(name, size, time)), `record ${records.length} has another header`);
        const content = bytes.subarray(start + RECORD_BLOCK, start + RECORD_BLOCK + size);
        const next = start + RECORD_BLOCK * (1 + Math.ceil(size / RECORD_BLOCK));
        const padding = bytes.subarray(start + RECORD_BLOCK + size, next);
        requireOf(next <= bytes.length && padding.every((byte) => byte === 0), `record ${records.length} is cut off`);
        records.push({ name, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content) });
        start = next;
    }
    return records;
}

/** Reads an event's text, which has to follow the one before. */
function readEvent(text, { parent, height, type: previous }) {
    const { type, payload, ...rest } = JSON.parse(text);
    const canonical = canonicalText({ ...(parent && { parent }), height, type, ...(payload && { payload }) });
    requireOf(text === canonical && Object.keys(rest).length === (parent ? 2 : 1), `event ${height} does not follow the last`);
    requireOf(EVENTS_AFTER[previous].includes(type), `${type} may not follow ${previous || "the beginning"}`);
    return { type, payload };
}

/** Files the records of an event under their names. */
function fileRecords(archive, type, texts) {
    if (type === "Setup") {
        const [election, trustees, credentials, setup] = texts;
        const hashes = { election: sha256Hex(election), trustees: sha256Hex(trustees), credentials: sha256Hex(credentials) };
        requireOf(setup === canonicalText(hashes), "the setup is of other records");
        Object.assign(archive, { election, trustees, credentials });
    } else if (type === "Ballot") {
        archive.ballots.push(texts[0]);
    } else if (type === "EncryptedTally") {
        [archive.tally, archive.sized] = texts;
        requireOf(JSON.parse(archive.sized).encrypted_tally === sha256Hex(archive.tally), "the tally is another");
    }
}

/**
 * Reads the bytes of an archive: {election, trustees, credentials, ballots, tally, sized, closing, head}, all as texts; `closing`
 * is the hash of EndBallots, on which all ballots hang, and `head` that of the last event, which stands on receipts and minutes.
 */
function readArchive(bytes) {
    const [first, ...records] = readRecords(bytes);
    requireOf(first?.name === FIRST_RECORD && JSON.parse(first.text).version === 1, "it does not begin as one");
    const archive = { ballots: [] };
    let last = { height: 0, type: "" };
    let pending = [];
    for (const { name, text } of records) {
        const [hash, kind] = [name.slice(0, 64), name.slice(64)];
        requireOf(hash === sha256Hex(text), "a record's name is not its hash");
        if (kind === ".data.json") {
            pending.push(text);
            continue;
        }
        requireOf(kind === ".event.json", "a record is neither data nor event");
        const { type, payload } = readEvent(text, last);
        requireOf(pending.length === RECORDS_BEFORE[type], `${type} has other records than it needs`);
        requireOf(payload === (pending.length ? sha256Hex(pending.at(-1)) : undefined), `${type} is of another record`);
        fileRecords(archive, type, pending);
        if (type === "EndBallots") archive.closing = hash;
        last = { parent: hash, height: last.height + 1, type };
        pending = [];
    }
    requireOf(pending.length === 0 && last.parent, "it ends with records of no event");
    return { ...archive, head: last.parent };
}
