"""What a control body is told of commitments and complaints, and that whoever is watched reads the same; and what plans
meetings without going back: a session that is in its cycle, the next meeting on its day, a day looked at before it is
chosen, an event once for all its alliances."""

import csv
import io
import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from server import Installation, today, wait_until

HOME = "/o/mutual-ser"
SAN_ANTERO = f"{HOME}/alianzas/alianza-de-usuarios-de-san-antero"
TERRITORY = "/o/personeria-san-antero/territorio"
CLINIC = "/o/clinica-del-litoral/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own: commitments are taken on and meetings move in it."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    made.remove()


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def rows(page, address):
    answer = page.request.get(address)
    assert answer.ok, address
    return list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))


def sunday(after):
    """A Sunday at least so many days from today: no day of work, whatever holidays there are."""
    day = today() + timedelta(days=after)
    return day + timedelta(days=6 - day.weekday())


def commitment(page, activity):
    """Takes on a commitment of the entity that is past its day tomorrow."""
    page.goto(f"{SAN_ANTERO}/compromisos/nuevo")
    page.fill("[name=activity]", activity)
    page.check("[name=owner_kind][value=oficina]")
    page.fill("[name=due_on]", today().isoformat())
    send(page, "Anotar el compromiso")


def test_a_control_body_sees_commitments_and_complaints_in_figures(enter, look, browser, server):
    watching = enter("personeria")
    watching.goto(TERRITORY)
    watching.get_by_role("link", name="Compromisos", exact=True).click()
    expect(watching.locator("h1")).to_have_text("Compromisos y su antigüedad")
    before = rows(watching, f"{TERRITORY}/compromisos?formato=csv")

    def entity(lines):
        mine = [row for row in lines if "San Antero" in row["Alianza"] and row["Responde"] == "La entidad"]
        assert len(mine) <= 1
        return int(mine[0]["Abiertos"]) if mine else 0

    context = browser.new_context(base_url=server.url, locale="es-CO")
    office = enter("oficina", context.new_page())
    commitment(office, "Reparar la rampa del puesto de salud")
    wait_until(
        lambda: entity(rows(watching, f"{TERRITORY}/compromisos?formato=csv")) == entity(before) + 1,
        "the commitment among those that the control body is told of")
    watching.reload()
    text = watching.inner_text("main")
    assert "La entidad" in text and "Reparar la rampa" not in text
    look(watching, "compromisos-del-territorio")
    assert watching.request.get(f"{TERRITORY}/compromisos?formato=xlsx").body()[:2] == b"PK"
    watching.select_option("[name=responsable]", label="La entidad")
    send(watching, "Filtrar")
    assert {cell for cell in watching.locator("table.data tbody tr td:nth-child(3)").all_inner_texts()} == {"La entidad"}

    watching.goto(f"{TERRITORY}/quejas")
    look(watching, "quejas-del-territorio")
    line = [row for row in rows(watching, f"{TERRITORY}/quejas?formato=csv") if "San Antero" in row["Alianza"]]
    assert len(line) == 1
    for figure in line[0].values():
        assert figure in ("", "0", "reservado") or not figure.isdigit() or int(figure) >= 5, line
    watching.get_by_role("link", name=line[0]["Alianza"]).click()
    look(watching)
    told = {part: watching.inner_text(f"#{part}") for part in ("compromisos", "quejas")}

    # The board reads the same, word for word, and so does the office; others do not open it.
    board = enter("junta", browser.new_context(base_url=server.url, locale="es-CO").new_page())
    board.goto(f"{SAN_ANTERO}/cumplimiento")
    board.get_by_role("link", name="Cifras para los organismos de control").click()
    look(board)
    assert {part: board.inner_text(f"#{part}") for part in told} == told
    assert board.goto(f"{HOME}/cumplimiento/compromisos").status == 403
    assert board.goto(f"{HOME}/territorio/compromisos").status == 403
    office.goto(f"{HOME}/cumplimiento")
    office.get_by_role("link", name="Quejas en cifras").click()
    look(office)
    office.goto(f"{HOME}/cumplimiento/compromisos")
    look(office)
    assert watching.goto(f"{SAN_ANTERO}/cumplimiento/cifras").status == 404


