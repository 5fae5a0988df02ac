"""What comes before a meeting, through the pages alone: agenda, notice, its pieces, outreach, calls, support, series."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from server import today

CLINIC = "/o/clinica-del-litoral"
ALLIANCE = f"{CLINIC}/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"
SAN_ANTERO = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"


def day(offset):
    """A day from today, as date fields take it."""
    return (today() + timedelta(days=offset)).isoformat()


def paper(name):
    """A proof, as a browser sends it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


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
    for name, value in more.items():
        field = page.locator(f"[name={name}]")
        field.check() if value is True else field.select_option(value)
    page.get_by_role("button", name="Programar la reunión").click()
    assert "quedó programada" in page.inner_text(".notice")
    return page.url


def points(page):
    """The titles of an agenda, in order."""
    return [re.sub(r"^\d+\. ", "", each) for each in page.locator("ol.dossier h2").all_inner_texts()]


def test_an_agenda_is_arranged_without_scripts(browser, server, enter, look):
    page = enter("clinica")
    meeting = plan(page, ALLIANCE, "Reunión para ordenar", "board", 40, model="junta")
    page.goto(f"{meeting}/orden")
    look(page, "orden-del-dia")
    assert points(page)[:2] == ["Saludo", "Verificación del quórum"]
    assert "minutos previstos de 120" in page.inner_text("main")
    # The same session in a browser without scripts.
    plain = browser.new_context(
        base_url=server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    bare = plain.new_page()
    bare.goto(f"{meeting}/orden")
    bare.get_by_role("button", name="Bajar «Saludo»").click()
    assert points(bare)[:2] == ["Verificación del quórum", "Saludo"]
    bare.get_by_role("button", name="Quitar «Saludo»").click()
    assert "Saludo" not in points(bare)
    bare.get_by_label("Punto", exact=True).fill("Portafolio de servicios")
    bare.get_by_label("Clase").select_option("presentation")
    bare.get_by_label("Minutos").fill("90")
    bare.get_by_role("button", name="Agregar el punto").click()
    assert points(bare)[-1] == "Portafolio de servicios"
    assert "no alcanza el tiempo" in bare.inner_text("main")
    plain.close()
    page.goto(f"{meeting}/orden")
    page.get_by_role("link", name="Editar «Portafolio de servicios»").click()
    look(page)
    page.get_by_label("Minutos").fill("20")
    page.get_by_role("button", name="Guardar el punto").click()
    assert "no alcanza" not in page.inner_text("main")


def test_a_call_is_issued_and_its_pieces_carry_it(enter, look):
    page = enter("clinica")
    meeting = plan(page, ALLIANCE, "Reunión bimestral de prueba", "group", 5)
    # The step that comes next is the one that stands out.
    page.get_by_role("link", name="Convocar", exact=True).click()
    look(page)
    text = page.inner_text("main")
    assert "con 5 días de anticipación; se piden 7 días (orden del día permanente" in text
    page.get_by_label("Cómo preguntar").fill("Coordinación SIAU, 300 123 4567")
    page.get_by_role("button", name="Emitir la convocatoria").click()
    assert "se piden 7 días" in page.inner_text(".problem-summary")
    page.get_by_label("Por qué se convoca con menos días").fill("El auditorio solo estaba libre ese día")
    page.get_by_role("button", name="Emitir la convocatoria").click()
    assert "convocatoria 1 quedó emitida" in page.inner_text(".notice")
    look(page, "piezas-de-la-convocatoria")

    message = page.input_value("#texto-whatsapp")
    assert len(message) < 700
    for piece in ("#texto-whatsapp", "#texto-sms", "#texto-correo"):
        words = page.input_value(piece)
        assert "9:00" in words and "Auditorio de la sede" in words and "300 123 4567" in words
        assert "Saludo" in words and "Reuni" in words
    assert not re.search(r"\d", page.input_value("#texto-perifoneo"))
    assert "Va sin tildes" in page.inner_text("#sms")
    address = urlsplit(page.get_by_role("link", name="Abrir en WhatsApp").get_attribute("href"))
    assert address.netloc == "wa.me" and parse_qs(address.query)["text"] == [message]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copiar: WhatsApp").click()
    page.get_by_text("Copiado").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n") == message
    # Nothing that is sent names more than was called.
    assert "Esta instalación no envía correo" in page.inner_text("#correo")

    page.get_by_role("link", name="Anotar que salió: Afiche").click()
    look(page)
    page.get_by_label("Detalle").fill("Sala de espera")
    page.get_by_label("Personas a las que llegó").fill("60")
    page.get_by_label("Prueba").set_input_files(paper("afiche.pdf"))
    page.get_by_role("button", name="Anotar la salida").click()
    sent = page.inner_text("#medios")
    assert "Afiche: Sala de espera" in sent and "llegó a 60 personas" in sent and "Convocatoria 1" in sent
    assert page.get_by_role("link", name="Ver la prueba").count() == 1

    # The meeting changes: what people were told is not so any more.
    page.goto(meeting)
    page.get_by_role("link", name="Editar", exact=True).click()
    look(page)
    assert "ya está convocada" in page.inner_text("main")
    page.fill("[name=place]", "Biblioteca municipal")
    page.get_by_role("button", name="Guardar").click()
    look(page)
    assert "La convocatoria ya no coincide" in page.inner_text("main")
    assert page.goto(f"{meeting}/convocatoria/piezas").status == 409
    page.goto(f"{meeting}/convocatoria")
    page.get_by_label("Por qué se convoca con menos días").fill("Se dañó el auditorio")
    page.get_by_role("button", name="Emitir la convocatoria").click()
    assert "Biblioteca municipal" in page.input_value("#texto-sms")
    page.goto(f"{meeting}/convocatoria")
    look(page)
    issued = page.inner_text("#emitidas")
    assert "Convocatoria 2" in issued and "Reemplazada" in issued and "Se dañó el auditorio" in issued


def test_people_are_sought_out_and_called(enter, look):
    page = enter("clinica")
    meeting = plan(page, ALLIANCE, "Reunión con llamadas", "group", 12)
    page.goto(f"{meeting}/difusion")
    look(page)
    first = page.locator("#aseguradoras li").first
    assert "representativa" in first.inner_text()
    first.get_by_role("link").click()
    assert page.input_value("[name=users]") != ""
    page.fill("[name=posters]", "3")
    page.fill("[name=leaflets]", "120")
    page.get_by_role("button", name="Anotar", exact=True).click()
    assert "Visitada el" in page.locator("#aseguradoras li").first.inner_text()
    assert "120 volantes" in page.inner_text("#visitas")
    look(page)

    page.goto(f"{meeting}/llamadas")
    look(page)
    page.get_by_role("button", name="Hacer la hoja").click()
    assert "hasta el" in page.inner_text(".note")
    look(page, "hoja-de-llamadas", width=360)
    page.set_viewport_size({"width": 360, "height": 800})
    lines = page.locator(".call-sheet > li")
    before = lines.count()
    name = lines.nth(1).locator("h2").inner_text()
    buttons = lines.nth(1).get_by_role("button")
    assert buttons.count() == 5
    # Fingers hit them.
    assert all(each.bounding_box()["height"] >= 44 for each in buttons.all())
    third = lines.nth(2).get_attribute("id")
    buttons.filter(has_text=re.compile("^Asiste$")).click()
    # The list goes on with the next person.
    assert page.url.endswith(f"#{third}")
    assert lines.count() == before - 1 and name not in page.inner_text(".call-sheet")
    # A wrong tap is taken back where one is.
    wrong = lines.first.locator("h2").inner_text()
    lines.first.get_by_role("button", name="Tal vez").click()
    page.get_by_role("button", name="Deshacer").click()
    expect(lines.first.locator("h2")).to_have_text(wrong)
    # Who is called no more is asked about once more.
    lines.first.get_by_role("link", name="Pide que no le llamen").click()
    look(page)
    page.get_by_role("link", name="Cancelar").click()
    page.set_viewport_size({"width": 360, "height": 800})
    expect(lines).to_have_count(before - 1)
    printed = page.request.get(f"{meeting}/llamadas/pdf")
    assert printed.headers["content-type"] == "application/pdf" and printed.body().startswith(b"%PDF-")
    lines.first.get_by_role("button", name="No contesta").click()
    page.get_by_role("link", name="Asiste (1)").click()
    assert name in page.inner_text(".call-sheet")
    page.get_by_role("link", name="Todas").click()
    look(page)
    answer = page.request.get(f"{meeting}/llamadas?formato=csv")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) >= before
    assert [each["Resultado"] for each in rows if each["Resultado"]].count("Asiste") == 1
    page.get_by_role("button", name="Anotar las llamadas como medio").click()
    assert "2 llamadas, 1 persona confirmó" in page.inner_text("#medios")
    # A second sheet finds nobody new.
    page.goto(f"{meeting}/llamadas")
    page.get_by_role("button", name="Agregar a quienes falten").click()
    assert "No faltaba nadie" in page.inner_text(".notice")


