// The canonical text of the format (§4.1): compact JSON, members in the order in which the format lists them, numbers of
// the group as texts in base 10, nothing that is `null`. What is signed, hashed or sent is always such a text.

export { canonicalText, readCanonical, readDecimal };

/**
 * Writes a value whose objects already hold their members in the format's order.
 *
 * `JSON.stringify` keeps that order, writes no white space, escapes `"`, `\` and control characters and leaves `/` and
 * letters beyond ASCII as they are, which is what the format asks. What it would change in silence is refused here.
 */
function canonicalText(value) {
    return JSON.stringify(value, (member, each) => {
        if (typeof each === "bigint") return each.toString();
        if (typeof each === "number" && !Number.isSafeInteger(each)) throw new TypeError(`${member} is no integer`);
        if (each === null) throw new TypeError(`${member} is null`);
        return each;
    });
}

/** Reads a text that has to be canonical; one with another form of the same content is refused. */
function readCanonical(text) {
    const value = JSON.parse(text);
    if (canonicalText(value) !== text) throw new SyntaxError("the text is not canonical");
    return value;
}

/** Reads a number in base 10 without sign or leading zero that is below a limit. */
function readDecimal(text, limit) {
    if (typeof text !== "string" || !/^(0|[1-9][0-9]*)$/.test(text)) throw new SyntaxError("not a number in base 10");
    // Longer ones would cost time before they are refused.
    if (text.length > limit.toString().length) throw new RangeError("the number is too large");
    const number = BigInt(text);
    if (number >= limit) throw new RangeError("the number is too large");
    return number;
}
