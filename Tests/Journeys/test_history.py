"""History from paper through the pages: a template, a sheet with errors, one that is right, its scans one by one and in a
ZIP, where each record shows as «del papel», the same sheet again, and an import that is taken back."""

import csv
import io
import re
import zipfile

import pytest

from server import Installation, sign_in
from test_plan import workbook

HOME = "/o/clinica-del-litoral"
ALLIANCE = f"{HOME}/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"
SAN_ANTERO = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own: its past changes."""
    made = Installation()
    made.run("migrate")
    made.run("demo", "--from", "2026-01-05")
    made.start()
    yield made
    made.remove()


def sheet(*rows):
    """A sheet as Excel in Colombia saves it: Windows-1252, with semicolons."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return {"name": "libro.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode("cp1252")}


def scan(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


def packed(*names):
    """A ZIP with scans in a folder, and what a Mac adds."""
    bytes_ = io.BytesIO()
    with zipfile.ZipFile(bytes_, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/._acta-1.pdf", b"x")
        for name in names:
            archive.writestr(f"Actas viejas/{name}", b"%PDF-1.7 " + name.encode())
    return {"name": "actas.zip", "mimeType": "application/zip", "buffer": bytes_.getvalue()}


def template(page, alliance, kind):
    """The titles of a template."""
    answer = page.request.get(f"{alliance}/historia/{kind}/plantilla?formato=csv")
    return next(csv.reader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))


def review(page, alliance, kind, *rows):
    page.goto(f"{alliance}/historia/{kind}/importar")
    page.set_input_files("[name=file]", sheet(*rows))
    page.get_by_role("button", name="Revisar la hoja").click()


def rows(page):
    """The rows of a table as words by column."""
    return [
        {each.get_attribute("data-label"): each.inner_text().strip() for each in row.locator("th, td").all()}
        for row in page.locator("table.data tbody tr").all()
    ]


def test_mandates_of_before_tell_who_represented(enter, look):
    page = enter("clinica")
    page.goto(f"{ALLIANCE}/asociados")
    document = page.locator("table.data tbody tr").nth(4).locator("td").first.inner_text()
    page.goto(f"{ALLIANCE}/vida")
    page.get_by_role("link", name="Historia del papel").click()
    look(page, "historia-del-papel")
    assert "Todavía no ha entrado nada" in page.inner_text("main")
    titles = template(page, ALLIANCE, "periodos")
    assert titles[:2] == ["Organismo", "Puesto"] and titles[-1] == "Escaneo"

    def line(**cells):
        return [cells.get(title, "") for title in titles]

    board = {"Organismo": "Junta de la asociación", "Papel en que consta": "Acta 1 de la asamblea", "Escaneo": "acta-1.pdf"}
    first = line(**board, Puesto="Presidencia", Documento=document, Desde="05/02/2020", Hasta="04/02/2022")
    # What is wrong is told by row and column, and nothing comes in.
    page.get_by_role("link", name="Importar períodos").click()
    look(page)
    review(
        page, ALLIANCE, "periodos", titles, first,
        line(**board, Puesto="Portería", Documento=document, Desde="05/02/2020"),
        line(**board, Puesto="Secretaría", Desde="ayer"),
        line(**board, Puesto="Presidencia", Documento=document, Desde="01/01/2021"),
    )
    look(page)
    assert "La hoja tiene errores" in page.inner_text("h1")
    found = {(each["Fila"], each["Columna"]) for each in rows(page)}
    assert found == {("3", "Puesto"), ("4", "Documento"), ("4", "Desde"), ("5", "Desde")}
    # Put right, it is reviewed before anything is written.
    good = [
        titles, first,
        line(**board, Puesto="Secretaría", **{"Nombre de la persona": "Pedro Inventado Pérez"}, Desde="05/02/2020",
             Hasta="04/02/2022", **{"Terminó antes, el": "30/06/2021", "Por qué terminó": "Renuncia"}),
    ]
    review(page, ALLIANCE, "periodos", *good)
    look(page, "revisar-la-historia")
    told = rows(page)
    assert [each["Estado"] for each in told] == ["Nueva", "Nueva"]
    assert "no cuenta para el límite" in told[1]["Tenga en cuenta"]
    # Without its scan it does not come in, nor with one that nobody named.
    page.get_by_role("button", name="Registrar períodos del papel").click()
    assert "Falta el archivo «acta-1.pdf»" in page.inner_text("main")
    look(page)
    page.set_input_files("[name=scans]", [scan("acta-1.pdf"), scan("otra.pdf")])
    page.get_by_role("button", name="Registrar períodos del papel").click()
    assert "no nombra el archivo «otra.pdf»" in page.inner_text("main")
    page.set_input_files("[name=scans]", scan("acta-1.pdf"))
    page.get_by_role("button", name="Registrar períodos del papel").click()
    assert "2 filas quedaron registradas" in page.inner_text(".notice")
    look(page)
    # One file for the two rows that name it, kept with its digest.
    scans = page.get_by_role("link", name="Ver el escaneo")
    assert scans.nth(0).get_attribute("href") == scans.nth(1).get_attribute("href")
    kept = page.request.get(scans.first.get_attribute("href")).text()
    assert "acta-1.pdf" in kept

    # Who represented on a day, marked as from paper.
    page.goto(f"{ALLIANCE}/gobierno")
    page.get_by_role("link", name="historial y actos de «Junta de la asociación»").click()
    body = page.url.split("?")[0]
    page.goto(f"{body}?fecha=2021-01-15")
    board_row = page.locator("#puestos tbody tr")
    assert "Pedro Inventado Pérez" in board_row.nth(1).inner_text() and "del papel" in board_row.nth(1).inner_text()
    page.goto(f"{body}?fecha=2021-07-01")
    assert "Pedro" not in page.locator("#puestos").inner_text()
    certificate = page.request.get(f"{body}/certificado/2021-01-15")
    assert certificate.body().startswith(b"%PDF")
    # The same sheet again brings nothing.
    review(page, ALLIANCE, "periodos", *good)
    assert "Todo esto ya estaba" in page.inner_text("h1")
    look(page)


def test_minutes_of_before_keep_their_numbers(enter, look):
    page = enter("oficina")
    titles = template(page, SAN_ANTERO, "actas")

    def line(**cells):
        return [cells.get(title, "") for title in titles]

    lines = [
        titles,
        line(**{
            "Fecha": "12/03/2019", "Clase de reunión": "Asamblea", "Número del acta": "7", "Asistentes": "41",
            "Qué se trató": "Informe de 2018.", "Decisiones": "Se aprueba el informe; Se fija la próxima asamblea",
            "Escaneo": "acta-7.pdf"}),
        line(**{
            "Fecha": "12/09/2019", "Clase de reunión": "Asamblea", "Nombre": "Asamblea de elección",
            "Número del acta": "8", "Asistentes": "52", "Escaneo": "Acta número 8.pdf"}),
    ]
    review(page, SAN_ANTERO, "actas", *lines)
    look(page)
    page.set_input_files("[name=scans]", packed("acta-7.pdf", "Acta número 8.pdf"))
    page.get_by_role("button", name="Registrar actas del papel").click()
    assert "2 filas quedaron registradas" in page.inner_text(".notice")
    imported = page.url
    page.get_by_role("link", name="Asamblea de elección").click()
    look(page)
    assert "Acta 8" in page.inner_text("main") and "Del papel" in page.inner_text("#acta")
    page.goto(f"{SAN_ANTERO}/libro")
    told = rows(page)
    assert {each["Número"]: each["Estado"] for each in told}.get("7") == "Del papel"
    look(page)

    # The scan of each is one click away in the book.
    scans = page.get_by_role("link", name="Ver el escaneo")
    assert scans.count() >= 2
    # Undone as a whole, with the word and the reason; by keyboard alone.
    page.goto(imported)
    page.get_by_role("link", name="Deshacer la importación").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Por qué se deshace").focus()
    page.keyboard.type("Eran de otra alianza")
    page.keyboard.press("Tab")
    page.keyboard.type("DESHACER")
    look(page)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "se deshizo" in page.inner_text(".notice")
    assert "Deshecha" in page.inner_text("#importaciones")
    look(page)
    page.goto(f"{SAN_ANTERO}/libro")
    assert "7" not in {each["Número"] for each in rows(page)}
    page.goto(imported)
    assert "Eran de otra alianza" in page.inner_text("main")
    look(page)
    page.goto("/o/mutual-ser/registro")
    assert "Deshizo la importación de actas de «libro.csv»" in page.inner_text("main")


def test_elections_of_before_stand_apart_and_are_not_counted(browser, server, enter, look):
    board = enter("junta")
    titles = template(board, SAN_ANTERO, "elecciones")
    line = {
        "Fecha": "12/09/2011", "Nombre": "Elección de representantes de 2011", "Censo": "900", "Votantes": "475",
        "Votos": "Plancha 1: 248; Plancha 2: 190", "Votos en blanco": "5", "Elegidos": "Ana Inventada; Luis Inventado",
        "Papel en que consta": "Acta 3 del 12 de septiembre de 2011", "Escaneo": "acta-3.png",
    }
    review(board, SAN_ANTERO, "elecciones", titles, [line.get(title, "") for title in titles])
    assert "no explica 32 votos" in board.inner_text("main")
    board.set_input_files(
        "[name=scans]", {"name": "ACTA-3.PNG", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n foto"})
    board.get_by_role("button", name="Registrar elecciones del papel").click()
    assert "1 fila quedó registrada" in board.inner_text(".notice")
    board.goto(f"{SAN_ANTERO}/elecciones")
    part = board.inner_text("#historia")
    assert "Del papel" in part and "Plancha 1: 248" in part and "Ana Inventada" in part
    assert "El acta no explica 32 votos" in part
    look(board)
    # The entity's office sees it too; a control body does not bring anything in.
    context = browser.new_context(base_url=server.url, locale="es-CO", timezone_id="America/Bogota")
    office = enter("oficina", page=context.new_page())
    office.goto(f"{SAN_ANTERO}/elecciones")
    assert "Elección de representantes de 2011" in office.inner_text("#historia")
    context.close()


def test_scans_follow_and_commitments_of_the_paper_are_real(browser, server, enter, look):
    page = enter("oficina")
    titles = template(page, SAN_ANTERO, "actas")

    def line(**cells):
        return [cells.get(title, "") for title in titles]

    # A workbook of Excel, as the office keeps it.
    book = workbook([
        titles,
        line(**{
            "Fecha": "10/02/2020", "Clase de reunión": "Asamblea", "Nombre": "Asamblea de febrero de 2020",
            "Número del acta": "21", "Asistentes": "30", "Qué se trató": "Informe.",
            "Compromisos": "Pedir la ruta | Oficina de prueba | 30/06/2031; Enviar la carta | Junta | 01/03/2020 | cumplido",
            "Escaneo": "acta-21.pdf"}),
        line(**{
            "Fecha": "10/03/2020", "Clase de reunión": "Asamblea", "Nombre": "Asamblea de marzo de 2020",
            "Número del acta": "22", "Asistentes": "31", "Qué se trató": "Informe.", "Escaneo": "acta-22"}),
    ])
    page.goto(f"{SAN_ANTERO}/historia/actas/importar")
    page.set_input_files("[name=file]", {**book, "name": "actas-viejas.xlsx"})
    page.get_by_role("button", name="Revisar la hoja").click()
    assert "1 compromiso por seguir" in page.inner_text("main")
    page.get_by_label("Los escaneos que falten se envían después").check()
    look(page)
    page.get_by_role("button", name="Registrar actas del papel").click()
    assert "2 filas quedaron registradas" in page.inner_text(".notice")
    imported = page.url.split("?")[0]
    assert "Falta «acta-21.pdf»" in page.inner_text("main")
    look(page)
    # One file that nobody names keeps all out.
    page.get_by_role("link", name="Agregar los escaneos").click()
    look(page)
    page.set_input_files("[name=scans]", [scan("acta-21.pdf"), scan("otra.pdf")])
    page.get_by_role("button", name="Revisar los archivos").click()
    assert "Ningún registro nombra el archivo «otra.pdf»" in page.inner_text("main")
    assert page.get_by_role("button", name="Guardar los escaneos").count() == 0
    look(page)
    page.get_by_role("link", name="Enviar otros archivos").click()
    page.set_input_files("[name=scans]", packed("acta-21.pdf"))
    page.get_by_role("button", name="Revisar los archivos").click()
    told = rows(page)
    assert [each["Estado"] for each in told] == ["Recibe su escaneo", "Sigue esperando"]
    look(page, "agregar-escaneos")
    # Nothing is kept before it is confirmed.
    page.goto(imported)
    assert "Falta «acta-21.pdf»" in page.inner_text("main")
    page.goto(f"{imported}/escaneos")
    page.set_input_files("[name=scans]", [scan("acta-21.pdf"), scan("ACTA-22.pdf")])
    page.get_by_role("button", name="Revisar los archivos").click()
    page.get_by_role("button", name="Guardar los escaneos").click()
    assert "2 registros quedaron con su escaneo" in page.inner_text(".notice")
    assert page.get_by_role("link", name="Ver el escaneo").count() == 2
    assert page.get_by_role("link", name="Agregar los escaneos").count() == 0
    # The open commitment is followed like any other; the one that was met is told by its minutes alone.
    page.goto(f"{SAN_ANTERO}/compromisos")
    text = page.inner_text("main")
    assert "Pedir la ruta" in text and "Enviar la carta" not in text
    look(page)
    # Undone with all that it brought.
    page.goto(f"{imported}/deshacer")
    look(page)
    page.get_by_label("Por qué se deshace").fill("Libro equivocado")
    page.get_by_label("DESHACER").fill("DESHACER")
    page.get_by_role("button", name="Deshacer la importación").click()
    assert "se deshizo" in page.inner_text(".notice")
    page.goto(f"{SAN_ANTERO}/compromisos")
    assert "Pedir la ruta" not in page.inner_text("main")