def test_the_board_asks_support_and_the_office_answers(browser, server, enter, look):
    board = enter("junta")
    meeting = plan(board, SAN_ANTERO, "Reunión con apoyos", "board", 25)
    board.goto(f"{meeting}/apoyos")
    look(board)
    for kind, detail in (("snacks", "Refrigerio para 40 personas"), ("transport", "Un bus desde Porvenir")):
        board.get_by_label("Apoyo", exact=True).select_option(kind)
        board.get_by_label("Qué se pide").fill(detail)
        board.get_by_role("button", name="Pedir el apoyo").click()
    # Who asks does not answer.
    assert board.get_by_role("link", name="Responder").count() == 0

    context = browser.new_context(base_url=server.url, locale="es-CO", timezone_id="America/Bogota")
    office = enter("oficina", page=context.new_page())
    office.goto("/o/mutual-ser/pendientes")
    office.get_by_role("link", name="Responder 2 apoyos pedidos para reuniones").click()
    look(office)
    office.get_by_role("link", name="Responder: Un bus desde Porvenir").click()
    look(office)
    office.get_by_label("Se niega").check()
    office.get_by_role("button", name="Responder").click()
    assert "Diga por qué se niega" in office.inner_text(".problem-summary")
    office.get_by_label("Qué se responde").fill("No hay contrato de transporte")
    office.get_by_role("button", name="Responder").click()
    office.get_by_role("link", name="Responder: Refrigerio").click()
    office.get_by_label("Se concede").check()
    office.get_by_role("button", name="Responder").click()
    look(office)
    office.get_by_role("link", name="Anotar la entrega: Refrigerio").click()
    office.get_by_label("Qué se entregó").fill("40 refrigerios")
    office.get_by_role("button", name="Anotar la entrega").click()
    context.close()
    board.goto(f"{meeting}/apoyos")
    text = board.inner_text("main")
    assert "Negado" in text and "No hay contrato de transporte" in text
    assert "Entregado" in text and "40 refrigerios" in text