def test_a_session_of_a_cycle_is_in_it_by_keyboard_alone(enter, look):
    page = enter("oficina")
    page.goto(f"{SAN_ANTERO}/reuniones/ciclos/nuevo")
    page.fill("[name=title]", "Renovación de la alianza")
    page.check("[name=purpose][value=renewal]")
    send(page, "Crear el ciclo")
    cycle = page.url
    page.get_by_role("link", name="Programar una sesión").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Queda en el ciclo «Renovación de la alianza»." in page.inner_text("main")
    look(page)
    page.locator("[name=title]").focus()
    page.keyboard.type("Primera sesión")
    page.locator("[name=day]").focus()
    # A date field takes day, month and year one after the other.
    page.keyboard.type((today() + timedelta(days=20)).strftime("%d%m%Y"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(cycle)
    assert "Primera sesión" in page.inner_text("#sesiones")
    assert "Socialización" in page.goto(
        page.locator("#sesiones table a").first.get_attribute("href")).text()


def test_the_next_meeting_is_planned_on_its_day(enter, look):
    page = enter("clinica")
    page.goto(f"{CLINIC}/reuniones")
    # What the demonstration has planned is called off, one after the other.
    planned = page.locator("#frecuencia").get_by_role("link", name=re.compile("Ver la reunión|Convocarla"))
    while planned.count():
        page.goto(planned.get_attribute("href") + "/cancelar")
        page.fill("[name=reason]", "No hay salón")
        send(page, "Cancelar la reunión")
        page.goto(f"{CLINIC}/reuniones")
    rhythm = page.inner_text("#frecuencia")
    assert "corresponde a más tardar" in rhythm
    # The year says the same, as one of what is done again and again.
    page.goto(f"{CLINIC}/reuniones/ano/{today().year}")
    assert page.locator(".duty", has_text="Reunión de la alianza").inner_text().endswith(
        rhythm.split("\n", 1)[1].strip())
    look(page)
    link = page.get_by_role("link", name=re.compile("^Programarla para el "))
    day = re.search(r"day=([0-9-]+)", link.get_attribute("href")).group(1)
    link.click()
    expect(page.locator("[name=day]")).to_have_value(day)
    assert page.input_value("[name=kind]") == "group"
    page.fill("[name=title]", "Reunión bimestral")
    send(page, "Programar la reunión")
    page.goto(f"{CLINIC}/reuniones")
    expect(page.locator("#frecuencia")).to_contain_text("La próxima está programada")
    assert page.get_by_role("link", name=re.compile("^Programarla")).count() == 0


def test_a_day_is_looked_at_before_a_meeting_moves_there_and_those_called_are_told(enter, look):
    page = enter("clinica")
    page.goto(f"{CLINIC}/reuniones/nueva")
    page.fill("[name=title]", "Reunión con la gerencia")
    page.select_option("[name=kind]", "group")
    first = sunday(20) + timedelta(days=2)
    page.fill("[name=day]", first.isoformat())
    page.fill("[name=starts_at]", "09:00")
    page.fill("[name=place]", "Auditorio")
    send(page, "Programar la reunión")
    meeting = page.url
    page.goto(f"{meeting}/convocatoria")
    page.fill("[name=contact]", "300 123 4567")
    send(page, "Emitir la convocatoria")
    assert "quedó emitida" in page.inner_text(".notice")
    page.goto(f"{meeting}/reprogramar")
    page.fill("[name=day]", sunday(30).isoformat())
    page.fill("[name=reason]", "Se acordó con la junta")
    send(page, "Reprogramar")
    assert "fin de semana" in page.inner_text("main") or "festivo" in page.inner_text("main")
    look(page, "antes-de-reprogramar")
    # Nothing moved yet, and nothing typed is lost.
    send(page, "Corregir")
    assert page.input_value("[name=reason]") == "Se acordó con la junta"
    assert page.input_value("[name=day]") == sunday(30).isoformat()
    send(page, "Reprogramar")
    send(page, "Reprogramar de todos modos")
    assert page.url.endswith("/convocatoria")
    assert "Ya se había convocado" in page.inner_text(".notice")
    assert "Cambio de fecha: ya no es el" in page.inner_text("main")
    look(page)
    send(page, "Emitir la convocatoria")
    # The pieces say it, too.
    assert "Cambio de fecha: ya no es el" in page.input_value("#texto-correo")
    page.goto(f"{meeting}/convocatoria")
    text = page.inner_text("main")
    assert "Cambio de fecha" in text and "Ya no es el" in text
    look(page)


def test_an_event_of_many_alliances_is_seen_and_called_once(enter, look):
    page = enter("oficina")
    for number in range(1, 6):
        page.goto(f"{HOME}/nueva-alianza")
        page.fill("[name=name]", f"Alianza de prueba {number}")
        page.fill("[name=municipality]", "Lorica")
        send(page, "Crear la alianza")
    page.goto(f"{HOME}/eventos/nuevo")
    boxes = page.locator("[name=alliances]")
    assert boxes.count() >= 6
    page.get_by_role("button", name="Quitar todas").click()
    assert page.locator("[name=alliances]:checked").count() == 0
    page.get_by_role("button", name="Marcar todas").click()
    count = page.locator("[name=alliances]:checked").count()
    assert count == boxes.count()
    look(page)
    day = today() + timedelta(days=9)
    page.fill("[name=title]", "Encuentro anual")
    page.select_option("[name=kind]", "encounter")
    page.fill("[name=day]", day.isoformat())
    page.fill("[name=starts_at]", "09:00")
    page.fill("[name=place]", "Auditorio de la alcaldía")
    page.fill("[name=agenda]", "Bienvenida\nTaller")
    send(page, "Programar el evento")
    event = page.url
    text = page.inner_text("main")
    assert "9:00" in text and "Auditorio de la alcaldía" in text
    look(page)
    page.get_by_role("link", name="Convocar en todas").click()
    page.fill("[name=contact]", "300 123 4567")
    look(page)
    send(page, "Emitir la convocatoria en todas")
    if page.locator(".problem-summary").count():
        # An alliance whose bylaws ask for more days wants to know why.
        page.fill("[name=short_notice_reason]", "El auditorio solo está libre ese día")
        send(page, "Emitir la convocatoria en todas")
    assert f"emitida en {count} alianzas" in page.inner_text(".notice")
    for address in (HOME, f"{HOME}/calendario?mes={day:%Y-%m}"):
        page.goto(address)
        entries = page.locator(".agenda-entry", has_text="Encuentro anual")
        assert entries.count() == 1
        assert f"Encuentro anual, en {count} alianzas" in entries.inner_text()
    entries.get_by_role("link").click()
    assert page.url == event
    # Each alliance has its own in the list, which is filtered by alliance.
    page.goto(f"{HOME}/calendario/lista/{day.year}?que=reuniones")
    assert page.locator("table.data tbody tr", has_text="Encuentro anual").count() == count
