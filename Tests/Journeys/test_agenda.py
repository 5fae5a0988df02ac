"""Calendars and what they remind of: what happens between meetings has its dates, a telephone hears of what moved and of what
was called off, what a board keeps to itself reaches nobody else, and terms and alarms are each entity's to confirm."""

import re
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from server import Installation, move_anyway, sign_in, today, wait_until

CLINIC = "/o/clinica-del-litoral/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"
PUBLIC_CLINIC = "/publico/clinica-del-litoral/asociacion-de-usuarios-de-la-clinica-del-litoral"
SAN_ANTERO = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own: meetings move in it."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    made.remove()


@pytest.fixture
def other(browser, server):
    """A function that signs another account in, in a browser of its own."""
    opened = []

    def enter(name):
        context = browser.new_context(base_url=server.url, locale="es-CO", timezone_id="America/Bogota")
        opened.append(context)
        return sign_in(context.new_page(), server, name)

    yield enter
    for context in opened:
        context.close()


def day(offset):
    return (today() + timedelta(days=offset)).isoformat()


def plan(page, alliance, title, kind, offset, **more):
    """Plans a meeting and returns its address."""
    page.goto(f"{alliance}/reuniones/nueva")
    page.get_by_label("Nombre", exact=True).fill(title)
    page.get_by_label("Clase").select_option(kind)
    page.get_by_label("Día", exact=True).fill(day(offset))
    page.get_by_label("Empieza").fill("09:00")
    page.get_by_label("Termina").fill("11:00")
    page.get_by_label("Presencial").check()
    page.fill("[name=place]", "Auditorio de la sede")
    for name in more:
        page.check(f"[name={name}]")
    page.get_by_role("button", name="Programar la reunión").click()
    assert "quedó programada" in page.inner_text(".notice")
    return page.url


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


# iCalendar, read here a second time (RFC 5545): lines unfolded, one dictionary for each event.


def read(address):
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["Content-Type"].startswith("text/calendar")
        text = answer.read().decode()
    assert text.endswith("END:VCALENDAR\r\n") and all(len(each.encode()) <= 75 for each in text.split("\r\n"))
    events, event = [], None
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        name = name.split(";")[0]
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            events.append(event)
            event = None
        elif event is not None:
            assert name not in event, line
            event[name] = re.sub(r"\\(.)", r"\1", value)
    assert len({each["UID"] for each in events}) == len(events), "two events have one identifier"
    return events


def feed(page, home):
    """The address of a person's own feed."""
    page.goto(f"{home}/calendario/telefono")
    return page.locator(".feed-address").first.inner_text()


def of(events, title):
    found = [each for each in events if each["SUMMARY"] == title]
    assert len(found) == 1, [each["SUMMARY"] for each in events]
    return found[0]


