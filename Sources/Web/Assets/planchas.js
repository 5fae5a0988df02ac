// Naming members in a form: the browser proposes who fits what is typed.
// Without scripts a document or a name is typed whole.

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
