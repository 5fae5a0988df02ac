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

// What is typed unseen can be looked at; it is hidden again before it is sent, so that no browser keeps it as plain text.
for (const input of document.querySelectorAll("[data-secret]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-link secret-toggle";
    const tell = () => {
        const isShown = input.type === "text";
        button.textContent = isShown ? "Ocultar" : "Mostrar";
        button.setAttribute("aria-label", `${isShown ? "Ocultar" : "Mostrar"}: ${input.dataset.secret}`);
    };
    button.addEventListener("click", () => {
        input.type = input.type === "password" ? "text" : "password";
        tell();
    });
    input.form?.addEventListener("submit", () => { input.type = "password"; });
    input.after(button);
    tell();
}

// Of many boxes of one question all are ticked, or none, at once.
for (const group of document.querySelectorAll("fieldset")) {
    const boxes = [...group.querySelectorAll(":scope > .form-check > input[type=checkbox]")];
    if (boxes.length < 6) continue;
    const line = document.createElement("p");
    line.className = "mark-all";
    for (const [words, isTicked] of [["Marcar todas", true], ["Quitar todas", false]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-outline-primary btn-sm";
        button.textContent = words;
        button.addEventListener("click", () => {
            for (const box of boxes) box.checked = isTicked;
            boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
        });
        line.append(button);
    }
    boxes[0].parentElement.before(line);
}

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

// Parts of the page that move are read anew; when they stop moving, the whole page is.
const parts = [...document.querySelectorAll("[data-live]")];
if (parts.length) {
    // What somebody is at, has begun to fill in, or was just refused stays as it is.
    const isInHand = (part) => part.contains(document.activeElement) || part.querySelector(":active, .problem-summary, .note-problem")
        || [...part.querySelectorAll("input, textarea")].some((field) =>
            ["checkbox", "radio"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
    const renew = async () => {
        try {
            const response = await fetch(location.href, { headers: { Accept: "text/html", "Alianzas-Renewal": "1" } });
            if (!response.ok) throw new Error(response.statusText);
            const page = new DOMParser().parseFromString(await response.text(), "text/html");
            const next = [...page.querySelectorAll("[data-live]")];
            if (next.length !== parts.length) return location.reload();
            parts.forEach((part, index) => {
                if (!isInHand(part)) part.replaceChildren(...next[index].childNodes);
            });
        } catch {
            // No signal, or a server that cannot answer now: the next round asks again.
        }
        setTimeout(renew, Number(parts[0].dataset.live) * 1000);
    };
    setTimeout(renew, Number(parts[0].dataset.live) * 1000);
}

// Who leaves their account leaves nothing on the device: what was not sent yet would be lost.
document.addEventListener("submit", (event) => {
    if (!event.target.action?.endsWith("/salir")) return;
    const kept = Object.keys(localStorage).filter((name) => name.startsWith("alianzas.asistencia.") && localStorage[name] !== "[]");
    if (kept.length && !confirm("En este aparato hay asistencia sin enviar y se perderá. ¿Salir de todas formas?")) event.preventDefault();
}, true);

// What is copied or printed by hand without scripts.
for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy], [data-print]");
    if (!button) return;
    if (button.dataset.print) return window.print();
    const source = document.getElementById(button.dataset.copy);
    try {
        await navigator.clipboard.writeText(source.value ?? source.textContent);
        button.textContent = "Copiado";
    } catch {
        if (source.select) source.select();
        else getSelection().selectAllChildren(source);
    }
});
