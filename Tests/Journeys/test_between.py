"""What an alliance does between meetings: orientations that it gives, campaigns that it sends, letters that it writes and
gets; as the office, the board and a member."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

import papers
from server import Installation, today

ALLIANCE = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own: numbers and figures are counted in it."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    made.remove()


def paper(name):
    """A paper, as a browser sends it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def main(page):
    return page.locator("main")


def figure(page, words):
    """The number that a page leads with."""
    item = page.locator(".figures li", has_text=words).first
    return int(item.locator(".figure-number").inner_text().replace(".", ""))


def test_an_orientation_is_recorded_repeated_and_counted(enter, look):
    page = enter("oficina")
    page.goto(f"{ALLIANCE}/entre-reuniones")
    look(page)
    page.get_by_role("link", name="Ver todas las orientaciones").click()
    look(page)
    given, people = figure(page, "orientaciones"), figure(page, "personas orientadas")
    page.get_by_role("link", name="Registrar una orientación").click()
    look(page)
    page.get_by_label("Sobre qué").select_option(label="Citas y agendas")
    page.get_by_label("A cuántas personas").fill("4")
    page.get_by_label("De qué entidad").fill("Clínica del municipio")
    page.get_by_label("Quién orientó").fill("Vocal de salud")
    page.get_by_label("Algo más").fill("La señora tiene diabetes y no le dan cita")
    send(page, "Registrar la orientación")
    expect(page.locator(".problem-summary")).to_contain_text("«diabetes» es un dato de salud")
    look(page)
    page.get_by_label("Algo más").fill("Preguntaron por la agenda del mes")
    page.get_by_label("Hacer seguimiento el").fill(today().isoformat())
    send(page, "Registrar la orientación")
    expect(main(page)).to_contain_text("Falta el seguimiento")
    look(page)
    first = page.url
    # The same question again: one tap.
    send(page, "Registrar otra igual")
    expect(page.locator(".notice")).to_contain_text("con la fecha de hoy")
    assert page.url != first
    page.get_by_role("link", name="Quitar").click()
    look(page)
    page.get_by_label("Por qué no cuenta").fill("Se oprimió dos veces")
    send(page, "Quitar la orientación")
    expect(main(page)).to_contain_text("No cuenta en las cifras")
    page.goto(f"{ALLIANCE}/orientaciones")
    assert figure(page, "orientaciones") == given + 1
    assert figure(page, "personas orientadas") == people + 4
    page.goto("/o/mutual-ser/pendientes")
    page.get_by_role("link", name=re.compile("Hacer el seguimiento de")).click()
    expect(main(page)).to_contain_text("Citas y agendas")
    page.goto(f"{first}/seguimiento")
    look(page)
    page.get_by_label("Qué pasó").fill("Ya tienen la agenda")
    send(page, "Anotar el seguimiento")
    expect(main(page)).to_contain_text("Ya tienen la agenda.")
    page.goto(f"{ALLIANCE}/orientaciones/resumen/{today().year}")
    look(page, "orientaciones")
    assert figure(page, "orientaciones") == given + 1
    expect(page.locator("#temas tbody tr", has_text="Citas y agendas")).to_be_visible()
    expect(page.locator("#meses tbody tr").last).to_be_visible()
    sheet = page.request.get(f"{ALLIANCE}/orientaciones?formato=csv").text()
    assert "Clínica del municipio" in sheet and "Se oprimió" not in sheet


