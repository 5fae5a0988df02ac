"""How long files are kept: the office confirms a term, what passed it is put up, and office and board decide together; a
page says until when, and what was let go keeps its digest."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from server import Installation
from test_history import scan, sheet, template

TENANT = "/o/mutual-ser"
ALLIANCE = f"{TENANT}/alianzas/alianza-de-usuarios-de-san-antero"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own: its files go."""
    made = Installation()
    made.run("migrate")
    made.run("demo", "--from", "2026-01-05")
    made.start()
    yield made
    made.remove()


def bring(page):
    """Two old scans, by way of the history from paper."""
    titles = template(page, ALLIANCE, "elecciones")

    def line(day, number):
        cells = {
            "Fecha": day, "Nombre": f"Elección {number}", "Elegidos": "Ana Inventada",
            "Papel en que consta": f"Acta {number}", "Escaneo": f"carta-{number}.pdf",
        }
        return [cells.get(title, "") for title in titles]

    page.goto(f"{ALLIANCE}/historia/elecciones/importar")
    page.set_input_files("[name=file]", sheet(titles, line("12/09/2011", 1), line("12/09/2012", 2)))
    page.get_by_role("button", name="Revisar la hoja").click()
    page.set_input_files("[name=scans]", [scan("carta-1.pdf"), scan("carta-2.pdf")])
    page.get_by_role("button", name="Registrar elecciones del papel").click()
    expect(page.locator(".notice")).to_contain_text("2 filas quedaron registradas")


def documents(page, **query):
    """The list of documents as a file."""
    text = page.request.get(f"{ALLIANCE}/documentos", params={**query, "formato": "csv"}).body().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def reclassify(page, name, look=None):
    """Says that a scan is a letter."""
    page.goto(f"{ALLIANCE}/documentos?q={name}")
    page.get_by_role("link", name=f"{name}.pdf").click()
    if look:
        look(page)
    page.get_by_role("link", name="Cambiar la clase de conservación").click()
    page.get_by_label("Se conserva como").select_option("correspondencia")
    page.get_by_role("button", name="Cambiar la clase").click()
    # Without a reason nothing changes.
    expect(page.locator(".problem-summary")).to_be_visible()
    if look:
        look(page)
    page.get_by_label("Por qué").fill("Es la carta con que se remitió el acta")
    page.get_by_role("button", name="Cambiar la clase").click()
    expect(page.locator(".notice")).to_contain_text("Correspondencia")
    expect(page.locator("main")).to_contain_text("Se cambió: Es la carta")


def open_passed(page, name):
    page.goto(f"{ALLIANCE}/documentos/conservacion")
    page.get_by_role("link", name=f"{name}.pdf").click()


