"""The alliance's own space: the board drafts a plan alone and shares it, analyses a complaint and shares that, speaks in
public for the alliance, and signs its undertaking by a mailed code."""

import base64
import email
import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from postbox import Postbox
from server import Installation, sign_in, today, wait_until

TENANT = "/o/mutual-ser"
ALLIANCE = f"{TENANT}/alianzas/alianza-de-usuarios-de-san-antero"
PUBLIC = "/publico/mutual-ser/alianza-de-usuarios-de-san-antero"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own, and a mail server that keeps what it gets."""
    postbox = Postbox()
    made = Installation(
        ALIANZAS_SMTP_URL=f"smtp://127.0.0.1:{postbox.port}", ALIANZAS_MAIL_FROM="alianzas@ejemplo.invalid",
        ALIANZAS_ORIGIN="http://127.0.0.1",
    )
    made.demonstrate()
    made.start()
    made.postbox = postbox
    # Nothing is mailed to addresses that cannot be.
    made.psql("update tenancy.users set email = 'junta@entidad.gov.co' where email = 'junta@ejemplo.invalid'", role="superuser")
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
    """A day from today, as date fields take it."""
    return (today() + timedelta(days=offset)).isoformat()


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def refused(page):
    """What the summary above a refused form says."""
    return page.inner_text(".problem-summary")


def sheet(*rows):
    """A spreadsheet as text, as a browser sends it."""
    text = "\ufeff" + "\n".join(";".join(row) for row in rows)
    return {"name": "plan.csv", "mimeType": "text/csv", "buffer": text.encode()}


def test_a_board_drafts_the_plan_alone_and_shares_it(enter, other, look):
    year = today().year + 1
    board = enter("junta")
    board.goto(f"{ALLIANCE}/plan/{year}")
    board.get_by_role("link", name=f"Empezar con el plan de {year - 1}").click()
    look(board)
    expect(board.locator("[name=is_reserved]")).to_be_checked()
    board.get_by_label("Título").fill("Plan con otra farmacia")
    send(board, "Empezar el plan")
    own = board.url
    look(board, "plan-de-la-junta")
    expect(board.locator("h1")).to_contain_text("borrador de la junta")

    # What is added goes to the board's draft: by hand, and from the spreadsheet in the office's layout.
    before = board.locator("ul.dossier > li").count()
    board.get_by_role("link", name="Agregar una actividad").click()
    board.select_option("[name=axis]", "4")
    board.get_by_label("Qué se va a hacer").fill("Visitar la farmacia del convenio")
    send(board, "Agregar la actividad")
    assert board.url == own and board.locator("ul.dossier > li").count() == before + 1
    board.get_by_role("link", name="Importar de una hoja de cálculo").click()
    look(board)
    board.set_input_files("[name=file]", sheet(
        ["Eje", "Actividad", "Meta", "Responsable", "Mar", "Jul"],
        ["4. Control", "Citar a la EPS", "2 reuniones", "Junta", "x", "x"],
        ["5. Decisión", "Rendir cuentas", "1 informe", "Junta", "", "x"]))
    send(board, "Revisar la hoja")
    look(board)
    send(board, "Agregar al plan")
    assert board.url == own and board.locator("ul.dossier > li").count() == before + 3
    board.get_by_role("link", name=re.compile("Visitar la farmacia")).click()
    look(board)
    board.get_by_role("link", name="Cambiar", exact=True).click()
    look(board)
    board.get_by_label("Qué se va a hacer").fill("Visitar las dos farmacias")
    send(board, "Guardar la actividad")
    assert board.url == own

    # The office finds neither the draft nor its words, by no address and no search; the log tells that there is work.
    office = other("oficina")
    for path in (f"plan/{year}", f"plan/{year}/junta", f"plan/{year}/junta/compartir", f"plan/{year}/actividades/nueva?espacio=junta"):
        answer = office.goto(f"{ALLIANCE}/{path}")
        assert "otra farmacia" not in office.content() and "dos farmacias" not in office.content()
        assert answer.status == (200 if path == f"plan/{year}" else 404), path
    office.goto(f"{ALLIANCE}/plan/{year}")
    expect(office.locator("main")).to_contain_text(f"No hay plan de trabajo de {year}")

    # The office begins its own, which stands in the way; it is given up with its reason.
    office.get_by_role("link", name=f"Empezar el plan de {year}").click()
    office.get_by_label("Para qué es el plan").fill("Lo de siempre.")
    assert office.locator("[name=is_reserved]").count() == 0
    send(office, "Empezar el plan")
    board.goto(f"{ALLIANCE}/plan/{year}")
    look(board)
    board.get_by_role("link", name="Abrir el borrador de la junta").click()
    board.get_by_role("link", name="Compartir con la entidad").click()
    look(board)
    expect(board.locator("main")).to_contain_text("La entidad ya ve otro borrador")
    office.goto(f"{ALLIANCE}/plan/{year}")
    office.get_by_role("link", name="Descartar el borrador").click()
    look(office)
    send(office, "Descartar el borrador")
    assert "Diga por qué" in office.inner_text("main") or "obligatorio" in refused(office) or "Por qué" in refused(office)
    office.get_by_label("Por qué se descarta").fill("La junta ya tiene el suyo")
    send(office, "Descartar el borrador")
    expect(office.locator(".notice")).to_contain_text("descartado")

    # One act, told in the log; then the office sees all of it.
    board.goto(f"{ALLIANCE}/plan/{year}/junta/compartir")
    look(board)
    send(board, "Compartir con la entidad")
    expect(board.locator(".notice")).to_contain_text("La entidad ya ve el borrador")
    office.goto(f"{ALLIANCE}/plan/{year}")
    look(office)
    expect(office.locator("main")).to_contain_text("Plan con otra farmacia")
    expect(office.locator("main")).to_contain_text("Visitar las dos farmacias")
    expect(office.locator("main")).to_contain_text("Se aprueba en una asamblea")
    administration = other("administracion")
    administration.goto(f"{TENANT}/registro?q=plan")
    log = administration.inner_text("main")
    assert f"Compartió con la entidad el borrador del plan de {year}" in log
    assert f"Trabajó en un borrador del plan de {year} en el espacio propio de la junta" in log


def test_a_board_gives_its_own_draft_up_by_keyboard_alone(enter):
    year = today().year
    page = enter("junta")
    page.goto(f"{ALLIANCE}/plan/{year}")
    page.get_by_role("link", name="Preparar un borrador de la junta").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/registrar"))
    page.locator("[name=objective]").focus()
    page.keyboard.type("Otra manera.")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_url("**/junta")
    page.get_by_role("link", name="Descartar").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/descartar?espacio=junta")
    page.locator("[name=reason]").focus()
    page.keyboard.type("Sigue el de la entidad")
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("El borrador quedó descartado")
    assert page.get_by_role("link", name="Abrir el borrador de la junta").count() == 0


def test_what_the_board_analyses_of_a_complaint_is_shared_by_it_alone(enter, other, look):
    board = enter("junta")
    board.goto(f"{ALLIANCE}/quejas")
    board.locator("table.data tbody tr a").first.click()
    address = board.url
    board.get_by_role("link", name="Escribir un análisis").click()
    board.get_by_label("Qué piensa la junta").fill("Se repite cada mes: conviene llevarlo a la asamblea.")
    send(board, "Escribir un análisis")
    expect(board.locator("main")).to_contain_text("Solo la junta")
    office = other("oficina")
    office.goto(address)
    expect(office.locator("main")).not_to_contain_text("Se repite cada mes")
    board.get_by_role("link", name="Compartir este análisis").click()
    look(board)
    assert office.goto(board.url).status in (403, 404)
    send(board, "Compartir con la entidad")
    expect(board.locator(".notice")).to_contain_text("La entidad ya ve el análisis")
    assert board.get_by_role("link", name="Compartir este análisis").count() == 0
    office.goto(address)
    expect(office.locator("main")).to_contain_text("Se repite cada mes")


def test_a_statement_is_published_with_what_each_answered(enter, other, browser, server, look):
    board = enter("junta")
    board.goto(f"{ALLIANCE}/cartas/nueva")
    board.get_by_label("Comunicado público").check()
    board.fill("[name=subject]", "La farmacia del convenio no entrega completo")
    board.fill("[name=body]", "Desde enero los usuarios vuelven dos veces.\n\nPedimos que se entregue completo.")
    board.fill("[name=addressees]", "Mutual SER EPS, Gerencia regional\nSecretaría de Salud de San Antero")
    board.fill("[name=signers]", "Junta de la Alianza de usuarios de San Antero")
    board.check("[name=is_reserved]")
    send(board, "Guardar el borrador")
    letter = board.url.split("#")[0]
    board.get_by_role("link", name="Numerar").click()
    board.get_by_label("Escriba la palabra").fill("numerar")
    send(board, "Numerar la carta")
    # What is the board's own is not published before it is shared; nor by the office, which speaks for the entity.
    assert board.get_by_role("link", name="Publicar en la página").count() == 0
    board.get_by_role("link", name="Compartir con la entidad").click()
    send(board, "Compartir con la entidad")
    office = other("oficina")
    office.goto(letter)
    assert office.get_by_role("link", name="Publicar en la página").count() == 0
    assert office.goto(f"{letter}/publicar").status == 403
    board.get_by_role("link", name="Publicar en la página").click()
    look(board, "publicar-un-comunicado")
    send(board, "Publicar el comunicado")
    look(board)

    visitor = browser.new_context(base_url=server.url, locale="es-CO").new_page()
    wait_until(
        lambda: visitor.goto(PUBLIC) and visitor.get_by_role("link", name="La farmacia del convenio no entrega completo").count(),
        "the statement",
    )
    look(visitor)
    expect(visitor.locator("#comunicados")).to_contain_text("Respondieron 0 de 2")
    visitor.get_by_role("link", name="La farmacia del convenio no entrega completo").click()
    page = visitor.url
    expect(visitor.locator("#respuestas")).to_contain_text("Sin constancia de entrega")

    # What becomes of it shows by itself: who has it since when, what was answered, who is silent.
    for position, reference in ((1, "MS-5001"), (2, "SS-77")):
        office.goto(f"{letter}/destinatarios/{position}/entrega")
        office.fill("[name=reference]", reference)
        send(office, "Anotar la entrega")
    office.goto(f"{letter}/destinatarios/1/respuesta")
    expect(office.locator("main")).to_contain_text("El comunicado es público")
    office.fill("[name=note]", "Se cambia de farmacia desde el próximo mes.")
    send(office, "Anotar la respuesta")
    server.psql(
        """update governance.letter_addressees set delivered_on = delivered_on - 23
        where reference = 'SS-77'""", role="superuser")
    office.goto(f"{letter}/archivo")
    office.fill("[name=note]", "La publicación en la cartelera")
    office.set_input_files("[name=file]", {"name": "cartelera.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 c"})
    send(office, "Adjuntar")
    wait_until(
        lambda: visitor.goto(page) and "Sin respuesta desde hace 23 días" in visitor.inner_text("#respuestas"),
        "the silence",
    )
    look(visitor, "comunicado-publico")
    expect(visitor.locator("#respuestas")).to_contain_text("Se cambia de farmacia desde el próximo mes.")

    # Taken back, it is nobody's to read.
    board.goto(letter)
    board.get_by_role("link", name="Retirar de la página").click()
    look(board)
    board.fill("[name=note]", "Ya se corrigió")
    send(board, "Retirar de la página")
    wait_until(lambda: visitor.goto(page).status == 404, "the end of the publication")
    assert visitor.goto(PUBLIC).status == 200
    assert visitor.get_by_role("link", name="La farmacia del convenio").count() == 0
    visitor.context.close()


def code_of(letter):
    """The code of a mail, with the words about it."""
    message = email.message_from_string(letter)
    words = base64.b64decode(message.get_payload()).decode()
    return re.search(r"^\s*([a-z0-9]{5}-[a-z0-9]{5})\s*$", words, re.MULTILINE).group(1), words


def test_the_undertaking_is_signed_by_a_mailed_code(enter, other, server, look):
    home = f"{ALLIANCE}/informacion-reservada"
    office = other("oficina")
    office.goto(f"{TENANT}/compromiso-de-confidencialidad")
    office.get_by_role("button", name="Publicar la versión 1").click()
    board = enter("junta")
    board.goto(f"{home}/compromiso")
    look(board)

    def another():
        """Asks for a code and takes it out of the mail."""
        count = len(server.postbox.letters)
        board.get_by_role("button", name=re.compile("Envi.*código")).click()
        expect(board.locator(".notice")).to_contain_text("j•••@entidad.gov.co")
        wait_until(lambda: len(server.postbox.letters) > count, "the code", seconds=30)
        return code_of(server.postbox.letters[-1])

    def sign(code):
        board.fill("[name='secret.code']", code)
        send(board, "Firmar con el código")

    first, words = another()
    assert "el compromiso de confidencialidad" in words and "Sirve una sola vez" in words
    look(board, "firmar-con-codigo", width=720, height=1500)
    sign("aaaaa-bbbbb")
    assert "no es correcto, ya se usó o ya venció" in refused(board)
    look(board)
    # Another code takes the place of the one before.
    second, _ = another()
    sign(first)
    assert "no es correcto, ya se usó o ya venció" in refused(board)
    # One that is too old.
    moment = server.psql("select to_char(now() at time zone 'America/Bogota' + interval '17 minutes', 'YYYY-MM-DD\"T\"HH24:MI')", role="superuser").stdout.strip()
    server.run("demo", "clock", "--to", moment)
    sign(second)
    assert "no es correcto, ya se usó o ya venció" in refused(board)
    board.goto(f"{home}/compromiso")
    third, _ = another()
    sign(third)
    expect(board.locator("main")).to_contain_text("Usted firmó el compromiso")
    office.goto(home)
    expect(office.locator("#junta")).to_contain_text("Firma con el código enviado a j•••@entidad.gov.co")
    look(office)

    # What was used is used: a new version of the words asks for another.
    office.goto(f"{TENANT}/compromiso-de-confidencialidad")
    office.get_by_role("button", name="Publicar la versión 2").click()
    board.goto(f"{home}/compromiso")
    another()
    sign(third)
    assert "no es correcto, ya se usó o ya venció" in refused(board)