def test_a_member_records_their_own_by_keyboard(enter, look):
    page = enter("asociada")
    page.goto(f"{ALLIANCE}/mi-alianza")
    page.get_by_role("link", name="Registrar una orientación").click()
    look(page, "registrar-una-orientacion", width=360)
    page.get_by_label("Sobre qué").focus()
    page.keyboard.type("Derechos y deberes")
    expect(page.get_by_label("Sobre qué")).to_have_value("rights")
    page.get_by_label("De qué entidad").focus()
    page.keyboard.type("Mutual SER EPS")
    page.get_by_role("button", name="Registrar la orientación").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("Su orientación quedó registrada")
    expect(main(page)).to_contain_text("asociado de la alianza")
    look(page)
    page.goto(f"{ALLIANCE}/mis-orientaciones")
    look(page)
    before = figure(page, "orientaciones")
    page.get_by_role("button", name="Registrar otra igual").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(f"{ALLIANCE}/mis-orientaciones")
    assert figure(page, "orientaciones") == before + 1
    # The alliance's are not theirs to read, nor are its letters.
    assert page.goto(f"{ALLIANCE}/orientaciones").status == 403
    assert page.goto(f"{ALLIANCE}/cartas").status == 403
    page.goto(f"{ALLIANCE}/campanas")
    look(page)
    expect(main(page)).to_contain_text("Frase de la semana")
    assert page.get_by_role("link", name="Programar una campaña").count() == 0


def test_a_campaign_of_the_board_is_shared_sent_and_counted(enter, look, page):
    board = enter("junta")
    board.goto(f"{ALLIANCE}/campanas/nueva")
    look(board)
    board.get_by_label("Nombre").fill("Jornada de autocuidado")
    board.get_by_label("Para quién").fill("Los asociados")
    board.get_by_role("checkbox", name="WhatsApp").check()
    board.get_by_label("Se envía desde").fill(today().isoformat())
    board.get_by_label("Es del espacio propio").check()
    send(board, "Programar")
    look(board)
    campaign = board.url
    board.get_by_role("link", name="Escribir la pieza").click()
    look(board)
    send(board, "Guardar la pieza")
    expect(main(board)).to_contain_text("Escriba el texto de la pieza, o adjunte el archivo")
    board.get_by_label("Texto").fill("Camine media hora al día.")
    send(board, "Guardar la pieza")
    # While it is the board's own it goes to nobody.
    assert board.get_by_role("link", name="Abrir en WhatsApp").count() == 0
    look(board)

    page.context.clear_cookies()
    office = enter("oficina")
    assert office.goto(campaign).status == 404

    page.context.clear_cookies()
    board = enter("junta")
    board.goto(campaign)
    board.get_by_role("link", name="Compartir con la entidad").click()
    look(board)
    send(board, "Compartir con la entidad")
    link = board.get_by_role("link", name="Abrir en WhatsApp").get_attribute("href")
    assert link.startswith("https://wa.me/?text=Camine%20media%20hora")

    page.context.clear_cookies()
    office = enter("oficina")
    office.goto(campaign)
    office.get_by_role("link", name="Anotar un envío").click()
    look(office)
    office.get_by_label("A cuántas personas llegó").fill("62")
    office.get_by_label("La evidencia").set_input_files(paper("captura.pdf"))
    send(office, "Anotar el envío")
    expect(main(office)).to_contain_text("62")
    look(office, "campana")
    # What is written now is another version; what was sent stays the first.
    office.goto(f"{campaign}/pieza")
    office.get_by_label("Texto").fill("Camine media hora al día, y tome agua.")
    send(office, "Guardar la pieza")
    expect(main(office)).to_contain_text("Versión 2")
    office.get_by_text("Versiones anteriores").click()
    expect(main(office)).to_contain_text("Versión 1, que se envió")
    expect(main(office)).to_contain_text("Camine media hora al día.")
    office.goto(f"{ALLIANCE}/campanas")
    look(office)
    row = office.locator("tbody tr", has_text="Jornada de autocuidado")
    expect(row).to_contain_text("Enviada")
    expect(row).to_contain_text("62")


