"""Voting from afar, through the pages alone: with a slip, one's document and a code that comes by mail, on a phone.

The election around it is that of the main job, and the box that of the journey of boxes, in an alliance whose bylaws allow it.
"""

import base64
import datetime
import email
import hashlib
import json
import os
import re
import secrets
import socket
import subprocess
import urllib.parse

import pytest

from postbox import Postbox
from server import Installation, fits, program, sign_in, today, wait_until
from test_electronic_box import between_two, draft, make_key, make_slips, pick, prepared, seal, try_keys
from test_main_job import ALLIANCE, ELECTORS, NAMES, follow, press, refused, taking_turns

MAILS = [f"{name.lower()}@correo.test" for name in NAMES]
# Two people of one household, and one without mail.
MAILS[10] = MAILS[11] = "casa@correo.test"
MAILS[12] = MAILS[16] = ""
# One has a telephone that is nobody else's.
PHONES = {NAMES[16]: "301 222 3344"}
FIRST, SECOND, BLANK = "Plancha 1: Salud para todos", "Plancha 2: Cuidarnos", "Voto en blanco"
REMOTE_BYLAWS = {
    "board_seats": "5", "term_months": "24", "notice_days": "8", "claim_days": "3", "challenge_days": "2"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server whose letters and text messages are kept."""
    postbox = Postbox()
    folder = tmp_path_factory.mktemp("mensajes")
    texts, sender = folder / "mensajes.txt", folder / "enviar"
    texts.touch()
    sender.write_text("""#!/bin/sh\n{ printf '%s ' "$2"; cat; echo; } >> "$1"\n""")
    sender.chmod(0o755)
    made = Installation(
        ALIANZAS_SMTP_URL=f"smtp://127.0.0.1:{postbox.port}", ALIANZAS_MAIL_FROM="alianzas@entidad.gov.co",
        ALIANZAS_SMS=f"{sender} {texts}")
    made.environment["ALIANZAS_ORIGIN"] = made.url
    made.postbox = postbox
    made.texts = texts
    made.demonstrate()
    made.start()
    yield made
    assert made.process.poll() is None, f"the server ended: {made.output()}"
    made.remove()


@pytest.fixture(scope="module")
def visitor(browser, server):
    """A function that gives somebody a browser of their own, whose printer is a stand-in: what is printed is counted."""
    contexts = []

    def visit(name=None, width=1280):
        context = browser.new_context(
            base_url=server.url, locale="es-CO", timezone_id="America/Bogota", accept_downloads=True,
            viewport={"width": width, "height": 740})
        context.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
        contexts.append(context)
        page = context.new_page()
        if name:
            sign_in(page, server, name)
        return page

    yield visit
    for context in contexts:
        context.close()


class RemoteBox:
    """An open box that is voted from afar: its addresses, the codes of its slips, and two people who act on it."""

    def __init__(self, server, visitor, downloads):
        enter_as = taking_turns(visitor(), server)

        def no_look(page, picture=None):
            """Journeys beside this one look at these pages."""

        allow_remote_voting(enter_as("oficina", f"{ALLIANCE}/gobierno/estatutos-nuevos"))
        process, page = prepared(server, enter_as, mails=MAILS, phones=PHONES)
        self.page = draft(page, process, no_look)
        page.goto(f"{self.page}/cambiar")
        page.get_by_label("A distancia").check()
        press(page, "Guardar")
        self.trustees = make_key(visitor, self.page, no_look, downloads)
        codes = make_slips(visitor, self.page, no_look)
        self.codes = [next(codes[each] for each in codes if f" {name} " in f" {each} ") for name in NAMES]
        committee = self.trustees["comite"]
        seal(committee, self.page)
        try_keys(self.trustees, self.page, downloads)
        between_two(committee, self.trustees["garante"], self.page, "abrir")
        # The demonstration has a box of its own.
        self.identifier = self.page.rsplit("/", 1)[1]
        self.uuid = server.psql(f"select uuid from elections.boxes where box_id = '{self.identifier}'", "superuser").stdout.strip()
        self.board = f"/publico{self.page.split('/o', 1)[1].replace('/alianzas/', '/')}"
        self.door = f"{self.board}/votar"
        self.server = server

    def slip(self, place):
        """Where the QR code of an elector's slip leads."""
        return f"/v/mutual-ser/{self.uuid}#{self.codes[place]}"


def allow_remote_voting(page):
    """The office registers bylaws that allow to vote from afar."""
    day = (today() - datetime.timedelta(days=1)).isoformat()
    page.get_by_label("Título").fill("Reglamento reformado de la alianza")
    page.get_by_label("Los aprobó la asamblea el").fill(day)
    page.get_by_label("Rigen desde el").fill(day)
    page.get_by_label("Articulado").fill(
        "Artículo 5. Comité organizador.\nCinco integrantes por dos años, por cuociente y voto secreto.\n"
        "Artículo 6. Urna electrónica.\nSe puede votar a distancia.")
    for name, value in REMOTE_BYLAWS.items():
        page.fill(f"[name={name}]", value)
        page.fill(f"[name={name}_origin]", "5")
    page.select_option("[name=counting_rule]", "cuociente")
    page.fill("[name=counting_rule_origin]", "5")
    page.check("[name=voting_methods][value=secreto]")
    page.fill("[name=voting_methods_origin]", "5")
    page.select_option("[name=remote_voting]", "si")
    page.fill("[name=remote_voting_origin]", "6")
    press(page, "Registrar los estatutos")


@pytest.fixture(scope="module")
def box(server, visitor, tmp_path_factory):
    return RemoteBox(server, visitor, tmp_path_factory.mktemp("llaves"))


def letters_to(server, address):
    letters = [email.message_from_string(each) for each in server.postbox.letters]
    return [base64.b64decode(each.get_payload()).decode() for each in letters if each["To"] == address]


def ask_for_code(page, number):
    """Gives one's document at the door."""
    page.get_by_label("Número de documento").fill(str(number))
    press(page, "Enviarme un código")


def code_of(server, place, earlier=0):
    """The code of the last letter to an elector, who had got so many before."""
    letters = wait_until(
        lambda: (found := letters_to(server, MAILS[place]))[earlier:] and found, "the letter with the code", seconds=30)
    return re.search(r"^(\w{5}-\w{5})\r?$", letters[-1], re.MULTILINE).group(1)


def come_in(page, box, place):
    """An elector passes the door, from their slip to the booth."""
    earlier = len(letters_to(box.server, MAILS[place]))
    page.goto(box.slip(place))
    ask_for_code(page, ELECTORS[place])
    page.get_by_label("El código que le llegó").fill(code_of(box.server, place, earlier))
    press(page, "Entrar a votar")
    page.wait_for_selector("h1#booth-heading")


def choose(page, option):
    """From the welcome to the review."""
    page.get_by_role("button", name="Empezar", exact=True).click()
    page.get_by_role("radio", name=option).check()
    page.get_by_role("button", name="Continuar").click()
    assert page.locator("h1").inner_text() == "Revise su voto"


def cast(page):
    """Casts, and returns the tracker."""
    page.get_by_role("button", name="Votar", exact=True).click()
    page.wait_for_selector(".booth-receipt")
    return tracker_on(page)


def tracker_on(page):
    return re.sub(r"\s", "", page.inner_text(".booth-tracker"))


def looks_good_on_phones(page, look, *picture, **options):
    """What `look` sees, and nothing cut off at 320 pixels."""
    look(page, *picture, **options)
    page.set_viewport_size({"width": 320, "height": 640})
    assert fits(page), page.url
    page.set_viewport_size({"width": 360, "height": 740})


def test_a_vote_on_a_phone_from_the_slip_to_the_board(box, visitor, look):
    phone = visitor(width=360)
    requests, said, titles = [], [], set()
    phone.on("request", lambda request: requests.append(
        (request.method, request.url, str(request.all_headers()), request.post_data or "")))
    phone.on("console", lambda message: said.append((message.type, message.text)))
    phone.on("pageerror", lambda error: said.append(("error", str(error))))
    phone.goto(box.slip(0))
    # The browser keeps the code through the redirect, and the page takes it out of the address, and so of the history.
    assert "Su volante ya se leyó" in phone.inner_text("main")
    assert keeps_no_code(phone, box.codes[0])
    titles.add(phone.title())
    looks_good_on_phones(phone, look)
    ask_for_code(phone, ELECTORS[0])
    looks_good_on_phones(phone, look)
    assert keeps_no_code(phone, box.codes[0])
    # Who waits for a code asks for another where they are, and is told how often.
    assert phone.get_by_role("button", name="Pedir otro código").is_visible()
    assert "en una hora se mandan cuatro como máximo" in phone.inner_text("main")
    # A digit that was typed wrong can be seen.
    told = re.search(r"Si el documento CC ([\d.]+) puede", phone.inner_text("main"))
    assert told.group(1).replace(".", "") == str(ELECTORS[0])
    # A wrong code: what to do is said, and a press away. The code of the slip is not lost over it.
    phone.get_by_label("El código que le llegó").fill("AAAAA-AAAAA")
    assert "Revíselo; si se venció, pida otro." in refused(phone, "Entrar a votar")
    assert keeps_no_code(phone, box.codes[0])
    looks_good_on_phones(phone, look)
    first = code_of(box.server, 0)
    # Who left to look for the code comes back to an empty page: the slip is still there, and no other code has to be sent.
    phone.goto(phone.url.split("?")[0].replace("/codigo", ""))
    assert "Su volante ya se leyó" in phone.inner_text("main")
    follow(phone, "Ya tengo un código")
    looks_good_on_phones(phone, look)
    phone.get_by_label("Número de documento").fill(str(ELECTORS[0]))
    phone.get_by_label("El código que le llegó").fill("AAAAA-AAAAA")
    assert "Revíselo; si se venció, pida otro." in refused(phone, "Entrar a votar")
    press(phone, "Pedir otro código")
    assert "le llegó otro código" in phone.inner_text("main")
    wait_until(lambda: len(letters_to(box.server, MAILS[0])) > 1, "the other letter", seconds=30)
    assert code_of(box.server, 0, 1) != first
    phone.get_by_label("El código que le llegó").fill(code_of(box.server, 0, 1).upper())
    press(phone, "Entrar a votar")
    phone.wait_for_selector("h1#booth-heading")
    assert "#" not in phone.url
    phone.wait_for_load_state("networkidle")
    loaded = len(requests)

    looks_good_on_phones(phone, look)
    welcome = phone.locator(".booth-stage").aria_snapshot()
    order = re.findall(r'- (heading|button) "([^"]+)"', welcome)
    assert order == [
        ("heading", "Elección del comité organizador"), ("heading", "Quién puede ver qué"),
        ("button", "Empezar")], welcome
    # In plain words and unfolded: who sees the choice, what the server knows, and what nobody can promise.
    facts = phone.locator(".booth-facts").first.inner_text()
    for words in (
            "lo ve solo este aparato", "El servidor sabe que usted votó y cuál voto cifrado es el suyo", "Sin ayuda no puede abrirlo",
            "Una página falsa del servidor podría engañarlo", "la cabina sin conexión"):
        assert words in facts, facts
    assert "Lo que no podemos prometer" in welcome
    phone.get_by_role("button", name="Empezar", exact=True).click()
    looks_good_on_phones(phone, look, "votar-desde-el-telefono", width=400)
    question = phone.locator(".booth-stage").aria_snapshot()
    assert re.findall(r"- '?(heading|group|radio|button|status|alert)\b", question) == [
        "heading", "group", "radio", "radio", "radio", "status", "alert", "button", "button"], question
    phone.get_by_role("radio", name=FIRST).check()
    phone.get_by_role("button", name="Continuar").click()
    looks_good_on_phones(phone, look)
    tracker = cast(phone)
    looks_good_on_phones(phone, look)
    titles.add(phone.title())
    phone.get_by_role("button", name="Imprimir").click()
    assert phone.evaluate("window.printed") == 1

    # From load to receipt nothing was asked for but the cast, and what the ballot says nobody reads in it.
    assert [(method, url.rsplit("/", 1)[-1]) for method, url, *_ in requests[loaded:]] == [("POST", "votos")]
    sent = str(requests)
    for secret in (box.codes[0], box.codes[0].replace("-", "")):
        assert secret not in sent and secret not in "".join(titles) and secret not in str(said)
        assert secret not in box.server.output()
    # What the browser says of the wrong codes is all that it says.
    assert [words for kind, words in said if kind == "error"] == [
        "Failed to load resource: the server responded with a status of 403 (Forbidden)"] * 2
    # Of the slip nothing is left once the vote is cast. Of the vote the tab keeps the receipt, for who loads the page anew.
    assert phone.evaluate("localStorage.length") == 0
    kept = phone.evaluate("Object.entries(sessionStorage)")
    assert [name for name, _ in kept] == ["alianzas-comprobante"]
    assert set(json.loads(kept[0][1])) == {"cast", "tracker", "replaced", "moment"} and keeps_no_code(phone, box.codes[0])
    moment = phone.locator(".booth-receipt-name").last.inner_text()
    phone.reload()
    phone.get_by_role("heading", name="Su voto ya está en la urna").wait_for()
    assert tracker_on(phone) == tracker and phone.locator(".booth-receipt-name").last.inner_text() == moment
    looks_good_on_phones(phone, look)
    # The number goes along to the board and to wherever the voter keeps it; what is lost is said before it is.
    board = phone.get_by_role("link", name="Abrir el tablero público").get_attribute("href")
    assert board.endswith(f"#{tracker}")
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.get_by_role("button", name="Copiar el número").click()
    phone.get_by_role("status").filter(has_text="El número quedó copiado.").wait_for()
    assert phone.evaluate("navigator.clipboard.readText()") == tracker
    assert "«Terminé» borra este número de la pantalla, y no se puede volver" in phone.inner_text(".booth-ending")
    phone.get_by_role("button", name="Terminé").click()
    assert phone.locator("h1").inner_text() == "Gracias por votar"
    assert phone.evaluate("sessionStorage.length") == 0
    phone.go_back()
    assert phone.locator("input:checked").count() == 0

    # On the board, from another browser, by the page of the alliance and by the address on the receipt.
    citizen = visitor()
    citizen.goto(box.board.rsplit("/elecciones/", 1)[0])
    follow(citizen, "Urna electrónica n.º 1")
    assert citizen.url.endswith(box.board)
    citizen.get_by_role("link", name="Votar a distancia").click()
    assert citizen.url.endswith("/votar")
    citizen.goto(board)
    assert citizen.locator("#tracker").input_value() == tracker
    citizen.get_by_role("button", name="Buscar").click()
    assert "Sí: es la papeleta n.º 1 de la urna." in citizen.inner_text("main")
    look(citizen)
    what_the_board_says_to_who_looks(citizen, box)


def what_the_board_says_to_who_looks(page, box):
    """Nothing typed, half a number, too much of one, and one that is not in the box."""
    page.set_viewport_size({"width": 360, "height": 740})
    for typed, words in (
            ("", "Escriba el número de su comprobante"), ("A" * 20, "Lleva 20 de 43 signos."),
            ("A" * 45, "Escribió 45 signos, y el número tiene 43."), ("A" * 43, "Ninguna papeleta de la urna tiene")):
        page.goto(box.board)
        page.locator("#tracker").fill(typed)
        page.get_by_role("button", name="Buscar").click()
        page.get_by_text(words).wait_for()
        assert page.locator("#tracker").input_value() == typed
        assert fits(page), typed
    # The list is folded, complete, and without a column that says nothing.
    assert not page.locator("main table").last.is_visible()
    page.get_by_text("Ver los números de seguimiento de todas").click()
    assert page.locator("main table").last.is_visible()
    assert "Nota" not in page.locator("main table").last.inner_text()


def keeps_no_code(page, code):
    """Whether neither the address nor the history of the page has the code of a slip."""
    session = page.context.new_cdp_session(page)
    entries = session.send("Page.getNavigationHistory")["entries"]
    session.detach()
    return "#" not in page.url and not any(code in entry["url"] for entry in entries)


def tab_to(page, selector):
    """Presses Tab until what is looked for has the focus."""
    for _ in range(60):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_by_keyboard_alone_and_with_a_change_of_mind(box, visitor):
    page = visitor()
    keys = page.keyboard
    page.goto(box.slip(1))
    tab_to(page, "[name=document]")
    keys.type(str(ELECTORS[1]))
    with page.expect_navigation():
        keys.press("Enter")
    tab_to(page, "[name=code]")
    keys.type(code_of(box.server, 1))
    with page.expect_navigation():
        keys.press("Enter")
    page.wait_for_selector("h1#booth-heading")
    assert page.evaluate("document.activeElement.id") == "booth-heading"
    tab_to(page, ".booth-button")
    keys.press("Enter")
    tab_to(page, "input[type=radio]")
    # In whichever order they were drawn.
    while not page.get_by_role("radio", name=SECOND).is_checked():
        keys.press("ArrowDown")
    keys.press("Enter")
    tab_to(page, ".booth-actions .booth-primary")
    keys.press("Enter")
    page.wait_for_selector(".booth-receipt")
    first = tracker_on(page)

    # Once more while the box is open: the last ballot counts, and both are on the board.
    come_in(page, box, 1)
    choose(page, BLANK)
    second = cast(page)
    assert "Reemplaza el voto que usted había enviado antes." in page.inner_text(".booth-stage")
    page.goto(box.board)
    page.get_by_text("Ver los números de seguimiento de todas").click()
    trackers = page.locator("main table").inner_text()
    assert first in trackers and second in trackers and first != second


def door_words(page, box, number):
    """What the door tells whoever asks for a code."""
    page.goto(box.door)
    ask_for_code(page, number)
    return re.sub(r"CC [\d.]+", "CC", page.inner_text("main"))


def test_the_door_tells_strangers_nothing_about_anybody(box, visitor, look):
    page = visitor(width=360)
    known = door_words(page, box, ELECTORS[2])
    code = code_of(box.server, 2)
    # Nobody's document, an address of two people, nobody's address: the same words, and no letter.
    letters = len(box.server.postbox.letters)
    for number in (999_999_999, ELECTORS[10], ELECTORS[11], ELECTORS[12]):
        assert door_words(page, box, number) == known
        page.get_by_label("El código que le llegó").fill(code)
        words = refused(page, "Entrar a votar")
        assert "El código no es ese, ya se usó o se venció. Revíselo; si se venció, pida otro." in words
    looks_good_on_phones(page, look)
    # Where the address has come all letters before it have: the outbox is in order.
    assert door_words(page, box, ELECTORS[2]) == known
    code_of(box.server, 2, earlier=1)
    assert len(box.server.postbox.letters) == letters + 1
    # The one before is no longer good, nor is the new one in another's name.
    page.get_by_label("El código que le llegó").fill(code)
    assert "El código no es ese" in refused(page, "Entrar a votar")
    # Without a pass there is no booth, and the way leads back to the door.
    page.goto(f"{box.board}/cabina")
    assert page.url.endswith("/votar") and "Escriba su documento" in page.inner_text("main")


def test_a_code_that_comes_as_a_text_message(box, visitor):
    page = visitor(width=360)
    page.goto(box.slip(16))
    letters = len(box.server.postbox.letters)
    ask_for_code(page, ELECTORS[16])
    assert "al celular o al correo" in page.inner_text("main")
    # The program writes the number before the text: the end of the line is the end of the message.
    wait_until(lambda: box.server.texts.read_text().endswith("\n"), "the text message", seconds=30)
    text = box.server.texts.read_text()
    told = re.fullmatch(r"\+573012223344 Para votar escriba (\w{5}-\w{5})\. .*comité electoral\.\n", text)
    assert told and len(text) < 175, text
    page.get_by_label("El código que le llegó").fill(told.group(1))
    press(page, "Entrar a votar")
    page.wait_for_selector("h1#booth-heading")
    assert len(box.server.postbox.letters) == letters


def test_four_codes_an_hour_and_no_word_about_it(box, visitor):
    page = visitor()
    known = door_words(page, box, ELECTORS[3])
    for earlier in range(1, 4):
        assert door_words(page, box, ELECTORS[3]) == known
        code = code_of(box.server, 3, earlier)
    assert door_words(page, box, ELECTORS[3]) == known
    # The last one that went out lets them in.
    page.get_by_label("El código que le llegó").fill(code)
    press(page, "Entrar a votar")
    page.wait_for_selector("h1#booth-heading")
    assert len(letters_to(box.server, MAILS[3])) == 4


def test_a_pass_that_runs_out_loses_nothing(box, visitor, look):
    page = visitor(width=360)
    come_in(page, box, 4)
    page.get_by_role("button", name="Empezar", exact=True).click()
    page.get_by_role("radio", name=SECOND).check()
    page.get_by_role("button", name="Continuar").click()
    box.server.psql("update elections.voting_passes set expires_at = now() - interval '30 days'", "superuser")
    page.get_by_role("button", name="Votar", exact=True).click()
    page.get_by_role("link", name="Pedir otro código").wait_for()
    assert "Se venció el tiempo para votar" in page.get_by_role("alert").inner_text()
    looks_good_on_phones(page, look)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Pedir otro código").click()
    door = opened.value
    ask_for_code(door, ELECTORS[4])
    door.get_by_label("El código que le llegó").fill(code_of(box.server, 4, earlier=1))
    press(door, "Continuar")
    assert "toque «Intentar de nuevo»" in door.inner_text("main")
    look(door)
    door.close()
    page.get_by_role("button", name="Intentar de nuevo").click()
    page.wait_for_selector(".booth-receipt")


def test_without_network_the_same_ballot_is_sent_again(box, visitor):
    page = visitor(width=360)
    come_in(page, box, 5)
    choose(page, FIRST)
    ballots = box.server.psql(f"select ballots from elections.boxes where box_id = '{box.identifier}'", "superuser").stdout
    # The ballot arrives and its answer does not; then nothing arrives at all.
    page.route("**/votos", lambda route: (route.fetch(), route.abort("connectionreset"))[1])
    page.get_by_role("button", name="Votar", exact=True).click()
    page.get_by_role("alert").filter(has_text="No ha perdido nada").wait_for()
    page.unroute("**/votos")
    page.context.set_offline(True)
    page.get_by_role("button", name="Intentar de nuevo").click()
    page.get_by_role("alert").filter(has_text="No ha perdido nada").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Intentar de nuevo").click()
    page.wait_for_selector(".booth-receipt")
    assert "Reemplaza" not in page.inner_text(".booth-stage")
    assert int(box.server.psql(f"select ballots from elections.boxes where box_id = '{box.identifier}'", "superuser").stdout) == int(ballots) + 1


def test_two_tabs_and_two_people_on_one_phone(box, visitor):
    page = visitor(width=360)
    come_in(page, box, 6)
    choose(page, FIRST)
    # Another tab of the same person: what is cast last counts.
    other = page.context.new_page()
    other.goto(f"{box.board}/cabina#{box.codes[6]}")
    choose(other, SECOND)
    cast(other)
    # Another person on the same phone, whose slip the first one holds by mistake.
    come_in(other, box, 7)
    other.evaluate(f"location.hash = '{box.codes[6]}'")
    other.get_by_role("button", name="Empezar", exact=True).click()
    assert other.get_by_role("alert").inner_text().startswith("Esa clave no es la suya.")
    # The first tab is told that somebody else came in after it, keeps its choice, and goes on after the door.
    page.get_by_role("button", name="Votar", exact=True).click()
    page.get_by_role("link", name="Pedir otro código").wait_for()
    assert "Si otra persona entró después de usted" in page.get_by_role("alert").inner_text()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Pedir otro código").click()
    ask_for_code(opened.value, ELECTORS[6])
    opened.value.get_by_label("El código que le llegó").fill(code_of(box.server, 6, earlier=1))
    press(opened.value, "Continuar")
    page.get_by_role("button", name="Intentar de nuevo").click()
    page.wait_for_selector(".booth-receipt")
    assert "Reemplaza el voto que usted había enviado antes." in page.inner_text(".booth-stage")


def test_the_session_of_a_user_beside_it_stays_what_it_is(box, visitor):
    page = visitor("oficina", width=360)
    come_in(page, box, 7)
    choose(page, BLANK)
    cast(page)
    page.goto(ALLIANCE)
    assert "San Antero" in page.inner_text("h1") and "/entrar" not in page.url


def test_the_offline_booth_makes_a_ballot_without_network(box, visitor, look, tmp_path):
    citizen = visitor()
    citizen.goto(box.board)
    part = citizen.locator("#sin-conexion")
    digest = part.locator(".digest").inner_text()
    files = []
    for copy in ("una", "otra"):
        with citizen.expect_download() as download:
            part.get_by_role("link", name="Descargar la cabina sin conexión").click()
        files.append(tmp_path / copy / download.value.suggested_filename)
        download.value.save_as(files[-1])
    assert files[0].read_bytes() == files[1].read_bytes()
    shown = part.locator("pre").inner_text()
    told = subprocess.run(shown, shell=True, cwd=files[0].parent, capture_output=True, text=True).stdout
    assert told == f"{digest}  {files[0].name}\n"

    phone = visitor(width=360)
    faults, sent = [], []
    phone.on("pageerror", lambda error: faults.append(str(error)))
    phone.on("console", lambda message: message.type == "error" and faults.append(message.text))
    phone.context.set_offline(True)
    phone.goto(f"file://{files[0]}")
    phone.on("request", lambda request: sent.append(request.url))
    looks_good_on_phones(phone, look)
    phone.get_by_role("button", name="Empezar", exact=True).click()
    # One letter of the slip read wrong: said here, and not weeks later at the slot.
    phone.fill("#booth-code", box.codes[8][:-1] + ("A" if box.codes[8][-1] != "A" else "B"))
    phone.get_by_role("button", name="Continuar").click()
    phone.get_by_text("Ninguna clave de esta elección es así").wait_for()
    phone.fill("#booth-code", box.codes[8])
    phone.get_by_role("button", name="Continuar").click()
    phone.get_by_role("radio", name=SECOND).check()
    phone.get_by_role("button", name="Continuar").click()
    with phone.expect_download() as saving:
        phone.get_by_role("button", name="Votar", exact=True).click()
    phone.wait_for_selector(".booth-receipt")
    tracker = tracker_on(phone)
    ballot = tmp_path / saving.value.suggested_filename
    saving.value.save_as(ballot)
    assert phone.locator("#booth-ballot").input_value() == ballot.read_text()
    looks_good_on_phones(phone, look)
    assert [url for url in sent if not url.startswith(("blob:", "data:"))] == [] and faults == []
    address = phone.inner_text(".booth-board strong")
    assert "Urna n.º 1" in phone.inner_text(".booth-receipt") and "según este aparato" in phone.inner_text(".booth-receipt")
    # A vote in a file is in no box: who has finished here has not, and is told where to go on.
    phone.get_by_role("button", name="Terminé").click()
    assert phone.locator("h1").inner_text() == "Falta entregar su voto"
    assert address in phone.inner_text(".booth-stage") and "Gracias" not in phone.inner_text(".booth-stage")
    looks_good_on_phones(phone, look)
    for words in ("Plancha", box.codes[8], box.codes[8].replace("-", "")):
        assert words not in ballot.read_text()

    # With a network again, through the same door.
    phone.context.set_offline(False)
    phone.goto(address)
    ask_for_code(phone, ELECTORS[8])
    phone.get_by_label("El código que le llegó").fill(code_of(box.server, 8))
    press(phone, "Continuar")
    looks_good_on_phones(phone, look)
    phone.get_by_role("button", name="Entregar el voto").click()
    assert "Elija el archivo del voto, o pegue el texto." in phone.inner_text(".problem-summary")
    other = tmp_path / "foto.json"
    other.write_text("esto es una foto")
    phone.get_by_label("El archivo del voto").set_input_files(other)
    phone.get_by_role("button", name="Entregar el voto").click()
    words = phone.inner_text("main")
    assert "no es el que le guardó la cabina sin conexión" in words and "vote otra vez" not in words, words
    damaged = ballot.read_text().replace("1", "2", 1)
    phone.get_by_label("O el voto como texto").fill(damaged)
    phone.get_by_role("button", name="Entregar el voto").click()
    words = phone.inner_text("main")
    assert "llegó dañado" in words and "en la cabina sin conexión" in words and "vote otra vez" not in words, words
    phone.get_by_label("El archivo del voto").set_input_files(ballot)
    phone.get_by_label("O el voto como texto").fill("")
    press(phone, "Entregar el voto")
    assert re.sub(r"\s", "", phone.inner_text("main .tracker")) == tracker
    looks_good_on_phones(phone, look)
    citizen.goto(phone.get_by_role("link", name="Abrir el tablero público").get_attribute("href"))
    assert citizen.locator("#tracker").input_value() == tracker
    # The same once more, as text that a message broke into lines, is the same ballot.
    phone.goto(f"{box.board}/entregar")
    text = ballot.read_text()
    phone.get_by_label("O el voto como texto").fill("\n".join(text[at : at + 70] for at in range(0, len(text), 70)))
    press(phone, "Entregar el voto")
    assert re.sub(r"\s", "", phone.inner_text("main .tracker")) == tracker
    assert "Reemplaza" not in phone.inner_text("main")
    citizen.goto(f"{box.board}?seguimiento={urllib.parse.quote(tracker, safe='')}")
    assert "Sí: es la papeleta" in citizen.inner_text("main")


def pass_of(box, way):
    """The token of a pass that somebody of the roll was given, from afar or in a booth of a table."""
    token = secrets.token_bytes(32)
    made = box.server.psql(f"""
        with booth as (
            insert into elections.kiosks (
                organization_id, kiosk_id, box_id, process_id, table_id, name, token_sha256, pin_hash, failures, opened_at)
            select organization_id, gen_random_uuid(), box_id, process_id, table_id, 'Cabina', sha256('{token.hex()}'), '$argon2id$', 0, now()
            from elections.boxes join elections.voting_tables using (organization_id, process_id)
            where box_id = '{box.identifier}'
            returning *)
        insert into elections.voting_passes (
            organization_id, pass_id, box_id, process_id, person_id, way, table_id, kiosk_id, token_sha256, expires_at)
        select organization_id, gen_random_uuid(), box_id, booth.process_id, person_id, '{way}',
            case '{way}' when 'kiosk' then table_id end, case '{way}' when 'kiosk' then kiosk_id end,
            '\\x{hashlib.sha256(token).hexdigest()}', '2100-01-01'
        from booth join elections.box_credentials using (organization_id, box_id)
        where person_id is not null
        limit 1 returning 1""", "superuser")
    assert made.stdout.strip() == "1"
    return token.hex()


def answer_before_the_rest(box, token):
    """What is answered to the beginning of a form of three megabytes; nothing where the server goes on reading."""
    server = box.server
    head = [
        f"POST {box.board}/entregar HTTP/1.1", f"Host: 127.0.0.1:{server.port}", f"Origin: {server.url}",
        "Sec-Fetch-Site: same-origin", "Content-Type: multipart/form-data; boundary=x", "Content-Length: 3000000"]
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.sendall("\r\n".join([*head, *([f"Cookie: paso={token}"] if token else []), "", "--x\r\n"]).encode())
        try:
            return line.recv(1 << 16).decode()
        except TimeoutError:
            return ""


def test_of_what_is_handed_in_nothing_is_read_without_a_pass_from_afar_nor_more_than_a_ballot(box, visitor, tmp_path):
    for token in (None, secrets.token_hex(32), pass_of(box, "kiosk")):
        answer = answer_before_the_rest(box, token)
        assert answer.startswith("HTTP/1.1 303 ") and f"{box.board}/votar" in answer, (token, answer)
    token = pass_of(box, "remote")
    assert answer_before_the_rest(box, token) == ""

    page = visitor(width=360)
    page.context.add_cookies([{"name": "paso", "value": token, "url": box.server.url}])
    page.goto(f"{box.board}/entregar")
    page.get_by_label("O el voto como texto").fill("1" * 60_000)
    page.get_by_role("button", name="Entregar el voto").click()
    page.get_by_text("El texto es demasiado largo").wait_for()
    long = tmp_path / "largo.json"
    long.write_text('{"a":"' + "1" * 60_000 + '"}')
    page.goto(f"{box.board}/entregar")
    page.get_by_label("El archivo del voto").set_input_files(long)
    page.get_by_role("button", name="Entregar el voto").click()
    page.wait_for_selector(".problem-summary")
    assert re.search(r"«largo\.json» pesa más de \d+ KB", page.inner_text("main"))


def archive_of(page, folder):
    """Downloads the archive of a board into a folder of its own."""
    folder.mkdir()
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar el archivo de la urna").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def fact(page, name):
    """What a page tells under a name."""
    return page.locator(f"dt:text-is('{name}') + dd").first.inner_text()


def runs(command, folder):
    """Runs a command as the board shows it, and returns what it printed."""
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    ended = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, f"{command}: {ended.stdout}{ended.stderr}"
    return ended.stdout + ended.stderr


def commands_on(page):
    """The commands of the board, as they stand there."""
    commands = page.locator("#comprobar pre.command").all_inner_texts()
    assert commands[2] == "sudo apt install belenios-tool"
    return commands[:2] + commands[3:]


def test_after_closing_nobody_votes_and_anybody_verifies(box, visitor, tmp_path, look):
    late = visitor(width=360)
    come_in(late, box, 9)
    choose(late, FIRST)
    citizen = visitor()
    citizen.goto(box.board)
    earlier = archive_of(citizen, tmp_path / "antes")
    between_two(box.trustees["comite"], box.trustees["garante"], box.page, "cerrar")
    late.get_by_role("button", name="Votar", exact=True).click()
    late.get_by_role("alert").filter(has_text="La urna ya cerró. El voto no se guardó.").wait_for()
    late.goto(box.slip(9))
    assert "La votación ya cerró: la urna no recibe más votos." in late.inner_text("main")
    look(late)

    citizen.goto(box.board)
    look(citizen)
    after = archive_of(citizen, tmp_path / "despues")
    commands = commands_on(citizen)
    assert len(commands) == 5
    (after.parent / "ANTES.bel").write_bytes(earlier.read_bytes())
    link = " ".join(fact(citizen, "Último eslabón").split())
    for command in commands[:2]:
        answer = runs(command, after.parent)
        assert answer.strip().startswith("✔ La urna") and "Último eslabón" in answer and link in answer, answer
    assert "La copia anterior" in answer and "está intacta en esta" in answer
    assert link == " ".join(fact(citizen, "Cierre de la urna").split("\n")[0].split())
    # The copy from before lies beside it: the other program has a folder of its own.
    for command in commands[2:]:
        answer = runs(command, after.parent)
    assert "all checks passed" in answer


def test_a_rehearsal_is_marked_everywhere_and_counts_nowhere(box, visitor, look, tmp_path):
    committee = box.trustees["comite"]
    process = box.page.rsplit("/urnas/", 1)[0]
    committee.goto(f"{process}/urnas")
    follow(committee, "Preparar un simulacro")
    committee.get_by_label("A distancia").check()
    press(committee, "Preparar el simulacro")
    mock = committee.url
    for body, name in (
        ("Comité electoral", "Yamile"), ("Organismo de control o garante", "Gustavo"), ("Delegado de la alianza", "Wilmer"),
    ):
        follow(committee, "Nombrar un custodio")
        committee.get_by_label(body).check()
        pick(committee, name)
        press(committee, "Nombrar el custodio")
    follow(committee, "Nombrar la autoridad")
    pick(committee, "Carmen")
    press(committee, "Nombrar la autoridad")
    make_key(box.trustees.get, mock, lambda *_: None, tmp_path)

    def marked_slips(page, picture=None):
        if picture == "volantes":
            assert page.locator(".slip").count() == page.locator(".slip-mock", has_text="SIMULACRO").count() > 0

    codes = make_slips(visitor, mock, marked_slips)
    code = next(codes[each] for each in codes if f" {NAMES[13]} " in f" {each} ")
    seal(committee, mock)
    try_keys(box.trustees, mock, tmp_path)
    between_two(committee, box.trustees["garante"], mock, "abrir")

    phone = visitor(width=360)
    board = f"/publico{mock.split('/o', 1)[1].replace('/alianzas/', '/')}"
    phone.goto(f"{board}/votar#{code}")
    assert "nada de aquí cuenta en la elección" in phone.inner_text("main")
    ask_for_code(phone, ELECTORS[13])
    phone.get_by_label("El código que le llegó").fill(code_of(box.server, 13))
    press(phone, "Entrar a votar")
    banner = phone.locator(".booth-banner")
    assert banner.inner_text() == "SIMULACRO: este voto no cuenta"
    choose(phone, FIRST)
    assert banner.is_visible()
    looks_good_on_phones(phone, look)
    cast(phone)
    assert "SIMULACRO: este voto no cuenta" in phone.inner_text(".booth-receipt")
    citizen = visitor()
    citizen.goto(board)
    assert "Esto es un simulacro: nada de aquí cuenta" in citizen.inner_text("main")
    look(citizen)
    assert b'"simulacro":true' in archive_of(citizen, tmp_path / "simulacro").read_bytes()
    with citizen.expect_download() as download:
        citizen.get_by_role("link", name="Descargar la cabina sin conexión").click()
    assert b'\\"simulacro\\":true' in download.value.path().read_bytes()

    # It is counted like any other, and nothing of it comes near the election.
    between_two(committee, box.trustees["garante"], mock, "cerrar")
    between_two(committee, box.trustees["garante"], mock, "contar")
    for name in ("garante", "junta"):
        page = box.trustees[name]
        page.goto(f"{mock}/mi-llave")
        page.get_by_label("El archivo de su llave").locator("visible=true").set_input_files(tmp_path / f"{name}.json")
        page.get_by_role("button", name="Sumar los votos").click()
        page.get_by_role("button", name="Son iguales: descifrar la suma").click(timeout=60_000)
        page.get_by_role("heading", name=re.compile("Terminó su trabajo|Por ahora no hay nada más")).wait_for(timeout=60_000)
    committee.goto(mock)
    look(committee)
    assert "Contada" in committee.inner_text("main")
    # The whole archive by the program that is not ours, and its sum of the ballots against the one that is published.
    citizen.goto(board)
    commands = commands_on(citizen)
    archive = archive_of(citizen, tmp_path / "contado")
    runs(commands[2], archive.parent)
    assert "all checks passed" in runs(commands[3], archive.parent)
    # What two commands print is the same to the letter.
    summed, published = (runs(command, archive.parent) for command in commands[5:])
    assert re.fullmatch("[0-9a-f]{64}\n", published) and published in summed
    kept = box.server.psql(
        "select count(*) from elections.box_counts join elections.boxes using (organization_id, box_id) where boxes.is_mock",
        "superuser").stdout.strip()
    assert kept == "0"
    refusal = box.server.psql(
        "insert into elections.box_counts (organization_id, box_id, contest_id, round, process_id, is_mock, slate_ids, votes,"
        " blank, ballots, marks_per_ballot, frozen_at) select organization_id, box_id, contest_id, round, process_id, is_mock,"
        " '{}', '{}', 5, 5, 1, now() from elections.box_questions where is_mock", "superuser", check=False).stderr
    assert "box_counts_is_no_mock" in refusal

    # Annulled, the board and the door say so: when, why, and by whom in the election.
    between_two(committee, box.trustees["garante"], mock, "anular")
    citizen.goto(board)
    told = citizen.inner_text("main")
    for words in ("Esta urna se anuló", "(comité electoral) y lo confirmó otra (garante)", "Motivo: Como se acordó en la asamblea."):
        assert words in told, told
    assert re.search(r"Fue el \w+ \d+ de enero de 2027, \d+:\d\d", told) and "Yamile" not in told and "Gustavo" not in told, told
    look(citizen)
    phone.goto(f"{board}/votar")
    assert "Esta urna se anuló: no recibe votos" in phone.inner_text("main")