def test_three_sessions_lead_to_an_assembly(enter, look):
    page = enter("oficina")
    page.goto(f"{SAN_ANTERO}/reuniones")
    page.get_by_role("link", name="Crear un ciclo").click()
    look(page)
    page.get_by_label("Nombre").fill("Conformación de la alianza")
    page.get_by_label("Dónde se ordena").fill("Programa de participación social de la EPS")
    page.get_by_role("button", name="Crear el ciclo").click()
    series = page.url
    assert "0 de 3 sesiones realizadas" in page.inner_text("main")
    look(page)
    # The sessions that the entity's minutes tell of.
    for number in range(3):
        if number == 2:
            assembly = plan(
                page, SAN_ANTERO, "Asamblea de conformación", "assembly", 30,
                series=urlsplit(series).path.split("/")[-1],
            )
            assert "Falta 1 sesión antes de esta asamblea: 2 de 3 sesiones realizadas" in page.inner_text("main")
            page.goto(series)
        option = page.locator("[name=meeting] option", has_text="de febrero de 2021").first
        page.locator("[name=meeting]").select_option(option.get_attribute("value"))
        page.get_by_role("button", name="Agregar al ciclo").click()
    look(page, "ciclo-de-sesiones")
    assert "3 de 3 sesiones realizadas" in page.inner_text("main")
    figures = dict(reversed(each.split("\n")) for each in page.locator(".figures li").all_inner_texts())
    assert figures["asistieron"] == "77"
    assert figures["se inscribieron en las sesiones, según sus actas"] == "1"
    assert "De 77 personas que asistieron se inscribió el 1,3 %" in page.inner_text("#embudo")
    page.goto(assembly)
    assert "antes de esta asamblea" not in page.inner_text("main")


def test_the_board_keeps_a_meeting_to_itself(browser, server, enter, look):
    board = enter("junta")
    meeting = plan(board, SAN_ANTERO, "Deliberación de la junta", "board", 15, is_reserved=True)
    look(board)
    assert "La entidad no ve esta reunión" in board.inner_text("main")
    context = browser.new_context(base_url=server.url, locale="es-CO", timezone_id="America/Bogota")
    office = enter("oficina", page=context.new_page())
    for part in ("", "/orden", "/convocatoria", "/llamadas"):
        assert office.goto(f"{meeting}{part}").status == 404
    office.goto(f"{SAN_ANTERO}/reuniones/nueva")
    assert office.locator("[name=is_reserved]").count() == 0
    board.goto(meeting)
    board.get_by_role("link", name="Compartirla con la entidad").click()
    look(board)
    board.get_by_role("button", name="Compartir con la entidad").click()
    assert office.goto(meeting).status == 200
    assert "Deliberación de la junta" in office.inner_text("h1")
    context.close()
