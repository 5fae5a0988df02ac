// A file that is sent takes a while on a slow line: how far it is, and what is too large before it is sent.

const form = document.querySelector("form[enctype='multipart/form-data']");
const input = form?.querySelector("input[type=file]");
if (form && input) {
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", "Envío del archivo");
    const megabytes = (bytes) => (bytes / 1048576).toLocaleString("es-CO", { maximumFractionDigits: 1 });

    let isSending = false;

    form.addEventListener("submit", (event) => {
        const [file] = input.files;
        if (!file) return;
        event.preventDefault();
        event.stopPropagation();
        if (isSending) return;
        if (file.size > Number(input.dataset.megabytes) * 1048576) {
            form.append(words);
            words.textContent =
                `El archivo pesa ${megabytes(file.size)} MB y el máximo es ${megabytes(input.dataset.megabytes * 1048576)} MB. Divídalo o envíe uno más pequeño.`;
            return;
        }
        isSending = true;
        const request = new XMLHttpRequest();
        request.open("POST", form.action);
        request.setRequestHeader("Accept", "text/html");
        request.upload.addEventListener("progress", ({ loaded, total }) => {
            bar.max = total;
            bar.value = loaded;
            words.textContent = loaded < total
                ? `Enviando: ${megabytes(loaded)} de ${megabytes(total)} MB. No cierre esta página.`
                : "El archivo llegó. Un momento…";
        });
        request.addEventListener("load", () => {
            const url = new URL(request.responseURL);
            if (request.status < 400 && url.pathname !== new URL(form.action).pathname) {
                location.assign(url);
                return;
            }
            const page = new DOMParser().parseFromString(request.responseText, "text/html");
            document.querySelector("main").replaceWith(page.querySelector("main"));
            document.querySelector("[data-focus]")?.focus();
        });
        request.addEventListener("error", () => {
            isSending = false;
            bar.remove();
            words.textContent = "Se cortó la conexión y el archivo no llegó. Envíelo otra vez.";
        });
        form.append(bar, words);
        request.send(new FormData(form));
    });
}
