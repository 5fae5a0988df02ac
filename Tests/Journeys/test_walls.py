"""What a board keeps to itself, from outside: the log, and what sharing with the entity does not do."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from server import Installation, move_anyway, today, wait_until

CLINIC = "/o/clinica-del-litoral"
ALLIANCE = f"{CLINIC}/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"
PUBLIC = "/publico/clinica-del-litoral/asociacion-de-usuarios-de-la-clinica-del-litoral"
PHRASE = "cuatro palabras sueltas y un rio"
WORD = "jacarandá"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own: its board comes in."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    made.remove()


def day(offset):
    """A day from today, as date fields take it."""
    return (today() + timedelta(days=offset)).isoformat()


@pytest.fixture(scope="module")
def board(browser, server):
    """The president of the clinic's board, who comes in by a link."""
    document, name = server.psql("""
        select affiliates.document_type || ' ' || affiliates.document_number, mandates.holder_name
        from governance.seats join governance.bodies using (organization_id, body_id)
        join governance.mandates using (organization_id, seat_id)
        join membership.affiliates using (organization_id, person_id)
        where bodies.name = 'Junta de la asociación' and seats.title = 'Presidencia' and mandates.rank = 0
    """).stdout.strip().split("|")
    link = json.loads(server.run(
        "user", "invite", "--organization", "clinica-del-litoral", "--name", name, "--email",
        "presidencia.prueba@ejemplo.invalid", "--title", "Presidencia", "--document", document, "--role", "board",
        "--alliance", "asociacion-de-usuarios-de-la-clinica-del-litoral", "--json").stdout)
    address = next(value for value in link.values() if isinstance(value, str) and "/invitacion/" in value)
    context = browser.new_context(
        base_url=server.url, locale="es-CO", timezone_id="America/Bogota", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto("/invitacion/" + address.rsplit("/", 1)[1])
    page.fill("[name='secret.password']", PHRASE)
    page.fill("[name='secret.repeated']", PHRASE)
    page.get_by_role("button", name="Crear la cuenta y entrar").click()
    page.wait_for_url("**/o/**")
    yield page
    context.close()


def settled(server):
    """Waits until all that follows from what was done is written."""
    wait_until(
        lambda: server.psql("select count(*) from tenancy.outbox where delivered_at is null").stdout.strip() == "0",
        "the outbox to be empty")


def held(server, title):
    """A reserved meeting of the clinic's board whose session was run and closed."""
    meeting = uuid.uuid4()
    at = f"'{day(-3)} 14:05Z'::timestamptz"
    server.psql(f"""
        create temporary table place as
        select alliances.organization_id, alliances.alliance_id, bodies.body_id
        from tenancy.alliances join governance.bodies using (organization_id, alliance_id)
        where bodies.name = 'Junta de la asociación';
        insert into governance.meetings (
            organization_id, meeting_id, alliance_id, body_id, position, kind, title, state, day, start_minute,
            end_minute, mode, place, participants, is_public, is_own_accountability, is_reserved, recorded_at,
            opened_at, opened_in, entitled, closed_at)
        select organization_id, '{meeting}', alliance_id, body_id, 1, 'board', '{title}', 'held', '{day(-3)}',
            540, 600, 'in_person', 'Sala de juntas', array['Junta'], false, false, true, {at}, {at}, 1, 3,
            {at} + interval '50 minutes'
        from place;
        insert into governance.attendances (
            organization_id, attendance_id, meeting_id, person_id, name, capacity, way, method, arrived_at, recorded_at)
        select place.organization_id, gen_random_uuid(), '{meeting}', mandates.person_id, mandates.holder_name,
            'entitled', 'in_person', 'list', {at}, {at}
        from place join governance.mandates using (organization_id, body_id);
    """)
    return f"{ALLIANCE}/reuniones/{meeting}"


def seal(page, meeting):
    """Takes the minutes of a meeting to their seal, with signatures on paper."""
    page.goto(f"{meeting}/acta/editar")
    page.get_by_label("Otros").check()
    page.get_by_label("Tema de la capacitación").fill("Deliberación")
    page.get_by_label("Desarrollo").fill("La junta deliberó sobre la correspondencia recibida.")
    page.get_by_role("button", name="Guardar y volver al acta").click()
    page.get_by_role("link", name="Enviar a observaciones").click()
    page.get_by_label("Se reciben observaciones hasta el").fill("")
    page.get_by_role("button", name="Enviar la versión 1").click()
    page.get_by_role("link", name="Anotar la aprobación").click()
    page.get_by_label("Quiénes integran la comisión").fill("Dos integrantes, designados en la misma reunión")
    page.get_by_label("Leí la versión que se aprueba").last.check()
    page.get_by_role("button", name="Aprobar por la comisión").click()
    for office in ("Presidencia", "Secretaría"):
        page.goto(f"{meeting}/acta")
        page.get_by_role("link", name=f"Adjuntar la firma en papel: {office}").click()
        page.get_by_label("Copia de la hoja firmada").set_input_files(
            {"name": "hoja.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 hoja " + office.encode()})
        page.get_by_role("button", name="Adjuntar y revisar").click()
        page.get_by_label("La miré: es la hoja que firmó").check()
        page.get_by_role("button", name="Guardar la firma").click()
    page.get_by_text("Acta sellada: ya nadie puede cambiarla").wait_for()


def test_the_log_tells_no_word_of_a_reserved_meeting_until_it_is_shared(board, enter, look):
    board.goto(f"{ALLIANCE}/reuniones/nueva")
    board.get_by_label("Nombre", exact=True).fill(f"Denuncia del {WORD}")
    board.get_by_label("Clase").select_option("board")
    board.get_by_label("Día", exact=True).fill(day(15))
    board.get_by_label("Presencial").check()
    board.fill("[name=place]", f"Casa del {WORD}")
    board.check("[name=is_reserved]")
    board.get_by_role("button", name="Programar la reunión").click()
    meeting = board.url
    board.goto(f"{meeting}/reprogramar")
    board.get_by_label("Nuevo día").fill(day(16))
    board.locator("[name=reason]").fill(f"Por el {WORD}")
    board.locator("main form button[type=submit]").first.click()
    move_anyway(board)
    expect(board).to_have_url(meeting)

    office = enter("clinica")
    office.goto(f"{CLINIC}/registro")
    rows = office.locator("table.data tbody tr")
    expect(rows.filter(has_text="Programó una reunión")).to_have_count(1)
    expect(rows.filter(has_text="Aplazó una reunión")).to_have_count(1)
    assert WORD not in office.content()
    look(office)
    for form in ("csv", "json"):
        assert WORD not in office.request.get(f"{CLINIC}/registro?formato={form}").text()

    board.goto(f"{meeting}/compartir")
    expect(board.get_by_text("Compartir no publica")).to_be_visible()
    look(board)
    board.get_by_role("button", name="Compartir con la entidad").click()
    office.goto(f"{CLINIC}/registro")
    expect(rows.filter(has_text=f"Programó la reunión «Denuncia del {WORD}»")).to_have_count(1)
    # Why it was moved was never written there.
    assert f"Por el {WORD}" not in office.content()


def test_what_the_entity_may_read_is_not_published_by_that(board, browser, server, enter, look):
    meeting = held(server, f"Sesión del {WORD}")
    office = enter("clinica")
    assert office.goto(f"{meeting}/acta").status == 404
    seal(board, meeting)
    assert board.goto(f"{meeting}/acta/publicar").status == 409 or "guarda esta reunión" in board.inner_text("main")
    board.goto(f"{meeting}/compartir")
    board.get_by_role("button", name="Compartir con la entidad").click()

    # The entity reads it; citizens do not, and it is not the entity that decides.
    office.goto(f"{meeting}/acta")
    expect(office.get_by_text("No está publicada para la ciudadanía")).to_be_visible()
    expect(office.get_by_role("link", name="Ver y publicar")).to_have_count(0)
    assert office.goto(f"{meeting}/acta/publicar").status == 403
    settled(server)
    visitor = browser.new_context(base_url=server.url, locale="es-CO").new_page()
    visitor.goto(PUBLIC)
    assert "Acta n.º" not in visitor.inner_text("main")

    # The board is asked, sees what anybody would read, and publishes it by keyboard alone.
    board.goto(f"{CLINIC}/pendientes")
    board.get_by_role("link", name=re.compile(r"Decidir si se publica el acta n.º \d+")).first.click()
    look(board)
    board.get_by_role("link", name="Ver y publicar").focus()
    board.keyboard.press("Enter")
    preview = board.get_by_role("region", name="Versión pública del acta")
    expect(preview).to_contain_text("La junta deliberó")
    look(board, "publicar-el-acta")
    board.get_by_role("button", name="Publicar el acta").focus()
    board.keyboard.press("Enter")
    expect(board.locator(".problem-summary")).to_contain_text("Lea la versión pública")
    board.locator("[name=is_read]").focus()
    board.keyboard.press("Space")
    board.keyboard.press("Enter")
    expect(board.get_by_text("Publicada para toda la ciudadanía")).to_be_visible()
    look(board)
    wait_until(
        lambda: visitor.goto(PUBLIC) and "Acta n.º" in visitor.inner_text("main"), "the published minutes")

    # It is taken off the page, and says why to those inside.
    board.get_by_role("link", name="Retirarla de la página").click()
    look(board)
    board.get_by_label("Por qué").fill("Se publicó antes de tiempo")
    board.get_by_role("button", name="Retirarla de la página").click()
    expect(board.get_by_text("Se publicó antes de tiempo")).to_be_visible()
    look(board)
    wait_until(
        lambda: visitor.goto(PUBLIC) and "Acta n.º" not in visitor.inner_text("main"), "the page without it")
    office.goto(f"{CLINIC}/registro")
    assert "Retiró un acta de la página pública" in office.inner_text("main")
    visitor.context.close()
