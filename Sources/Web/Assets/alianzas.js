// What every page gains with scripts; without them all of it works, a little slower.

// Menus of the bar close on Escape, on a click elsewhere, and when focus leaves.
document.addEventListener("click", ({ target }) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", ({ key }) => {
    const menu = key === "Escape" && document.querySelector(".menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
});
document.addEventListener("focusin", ({ target }) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(target)) menu.open = false;
});

// A form is sent once. The server counts a repetition once anyway.
document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-form]")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
});
window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-form]")) delete form.dataset.sent;
});

// What a page begins at has the focus as soon as the page is read, where browsers wait for the first frame: an Enter of
// who types fast, or of a reader of codes, would be lost in between.
document.querySelector("[autofocus]")?.focus();

// A refused form begins at the summary of what to mend.
document.querySelector("[data-focus]")?.focus();

// Of tabs that do not all fit, the one that is open stands in sight.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// Long texts say how much room is left.
for (const area of document.querySelectorAll("[data-counter]")) {
    const most = Number(area.dataset.counter);
    const words = document.createElement("p");
    words.className = "counter";
    const count = () => {
        const left = most - [...area.value].length;
        words.textContent = left >= 0
            ? `Quedan ${left.toLocaleString("es-CO")} caracteres.`
            : `Sobran ${(-left).toLocaleString("es-CO")} caracteres.`;
    };
    area.after(words);
    area.addEventListener("input", count);
    count();
}

// A part of the page that moves is read anew; when it stops moving, the whole page is.
const live = document.querySelector("[data-live]");
if (live) {
    const renew = async () => {
        try {
            const response = await fetch(location.href, { headers: { Accept: "text/html", "Alianzas-Renewal": "1" } });
            if (!response.ok) throw new Error(response.statusText);
            const page = new DOMParser().parseFromString(await response.text(), "text/html");
            const next = page.querySelector("[data-live]");
            if (!next) return location.reload();
            live.replaceChildren(...next.childNodes);
        } catch {
            // No signal, or a server that cannot answer now: the next round asks again.
        }
        setTimeout(renew, Number(live.dataset.live) * 1000);
    };
    setTimeout(renew, Number(live.dataset.live) * 1000);
}

// What is copied or printed by hand without scripts.
for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy], [data-print]");
    if (!button) return;
    if (button.dataset.print) return window.print();
    const source = document.getElementById(button.dataset.copy);
    try {
        await navigator.clipboard.writeText(source.textContent);
        button.textContent = "Copiado";
    } catch {
        getSelection().selectAllChildren(source);
    }
});
