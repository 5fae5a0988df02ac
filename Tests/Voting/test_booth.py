"""The booth's screens, driven as voters drive them: by touch, by keyboard alone, at the table and from one file."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

import booth_pages
from election import Election
from reference import b64

bootstrap = Path("/usr/share/javascript/bootstrap5/css/bootstrap.min.css")
board = {"answers": ["Plancha Azul", "Plancha Verde", "Plancha del Río"], "blank": True, "min": 1, "max": 1,
         "question": "Junta directiva 2026-2028"}
control = {"answers": [f"Candidata {letter}" for letter in "ABCDE"], "blank": True, "min": 1, "max": 2,
           "question": "Comité de control social"}
rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
picture = "/pruebas/foto.svg"


@pytest.fixture(scope="module")
def election(modules):
    """A box of two questions, whose papers bear other numbers than 1, 2, 3."""
    options = [[{"number": number} for number in numbers] for numbers in ([7, 2, 11], [1, 2, 3, 4, 5])]
    questions = [{"contest": "c", "round": 1, "options": each} for each in options]
    return Election(modules, "BELENIOS-2048", [board, control], 1, 1, voters=3, terms={"questions": questions})


@pytest.fixture(scope="module")
def mock_election(modules):
    return Election(modules, "Ed25519", [board], 1, 1, voters=1, terms={"simulacro": True})


def data_of(election, **more):
    trustees = {"threshold": 2, "names": ["Ana Ruiz", "Luis Peña", "Marta Gil"]}
    return {"election": election.text, "trustees": trustees, "hours": "La urna cierra hoy a las 4:00 p. m.", **more}


class Box:
    """Answers as the box does, and keeps what was cast."""

    def __init__(self):
        self.texts, self.answers = [], []

    def __call__(self, text):
        self.texts.append(text)
        if self.answers and (answer := self.answers.pop(0)) != "take":
            return answer
        return 200, json.dumps({"tracker": b64(text), "replaced": self.texts.count(text) < len(self.texts)})

    def refuse(self, code, message, status=422):
        self.answers.append((status, json.dumps({"code": f"elections.cast.{code}", "message": message})))


@pytest.fixture
def box(site):
    site.cast = Box()
    return site.cast


@pytest.fixture
def visit(browser, site, box):
    """A function that opens a booth in a browser of its own and returns the page."""
    opened = []
    site.pages["/bootstrap.css"] = bootstrap.read_bytes()

    def open_booth(data, code=None, mode="remote", width=360, **attributes):
        site.pages["/urna"] = booth_pages.page(data, mode=mode, cast="/votar", **attributes)
        context = browser.new_context(
            base_url=site.url, locale="es-CO", viewport={"width": width, "height": 740}, reduced_motion="reduce"
        )
        opened.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
        page.goto("/urna" + (f"#{code}" if code else ""))
        page.wait_for_selector("h1")
        return page

    yield open_booth
    for context in opened:
        context.close()


def heading(page):
    return page.locator("h1").inner_text()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def vote_through(page, first, *second):
    """From the welcome to the review, with a code in the address."""
    press(page, "Empezar")
    page.get_by_role("radio", name=first).check()
    press(page, "Continuar")
    for name in second:
        page.get_by_role("checkbox", name=name).check()
    press(page, "Continuar")
    assert heading(page) == "Revise su voto"


def cast(page):
    press(page, "Votar")
    page.wait_for_selector(".booth-receipt")


def looks_good(page, name=None):
    """Nothing is cut off, small or without contrast, at any width, nor with letters twice as large."""
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (name, width)
        if name and (folder := Path("/tmp/booth/pictures")).is_dir():
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}})
    assert found.violations_count == 0, found.generate_report()
    assert page.locator("h1").count() == 1
    small = page.evaluate("""() => [...document.querySelectorAll(".booth :is(button, label.booth-option, input[type=text], a)")]
        .filter((each) => each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)""")
    assert small == []
    assert page.evaluate("""() => [...document.querySelectorAll(".booth *")].every((each) =>
        parseFloat(getComputedStyle(each).fontSize) >= 18)""")
    page.set_viewport_size({"width": 640, "height": 740})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 360, "height": 740})


def counted(election, texts):
    """What the box adds up to, decrypted by the trustee's page."""
    tally = election.checker.tally(texts)
    return election.count(tally, [1])[1]


