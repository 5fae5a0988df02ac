// What is written of minutes is kept by itself some seconds after the last key, and the page says when.

for (const form of document.querySelectorAll("form[data-form]")) {
    const words = form.querySelector("[data-autosave]");
    if (!words) continue;
    let timer = null;
    const key = () => {
        const bytes = crypto.getRandomValues(new Uint8Array(16));
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    };
    const save = async () => {
        timer = null;
        if (form.dataset.sent) return;
        const data = new URLSearchParams(new FormData(form));
        data.set("_clave", key());
        try {
            const response = await fetch(form.action, { method: "POST", body: data });
            words.textContent = response.ok
                ? `Guardado a las ${new Date().toLocaleTimeString("es-CO", { hour: "numeric", minute: "2-digit" })}.`
                : "Aún sin guardar: falta completar un dato.";
        } catch {
            words.textContent = "Sin señal. Lo escrito sigue aquí y se guardará al volver la conexión.";
            timer = setTimeout(save, 10000);
        }
    };
    form.addEventListener("input", () => {
        words.textContent = "Escribiendo…";
        clearTimeout(timer);
        timer = setTimeout(save, 3000);
    });
}
