// Naming members in a form: the browser proposes who fits what is typed, and empty rows wait behind a button.
// Without scripts all rows are there, and a document or a name is typed whole.

const proposals = document.querySelector("datalist[data-members]");
let asked = "";

const propose = async (words) => {
    if (words.length < 3 || words.includes("·") || words === asked) return;
    asked = words;
    try {
        const response = await fetch(`${proposals.dataset.members}?q=${encodeURIComponent(words)}`);
        if (!response.ok || asked !== words) return;
        proposals.replaceChildren(...(await response.json()).map((text) => new Option(text, text)));
    } catch {
        // No signal: the server looks the name up when the form is sent.
    }
};

let pause;
for (const input of document.querySelectorAll("input[data-member]")) {
    input.addEventListener("input", () => {
        clearTimeout(pause);
        pause = setTimeout(() => propose(input.value.trim()), 200);
    });
}

for (const group of document.querySelectorAll("[data-rows]")) {
    const rows = [...group.querySelectorAll(".field")];
    if (rows.length < 3) continue;
    const isEmpty = (row) => !row.querySelector("input").value && !row.classList.contains("is-refused");
    const last = Math.max(rows.findLastIndex((row) => !isEmpty(row)), 0);
    rows.slice(last + 1).forEach((row) => { row.hidden = true; });
    const more = document.createElement("button");
    more.type = "button";
    more.className = "btn btn-outline-primary btn-sm";
    const words = document.createElement("span");
    words.textContent = "Agregar otro renglón";
    more.append(words);
    const settle = () => { more.hidden = rows.every((row) => !row.hidden); };
    more.addEventListener("click", () => {
        const next = rows.find((row) => row.hidden);
        next.hidden = false;
        next.querySelector("input").focus();
        settle();
    });
    group.append(more);
    settle();
}