def test_a_vote_by_touch_is_what_is_counted(visit, site, box, election):
    page = visit(data_of(election), election.voters[0])
    vote_through(page, "Plancha del Río", "Candidata B", "Candidata E")
    review = page.locator(".booth-stage").inner_text()
    assert "11" in review and "Plancha del Río" in review and "Candidata B" in review
    cast(page)
    assert heading(page) == "Su voto quedó en la urna"
    assert page.locator(".booth-tracker").inner_text().replace("\n", "").replace(" ", "") == b64(box.texts[0])
    assert counted(election, box.texts) == [[0, 0, 0, 1], [0, 0, 1, 0, 0, 1]]
    press(page, "Terminé")
    assert heading(page) == "Gracias por votar"
    assert page.faults == []


def test_by_keyboard_alone_each_step_begins_at_its_heading(visit, box, election):
    page = visit(data_of(election), width=1280)
    focused = lambda: page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")
    keys = page.keyboard
    assert focused() == "Elección de la alianza de usuarios"
    # What cannot be promised is one press away, all of it.
    keys.press("Tab")
    assert focused() == "Lo que no podemos prometer"
    folded = page.locator(".booth-more ul")
    assert not folded.is_visible()
    keys.press("Enter")
    assert folded.is_visible()
    for words in ("hacen trampa juntos", "saber qué marcó", "romper el cifrado", "solo se abren sumados"):
        assert words in folded.inner_text()
    keys.press("Tab")
    assert focused() == "Empezar"
    keys.press("Enter")
    assert focused() == "Escriba su clave de voto"
    keys.press("Tab")
    keys.type(election.voters[1].lower().replace("-", " "))
    assert page.locator("#booth-code").input_value() == election.voters[1]
    assert page.get_by_role("status").inner_text() == "Está completa."
    keys.press("Enter")
    assert focused() == "Junta directiva 2026-2028"
    # What a screen reader reads, in its order.
    assert page.locator(".booth-stage").aria_snapshot() == """\
- heading "Junta directiva 2026-2028" [level=1]
- group "Junta directiva 2026-2028":
  - paragraph: Pregunta 1 de 2. Elija una opción, o el voto en blanco.
  - list:
    - listitem:
      - radio "7 Plancha Azul"
      - text: 7 Plancha Azul
    - listitem:
      - radio "2 Plancha Verde"
      - text: 2 Plancha Verde
    - listitem:
      - radio "11 Plancha del Río"
      - text: 11 Plancha del Río
    - listitem:
      - radio "Voto en blanco"
      - text: Voto en blanco
- status: Todavía no ha elegido.
- alert
- button "Continuar"
- button "Atrás\""""
    keys.press("Tab")
    keys.press("ArrowDown")
    assert page.get_by_role("radio", name="Plancha Verde").is_checked()
    keys.press("Enter")
    assert focused() == "Comité de control social"
    for _ in range(6):
        keys.press("Tab")
    keys.press("Space")
    assert page.get_by_role("status").inner_text() == "Eligió el voto en blanco."
    keys.press("Enter")
    assert focused() == "Revise su voto"
    keys.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "Cambiar: Junta directiva 2026-2028"
    keys.press("Tab")
    keys.press("Tab")
    assert focused() == "Votar"
    keys.press("Enter")
    page.wait_for_selector(".booth-receipt")
    assert focused() == "Su voto quedó en la urna"
    assert counted(election, box.texts) == [[0, 0, 1, 0], [1, 0, 0, 0, 0, 0]]


def test_every_screen_is_large_plain_and_accessible(visit, site, box, election):
    data = data_of(election, details=[["Cabeza: Rosa Elena Martínez de la Ossa", None, None], []],
                   pictures=[[picture, None, picture], []])
    page = visit(data, board=f"{site.url}/o/alianza/elecciones/2026/urna")
    looks_good(page, "1-bienvenida")
    press(page, "Empezar")
    looks_good(page, "2-clave")
    press(page, "Continuar")
    assert page.get_by_role("alert").inner_text() == "Escriba la clave que está en su volante."
    looks_good(page, "2-clave-falta")
    page.fill("#booth-code", election.voters[0])
    press(page, "Continuar")
    looks_good(page, "3-pregunta")
    press(page, "Continuar")
    assert "Si no quiere elegir a nadie, marque el voto en blanco." in page.get_by_role("alert").inner_text()
    page.get_by_role("radio", name="Plancha Azul").check()
    looks_good(page, "3-pregunta-elegida")
    press(page, "Continuar")
    for name in ("Candidata A", "Candidata D"):
        page.get_by_role("checkbox", name=name).check()
    looks_good(page, "4-pregunta-varias")
    press(page, "Continuar")
    looks_good(page, "5-revision")
    box.answers.append(None)
    press(page, "Votar")
    page.get_by_role("button", name="Intentar de nuevo").wait_for()
    looks_good(page, "5-revision-sin-conexion")
    press(page, "Intentar de nuevo")
    page.wait_for_selector(".booth-receipt")
    looks_good(page, "6-urna")
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    assert "Su número de seguimiento" in shown and "Terminé" not in shown
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))) == 1
    page.emulate_media(media="screen", forced_colors="active")
    press(page, "Terminé")
    looks_good(page, "7-gracias")