def test_a_letter_is_numbered_delivered_answered_and_printed(enter, look):
    page = enter("oficina")
    page.goto(f"{ALLIANCE}/cartas")
    look(page)
    page.get_by_role("link", name="Escribir una carta").click()
    look(page)
    page.get_by_label("Comunicado público").check()
    page.get_by_label("Asunto").fill("Cierre de la farmacia los sábados")
    page.get_by_label("A quién va dirigida").fill("Mutual SER EPS, Gerencia\nFarmacia del convenio, Administración")
    send(page, "Guardar el borrador")
    look(page)
    letter = page.url
    # The office drafts; the board speaks for the alliance, and gives the number.
    expect(page.get_by_role("link", name="Numerar")).to_have_count(0)
    assert page.goto(f"{letter}/numerar").status == 403
    page = enter("junta")
    page.goto(letter)
    page.get_by_role("link", name="Numerar").click()
    look(page)
    page.get_by_label("Escriba la palabra").fill("numerar")
    send(page, "Numerar la carta")
    expect(main(page)).to_contain_text("Falta el texto de la carta")
    page.goto(f"{letter}/editar")
    look(page)
    page.get_by_label("Texto").fill("La señora Inventada, CC 1066555123, se quedó sin su medicamento.")
    page.get_by_label("Quién la firma").fill("Hermenegilda Inventada, presidenta\nOtra Inventada, secretaria")
    page.get_by_label("En cuánto deben responder").select_option("general")
    # Everybody reads a statement: nobody is identified in it. A medicine that many use is asked about once more.
    send(page, "Guardar el borrador")
    expect(main(page)).to_contain_text("«CC 1066555123» es el número de documento de una persona")
    page.get_by_label("Texto").fill(
        "La farmacia cierra los sábados y quien usa insulina espera.\n\nPedimos que abra media jornada.")
    send(page, "Guardar el borrador")
    page.get_by_role("link", name="Numerar").click()
    expect(main(page)).to_contain_text("«insulina» es el nombre de un medicamento")
    look(page)
    page.get_by_label("Escriba la palabra").fill("numerar")
    send(page, "Numerar la carta")
    number = re.search(rf"S-{today().year}-\d{{4}}", page.inner_text(".notice"))[0]
    look(page)
    assert page.goto(f"{letter}/editar").status == 409
    page = enter("oficina")
    page.goto(letter)

    # Each of those addressed has their own number and answer.
    page.get_by_role("link", name="Anotar la entrega: Mutual SER EPS, Gerencia").click()
    look(page)
    expect(main(page)).to_contain_text("15 días hábiles")
    send(page, "Anotar la entrega")
    expect(main(page)).to_contain_text("Falta la prueba de la entrega")
    page.get_by_label("Radicado que dieron").fill("MS-9001")
    send(page, "Anotar la entrega")
    expect(main(page)).to_contain_text("MS-9001")
    page.get_by_role("link", name="Anotar la respuesta: Mutual SER EPS, Gerencia").click()
    look(page)
    page.get_by_label("Qué respondieron").fill("Abrirá desde el próximo mes")
    page.get_by_label("El archivo").set_input_files(paper("respuesta.pdf"))
    send(page, "Anotar la respuesta")
    expect(main(page)).to_contain_text("Respondieron 1 de 2")
    expect(main(page)).to_contain_text("Abrirá desde el próximo mes.")
    look(page, "carta")

    answer = page.request.get(f"{letter}/pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = papers.text_of(answer.body())
    for words in (number, "Farmacia del convenio", "Pedimos que abra media jornada", "Hermenegilda Inventada"):
        assert words in text, text
    # Who opens it twice gets the same file.
    assert page.request.get(f"{letter}/pdf").body() == answer.body()
    page.goto(f"{ALLIANCE}/cartas?q=MS-9001")
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_letter_of_the_board_is_printed_and_the_office_finds_nothing_of_it(enter, look, page):
    board = enter("junta")
    board.goto(f"{ALLIANCE}/cartas/nueva")
    look(board)
    board.get_by_label("Asunto").fill("Consulta a la Superintendencia")
    board.get_by_label("A quién va dirigida").fill("Superintendencia Nacional de Salud")
    board.get_by_label("Texto").fill("Consultamos por la vigilancia de la red.")
    board.get_by_label("Quién la firma").fill("Hermenegilda Inventada, presidenta")
    board.get_by_label("Es del espacio propio").check()
    send(board, "Guardar el borrador")
    letter = board.url
    board.get_by_role("link", name="Numerar").click()
    board.get_by_label("Escriba la palabra").fill("numerar")
    send(board, "Numerar la carta")
    number = re.search(rf"S-{today().year}-\d{{4}}", board.inner_text(".notice"))[0]
    look(board)
    assert board.request.get(f"{letter}/pdf").body().startswith(b"%PDF-")
    board.goto(f"{ALLIANCE}/documentos?q={number}")
    expect(main(board)).to_contain_text(number)

    page.context.clear_cookies()
    office = enter("oficina")
    assert office.goto(letter).status == 404
    assert office.request.get(f"{letter}/pdf").status == 404
    for path in ("cartas", f"documentos?q={number}"):
        office.goto(f"{ALLIANCE}/{path}")
        expect(main(office)).not_to_contain_text(f"Carta {number}")
        expect(main(office)).not_to_contain_text(f"Oficio {number}")
        expect(main(office)).not_to_contain_text("Superintendencia")

    page.context.clear_cookies()
    board = enter("junta")
    board.goto(f"{letter}/compartir")
    look(board)
    send(board, "Compartir con la entidad")
    page.context.clear_cookies()
    office = enter("oficina")
    office.goto(letter)
    expect(main(office)).to_contain_text("Consultamos por la vigilancia de la red.")
    office.goto(f"{ALLIANCE}/documentos?q={number}")
    expect(main(office)).to_contain_text(f"Oficio {number}")


def test_a_letter_that_came_in_waits_until_it_is_answered(enter, look):
    page = enter("oficina")
    page.goto(f"{ALLIANCE}/cartas/recibida")
    look(page)
    page.get_by_label("Quién la envía").fill("Personería municipal")
    page.get_by_label("Asunto").fill("Solicitud de informe de la alianza")
    page.get_by_label("Fecha de la carta").fill((today() - timedelta(days=2)).isoformat())
    page.get_by_label("En cuánto hay que responder").select_option("information")
    page.locator("[name=scan]").set_input_files(paper("oficio.pdf"))
    send(page, "Registrar la carta")
    expect(main(page)).to_contain_text("Por responder")
    look(page)
    received = page.url
    page.goto("/o/mutual-ser/pendientes")
    page.get_by_role("link", name=re.compile(r"Responder \d+ cartas? recibida")).click()
    page.get_by_role("link", name="Solicitud de informe de la alianza").click()
    page.get_by_role("link", name="Responder").click()
    look(page)
    expect(page.get_by_label("A quién va dirigida")).to_have_value("Personería municipal")
    page.get_by_label("Texto").fill("Enviamos el informe.")
    page.get_by_label("Quién la firma").fill("Hermenegilda Inventada, presidenta")
    send(page, "Guardar el borrador")
    reply = page.url
    page = enter("junta")
    page.goto(reply)
    page.get_by_role("link", name="Numerar").click()
    page.get_by_label("Escriba la palabra").fill("numerar")
    send(page, "Numerar la carta")
    page = enter("oficina")
    page.goto(received)
    expect(main(page)).to_contain_text("Respondida")
    look(page)


def test_the_plan_counts_people_told_with_the_rows_behind_the_figure(enter, look):
    page = enter("oficina")
    page.goto(f"{ALLIANCE}/orientaciones")
    people = figure(page, "personas orientadas")
    page.goto(f"{ALLIANCE}/plan/{today().year}/actividades/nueva")
    page.select_option("[name=axis]", "2")
    page.get_by_label("Qué se va a hacer").fill("Orientar a los usuarios")
    page.fill("[name=target]", "5000")
    page.fill("[name=unit]", "personas")
    page.get_by_label("Persona orientada").check()
    page.get_by_label("Diciembre").check()
    send(page, "Agregar la actividad")
    page.get_by_role("link", name="Orientar a los usuarios").click()
    look(page)
    assert figure(page, "personas") == people
    page.locator("tbody").get_by_role("link").first.click()
    expect(main(page)).to_contain_text("Registrar otra igual")


@pytest.mark.parametrize("topic", ["orientaciones", "campanas", "cartas"])
def test_each_has_its_page_of_the_manual(page, look, topic):
    assert page.goto(f"/ayuda/{topic}").status == 200
    look(page)
