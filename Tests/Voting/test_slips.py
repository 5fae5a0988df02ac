"""Slips: the browser and the terminal print the same words, which tell each box and making apart, and codes are not torn."""

import json
import re
import subprocess

import pytest

from server import program, repository

BOOTH = "https://alianzas.ejemplo/v/mutual-ser/53vgcCkihFus3s"
TABLE = "Mesa 1, Casa de la cultura, Calle 10 # 5-20, San Antero"
HOURS = "Se vota el jueves 21 de enero de 2027, de 8:00 a. m. a 12:00 m."
WARNING = "Esta es su clave para votar. No la muestre ni la preste: con ella votarían por usted."


def order(**more):
    """What the authority downloads, of a box that is voted at a table."""
    people = ("Amparo del Socorro Zuluaga Plaza", "Bernardo Elías Zuluaga Plaza de los Reyes y Montealegre")
    return {
        "uuid": "53vgcCkihFus3s", "group": "Ed25519", "booth": BOOTH, "box": "Urna n.º 2",
        "title": "Elección del comité organizador", "alliance": "Alianza de usuarios de San Antero", "mock": False,
        "hours": HOURS, "remote": False, "kiosk": True, "place": TABLE, "making": 2, "electors": [
            {"person": f"00000000-0000-7000-8000-00000000000{number}", "name": name, "document": f"CC ••• 10{number}",
             "table": "Mesa 1", "place": TABLE} for number, name in enumerate(people)],
        **more}


kinds = {
    "kiosk": (order(), []),
    "drawn": (order(making=1), ["--drawn"]),
    "mock": (order(mock=True, box="Simulacro n.º 1", making=1), []),
    "remote": (order(remote=True, kiosk=False, place=None, electors=[
        {**each, "place": None} for each in order()["electors"]]), []),
    "both": (order(remote=True), []),
}


def words(slip):
    return re.sub(r"\s+", " ", slip.inner_text())


@pytest.fixture(params=kinds)
def printed(request, browser, site, tmp_path):
    """The order, and pages of the slips that the terminal printed of it and of those that the browser draws with their codes."""
    kind, arguments = kinds[request.param]
    (tmp_path / "electores.json").write_text(json.dumps(kind))
    ended = subprocess.run(
        [program, "election", "credentials", "electores.json", "--spares", "1", "--json", *arguments], cwd=tmp_path,
        text=True, capture_output=True, env={"ALIANZAS_HOME": str(repository), "ALIANZAS_DATA": "/nonexistent"})
    assert ended.returncode == 0, ended.stderr
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="es-CO")
    ours = context.new_page()
    ours.goto((tmp_path / json.loads(ended.stdout)["slips"]).as_uri())
    codes = ours.locator(".slip-code").all_text_contents()
    site.pages["/volantes"] = """<!doctype html><html lang="es"><title>Volantes</title>
<link rel="stylesheet" href="/recursos/voting/slips.css"><main><div data-credential-desk><section data-step="print">
<div class="slips"></div></section></div></main></html>"""
    page = context.new_page()
    page.goto(f"{site.url}/volantes")
    page.evaluate("""async ([order, codes, isDrawn]) => {
        const { drawSlip, wordsOfSlips } = await import("/recursos/voting/slip.js");
        const numbered = (letter, number) => ({ serial: `${letter}-000${number + 1}`, isSpare: letter === "R" });
        const own = order.electors.map((elector, index) => (isDrawn ? numbered("V", index) : elector));
        const slips = [...own, numbered("R", 0)].map((slip, index) => ({ ...slip, code: codes[index] }));
        const made = wordsOfSlips(order.making, new Date());
        document.querySelector(".slips").append(...slips.map((slip) => drawSlip(slip, order, made)));
    }""", [kind, codes, bool(arguments)])
    yield request.param, kind, ours, page
    context.close()


def test_the_terminal_prints_what_the_browser_draws(printed):
    name, made, ours, page = printed
    hour = re.compile(r"\d+:\d\d [ap]\. m\., por")
    told = [[hour.sub("hora, por", words(slip)) for slip in each.locator(".slip").all()] for each in (ours, page)]
    assert told[0] == told[1] and len(told[0]) == 3
    for each in told[0]:
        # Whatever box it is of and whenever it was made, it says so on both of its sides.
        assert each.count(made["box"]) == 2 and made["title"] in each and made["alliance"] in each and HOURS in each, each
        assert f", por {made['making']}.ª vez." in each and WARNING in each, each
        assert ("Los anteriores no sirven." in each) == (made["making"] > 1)
        assert ("SIMULACRO" in each) == made["mock"]
        # Of a camera and a page it speaks where there is one to open, and of a table where one goes to it.
        assert ("cámara" in each) == (BOOTH in each) == made["remote"], each
        assert ("En la cabina" in each) == (f"la {TABLE}." in each) == made["kiosk"], each
    if name == "kiosk":
        assert f"Llévelo a la {TABLE}." in told[0][0]
    assert ours.locator("svg").count() == page.locator("svg").count() == (6 if name == "drawn" else 4)


def test_no_code_is_torn_and_three_slips_stand_on_a_sheet(printed, tmp_path):
    name, _, _, page = printed
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for code in page.locator(".slip-code").all():
            halves = [half.bounding_box() for half in code.locator("span").all()]
            text = code.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
            assert len(halves) == 2 and all(half["height"] < 1.6 * text for half in halves) and text >= 18
            assert all(half["x"] + half["width"] <= width for half in halves)
        for piece in page.locator(".slip-address span").all():
            assert piece.bounding_box()["height"] < 30, piece.inner_text()
    page.pdf(path=tmp_path / "volantes.pdf", prefer_css_page_size=True)
    told = subprocess.run(["pdfinfo", tmp_path / "volantes.pdf"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages:\s+1\n", told), told
    page.emulate_media(media="print")
    for slip in page.locator(".slip").all():
        assert slip.locator(".slip-inside svg").bounding_box()["width"] > 125