def test_choices_stay_within_the_limits_of_their_question(visit, election):
    page = visit(data_of(election), election.voters[0])
    press(page, "Empezar")
    assert page.locator(".booth-lead").inner_text() == "Pregunta 1 de 2. Elija una opción, o el voto en blanco."
    page.get_by_role("radio", name="Plancha Azul").check()
    page.get_by_role("radio", name="Voto en blanco").check()
    assert not page.get_by_role("radio", name="Plancha Azul").is_checked()
    press(page, "Continuar")
    status = page.get_by_role("status")
    assert page.locator(".booth-lead").inner_text() == "Pregunta 2 de 2. Elija hasta 2 opciones, o el voto en blanco."
    assert status.inner_text() == "Todavía no ha elegido."
    page.get_by_role("checkbox", name="Candidata A").check()
    assert status.inner_text() == "Ha elegido 1 de 2. Puede elegir 1 más."
    page.get_by_role("checkbox", name="Candidata B").check()
    page.get_by_role("checkbox", name="Candidata C").click()
    assert not page.get_by_role("checkbox", name="Candidata C").is_checked()
    assert status.inner_text() == "Ya eligió 2, que es lo más que se puede. Para elegir esta, quite otra primero."
    page.get_by_role("checkbox", name="Voto en blanco").check()
    assert not page.get_by_role("checkbox", name="Candidata A").is_checked()
    page.get_by_role("checkbox", name="Candidata E").check()
    assert not page.get_by_role("checkbox", name="Voto en blanco").is_checked()


def test_a_double_click_leads_on_once_and_chooses_nothing(visit, election):
    under = []
    for width, code in ((1280, None), (1024, None), (360, None), (360, election.voters[0])):
        page = visit(data_of(election), code, width=width)
        button = page.get_by_role("button", name="Empezar", exact=True)
        if not code:
            button.click()
            page.fill("#booth-code", election.voters[0])
            button = page.get_by_role("button", name="Continuar")
        box = button.bounding_box()
        button.dblclick()
        assert page.locator("input[type=radio]").count() > 0
        assert page.locator("input:checked").count() == 0, (width, code)
        under.append(page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y)?.closest('.booth-option') !== null",
            [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]))
        # Who means it chooses at once.
        page.get_by_role("radio", name="Plancha Azul").check()
    assert any(under), "no option came to stand under a button: this shows nothing"


def test_the_way_back_keeps_what_was_chosen(visit, box, election):
    page = visit(data_of(election), election.voters[0])
    vote_through(page, "Plancha Azul", "Candidata A")
    page.get_by_role("button", name="Cambiar: Comité de control social").click()
    assert page.get_by_role("checkbox", name="Candidata A").is_checked()
    page.get_by_role("checkbox", name="Candidata A").uncheck()
    page.get_by_role("checkbox", name="Candidata C").check()
    press(page, "Continuar")
    assert heading(page) == "Revise su voto"
    # The browser's own button leads back a step, not out of the booth.
    page.go_back()
    assert heading(page) == "Comité de control social"
    page.go_back()
    page.go_back()
    assert heading(page) == "Comité de control social"
    page.go_back()
    assert page.get_by_role("radio", name="Plancha Azul").is_checked()
    page.get_by_role("radio", name="Plancha Verde").check()
    press(page, "Continuar")
    assert heading(page) == "Revise su voto"
    cast(page)
    assert counted(election, box.texts) == [[0, 0, 1, 0], [0, 0, 0, 1, 0, 0]]
    page.go_back()
    assert heading(page) == "Su voto quedó en la urna"


