// Elements of the booth's screens. Texts are set as texts, never as markup.

export { actionsOf, copyText, make, makeButton, nameList, startOf };

/** An element with attributes and children; an attribute that is a function listens to the event of its name. */
function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === "function") element.addEventListener(name, value);
        else if (value === true) element.setAttribute(name, "");
        else if (value !== false && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== ""));
    return element;
}

const makeButton = (words, kind, click, attributes = {}) =>
    make("button", { type: click ? "button" : "submit", class: `booth-button booth-${kind}`, click, ...attributes }, words);

/** The row of buttons at a screen's end, the one that leads on first. */
const actionsOf = (...buttons) => make("div", { class: "booth-actions" }, buttons);

/** The row of a screen that is read before it is left: it stays in sight at the foot of the window. */
const startOf = (...buttons) => make("div", { class: "booth-actions booth-start" }, buttons);

/** "A, B y C". */
const nameList = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} y ${names.at(-1)}`);

/** Copies a text, also where the page came without TLS or from a file; whether it did. */
async function copyText(text) {
    if (await navigator.clipboard?.writeText(text).then(() => true, () => false)) return true;
    const area = make("textarea", { readonly: true, "aria-hidden": "true", tabindex: "-1", class: "booth-unseen" });
    area.value = text;
    const { activeElement } = document;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    activeElement?.focus();
    return isCopied;
}