def test_a_telephone_hears_of_what_moved_and_what_was_called_off(enter, browser, server, look):
    page = enter("clinica")
    own = feed(page, "/o/clinica-del-litoral")
    look(page, "calendario-en-el-telefono")
    meeting = plan(page, CLINIC, "Reunión abierta de agosto", "group", 12, is_public=True)
    visitor = browser.new_page(base_url=server.url, locale="es-CO")
    public = server.url + PUBLIC_CLINIC + "/calendario.ics"

    def told(address=public):
        found = [each for each in read(address) if each["SUMMARY"] == "Reunión abierta de agosto"]
        return found[0] if found else None

    wait_until(told, "the open meeting among the published dates")
    first, mine = told(), of(read(own), "Reunión abierta de agosto")
    assert first["DTSTART"] == day(12).replace("-", "") + "T090000" and first["SEQUENCE"] == "0"
    assert first["LOCATION"] == "Auditorio de la sede" and mine["UID"] == first["UID"]

    page.goto(f"{meeting}/reprogramar")
    page.fill("[name=day]", day(19))
    page.fill("[name=reason]", "El auditorio está ocupado")
    send(page, "Reprogramar")
    move_anyway(page)
    wait_until(lambda: told()["SEQUENCE"] == "1", "the day to which it was moved")
    moved = told()
    assert moved["UID"] == first["UID"] and moved["DTSTART"].startswith(day(19).replace("-", ""))
    assert of(read(own), "Reunión abierta de agosto")["SEQUENCE"] == "1"

    # The citizen's page has the address, in plain words, and nothing to sign in for.
    visitor.goto(PUBLIC_CLINIC)
    assert visitor.inner_text("#telefono .feed-address").endswith("/calendario.ics")
    assert "Reunión abierta de agosto" in visitor.inner_text("main")
    look(visitor)
    visitor.locator("#telefono").scroll_into_view_if_needed()
    page.goto(f"{meeting}/cancelar")
    page.fill("[name=reason]", "La entidad aplazó la rendición")
    if page.locator("[name=confirmation]").count():
        page.fill("[name=confirmation]", "CANCELAR")
    page.locator("main form button[type=submit]").last.click()
    wait_until(lambda: told().get("STATUS") == "CANCELLED", "that it was called off")
    off = told()
    assert off["UID"] == first["UID"] and int(off["SEQUENCE"]) > 1
    assert of(read(own), "Reunión abierta de agosto")["STATUS"] == "CANCELLED"
    visitor.goto(PUBLIC_CLINIC)
    expect(visitor.locator("table", has_text="Reunión abierta de agosto")).to_contain_text("Cancelada: no se hará")
    # The list tells it, the month does not.
    page.goto(f"/o/clinica-del-litoral/calendario/lista/{day(19)[:4]}?estado=no-aplica")
    assert page.locator("table.data tbody tr", has_text="Reunión abierta de agosto").count() == 1
    page.goto(f"/o/clinica-del-litoral/calendario?mes={day(19)[:7]}")
    assert "Reunión abierta de agosto" not in page.inner_text("main")
    # A meeting that nobody opened to citizens is in no public calendar.
    plan(page, CLINIC, "Reunión de siempre", "group", 14)
    assert of(read(own), "Reunión de siempre")
    assert all(each["SUMMARY"] != "Reunión de siempre" for each in read(public))
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(server.url + "/publico/clinica-del-litoral/no-existe/calendario.ics")
    visitor.close()


def test_the_public_page_is_pictured_with_its_calendar(page, look):
    page.goto(PUBLIC_CLINIC + "#telefono")
    page.evaluate("document.querySelectorAll('main > *:not(#telefono)').forEach(each => each.remove())")
    from pictures import take

    take(page, "calendario-publico", height=420)


def test_what_a_board_keeps_to_itself_reaches_its_own_telephones_alone(enter, other):
    office, board = enter("oficina"), other("junta")
    plan(board, SAN_ANTERO, "Deliberación sobre la visita", "board", 9, is_reserved=True)
    plan(board, SAN_ANTERO, "Reunión con la oficina", "board", 10)
    board.goto(f"{SAN_ANTERO}/veedurias/nueva")
    board.fill("[name=title]", "Entrega de medicamentos")
    board.fill("[name=reason]", "Hay filas desde la madrugada")
    board.fill("[name=entity]", "Farmacia del puerto")
    board.fill("[name=ends_on]", day(20))
    board.check("[name=is_reserved]")
    board.locator("main form button[type=submit]").last.click()
    expect(board.locator("h1")).to_contain_text("Entrega de medicamentos")
    titles = {each["SUMMARY"] for each in read(feed(board, "/o/mutual-ser"))}
    assert {"Deliberación sobre la visita", "Reunión con la oficina", "Termina la veeduría: Entrega de medicamentos"} <= titles
    seen = {each["SUMMARY"] for each in read(feed(office, "/o/mutual-ser"))}
    assert "Reunión con la oficina" in seen
    assert not seen & {"Deliberación sobre la visita", "Termina la veeduría: Entrega de medicamentos"}
    year = day(9)[:4]
    office.goto(f"/o/mutual-ser/calendario/lista/{year}?que=veedurias")
    assert "Entrega de medicamentos" not in office.inner_text("main")


