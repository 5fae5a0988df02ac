// Rows of a form: those that are empty wait behind a button that shows one more. Without scripts all are there.

for (const group of document.querySelectorAll("[data-rows]")) {
    const marked = [...group.querySelectorAll("[data-row]")];
    const rows = marked.length ? marked : [...group.querySelectorAll(".field")];
    if (rows.length < 3) continue;
    const controls = (row) => [...row.querySelectorAll("input:not([type=checkbox]), textarea, select")];
    const isEmpty = (row) => controls(row).every((control) => !control.value)
        && !row.matches(".is-refused") && !row.querySelector(".is-refused");
    const last = Math.max(rows.findLastIndex((row) => !isEmpty(row)), 0);
    rows.slice(last + 1).forEach((row) => { row.hidden = true; });
    const more = document.createElement("button");
    more.type = "button";
    more.className = "btn btn-outline-primary btn-sm";
    const words = document.createElement("span");
    words.textContent = group.dataset.more || "Agregar otro renglón";
    more.append(words);
    const settle = () => { more.hidden = rows.every((row) => !row.hidden); };
    more.addEventListener("click", () => {
        const next = rows.find((row) => row.hidden);
        next.hidden = false;
        controls(next)[0].focus();
        settle();
    });
    group.append(more);
    settle();
}