def test_office_and_board_decide_together_what_passed_its_term(browser, server, enter, look):
    office = enter("oficina")
    # The catalogue proposes, and confirms nothing.
    office.goto(f"{TENANT}/configuracion")
    office.get_by_role("link", name="Conservación de los archivos").click()
    assert office.locator("table.data tbody tr").count() == 15
    assert "Confirmado" not in office.locator("table.data tbody").inner_text()
    look(office, "conservacion-terminos")
    bring(office)
    reclassify(office, "carta-1", look)
    reclassify(office, "carta-2")
    known = {each["Documento"]: each for each in documents(office)}
    assert known["carta-1.pdf"]["Conservación"] == "Correspondencia"
    assert re.fullmatch(r"31.*2021 \(propuesto\)", known["carta-1.pdf"]["Se conserva hasta"])
    assert {each["Documento"] for each in documents(office, conservacion="correspondencia")} >= {"carta-1.pdf", "carta-2.pdf"}
    # By a term that nobody confirmed nothing is put up.
    office.goto(f"{ALLIANCE}/documentos/conservacion")
    expect(office.locator("#lista")).to_contain_text("no ha confirmado términos")
    look(office)
    office.goto(f"{TENANT}/conservacion/correspondencia")
    look(office)
    office.get_by_label("Cuántos años").fill("10")
    office.get_by_role("button", name="Confirmar el término").click()
    expect(office.locator("main")).to_contain_text("Falta corregir un dato")
    office.get_by_label("Tabla de retención o norma").fill("Tabla de retención documental, versión 3, serie 120.5")
    office.get_by_role("button", name="Confirmar el término").click()
    expect(office.locator(".notice")).to_contain_text("confirmado")
    office.goto(f"{TENANT}/pendientes")
    office.get_by_role("link", name=re.compile("Decidir qué se hace con 2 archivos")).click()
    look(office, "conservacion")
    # The office proposes, and cannot be the second.
    office.get_by_role("link", name="carta-1.pdf").click()
    look(office)
    office.get_by_role("link", name="Proponer eliminarlo").click()
    look(office)
    office.get_by_label("Por qué se elimina").fill("Acta 4 del comité de archivo")
    office.get_by_role("button", name="Proponer que se elimine").click()
    expect(office.locator("main")).to_contain_text("Falta que lo confirme otra persona, de la junta")
    assert office.get_by_role("link", name="Confirmar la eliminación").count() == 0
    look(office)
    # The board keeps one longer, and confirms the other; by keyboard alone.
    context = browser.new_context(base_url=server.url, locale="es-CO", timezone_id="America/Bogota")
    board = enter("junta", page=context.new_page())
    open_passed(board, "carta-2")
    board.get_by_role("link", name="Conservarlo más tiempo").click()
    look(board)
    board.get_by_label("Conservarlo hasta").fill("2031-12-31")
    board.get_by_label("Por qué").fill("Hay una reclamación que la cita")
    board.get_by_role("button", name="Conservar hasta ese día").click()
    expect(board.locator("#decisiones")).to_contain_text("por la junta: conservarlo hasta el miércoles 31 de diciembre de 2031")
    board.goto(f"{TENANT}/pendientes")
    board.get_by_role("link", name=re.compile("Confirmar o no la eliminación de 1 archivo")).click()
    board.get_by_role("link", name="carta-1.pdf").press("Enter")
    board.get_by_role("link", name="Confirmar la eliminación").press("Enter")
    look(board)
    board.locator("[name=confirmation]").focus()
    board.keyboard.type("ELIMINAR")
    with board.expect_navigation():
        board.keyboard.press("Enter")
    expect(board.locator("main")).to_contain_text("Se eliminó su contenido")
    look(board)
    # Its digest and its page remain; its content does not.
    board.get_by_role("link", name="Ver el archivo").click()
    expect(board.locator("main")).to_contain_text("Su huella sigue probando cuál era")
    assert board.get_by_role("link", name="Abrir el archivo").count() == 0
    look(board)
    assert board.request.get(f"{board.url}/contenido").status == 422
    told = {each["Documento"]: each for each in documents(board)}
    assert told["carta-1.pdf"]["Se conserva hasta"].startswith("Eliminado el")
    assert re.fullmatch(r"31.*2022", told["carta-2.pdf"]["Se conserva hasta"])
    board.goto(f"{ALLIANCE}/documentos/conservacion?estado=eliminados")
    assert board.locator("#lista table.data tbody tr").count() == 1
    context.close()
    office.goto(f"{TENANT}/registro")
    expect(office.locator("main")).to_contain_text("Confirmó cuánto se conserva «Correspondencia»")
    # The log of what was done still verifies.
    assert server.run("audit", "verify", check=False).returncode == 0


def test_what_is_handed_over_tells_how_long_it_is_kept(enter, look):
    board = enter("junta")
    board.goto(f"{ALLIANCE}/documentos/entregas/nueva")
    board.get_by_label("A qué oficina").fill("Oficina de participación social")
    board.get_by_label("En papel", exact=True).check()
    board.locator("[name=documents]").first.check()
    board.fill("[name=paper-1]", "Libro de asistencia de 2019")
    board.locator("[name=class-1]").select_option("asistencia")
    look(board)
    board.get_by_role("button", name="Anotar la entrega").click()
    part = board.locator("main")
    expect(part).to_contain_text("Listas de asistencia")
    expect(part).to_contain_text("según su término (propuesto)")
    look(board)
    assert board.request.get(f"{board.url.split('?')[0]}/indice").body().startswith(b"%PDF-")
