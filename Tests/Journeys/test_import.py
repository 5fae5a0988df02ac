"""A file of affiliates through the pages: sent, checked, looked at, confirmed, and undone."""

import csv
import io
import re

import pytest

AFFILIATES = "/o/mutual-ser/afiliados"
header = (
    "tipo_documento;numero_documento;primer_apellido;segundo_apellido;primer_nombre;segundo_nombre;"
    "fecha_nacimiento;sexo;codigo_municipio;regimen;estado_afiliacion;telefono;correo;eps"
)


def person(number, state="AC", municipality="23672"):
    """A row of somebody who does not exist."""
    return f"CC;{number};Zuluaga;Plaza;Edelmira;;02/01/1980;F;{municipality};S;{state};3000000000;;ESS207"


def send(page, *rows, name="padron.csv"):
    """Sends a file and waits until it was checked."""
    page.goto(f"{AFFILIATES}/importar")
    content = "\r\n".join([header, *rows, ""]).encode("cp1252")
    page.get_by_label("Archivo").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Subir y revisar").click()
    page.wait_for_url("**/importaciones/*")
    page.wait_for_selector("h1:text-matches('Revise antes|se detuvo')", timeout=60_000)


def figures(page):
    """The counts that a page leads with, by their words."""
    return {
        words: int(number.replace(".", ""))
        for number, words in (
            item.split("\n") for item in page.locator(".figures li").all_inner_texts())
    }


def test_a_file_is_sent_looked_at_confirmed_and_undone(enter, look):
    page = enter("oficina")
    page.goto("/o/mutual-ser")
    page.get_by_role("link", name="Afiliados").click()
    look(page)
    page.get_by_role("link", name="Importar archivo").click()
    page.get_by_role("button", name="Subir y revisar").click()
    assert "Elija un archivo" in page.inner_text(".problem-summary")
    look(page)

    # What the file would do is shown first, and is still there after a reload.
    send(page, person(71000001), person("7100000X"), person(71000003, municipality="5001"), person(71000004))
    for _ in range(2):
        assert figures(page) == {"leídas": 4, "nuevas": 2, "con cambios": 0, "iguales": 0, "rechazadas": 2}
        assert "Windows-1252" not in page.inner_text(".note") if page.locator(".note").count() else True
        assert "05001" in page.inner_text("#rechazadas")
        page.reload()
    look(page, "revisar-el-padron")
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar todas").click()
    report = download.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(report), delimiter=";"))
    assert [(row["linea"], row["columna"]) for row in rows] == [
        ("3", "numero_documento"), ("4", "codigo_municipio")]

    # Nothing is in the register before somebody confirms.
    preview = page.url
    page.goto(f"{AFFILIATES}?q=71000001")
    assert page.locator("table.data tbody tr").count() == 0
    page.goto(preview)
    page.get_by_role("button", name="Importar el archivo").click()
    page.wait_for_selector("h1:text('Importación terminada')", timeout=60_000)
    assert figures(page)["nuevas"] == 2
    look(page)
    page.goto(f"{AFFILIATES}?q=zuluaga+plaza+edelmira")
    assert page.locator("table.data tbody tr").count() == 2

    # The same again changes nothing; another file says who would change and how.
    send(page, person(71000001), person(71000004))
    assert figures(page) == {"leídas": 2, "nuevas": 0, "con cambios": 0, "iguales": 2, "rechazadas": 0}
    page.get_by_role("button", name="Descartar").click()
    page.wait_for_selector("table.data")
    assert "Descartado" in page.inner_text("table.data tbody tr >> nth=0")

    send(page, person(71000001, state="SU"), name="cambios.csv")
    assert figures(page)["con cambios"] == 1
    assert "decía «activa», dice «suspendida»" in page.inner_text("main")
    look(page)
    page.get_by_role("button", name="Importar el archivo").click()
    page.wait_for_selector("h1:text('Importación terminada')", timeout=60_000)
    imported = page.url
    page.goto(f"{AFFILIATES}?q=71000001&estado=suspendidos")
    page.locator("table.data tbody a").click()
    assert "decía «activa», dice «suspendida»" in page.inner_text(".dossier")
    look(page)

    # Undone, the register says what it said.
    page.goto(f"{AFFILIATES}/importaciones")
    look(page)
    page.get_by_role("link", name="padron.csv").last.click()
    assert page.get_by_role("link", name="Deshacer").count() == 0
    assert "hubo otra" in page.inner_text("main")
    page.goto(imported)
    page.get_by_role("link", name="Deshacer").click()
    look(page)
    page.get_by_role("textbox", name="DESHACER").fill("no")
    page.get_by_role("button", name="Deshacer").click()
    assert page.locator(".problem-summary").count() == 1
    page.get_by_role("textbox", name="DESHACER").fill("deshacer")
    page.get_by_role("button", name="Deshacer").click()
    page.wait_for_selector("h1:text('Importación deshecha')", timeout=60_000)
    page.goto(f"{AFFILIATES}?q=71000001&estado=activos")
    assert page.locator("table.data tbody tr").count() == 1


def test_files_that_cannot_be_read_say_why_and_a_server_without_scripts_shows_the_same(enter, browser, server):
    page = enter("oficina")
    page.goto(f"{AFFILIATES}/importar")
    page.get_by_label("Archivo").set_input_files(
        {"name": "libro.csv", "mimeType": "text/csv", "buffer": b"PK\x03\x04" + bytes(200)})
    page.get_by_role("button", name="Subir y revisar").click()
    page.wait_for_selector("h1:text('se detuvo')", timeout=60_000)
    assert "libro de cálculo" in page.inner_text("main")
    page.get_by_role("button", name="Descartar").click()
    page.wait_for_selector("table.data")

    # The same session in a browser without scripts.
    plain = browser.new_context(base_url=server.url, java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    visitor = plain.new_page()
    visitor.goto(f"{AFFILIATES}/importar")
    visitor.get_by_label("Archivo").set_input_files(
        {"name": "sin-guiones.csv", "mimeType": "text/csv",
         "buffer": f"{header}\n{person(71000009)}\n".encode()})
    visitor.get_by_role("button", name="Subir y revisar").click()
    visitor.wait_for_selector("h1:text('Revise antes')", timeout=60_000)
    visitor.get_by_role("button", name="Descartar").click()
    assert "quedó descartado" in visitor.inner_text(".notice")
    plain.close()


@pytest.mark.parametrize("name", ["junta", "personeria"])
def test_nobody_else_imports(enter, name):
    page = enter(name)
    for place in ("importar", "importaciones"):
        assert page.goto(f"{AFFILIATES}/{place}").status in (403, 404)


def test_the_register_is_had_as_a_file(enter):
    page = enter("oficina")
    page.goto(AFFILIATES)
    total = int(re.search(r"de ([\d.]+)", page.inner_text(".list-count")).group(1).replace(".", ""))
    answer = page.request.get(f"{AFFILIATES}?formato=csv")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == total and [row["Nombre"] for row in rows][:50] == page.locator(
        "table.data tbody th").all_inner_texts()
