// How a trustee keeps the key: a file, and a printed sheet. Both hold the same code, and either opens all that the other does.

export { keyFile, keyOfFile, makingBefore, momentWords, noteMaking, partOfFile, wordsOfMaking };

const KIND = "alianzas-trustee-key";

/** The content of the file; `place` is {uuid, group, number, ceremony} of the trustee. */
function keyFile({ uuid, group, number, ceremony }, code) {
    return `${JSON.stringify({ kind: KIND, version: 1, uuid, group, number, ceremony, code }, null, 2)}\n`;
}

/**
 * The code in a file.
 *
 * @throws {Error} With a `reason`: `not_a_key_file`, `other_key_file` of another box or trustee, or `old_key_file` of a key that
 *     was made before a trustee changed.
 */
function keyOfFile({ uuid, number, ceremony }, text) {
    const content = readObject(text);
    requireContent(content.kind === KIND, "not_a_key_file");
    requireContent(content.uuid === uuid && content.number === number, "other_key_file");
    requireContent(content.ceremony === ceremony, "old_key_file");
    return content.code;
}

/**
 * What the terminal decrypted, as it stands in its file.
 *
 * @throws {Error} With a `reason`: `key_for_part` where the file is that of a key, or `not_a_part`.
 */
function partOfFile(text) {
    const content = readObject(text);
    requireContent(content.kind !== KIND, "key_for_part");
    requireContent(content.decryption_factors && content.decryption_proofs && content.bound_proofs, "not_a_part");
    return content;
}

function requireContent(holds, reason) {
    if (!holds) throw Object.assign(new Error(reason), { reason });
}

function readObject(text) {
    try {
        return JSON.parse(text) ?? {};
    } catch {
        return {};
    }
}

const nameOfMaking = ({ uuid, number }) => `alianzas-key-${uuid}-${number}`;

/** The last making of a key that was begun in this browser, {ceremony, times}; what was kept of it is void once another is. */
function makingBefore(store, place) {
    const note = store.getItem(nameOfMaking(place));
    return note === null ? undefined : JSON.parse(note);
}

/** Notes that a key is made, and returns for which time; each change of trustees was a making too. */
function noteMaking(store, place) {
    const times = Math.max(place.ceremony, (makingBefore(store, place)?.times ?? 0) + 1);
    store.setItem(nameOfMaking(place), JSON.stringify({ ceremony: place.ceremony, times }));
    return times;
}

/** An hour in words: «lunes 23 de noviembre de 2026, 9:15 a. m.». */
function momentWords(date) {
    const time = new Intl.DateTimeFormat("es-CO", { dateStyle: "full", timeStyle: "short", timeZone: "America/Bogota" });
    return time.format(date).replace(",", "");
}

/** What the sheet says of its making, so that of two sheets in a drawer the one that counts is known. */
function wordsOfMaking(times, date) {
    const made = `Llave hecha el ${momentWords(date)}, por ${times}.ª vez.`;
    return times > 1 ? `${made} Las hojas anteriores no sirven.` : made;
}