def test_the_calendar_holds_what_happens_between_meetings(enter, other, look):
    page, clinic = enter("oficina"), other("clinica")
    year = today().year

    def titles(page, home, sort):
        found = []
        for each in (year - 1, year, year + 1):
            page.goto(f"/o/{home}/calendario/lista/{each}?que={sort}")
            rows = page.locator("table.data tbody tr")
            found += rows.all_inner_texts()
        return found

    for sort, words in (("reuniones", "Reunión"), ("campanas", "Campaña"), ("sondeos", "Sondeo: último día de"),
                        ("cartas", "Responde: ")):
        found = titles(page, "mutual-ser", sort)
        assert any(words in each for each in found), (sort, found)
    assert any("Visita de veeduría: " in each for each in titles(clinic, "clinica-del-litoral", "veedurias"))
    page.goto(f"/o/mutual-ser/calendario/lista/{year}")
    words = set(page.locator("table.data .status").all_inner_texts())
    assert words <= {"Cumple", "Parcial", "Por vencer", "Vencido", "Sin probar", "No aplica"}, words
    look(page)
    # A month of one sort, by keyboard alone.
    page.goto("/o/mutual-ser/calendario")
    page.locator("[name=que]").focus()
    page.keyboard.type("Reun")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "que=reuniones" in page.url
    kinds = page.locator(".agenda-detail").all_inner_texts()
    assert all(each.startswith("Reunión") for each in kinds), kinds
    look(page)
    page.get_by_role("link", name="Mes siguiente").click()
    assert "que=reuniones" in page.url
    page.get_by_role("link", name="Quitar filtros").click()
    assert "que=" not in page.url


def test_terms_of_letters_are_the_entitys_to_confirm(enter, other, look):
    page = enter("oficina")
    page.goto(f"{SAN_ANTERO}/cartas")
    page.get_by_role("link", name="Plazos", exact=True).click()
    rows = page.locator("table.data tbody tr")
    assert rows.count() == 3 and rows.filter(has_text="Sin confirmar").count() == 3
    look(page)
    page.get_by_role("link", name="Petición de documentos o de información").click()
    page.get_by_label("Días hábiles").fill("5")
    page.get_by_label("Qué lo ordena").fill("Ley")
    send(page, "Confirmar el plazo")
    assert "Cite la norma" in page.inner_text(".problem-summary")
    look(page)
    page.get_by_label("Qué lo ordena").fill("Ley 1755 de 2015, artículo 14, numeral 1")
    send(page, "Confirmar el plazo")
    assert rows.filter(has_text="Confirmado por la entidad").count() == 1 and "5 días hábiles" in page.inner_text("main")
    # The board sees whose word it is, and does not confirm it.
    board = other("junta")
    board.goto(f"{SAN_ANTERO}/cartas/nueva")
    expect(board.locator("[name=term]")).to_contain_text("5 días hábiles")
    assert board.goto("/o/mutual-ser/plazos-de-cartas/information").status == 403
    page.get_by_role("link", name="Petición de documentos o de información").click()
    page.get_by_role("link", name="Retirar la confirmación").click()
    page.get_by_label("Por qué deja de contar").fill("Se citó el numeral que no era")
    look(page)
    send(page, "Retirar la confirmación")
    assert rows.filter(has_text="Sin confirmar").count() == 3


def test_a_body_says_when_people_are_told_of_its_end(enter, look):
    page = enter("clinica")
    page.goto(f"{CLINIC}/gobierno")
    page.get_by_role("link", name=re.compile("historial y actos de")).first.click()
    body = page.url
    assert "180, 90, 45 y 15 días antes, y al vencer" in page.inner_text("main")
    page.get_by_role("link", name="Cambiar los avisos").click()
    look(page, "avisos-del-organismo")
    page.get_by_label("Días antes del final").fill("sesenta")
    send(page, "Guardar los avisos")
    assert "números separados por comas" in page.inner_text(".problem-summary")
    look(page)
    page.get_by_label("Días antes del final").fill("60, 5")
    send(page, "Guardar los avisos")
    assert page.url == body and "60 y 5 días antes" in page.inner_text("main")
    page.get_by_role("link", name="Cambiar los avisos").click()
    page.get_by_label("Días antes del final").fill("")
    send(page, "Guardar los avisos")
    assert "180, 90, 45 y 15 días antes" in page.inner_text("main")
