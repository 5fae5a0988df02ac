// A signature on glass. Without scripts, without a pointer or from the keyboard alone, the page offers the code by mail.

for (const pad of document.querySelectorAll("[data-signing]")) {
    const form = pad.closest("form");
    const canvas = pad.querySelector("canvas");
    const field = form.querySelector("[name=drawing]");
    const submit = form.querySelector("[type=submit]");
    const context = canvas.getContext("2d");
    const strokes = [];
    let stroke = null;
    pad.hidden = false;

    const count = () => strokes.reduce((sum, points) => sum + points.length, 0);
    const draw = () => {
        context.clearRect(0, 0, canvas.width, canvas.height);
        context.lineWidth = 7;
        context.lineCap = context.lineJoin = "round";
        context.strokeStyle = "#17212b";
        for (const points of strokes) {
            context.beginPath();
            points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
            context.stroke();
        }
    };
    const settle = () => {
        field.value = strokes.map((points) => points.map(([x, y], index) => `${index ? "L" : "M"}${x} ${y}`).join(""))
            .join("");
        submit.disabled = count() < 5;
    };
    const point = ({ clientX, clientY }) => {
        const box = canvas.getBoundingClientRect();
        const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
        return [
            within((clientX - box.left) / box.width * canvas.width, canvas.width),
            within((clientY - box.top) / box.height * canvas.height, canvas.height),
        ];
    };
    canvas.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        canvas.setPointerCapture(event.pointerId);
        stroke = [point(event)];
        strokes.push(stroke);
    });
    canvas.addEventListener("pointermove", (event) => {
        if (!stroke || count() >= 4000) return;
        const [x, y] = point(event);
        const [lastX, lastY] = stroke.at(-1);
        if (Math.abs(x - lastX) + Math.abs(y - lastY) < 4) return;
        stroke.push([x, y]);
        draw();
    });
    const end = () => { stroke = null; settle(); };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    pad.querySelector("[data-clear]").addEventListener("click", () => {
        strokes.length = 0;
        draw();
        settle();
    });
    settle();
}
