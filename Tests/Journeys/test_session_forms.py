"""What is typed while a meeting is run or called: it is refused where it was typed, and nothing of it is lost."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from server import Installation, as_it_is, shortcut, sign_in, today

ALLIANCE = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"
DAY = today() + timedelta(days=2)


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own, on the morning of an assembly."""
    made = Installation()
    made.demonstrate()
    made.start()
    made.run("demo", "clock", "--to", f"{DAY.isoformat()}T09:05")
    yield made
    made.remove()


@pytest.fixture(scope="module")
def office(browser, server):
    """The office signed in, in one window for the whole morning."""
    context = browser.new_context(
        base_url=server.url, locale="es-CO", timezone_id="America/Bogota", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sign_in(page, server, "oficina")
    yield page
    context.close()


def plan(page, title, agenda="", mode="in_person"):
    """Puts an assembly of today on the calendar, and returns its address."""
    page.goto(f"{ALLIANCE}/reuniones/nueva")
    page.fill("[name=title]", title)
    page.select_option("[name=kind]", "assembly")
    page.fill("[name=day]", DAY.isoformat())
    page.fill("[name=starts_at]", "09:00")
    page.check(f"[name=mode][value={mode}]")
    page.select_option("[name=model]", "")
    page.fill("[name=agenda]", agenda)
    page.get_by_role("button", name="Programar la reunión").click()
    page.wait_for_url("**/reuniones/*-*")
    return re.search(r"/o/.*", page.url).group()


@pytest.fixture(scope="module")
def meeting(office):
    """An assembly in session."""
    address = plan(office, "Asamblea de la mañana", "Saludo\nInforme de gestión\nDespedida")
    office.goto(f"{address}/asistencia/lista")
    for box in office.locator("[name=people]").all()[:33]:
        box.check()
    office.get_by_role("button", name="Registrar a los marcados").click()
    office.goto(f"{address}/sesion/abrir")
    as_it_is(office)
    office.get_by_role("button", name="Abrir la sesión").click()
    office.wait_for_url("**/sesion")
    return address


def test_a_refused_commitment_comes_back_in_the_session(office, meeting, look):
    """By keyboard alone."""
    page, keys = office, office.keyboard
    page.goto(f"{meeting}/sesion")
    shortcut(page, "c")
    keys.type("Pedir cita con la secretaría de salud")
    keys.press("Tab")
    keys.type("Oficina")
    page.fill("#compromiso [name=due_on]", (DAY - timedelta(days=5)).isoformat())
    page.locator("#compromiso [name=due_on]").press("Enter")
    expect(page.locator("#compromiso .field-problem")).to_contain_text("anterior al día en que se adquirió")
    # It is the session still, with what was typed.
    expect(page.locator(".session-agenda")).to_be_visible()
    expect(page.locator("#compromiso [name=activity]")).to_have_value("Pedir cita con la secretaría de salud")
    expect(page.locator("#compromiso [name=owner]")).to_have_value("Oficina")
    look(page)
    page.fill("#compromiso [name=due_on]", (DAY + timedelta(days=5)).isoformat())
    page.locator("#compromiso [name=due_on]").press("Enter")
    expect(page.locator(".notice")).to_contain_text("El compromiso quedó anotado")
    expect(page.locator("#compromiso [name=activity]")).to_have_value("")


def test_what_is_half_filled_in_outlives_another_form(office, meeting):
    page = office
    page.goto(f"{meeting}/sesion")
    page.locator("#pregunta summary").click()
    page.fill("#pregunta [name=question]", "¿Cuándo abre la farmacia?")
    page.locator("#decision summary").first.click()
    page.fill("#decision [name=decision]", "Citar a la entidad")
    page.get_by_role("button", name="Abrir este punto").click()
    expect(page.locator(".point-open")).to_be_visible()
    expect(page.locator("#decision [name=decision]")).to_have_value("Citar a la entidad")
    expect(page.locator("#pregunta [name=question]")).to_have_value("¿Cuándo abre la farmacia?")
    # What was sent does not come back; the other one is still there.
    page.get_by_role("button", name="Anotar la pregunta").click()
    expect(page.locator(".notice")).to_contain_text("La pregunta quedó anotada")
    expect(page.locator("#pregunta [name=question]")).to_have_value("")
    expect(page.locator("#decision [name=decision]")).to_have_value("Citar a la entidad")


def test_a_nominal_vote_names_those_who_voted(office, meeting, look):
    page = office
    page.goto(f"{meeting}/sesion")
    if not page.locator("#decision [name=decision]").is_visible():
        page.locator("#decision summary").first.click()
    page.fill("#decision [name=decision]", "Aprobar el informe de gestión")
    page.select_option("#decision [name=manner]", "roll_call")
    page.get_by_role("button", name="Registrar la decisión").click()
    expect(page.locator("#decision .problem-summary")).to_contain_text("Marque el voto de cada una")
    expect(page.locator("#decision [name=decision]")).to_have_value("Aprobar el informe de gestión")
    votes = page.locator("#decision .roll-call select")
    expect(votes).to_have_count(33)
    voters = page.locator("#decision .roll-call label").all_inner_texts()
    for index, vote in enumerate(["in_favor", "in_favor", "against"]):
        votes.nth(index).select_option(vote)
    look(page)
    page.get_by_role("button", name="Registrar la decisión").click()
    expect(page.locator(".notice")).to_contain_text("2 a favor y 1 en contra")
    page.goto(f"{meeting}/decisiones")
    listed = page.locator("ul.roll-call li").all_inner_texts()
    assert listed == [f"{voters[0]}: a favor", f"{voters[1]}: a favor", f"{voters[2]}: en contra"]
    look(page)


def test_a_meeting_that_was_run_here_leads_to_its_own_minutes(office, meeting, look):
    page = office
    page.goto(f"{meeting}/sesion/cerrar")
    as_it_is(page)
    page.get_by_role("button", name="Cerrar la sesión").click()
    expect(page.locator("main")).to_contain_text("Acta en borrador")
    assert page.get_by_role("link", name="Registrar el acta").count() == 0
    look(page)
    page.get_by_role("link", name="Abrir el borrador del acta").click()
    voted = page.locator("main")
    expect(voted).to_contain_text("en votación nominal")
    expect(voted).to_contain_text(": en contra")


def test_an_agenda_is_filled_at_once(office, meeting, look):
    page = office
    address = plan(page, "Asamblea de la tarde")
    page.goto(f"{address}/orden")
    look(page)
    page.get_by_role("button", name="Ponerlos en el orden del día").click()
    expect(page.locator(".problem-summary")).to_contain_text("escriba los puntos que falten")
    page.select_option("[name=model]", label=page.locator("[name=model] option").nth(1).inner_text())
    page.fill("[name=points]", "Rutas de atención\nTransporte de la vereda")
    page.get_by_role("button", name="Ponerlos en el orden del día").click()
    titles = page.locator("ol.dossier h2").all_inner_texts()
    assert any("Rutas de atención" in title for title in titles)
    assert any("Transporte de la vereda" in title for title in titles)
    before = len(titles)
    assert before > 2
    # The same again puts nothing in twice.
    page.select_option("[name=model]", label=page.locator("[name=model] option").nth(1).inner_text())
    page.get_by_role("button", name="Ponerlos en el orden del día").click()
    expect(page.locator(".problem-summary")).to_contain_text("ya está en el orden del día")
    assert page.locator("ol.dossier h2").count() == before


def test_a_file_that_is_too_large_costs_nothing_else(office, meeting, look):
    page = office
    address = plan(page, "Asamblea por convocar", "Saludo")
    page.goto(f"{address}/convocatoria/salida?medio=poster")
    page.fill("[name=channel]", "Puesto de salud de la vereda")
    page.fill("[name=note]", "Lo pegó la promotora")
    page.locator("[name=proof]").set_input_files(
        {"name": "grande.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + b"0" * (11 * 1024 * 1024)})
    page.get_by_role("button", name="Anotar la salida").click()
    expect(page.locator(".field-problem")).to_contain_text("«grande.pdf» pesa más de 10 MB")
    expect(page.locator("[name=channel]")).to_have_value("Puesto de salud de la vereda")
    expect(page.locator("[name=note]")).to_have_value("Lo pegó la promotora")
    look(page)


def test_a_page_that_refuses_leads_back(office, meeting):
    page = office
    page.goto(f"{meeting}/asistencia/planilla")
    # The meeting is over: no sheet is prepared for it any more, and the way back is where one was.
    answer = page.request.post(
        f"{meeting}/sesion/puntos",
        form={
            "_ficha": page.locator("[name=_ficha]").first.get_attribute("value"),
            "_clave": "0190b6a0-0000-7000-8000-000000000001", "item": "nada", "step": "abrir",
        }, headers={"Referer": page.url})
    assert answer.status == 404
    assert f'href="{meeting}/asistencia/planilla"' in answer.text()