def test_a_link_within_the_page_is_no_step_and_no_code(visit, election):
    page = visit(data_of(election), election.voters[0])
    press(page, "Empezar")
    page.get_by_role("radio", name="Plancha Azul").check()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#contenido"
    assert page.get_by_role("radio", name="Plancha Azul").is_checked()
    press(page, "Continuar")
    page.go_back()
    assert heading(page) == board["question"]
    assert page.get_by_role("radio", name="Plancha Azul").is_checked()


def test_the_code_leaves_the_address_and_never_the_page(visit, site, box, election):
    code = election.voters[0]
    site.asked.clear()
    sent = []
    page = visit(data_of(election), code)
    assert "#" not in page.url and page.evaluate("location.hash") == ""
    page.on("request", lambda request: sent.append((request.method, request.url, request.headers, request.post_data)))
    vote_through(page, "Plancha Azul", "Candidata A")
    cast(page)
    secret = election.modules("derived", election.group, election.uuid, code)[0]
    assert [method for method, *_ in sent] == ["POST"]
    for word in (code, code.replace("-", ""), secret):
        assert word not in str(sent) and word not in str(site.asked)
    page.go_back()
    assert "#" not in page.url


def test_after_load_nothing_is_asked_for_but_the_cast(visit, site, box, election):
    data = data_of(election, pictures=[[picture, None, picture + "?2"], [None, picture + "?3"]])
    page = visit(data, board="https://tablero.invalid/urna")
    page.wait_for_load_state("networkidle")
    asked = len(site.asked)
    assert {path for _, path in site.asked} >= {picture, picture + "?2", picture + "?3"}
    press(page, "Empezar")
    page.fill("#booth-code", election.voters[0])
    press(page, "Continuar")
    page.get_by_role("radio", name="Plancha del Río").check()
    press(page, "Continuar")
    assert page.locator(".booth-picture").evaluate_all("all => all.every((each) => each.complete)")
    page.get_by_role("checkbox", name="Candidata B").check()
    press(page, "Continuar")
    cast(page)
    press(page, "Terminé")
    page.wait_for_load_state("networkidle")
    assert site.asked[asked:] == [("POST", "/votar")]


def test_wrong_codes_are_told_apart_before_anything_is_chosen(visit, election):
    own = election.modules("credential", election.group, election.uuid, election.voters[0])
    page = visit(data_of(election, credential=hashlib.sha256(own.encode()).hexdigest()))
    press(page, "Empezar")
    alert = page.get_by_role("alert")

    def told(text):
        page.fill("#booth-code", text)
        press(page, "Continuar")
        assert page.evaluate("document.activeElement.id") == "booth-code"
        assert page.locator("#booth-code").get_attribute("aria-invalid") == "true"
        return alert.inner_text()

    assert "usted escribió 3" in told("abc")
    assert "Las claves no llevan «O»." in told(election.voters[0][:-1] + "o")
    assert told(election.voters[1]).startswith("Esa clave no es la suya.")
    page.fill("#booth-code", f"{page.url}#{election.voters[0]}")
    press(page, "Continuar")
    assert heading(page) == board["question"]


def test_a_slip_of_somebody_else_is_told_when_its_code_is_scanned(visit, election):
    own = election.modules("credential", election.group, election.uuid, election.voters[0])
    data = data_of(election, credential=hashlib.sha256(own.encode()).hexdigest())
    page = visit(data, election.voters[1])
    press(page, "Empezar")
    assert page.get_by_role("alert").inner_text().startswith("Esa clave no es la suya.")
    page = visit(data, "7KQ3M-XR5TWA-9HJPF-2VN")
    assert "#" not in page.url
    press(page, "Empezar")
    assert "no se leyó completo" in page.get_by_role("alert").inner_text()
    # The right slip, scanned while the page stands open.
    page.evaluate(f"location.hash = '{election.voters[0]}'")
    page.wait_for_function("location.hash === ''")
    press(page, "Empezar")
    assert heading(page) == board["question"]


def test_without_connection_the_same_ballot_is_sent_again(visit, box, election):
    page = visit(data_of(election), election.voters[0])
    vote_through(page, "Plancha Azul", "Candidata A")
    box.answers += [None, (502, "<html>"), "take"]
    press(page, "Votar")
    for _ in range(2):
        page.get_by_role("alert").filter(has_text="No ha perdido nada").wait_for()
        assert page.get_by_role("button", name=re.compile("Cambiar")).count() == 0
        press(page, "Intentar de nuevo")
    page.wait_for_selector(".booth-receipt")
    assert len(box.texts) == 3 and len(set(box.texts)) == 1


