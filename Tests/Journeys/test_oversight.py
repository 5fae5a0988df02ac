"""What an alliance watches over, as its board and as the office: an oversight exercise from its team to its report, and
what the entity hands over under confidentiality, with each reading told."""

import re
from datetime import timedelta

import pytest

import papers
from server import Installation, fits, sign_in, today

ALLIANCE = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    made.remove()


@pytest.fixture
def other(browser, server):
    """A function that signs somebody else in, in a window of their own."""
    opened = []

    def enter(name):
        context = browser.new_context(
            base_url=server.url, locale="es-CO", timezone_id="America/Bogota", viewport={"width": 1280, "height": 800}
        )
        opened.append(context)
        return sign_in(context.new_page(), server, name)

    yield enter
    for context in opened:
        context.close()


def day(offset):
    return (today() + timedelta(days=offset)).isoformat()


def paper(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def figures(page):
    """The numbers that a page leads with, by their words."""
    return {
        item.locator(".figure-words").inner_text(): item.locator(".figure-number").inner_text()
        for item in page.locator(".figures li").all()
    }


def begun(page, title, reserved=False):
    """Begins an exercise with two indicators and a team of one, and returns its address."""
    page.goto(f"{ALLIANCE}/veedurias/nueva")
    page.fill("[name=title]", title)
    page.fill("[name=entity]", "Farmacia del convenio")
    page.fill("[name=reason]", "Los usuarios tienen que volver dos veces.")
    page.fill("[name=starts_on]", day(-30))
    page.fill("[name=indicator1]", "Minutos de espera")
    page.fill("[name=expected1]", "Menos de 30")
    if reserved:
        page.check("[name=is_reserved]")
    send(page, "Iniciar la veeduría")
    address = page.url
    page.get_by_role("link", name="Agregar a alguien").first.click()
    page.fill("[name=person]", "Nubia Salgado Ruiz")
    page.check("[name=role][value=coordinator]")
    send(page, "Agregar")
    return address


def test_a_board_watches_a_pharmacy_until_it_is_corrected(enter, look):
    page = enter("junta")
    page.goto(f"{ALLIANCE}/entre-reuniones")
    assert "No hay veedurías" in page.inner_text("#veedurias")
    look(page)
    page.goto(f"{ALLIANCE}/veedurias")
    look(page)
    begun(page, "Tiempo de espera en la farmacia")
    address = page.url.split("#")[0]
    look(page)

    # On the spot: a phone, one hand.
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_role("link", name="Registrar una visita").click()
    assert fits(page)
    page.get_by_label("Qué se visita").select_option(label="Farmacia o gestor de medicamentos")
    page.get_by_label("Lugar").fill("Farmacia del barrio Centro")
    page.get_by_label("Nubia Salgado Ruiz").check()
    page.fill("[name=measured1]", "55")
    page.fill("[name=finding]", "A una señora con diabetes le faltó la mitad.")
    page.set_input_files("[name=photograph]", paper("ventanilla.pdf"))
    send(page, "Registrar la visita")
    assert "Diga si está como se espera" in page.inner_text(".problem-summary")
    look(page)
    page.check("[name=verdict1][value=unmet]")
    send(page, "Registrar la visita")
    assert "es un dato de salud" in page.inner_text("main")
    page.fill("[name=finding]", "No hay turnos y la gente espera de pie.")
    page.set_input_files("[name=photograph]", paper("ventanilla.pdf"))
    send(page, "Registrar la visita")
    assert "Visita 1 a Farmacia del barrio Centro" in page.inner_text("h1")
    assert "Huella" in page.inner_text("#soportes")
    look(page)

    # The entity replies; the team does not accept it, then does, and looks again.
    page.get_by_role("link", name="Hallazgo 1").click()
    look(page, "hallazgo")
    finding = page.url
    for answer, state in (("no", "Respuesta no aceptada"), ("si", "Respondido, por hacer")):
        page.get_by_role("link", name="Anotar la respuesta de la entidad").click()
        page.fill("[name=note]", "Que lo van a estudiar.")
        page.check(f"[name=accepted][value={answer}]")
        page.set_input_files("[name=paper]", paper(f"respuesta-{answer}.pdf"))
        send(page, "Anotar la respuesta de la entidad")
        assert state in page.inner_text("main .status >> nth=0")
    page.get_by_role("link", name="Pasarlo a oportunidad de mejora").click()
    look(page)
    send(page, "Pasarlo a oportunidad de mejora")
    page.get_by_role("link", name="Hallazgo 1 de la veeduría").click()
    assert page.url == address
    page.goto(finding)
    page.get_by_role("link", name="Pasarlo a compromiso").click()
    look(page)
    page.check("[name=owner_kind][value=otro]")
    page.fill("[name=owner]", "La farmacia")
    send(page, "Pasarlo a compromiso")
    page.get_by_role("link", name="Un compromiso").click()
    assert "hallazgo 1 de la veeduría" in page.inner_text("main")
    page.goto(finding)
    page.get_by_role("link", name="Verificar la corrección").click()
    page.fill("[name=note]", "Hay turnos y sillas.")
    page.check("[name=outcome][value=corrected]")
    send(page, "Verificar la corrección")
    assert "Corregido" in page.inner_text("main .status >> nth=0")

    # Registered, closed, printed: the document says what the page says.
    page.goto(address)
    page.get_by_role("link", name="Anotar la inscripción").click()
    page.fill("[name=authority]", "Personería de San Antero")
    page.fill("[name=number]", "12")
    page.fill("[name=day]", day(-25))
    send(page, "Guardar la inscripción")
    page.get_by_role("link", name="Cerrar la veeduría").click()
    look(page)
    page.fill("[name=conclusion]", "La espera bajó y hay turnos.")
    send(page, "Cerrar la veeduría")
    shown = figures(page)
    look(page, "veeduria")
    link = page.get_by_role("link", name="Informe en PDF").get_attribute("href")
    printed = page.request.get(link).body()
    text = papers.text_of(printed)
    assert f"Visitas: {shown['visita']}. Hallazgos: {shown['hallazgo']}. Corregidos: {shown['corregidos']}." in re.sub(
        r"\s+", " ", text
    )
    assert "Personería de San Antero" in text and "No hay turnos" in text

    # The list says so too, and goes to a file.
    page.goto(f"{ALLIANCE}/veedurias?estado=cerradas")
    assert page.locator("table.data tbody tr").count() == 1
    file = page.request.get(page.get_by_role("link", name="CSV").get_attribute("href")).text()
    assert "Tiempo de espera en la farmacia" in file and "Personería de San Antero" in file


def test_what_the_board_keeps_the_office_finds_when_it_is_shared(enter, other, look):
    board = enter("junta")
    begun(board, "Trato en ventanilla", reserved=True)
    address = board.url.split("#")[0]
    look(board)
    office = other("oficina")
    office.goto(f"{ALLIANCE}/veedurias")
    assert "Trato en ventanilla" not in office.inner_text("main")
    assert office.goto(address).status == 404
    board.get_by_role("link", name="Compartirla con la entidad").click()
    look(board)
    send(board, "Compartir")
    office.goto(address)
    assert "Trato en ventanilla" in office.inner_text("h1")
    # What was corrected is never for the watched to say.
    office.get_by_role("link", name="Anotar un hallazgo").click()
    office.fill("[name=account]", "No hay dónde sentarse.")
    send(office, "Anotar el hallazgo")
    assert office.get_by_role("link", name="Verificar la corrección").count() == 0
    assert office.get_by_role("link", name="Anotar qué se hizo").count() == 1


def test_a_finding_is_noted_by_keyboard_alone(enter):
    page = enter("junta")
    page.goto(f"{ALLIANCE}/veedurias")
    page.get_by_role("link", name="Trato en ventanilla").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/veedurias/[0-9a-f-]{36}"))
    page.get_by_role("link", name="Anotar un hallazgo").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/hallazgos/nuevo"))
    page.locator("[name=account]").focus()
    page.keyboard.type("No responden el teléfono.")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "No responden el teléfono." in page.inner_text("main")


def draw(page):
    """Draws a signature on the sheet."""
    page.locator("canvas").scroll_into_view_if_needed()
    pad = page.locator("canvas").bounding_box()
    page.mouse.move(pad["x"] + 40, pad["y"] + 60)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(pad["x"] + 40 + step * 25, pad["y"] + 60 + (25 if step % 2 else -20), steps=3)
    page.mouse.up()


def test_what_is_confidential_is_read_by_who_signed_and_each_reading_is_told(enter, other, look):
    office = enter("oficina")
    home = f"{ALLIANCE}/informacion-reservada"
    office.goto(home)
    look(office)
    office.get_by_role("link", name="Publicar el compromiso").click()
    look(office)
    send(office, "Publicar la versión 1")
    office.goto(f"{ALLIANCE}/documentos")
    office.get_by_role("link", name="Información reservada").click()
    office.get_by_role("link", name="Entregar información").click()
    office.fill("[name=title]", "Indicadores del trimestre")
    office.fill("[name=giver]", "Coordinación de calidad")
    office.fill("[name=purpose]", "Seguimiento a la calidad")
    office.fill("[name=until]", day(60))
    office.set_input_files("[name=file]", paper("indicadores.pdf"))
    look(office)
    office.set_input_files("[name=file]", paper("indicadores.pdf"))
    send(office, "Entregar")
    item = office.url
    look(office, "informacion-reservada")
    # Who gave it sees what it is, and does not open it.
    assert office.get_by_role("button", name=re.compile("^Leer")).count() == 0
    sheet = office.request.get(f"{home}/compromiso/pdf")
    assert sheet.body().startswith(b"%PDF")

    board = other("junta")
    board.goto("/o/mutual-ser/pendientes")
    board.get_by_role("link", name="Firmar el compromiso de confidencialidad").click()
    board.goto(item)
    assert board.get_by_role("button", name=re.compile("^Leer")).count() == 0
    look(board)
    board.get_by_role("link", name="Leer y firmar").click()
    look(board)
    draw(board)
    send(board, "Firmar el compromiso")
    assert "Usted firmó el compromiso" in board.inner_text("main")
    look(board)
    board.goto(item)
    with board.expect_download() as coming:
        board.get_by_role("button", name="Leer «indicadores.pdf»").click()
    assert coming.value.suggested_filename == "indicadores.pdf"

    # Board and office see that it was read; members do not even find the page.
    for page in (board, office):
        page.goto(f"{home}/lecturas")
        rows = page.locator("table.data tbody tr")
        assert rows.count() == 1 and "Wilmer José Burgos Tapia" in rows.inner_text()
    look(office)
    assert other("asociada").goto(home).status in (403, 404)

    # Taken back, it is read no more.
    office.goto(item)
    office.get_by_role("link", name="Retirarla").click()
    office.fill("[name=reason]", "La devolvieron")
    send(office, "Retirar")
    board.goto(item)
    assert board.get_by_role("button", name=re.compile("^Leer")).count() == 0


def test_needs_go_to_a_meeting_and_are_attended(enter, look):
    page = enter("oficina")
    page.goto(f"{ALLIANCE}/entre-reuniones")
    page.get_by_role("link", name="necesidades por atender").click()
    look(page)
    page.get_by_role("link", name="Anotar una necesidad").click()
    look(page)
    page.get_by_label("Sobre qué").select_option(label="Transporte y distancia")
    page.fill("[name=account]", "Un señor con diabetes pide transporte.")
    page.fill("[name=place]", "Barrio Centro")
    page.fill("[name=people]", "5")
    page.get_by_label("Cómo llegó").select_option(label="En una reunión")
    send(page, "Anotar la necesidad")
    assert "es un dato de salud" in page.inner_text(".problem-summary")
    page.fill("[name=account]", "Transporte de regreso por la tarde.")
    send(page, "Anotar la necesidad")
    topic = page.locator("#temas tbody tr").filter(has_text="Transporte y distancia")
    assert re.search(r"\b25\b", topic.inner_text())
    topic.get_by_role("link").click()
    look(page, "necesidades")
    # There is no meeting to take them to yet.
    themes = page.url
    page.get_by_role("link", name="Programar una reunión").click()
    page.get_by_label("Nombre", exact=True).fill("Reunión con la EPS")
    page.get_by_label("Clase", exact=True).select_option(index=1)
    page.fill("[name=day]", day(20))
    page.check("[name=mode][value=in_person]")
    page.get_by_role("button", name=re.compile("^Programar")).click()
    page.goto(themes)
    page.get_by_role("link", name="Llevar a una reunión").click()
    look(page)
    page.get_by_label("A cuál reunión").select_option(index=1)
    send(page, "Ponerlas en el orden del día")
    assert page.get_by_text("En el orden del día", exact=True).count() == 3
    page.get_by_role("link", name="Transporte de regreso por la tarde.").click()
    look(page)
    page.check("[name=outcome][value=atendida]")
    page.fill("[name=note]", "La EPS contrató otra ruta.")
    send(page, "Guardar")
    page.goto(f"{ALLIANCE}/necesidades?estado=attended")
    assert "La EPS contrató otra ruta." in page.inner_text("#lista")


def test_a_poll_is_answered_by_link_by_account_and_on_paper(enter, other, browser, server, look):
    office = enter("oficina")
    office.goto(f"{ALLIANCE}/sondeos")
    look(office)
    office.get_by_role("link", name="Hacer un sondeo").click()
    look(office)
    office.fill("[name=title]", "Días de atención")
    office.fill("[name=purpose]", "Proponer un horario a la EPS.")
    office.fill("[name=words1]", "¿Abrir los sábados?")
    office.get_by_label("Cómo se responde").first.select_option(label="Una sola respuesta")
    office.fill("[name=options1]", "Sí\nNo")
    office.check("[name=is_public]")
    send(office, "Hacer el sondeo")
    poll = office.url
    look(office)
    assert "No es una votación" in office.inner_text("main")
    link = office.locator("#enlace code").inner_text()
    link = link[link.index("/publico/") :]

    # By the link, once from each device.
    for number in range(3):
        context = browser.new_context(base_url=server.url, locale="es-CO", timezone_id="America/Bogota")
        visitor = context.new_page()
        visitor.goto(link)
        if number == 0:
            look(visitor, "responder-un-sondeo", width=360)
            assert "No es una votación" in visitor.inner_text("main")
            send(visitor, "Enviar las respuestas")
            assert "Responda al menos una pregunta" in visitor.inner_text("main")
        visitor.get_by_label("Sí", exact=True).check()
        send(visitor, "Enviar las respuestas")
        assert "Gracias" in visitor.inner_text("h1")
        visitor.goto(link)
        visitor.get_by_label("No", exact=True).check()
        send(visitor, "Enviar las respuestas")
        assert "Ya se respondió desde aquí" in visitor.inner_text("main")
        context.close()

    # From «Mi alianza», once.
    member = other("asociada")
    assert member.goto(f"{ALLIANCE}/mi-alianza").status == 200
    member.get_by_role("link", name="Días de atención").click()
    look(member)
    member.get_by_label("No", exact=True).check()
    send(member, "Enviar las respuestas")
    assert member.get_by_role("link", name="Días de atención").count() == 0
    assert "Usted ya respondió" in member.inner_text("#sondeos")

    # On paper, with the sheet that the product prints; before five answers nothing is broken down.
    office.goto(poll)
    before = int(figures(office)["respuestas"])
    assert before == 4 and office.locator("#resultado table").count() == 0
    sheet = office.request.get(office.get_by_role("link", name="Hoja en papel").get_attribute("href")).body()
    text = papers.text_of(sheet)
    assert "¿Abrir los sábados?" in text and "No es una votación" in text
    office.get_by_role("link", name="Anotar hojas en papel").click()
    look(office)
    office.fill("[name=place]", "Asamblea")
    office.fill("[name=sheets]", "4")
    office.fill("[name=count1-1]", "3")
    office.fill("[name=count1-2]", "3")
    send(office, "Guardar el conteo")
    assert "más respuestas que hojas" in office.inner_text("main")
    office.fill("[name=count1-2]", "1")
    send(office, "Guardar el conteo")
    look(office, "sondeo")
    assert int(figures(office)["respuestas"]) == before + 4
    row = office.locator("#resultado tbody tr").first.inner_text()
    assert re.search(r"3\s+3\s+6\s", row), row
    office.get_by_role("link", name="Descargar el resultado").click()
    look(office)
    file = office.request.get(office.get_by_role("link", name="CSV").get_attribute("href")).text()
    assert "¿Abrir los sábados?" in file
    office.goto(poll)
    office.get_by_role("link", name="Cerrar el sondeo").click()
    send(office, "Cerrar el sondeo")
    assert "Cerrado" in office.inner_text("main .status >> nth=0")
