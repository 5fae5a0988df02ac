"""An election of San Antero through the pages alone, as far as they go: from the members to the frozen roll."""

import hashlib
import re

ALLIANCE = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"


def test_from_the_members_to_the_frozen_roll(enter, look):
    page = enter("oficina")
    look(page)

    # Whom the register does not have is told by the line, and what was typed is kept.
    page.goto(f"{ALLIANCE}/asociados/inscribir")
    page.get_by_label("Documentos").fill("CC 99999999\nCC 12A")
    page.get_by_label("En papel").check()
    page.get_by_role("button", name="Inscribir").click()
    assert "Línea 2" in page.inner_text(".problem-summary")
    assert page.get_by_label("Documentos").input_value().startswith("CC 99999999")
    page.get_by_label("Documentos").fill("CC 99999999")
    page.get_by_role("button", name="Inscribir").click()
    assert "no está en el padrón" in page.inner_text("main")

    page.goto(f"{ALLIANCE}/asociados")
    look(page, "asociados")
    total = int(re.search(r"de (\d+)", page.inner_text(".list-count")).group(1))
    assert total > 50
    page.locator("table.data tbody a").first.click()
    look(page, "requisitos-de-una-persona")
    assert page.locator("ul.dossier > li").count() >= 6

    page.goto(f"{ALLIANCE}/gobierno")
    look(page, "gobierno")
    assert page.locator("text=Vacante").count() >= 5

    page.goto(f"{ALLIANCE}/elecciones")
    page.get_by_role("link", name="Preparar").first.click()
    page.get_by_label("Nombre").fill("Elección del comité organizador")
    page.get_by_label("Comité organizador", exact=True).check()
    page.get_by_role("button", name="Preparar la elección").click()
    process = page.url
    page.get_by_role("link", name="Escoger el día").click()
    page.get_by_label("Día de la votación").fill(page.evaluate(
        "new Date(Date.now() + 60 * 864e5).toISOString().slice(0, 10)"))
    page.get_by_label("Abre a las").fill("12:00")
    page.get_by_label("Cierra a las").fill("08:00")
    page.get_by_role("button", name="Calcular").click()
    assert "cierra antes de abrir" in page.inner_text(".problem-summary")
    page.get_by_label("Abre a las").fill("08:00")
    page.get_by_label("Cierra a las").fill("12:00")
    page.get_by_role("button", name="Calcular").click()
    assert "Cuociente" in page.inner_text("main")
    look(page)
    page.get_by_role("link", name="Mesas").click()
    look(page)
    page.get_by_role("link", name="Agregar la primera mesa").click()
    page.get_by_label("Lugar").fill("Institución Educativa Julio C. Miranda")
    page.get_by_label("Dirección").fill("Calle 15 # 10-22")
    page.get_by_role("button", name="Agregar la mesa").click()
    assert "Votan aquí todos los del censo" in page.inner_text("main")
    look(page)
    page.goto(process)
    # The office prepares; it does not run.
    assert page.get_by_role("link", name="Publicar la convocatoria").count() == 0

    page.context.clear_cookies()
    page = enter("comite")
    page.goto(process)
    page.get_by_role("link", name="Publicar la convocatoria").click()
    page.get_by_label("¿Dónde se publica?").fill("cartelera, emisora")
    page.get_by_role("button", name="Publicar la convocatoria").click()
    assert "CONVOCATORIA" in page.inner_text(".call")
    page.get_by_role("button", name="Publicar el censo provisional").click()
    look(page)
    page.get_by_role("link", name="Congelar el censo").click()
    # While claims are taken nothing freezes the roll: nobody loses the days that were announced.
    assert "Las reclamaciones se reciben hasta" in page.inner_text("main")
    assert page.get_by_role("button", name="Congelar el censo").count() == 0
    look(page)


def test_a_member_is_not_shown_what_preparing_an_election_shows(enter):
    page = enter("oficina")
    page.goto(f"{ALLIANCE}/elecciones/nueva")
    page.get_by_label("Nombre").fill("Elección del comité para ver")
    page.get_by_label("Comité organizador", exact=True).check()
    page.get_by_role("button", name="Preparar la elección").click()
    process = page.url
    assert page.goto(f"{process}/votaciones/nueva").status == 200
    page.context.clear_cookies()
    enter("asociada")
    assert page.goto(process).status == 200
    assert page.goto(f"{process}/votaciones/nueva").status == 403


def test_anybody_reads_a_call_and_tells_that_it_is_the_one(page, look):
    alliance = "/publico/clinica-del-litoral/asociacion-de-usuarios-de-la-clinica-del-litoral"
    page.goto(alliance)
    page.get_by_role("link", name="Convocatoria: Elección de la junta de la asociación").click()
    assert "Convocatoria: Elección de la junta" in page.title()
    look(page)
    text = page.inner_text(".call")
    for words in ("Se elige", "Qué se pide a quien vota", "Calendario", "Publica:"):
        assert words in text, words
    # The file is, byte for byte, what was published, and every word of it stands on the page.
    file = page.request.get(page.get_by_role("link", name="Descargar el archivo").get_attribute("href")).body()
    assert hashlib.sha256(file).hexdigest() == page.inner_text(".digest")
    said = re.sub(r"\s+", " ", page.inner_text("main"))
    for line in file.decode().splitlines():
        words = re.sub(r"^(- |\d+\. )|:$", "", line).strip()
        assert line == "CONVOCATORIA" or re.sub(r"\s+", " ", words) in said, line
    page.get_by_role("link", name="Verificar esta huella").click()
    assert "Publicado aquí" in page.inner_text("main")
    page.get_by_role("link", name="Abrir el documento").click()
    assert page.locator(".call").count() == 1