def test_another_choice_after_a_silence_is_another_ballot(visit, box, election):
    page = visit(data_of(election), election.voters[0])
    vote_through(page, "Plancha Azul", "Candidata A")
    box.answers.append(None)
    press(page, "Votar")
    page.get_by_role("button", name="Intentar de nuevo").wait_for()
    page.go_back()
    page.get_by_role("checkbox", name="Candidata A").uncheck()
    page.get_by_role("checkbox", name="Candidata D").check()
    press(page, "Continuar")
    cast(page)
    assert "Reemplaza el voto que usted había enviado antes." in page.locator(".booth-stage").inner_text()
    assert counted(election, box.texts[-1:])[1] == [0, 0, 0, 0, 1, 0]


@pytest.mark.parametrize("code, words", [
    ("closed", "La urna ya cerró. El voto no se guardó."),
    ("no_pass", "Se venció el tiempo para votar. Pida de nuevo el paso: su voto no se guardó."),
])
def test_a_refusal_is_told_in_the_words_of_the_box(visit, box, election, code, words):
    page = visit(data_of(election), election.voters[0], mode="kiosk")
    vote_through(page, "Plancha Azul", "Candidata A")
    box.refuse(code, words)
    press(page, "Votar")
    page.get_by_role("button", name="Volver al comienzo").wait_for()
    assert page.get_by_role("alert").inner_text() == words
    press(page, "Volver al comienzo")
    assert heading(page) == "Elección de la alianza de usuarios"
    press(page, "Empezar")
    assert heading(page) == "Escriba su clave de voto"


def test_who_was_let_in_too_long_ago_goes_on_where_they_were(visit, site, box, election):
    own = election.modules("credential", election.group, election.uuid, election.voters[0])
    data = data_of(election, credential=hashlib.sha256(own.encode()).hexdigest())
    page = visit(data, election.voters[0], door="/puerta")
    vote_through(page, "Plancha Azul", "Candidata A")
    for code, words in (("no_pass", "Se venció el tiempo para votar."), ("other_credential", "La clave no es la suya.")):
        box.refuse(code, words)
        page.locator(".booth-actions .booth-primary").click()
        page.get_by_role("link", name="Pedir otro código").wait_for()
        assert page.get_by_role("link", name="Pedir otro código").count() == 1
        assert "Pedir otro código" == page.evaluate("document.activeElement.textContent")
    # A code that the page knows to be the voter's is not asked for again: somebody else was let in on this device.
    assert "Si otra persona entró después de usted" in page.get_by_role("alert").inner_text()
    looks_good(page)
    press(page, "Intentar de nuevo")
    page.wait_for_selector(".booth-receipt")
    assert len(set(box.texts)) == 1


def test_a_code_that_the_box_refuses_is_written_again_and_the_choices_stay(visit, box, election):
    page = visit(data_of(election), election.voters[0])
    vote_through(page, "Plancha Azul", "Candidata A")
    box.refuse("other_credential", "La clave no es la suya.")
    press(page, "Votar")
    press(page, "Escribir la clave otra vez")
    page.fill("#booth-code", election.voters[1])
    press(page, "Continuar")
    assert heading(page) == "Revise su voto"
    cast(page)
    first, second = (json.loads(text)["credential"] for text in box.texts)
    assert first != second
    assert counted(election, box.texts[1:]) == [[0, 1, 0, 0], [0, 1, 0, 0, 0, 0]]


def test_a_tracker_of_another_ballot_is_no_receipt(visit, box, election):
    page = visit(data_of(election), election.voters[0])
    vote_through(page, "Plancha Azul", "Candidata A")
    box.answers.append((200, json.dumps({"tracker": b64("otro"), "replaced": False})))
    press(page, "Votar")
    page.get_by_role("button", name="Intentar de nuevo").wait_for()
    assert "avise a un jurado" in page.get_by_role("alert").inner_text()
    assert page.locator(".booth-receipt").count() == 0


