// Attendance without signal: what is ticked stays on the device until the server has it. Each capture has its own key,
// so that what is sent twice counts once.

const root = document.querySelector("[data-offline]");
const CACHE = "alianzas-sin-senal";
const place = `alianzas.asistencia.${root.dataset.offline}`;
const form = root.querySelector("form");
const state = root.querySelector("[data-state]");
const keptList = root.querySelector("[data-kept]");
const hour = (instant) => new Date(instant).toLocaleTimeString("es-CO", { hour: "numeric", minute: "2-digit" });
const uuid = () => crypto.randomUUID?.()
    ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
        (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(digit) / 4)))).toString(16));
const read = () => JSON.parse(localStorage.getItem(place) ?? "[]");
const write = (captures) => localStorage.setItem(place, JSON.stringify(captures));
let isSending = false;
let words = "";

function show() {
    const captures = read();
    const waiting = captures.filter((each) => !each.refused).length;
    const signal = navigator.onLine ? "Con señal." : "Sin señal.";
    state.textContent = waiting
        ? `${signal} ${waiting} ${waiting === 1 ? "llegada guardada" : "llegadas guardadas"} en este aparato, sin enviar. ${words}`
        : `${signal} Todo está enviado. ${words}`;
    const ticked = new Map(captures.filter((each) => each.entitled).map((each) => [each.entitled, each]));
    for (const item of root.querySelectorAll("[data-person]")) {
        const capture = ticked.get(item.dataset.person);
        const button = item.querySelector("[data-tick]");
        if (!button) continue;
        button.classList.toggle("btn-primary", Boolean(capture));
        button.classList.toggle("btn-outline-primary", !capture);
        button.setAttribute("aria-pressed", String(Boolean(capture)));
        button.firstChild.textContent = capture ? `Marcada a las ${hour(capture.at)}` : "Presente";
    }
    keptList.replaceChildren(...captures.map((capture) => {
        const item = document.createElement("li");
        const name = document.createElement("span");
        name.textContent = capture.refused
            ? `${capture.label}: no está en la lista de la reunión. Anótela en la página de asistencia.`
            : `${capture.label} · ${hour(capture.at)}`;
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "btn btn-outline-primary btn-sm";
        remove.textContent = "Quitar";
        remove.setAttribute("aria-label", `Quitar a ${capture.label}`);
        remove.addEventListener("click", () => {
            write(read().filter((each) => each.key !== capture.key));
            show();
        });
        item.append(name, remove);
        return item;
    }));
}

function capture(fields) {
    write([...read(), { key: uuid(), at: new Date().toISOString(), ...fields }]);
    words = "";
    show();
}

for (const item of root.querySelectorAll("[data-person]")) {
    item.querySelector("[data-tick]")?.addEventListener("click", () => {
        const entitled = item.dataset.person;
        const before = read();
        if (before.some((each) => each.entitled === entitled)) {
            write(before.filter((each) => each.entitled !== entitled));
            return show();
        }
        capture({ entitled, label: item.querySelector("[data-words]").textContent });
    });
}

const other = document.getElementById("otra");
root.querySelector("[data-other]").addEventListener("click", () => {
    const name = other.value.trim();
    if (!name) return other.focus();
    capture({ name, label: name });
    other.value = "";
    other.focus();
});

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
root.querySelector("[data-filter]").addEventListener("input", ({ target }) => {
    const typed = plain(target.value).split(/\s+/).filter(Boolean);
    for (const item of root.querySelectorAll("[data-person]")) {
        const known = plain(item.querySelector("[data-words]").textContent);
        item.hidden = !typed.every((word) => known.includes(word));
    }
});

// The proof of the page that is open now: a session may have begun anew since this one was kept.
async function proof() {
    const response = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.querySelector("[data-offline] input[name=_ficha]")?.value;
}

async function send() {
    const captures = read().filter((each) => !each.refused);
    if (isSending || !captures.length || !navigator.onLine) return show();
    isSending = true;
    try {
        const token = await proof();
        if (!token) {
            words = "Su sesión terminó: entre de nuevo en otra pestaña. Lo marcado sigue aquí.";
            return;
        }
        const response = await fetch(form.action, {
            method: "POST",
            body: new URLSearchParams({
                _ficha: token, _clave: uuid(),
                captures: JSON.stringify(captures.map(({ key, entitled, name, at, way }) => ({ key, entitled, name, at, way }))),
            }),
        });
        if (!response.ok || !response.headers.get("Content-Type")?.startsWith("application/json")) {
            const page = new DOMParser().parseFromString(await response.text(), "text/html");
            words = `No se recibió: ${page.querySelector("main p")?.textContent ?? "intente otra vez"}`;
            return;
        }
        const report = await response.json();
        const sent = new Set(captures.map((each) => each.key));
        const refused = new Set(report.unknown);
        write(read().filter((each) => !sent.has(each.key) || refused.has(each.key))
            .map((each) => (refused.has(each.key) ? { ...each, refused: true } : each)));
        const parts = [`Enviadas: ${report.noted}.`];
        if (report.known) parts.push(`Ya se habían recibido: ${report.known}.`);
        if (report.alsoNoted.length) parts.push(`También las anotó otra persona, y cuenta la llegada más temprana: ${report.alsoNoted.join(", ")}.`);
        if (report.wrongClocks) parts.push(`El reloj de este aparato no coincide: ${report.wrongClocks} cuentan desde el envío.`);
        words = parts.join(" ");
        if (isPrepared()) await keep();
    } catch {
        words = "No hubo señal para enviar. Lo marcado sigue aquí.";
    } finally {
        isSending = false;
        show();
    }
}

// What keeps the page: a worker, with this page and its files.
const isPrepared = () => "caches" in self && Boolean(navigator.serviceWorker);

async function keep() {
    const cache = await caches.open(CACHE);
    const files = [...document.querySelectorAll("link[href^='/recursos/'], script[src^='/recursos/']")]
        .map((each) => new URL(each.href || each.src).pathname);
    await cache.addAll([...new Set(files)]);
    const response = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) return;
    const headers = new Headers(response.headers);
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    headers.set("x-until", root.dataset.until);
    await cache.put(location.pathname, new Response(await response.text(), { headers }));
}

async function prepare() {
    if (!isPrepared() || !root.dataset.worker) {
        words = "Este sitio no puede guardar la página: si la recarga sin señal se pierde, pero no lo marcado.";
        return show();
    }
    try {
        await navigator.serviceWorker.register(root.dataset.worker, { scope: location.pathname });
        await keep();
        words ||= "La página está guardada: funciona aunque la recargue sin señal.";
        root.dataset.ready = "1";
    } catch {
        // Without signal: what was kept before serves.
    }
    show();
}

root.querySelector("[data-clear]").addEventListener("click", async () => {
    await send();
    if (read().some((each) => !each.refused)) return;
    localStorage.removeItem(place);
    if (isPrepared()) {
        await caches.delete(CACHE);
        const registration = await navigator.serviceWorker.getRegistration(location.pathname);
        await registration?.unregister();
    }
    words = "En este aparato ya no queda nada de la reunión.";
    delete root.dataset.ready;
    show();
    for (const item of root.querySelectorAll("[data-person]")) item.remove();
});
form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    send();
});
addEventListener("online", send);
addEventListener("offline", show);
setInterval(send, 30_000);

root.hidden = false;
show();
if (navigator.onLine) {
    await prepare();
    await send();
}
