"""Walks the gallery of components as a person's browser does, and says what is wrong with it.

Usage: gallery.py PORT [SCREENSHOTS]. Prints one line for each fault and ends with status 1 where there is one.
"""

import pathlib
import sys

import html5lib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

BASE = f"http://localhost:{sys.argv[1]}"
SHOTS = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
OFFICE = "/o/mutual-ser/galeria"
PAGES = {
    "componentes": OFFICE,
    "lista": f"{OFFICE}/mesas?municipio=san-antero&orden=-votos",
    "lista-vacia": f"{OFFICE}/mesas?q=nada",
    "formulario": f"{OFFICE}/inscripcion",
    "archivo": f"{OFFICE}/archivo",
    "congelar": f"{OFFICE}/congelar",
    "trabajo": f"{OFFICE}/trabajo",
    "mesa": f"{OFFICE}/mesas/3",
    "no-existe": "/o/mutual-ser/galeria/nada",
    "falla": f"{OFFICE}/falla",
    "entrar": "/galeria/entrar",
    "sala": "/galeria/sala",
}
WIDTHS = [1280, 360, 320]
# First load of a page, everything with it, as it crosses the network.
FIRST_LOAD_LIMIT = 100_000

faults = []


def check(page, name, width):
    """Asks axe, and whether anything is wider than the window."""
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    for violation in results.response["violations"]:
        for node in violation["nodes"]:
            faults.append(f"{name} at {width}: {violation['impact']} {violation['id']}: {node['html'][:160]}")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overflow > 0:
        faults.append(f"{name} at {width}: {overflow} px wider than the window")
    if SHOTS:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)


def parse(name, markup):
    """Parses as the standard says, and takes no error."""
    parser = html5lib.HTMLParser()
    parser.parse(markup)
    for position, code, details in parser.errors:
        faults.append(f"{name}: not well formed at {position}: {code} {details}")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 800})
        context.add_cookies([{"name": "sesion", "value": "rosa", "url": BASE}])
        for name, path in PAGES.items():
            page = context.new_page()
            page.on("console", lambda message, name=name: message.type == "error" and "Failed to load" not in message.text
                    and faults.append(f"{name}: console: {message.text}"))
            response = page.goto(BASE + path)
            if width == WIDTHS[0]:
                parse(name, response.body())
            check(page, name, width)
            page.close()
        # A form that was refused keeps what was typed and leads from the summary to the question.
        page = context.new_page()
        page.goto(BASE + PAGES["formulario"])
        page.fill("[name=name]", "Plancha <b>del</b> río")
        page.fill("[name=seats]", "99")
        page.click("text=Inscribir la plancha >> visible=true")
        page.wait_for_selector(".problem-summary")
        if page.input_value("[name=name]") != "Plancha <b>del</b> río":
            faults.append("the refused form lost what was typed")
        if page.evaluate("document.activeElement.className") != "problem-summary":
            faults.append("the refused form does not begin at its summary")
        check(page, "formulario-con-errores", width)
        page.click(".problem-summary a >> nth=0")
        if page.evaluate("document.activeElement.id") != "f-kind":
            faults.append(f"the summary leads to #{page.evaluate('document.activeElement.id')}")
        page.close()
        # The account's menu opens and closes by keyboard.
        page = context.new_page()
        page.goto(BASE + OFFICE)
        page.focus(".bar-tools .menu summary")
        page.keyboard.press("Enter")
        page.wait_for_selector(".bar-tools .menu[open]")
        check(page, "menu", width)
        page.keyboard.press("Escape")
        if page.query_selector(".menu[open]"):
            faults.append("Escape does not close the menu")
        page.click("text=Marcar presente")
        page.wait_for_selector(".notice")
        check(page, "aviso", width)
        page.close()
        context.close()

    # Weight of the first load.
    context = browser.new_context()
    context.add_cookies([{"name": "sesion", "value": "rosa", "url": BASE}])
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    weights = []
    session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.goto(BASE + OFFICE, wait_until="networkidle")
    print(f"first load: {len(weights)} requests, {sum(weights)} bytes")
    if sum(weights) > FIRST_LOAD_LIMIT:
        faults.append(f"first load of {sum(weights)} bytes")

    # Without scripts everything still works.
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sesion", "value": "rosa", "url": BASE}])
    page = context.new_page()
    page.goto(BASE + PAGES["congelar"])
    page.fill("[name=confirmation]", "Congelár")
    page.click("button:has-text('Congelar el censo')")
    if "El censo quedó congelado." not in page.content():
        faults.append("freezing without scripts did not work")
    browser.close()

print("\n".join(faults) or "no faults")
sys.exit(1 if faults else 0)