def test_a_kiosk_starts_over_and_remembers_nobody(visit, box, election):
    page = visit(data_of(election), election.voters[0], mode="kiosk")
    assert "dígaselo a un jurado" in page.locator(".booth-facts").first.inner_text()
    vote_through(page, "Plancha Azul", "Candidata A")
    cast(page)
    # Nothing is copied on a device that others use after; what is lost is said before it is.
    assert page.get_by_role("button", name="Copiar el número").count() == 0
    assert "deja la cabina para la siguiente persona" in page.locator(".booth-ending").inner_text()
    press(page, "Terminé")
    assert heading(page) == "Elección de la alianza de usuarios"
    for _ in range(4):
        page.go_back()
        assert page.locator("input:checked").count() == 0
        assert heading(page) in ("Elección de la alianza de usuarios", "Escriba su clave de voto")


def test_a_kiosk_left_alone_asks_and_then_forgets(visit, browser, site, box, election):
    page = visit(data_of(election), mode="kiosk", idle=60)
    page.clock.install()
    page.evaluate(f"location.hash = '{election.voters[0]}'")
    page.wait_for_function("location.hash === ''")
    press(page, "Empezar")
    page.get_by_role("radio", name="Plancha Azul").check()
    page.clock.run_for(59_000)
    assert page.get_by_role("dialog").count() == 0
    page.clock.run_for(2_000)
    page.get_by_role("dialog", name="¿Sigue ahí?").wait_for()
    press(page, "Seguir votando")
    assert page.get_by_role("radio", name="Plancha Azul").is_checked()
    page.clock.run_for(61_000)
    page.get_by_role("dialog", name="¿Sigue ahí?").wait_for()
    page.clock.run_for(21_000)
    assert heading(page) == "Elección de la alianza de usuarios"
    press(page, "Empezar")
    assert heading(page) == "Escriba su clave de voto"
    assert box.texts == []


def heap_holds(page, words):
    """Which of these texts the page's memory holds, after what is unreachable was collected."""
    session = page.context.new_cdp_session(page)
    chunks = []
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda event: chunks.append(event["chunk"]))
    session.send("HeapProfiler.collectGarbage")
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    snapshot = json.loads("".join(chunks))
    return {word for word in words if any(word in text for text in snapshot["strings"])}


def test_the_code_is_out_of_memory_once_the_ballot_is_cast(visit, box, election):
    code = election.voters[2]
    page = visit(data_of(election), code)
    vote_through(page, "Plancha Azul", "Candidata A")
    assert heap_holds(page, [code]) == {code}
    cast(page)
    assert heap_holds(page, [code, code.replace("-", "")]) == set()


def test_a_mock_election_says_so_on_every_screen_and_paper(visit, box, mock_election):
    page = visit(data_of(mock_election), mock_election.voters[0])
    banner = page.locator(".booth-banner")

    def is_marked():
        assert banner.inner_text() == "SIMULACRO: este voto no cuenta"
        mark = page.evaluate("getComputedStyle(document.querySelector('.booth-stage'), '::after').content")
        assert mark == '"SIMULACRO"'

    is_marked()
    looks_good(page, "8-simulacro")
    press(page, "Empezar")
    is_marked()
    page.get_by_role("radio", name="Voto en blanco").check()
    press(page, "Continuar")
    is_marked()
    cast(page)
    is_marked()
    looks_good(page, "8-simulacro-urna")
    page.emulate_media(media="print")
    assert "SIMULACRO: este voto no cuenta" in page.locator(".booth-receipt").inner_text()


def test_a_damaged_page_is_not_voted_with(visit, election):
    page = visit({**data_of(election), "election": election.text.replace('"public_key":"', '"public_key":"1')})
    assert heading(page) == "No se puede votar con esta página"


# One file


def test_the_modules_can_be_joined_by_dropping_lines():
    names = []
    for path in sorted(booth_pages.modules.glob("*.js")):
        text = path.read_text()
        lines = text.splitlines()
        statements = [place for place, line in enumerate(lines) if line.startswith(("import", "export"))]
        # Each is whole on its line, and they stand together after the opening comment.
        assert all(booth_pages.statement.match(lines[place]) for place in statements), path.name
        if statements:
            opening = lines[: statements[-1] + 1]
            assert all(not line or line.startswith(("//", "import", "export")) for line in opening), path.name
        assert not re.search(r"^(?:\S.*\s)?await\b", text, re.MULTILINE), path.name
        assert "</" not in re.sub(r"^//.*", "", text, flags=re.MULTILINE) and "<!--" not in text, path.name
        assert len(lines) < 400, path.name
        assert max(map(len, lines)) <= 132, path.name
        names += re.findall(r"^(?:async )?(?:function|class|const|let) \{?\s*([\w$]+)", text, re.MULTILINE)
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
