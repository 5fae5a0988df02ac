// The session on one screen: notes save themselves, clocks run, one key each for what is done most.

// MARK: Notes

const area = document.querySelector("[data-notes]");
if (area) {
    const form = area.form;
    const told = document.getElementById("guardado");
    const place = `alianzas.notas.${area.dataset.notes}`;
    const base = form.elements.base;
    let saved = area.value;
    let isSaving = false;
    let timer;

    // What could not be sent when the page was left.
    const kept = JSON.parse(localStorage.getItem(place) ?? "null");
    if (kept && kept.text !== area.value) {
        area.value = kept.text;
        base.value = kept.base;
    }

    const body = (token) => new URLSearchParams({
        _ficha: token ?? form.elements._ficha.value, _clave: uuid(), item: area.dataset.notes, base: base.value,
        text: area.value, respuesta: "datos",
    });

    async function save() {
        clearTimeout(timer);
        if (isSaving || area.value === saved) return;
        isSaving = true;
        const text = area.value;
        localStorage.setItem(place, JSON.stringify({ text, base: base.value }));
        try {
            let response = await fetch(form.action, { method: "POST", body: body(), keepalive: text.length < 40_000 });
            if (response.status === 409) response = await fetch(form.action, { method: "POST", body: body(await proof()) });
            if (!response.ok || !response.headers.get("Content-Type")?.startsWith("application/json")) {
                told.textContent = response.status === 401
                    ? "Su sesión terminó. Entre de nuevo en otra pestaña: lo escrito sigue aquí y en este aparato."
                    : "No se guardó. Lo escrito sigue aquí; se intenta otra vez.";
                timer = setTimeout(save, 15_000);
                return;
            }
            const answer = await response.json();
            base.value = answer.base;
            localStorage.removeItem(place);
            if (answer.text !== text) {
                // What was typed meanwhile goes below.
                const since = area.value.startsWith(text) ? area.value.slice(text.length) : area.value;
                area.value = answer.text + since;
            }
            saved = answer.text;
            told.textContent = answer.wasMerged
                ? `Otra persona escribió a la vez: quedaron los dos textos (${answer.hour}). Déjelos como uno.`
                : `Guardado a las ${answer.hour}`;
            if (area.value !== saved) timer = setTimeout(save, 3_000);
        } catch {
            told.textContent = "Sin señal: lo escrito queda en este aparato y se envía después.";
            timer = setTimeout(save, 10_000);
        } finally {
            isSaving = false;
        }
    }

    async function proof() {
        const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
        return page.querySelector("input[name=_ficha]")?.value;
    }

    area.addEventListener("input", () => {
        told.textContent = "Escribiendo…";
        clearTimeout(timer);
        timer = setTimeout(save, 2_500);
    });
    area.addEventListener("blur", save);
    addEventListener("pagehide", save);
    form.addEventListener("submit", () => localStorage.removeItem(place));
    if (area.value !== saved) save();
}

function uuid() {
    return crypto.randomUUID?.()
        ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
            (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(digit) / 4)))).toString(16));
}

// MARK: What is half filled in

// A decision, a question or a commitment stays in this tab until it was sent, whatever else is sent meanwhile.
for (const box of document.querySelectorAll("details[data-draft]")) {
    const form = box.querySelector("form");
    if (!form) continue;
    const place = `alianzas.borrador.${box.dataset.draft}.${box.id}`;
    const fields = [...form.elements].filter(({ name, type }) => name && !["hidden", "submit"].includes(type));
    const isTicked = ({ type }) => ["checkbox", "radio"].includes(type);
    const keep = (isSent) => sessionStorage.setItem(place, JSON.stringify({
        isSent, answers: fields.map((field) => [field.name, field.value, isTicked(field) && field.checked]),
    }));
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
    if (box.dataset.refused) {
        keep(false);
    } else if (kept?.isSent && document.querySelector(".notice-done")) {
        sessionStorage.removeItem(place);
    } else if (kept) {
        for (const [name, value, checked] of kept.answers) {
            for (const field of fields.filter((each) => each.name === name)) {
                if (!isTicked(field)) field.value = value;
                else if (field.value === value) field.checked = checked;
            }
        }
        box.open = true;
        keep(false);
    }
    form.addEventListener("input", () => keep(false));
    form.addEventListener("submit", () => keep(true));
}

// MARK: Clocks

// By the server's clock: that of the device may be any. Parts of the page are read anew, each with the time at which it was.
const shown = new WeakMap();
function tick() {
    for (const clock of document.querySelectorAll("[data-since]")) {
        if (!shown.has(clock)) shown.set(clock, Date.now());
        const since = Number(clock.dataset.now) - Number(clock.dataset.since);
        const planned = Number(clock.dataset.planned);
        const seconds = Math.max(0, Math.floor((since + Date.now() - shown.get(clock)) / 1000));
        const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
        const words = planned ? `${time} de ${planned} min` : `${time} min`;
        if (clock.textContent !== words) clock.textContent = words;
        clock.parentElement.classList.toggle("is-late", Boolean(planned) && seconds > planned * 60);
    }
}
tick();
setInterval(tick, 500);

// MARK: Keys

const choice = document.querySelector("[data-shortcuts]");
if (choice) {
    choice.checked = localStorage.getItem("alianzas.atajos") !== "no";
    choice.addEventListener("change", () => localStorage.setItem("alianzas.atajos", choice.checked ? "si" : "no"));
    document.addEventListener("keydown", (event) => {
        const { target, key } = event;
        const isTyping = target.matches("input:not([type=checkbox]), textarea, select");
        if (isTyping) {
            if (key === "Escape") target.blur();
            return;
        }
        if (!choice.checked || event.ctrlKey || event.metaKey || event.altKey) return;
        const found = document.querySelector(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
        if (!found) return;
        event.preventDefault();
        if (found.matches("details")) {
            found.open = true;
            (found.querySelector("textarea, input:not([type=hidden]):not([type=checkbox])") ?? found.querySelector("summary")).focus();
        } else if (found.matches("textarea")) {
            found.focus();
            found.setSelectionRange(found.value.length, found.value.length);
        } else {
            found.click();
        }
    });
}
