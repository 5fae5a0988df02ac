"""Claims against a roll through the pages alone: a person asks, is not found, claims, and reads the decision; the
committee decides beside what the register says, and cannot freeze before it has."""

import datetime
import re

import pytest

from server import Installation, today

ALLIANCE = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"


DAY = today() + datetime.timedelta(days=40)


@pytest.fixture(scope="module")
def server():
    """A server of this journey's own, since its clock goes forward."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    assert made.process.poll() is None, f"the server ended: {made.output()}"
    made.remove()


def ask(page, board, document, birth_date):
    """Asks the published roll about somebody."""
    page.goto(board)
    page.get_by_label("Número de documento").fill(document)
    page.get_by_label("Fecha de nacimiento").fill(birth_date)
    page.get_by_role("button", name="Consultar").click()
    return page.inner_text("h1")


def problems(page):
    """What the summary of a refused form says, each with whether the place that it leads to is in sight."""
    return [(link.inner_text(), page.locator(link.get_attribute("href")).is_visible())
            for link in page.locator(".problem-summary li a").all()]


def own_alliance(enter, look):
    """What a member is told of the election on the page that is theirs, which is where they begin."""
    page = enter("asociada")
    page.goto("/o/mutual-ser")
    assert page.inner_text("h1") == "Mi alianza"
    look(page, "mi-alianza", width=360)
    told = page.inner_text("main")
    assert "Usted es de la alianza desde" in told and "CC 1.999.999.992" in told
    assert "Registre" not in told and "Adjunte" not in told
    # Every way from here is open to who may see the page.
    for link in page.locator("main a").all():
        assert page.request.get(link.get_attribute("href")).ok, link.get_attribute("href")
    page.context.clear_cookies()
    return told


def test_a_person_claims_and_reads_the_decision(enter, server, look):
    assert "No hay ninguna elección en curso" in own_alliance(enter, look)
    page = enter("oficina")
    page.goto(f"{ALLIANCE}/elecciones/nueva")
    page.get_by_label("Nombre").fill("Elección con reclamaciones")
    page.get_by_label("Comité organizador", exact=True).check()
    page.get_by_role("button", name="Preparar la elección").click()
    process = page.url
    page.get_by_role("link", name="Escoger el día").click()
    page.get_by_label("Día de la votación").fill(DAY.isoformat())
    page.get_by_label("Abre a las").fill("08:00")
    page.get_by_label("Cierra a las").fill("12:00")
    page.get_by_role("button", name="Calcular").click()

    # A date that departs from the bylaws says why.
    page.get_by_role("link", name="Mover la fecha de «Proclamación»").click()
    look(page)
    page.get_by_label("Cuándo").fill(page.evaluate(
        "new Date(Date.now() + 60 * 864e5).toISOString().slice(0, 10)") + "T10:00")
    page.get_by_role("button", name="Mover la fecha").click()
    assert "aparta" in page.inner_text(".problem-summary, .note-problem")
    page.get_by_label("Motivo").fill("La asamblea se reúne ese día.")
    page.get_by_role("button", name="Mover la fecha").click()
    assert "Se movió: La asamblea se reúne ese día." in page.inner_text("main")

    # The office invites a guarantor, whose letter is a PDF.
    page.goto(f"{process}/garantes/invitar")
    page.get_by_label("Nombre de la institución").fill("Personería Municipal de San Antero")
    page.get_by_role("button", name="Guardar la invitación").click()
    look(page, "garantes")
    letter = page.get_by_role("link", name="Carta de invitación").get_attribute("href")
    assert page.request.get(letter).body().startswith(b"%PDF-")

    page.context.clear_cookies()
    page = enter("comite")
    page.goto(f"{process}/convocatoria")
    page.get_by_label("¿Dónde se publica?").fill("cartelera")
    page.get_by_role("button", name="Publicar la convocatoria").click()
    page.get_by_role("button", name="Publicar el censo provisional").click()
    page.goto(f"{process}/censo")
    look(page)
    assert page.locator("table.data tbody tr").count() > 10
    surnames = [name.split()[0].lower() for name in page.locator("table.data tbody th").all_inner_texts()]
    plain = str.maketrans("áéíóúüñ", "aeiouun")
    assert [name.translate(plain) for name in surnames] == sorted(name.translate(plain) for name in surnames)
    # The office's form is that of the public page.
    page.goto(f"{process}/reclamaciones/nueva")
    look(page)
    page.get_by_role("link", name="Corregir el nombre").click()
    look(page)
    page.get_by_role("button", name="Registrar la reclamación").click()
    found = problems(page)
    assert len(found) == 6 and all(seen for _, seen in found), found
    assert page.get_by_label("Quién reclama").is_visible()
    page.goto(f"{process}/reclamaciones/nueva")
    page.get_by_role("link", name="de oficio").click()
    page.get_by_role("link", name="Excluir a una persona").click()
    assert page.get_by_label("Quién reclama").count() == 0
    page.goto(f"{process}/censo")
    board = page.get_by_role("link", name="Ver lo que está publicado").get_attribute("href")

    page.context.clear_cookies()
    told = own_alliance(enter, look)
    assert "Está en el censo provisional" in told and "Presentar una reclamación" in told
    assert "¿Cumplo los requisitos para votar?" in told

    # Anybody: the board is masked, and who is not there learns nothing of others.
    page.context.clear_cookies()
    page.goto(board)
    look(page)
    names = page.locator("table.data tbody th").all_inner_texts()
    assert names and all(re.fullmatch(r"(\w\*\*\*\s?)+", name.strip()) for name in names)
    assert ask(page, board, "98765432", "1981-05-06") == "No lo encontramos en el censo"
    look(page, "consultar-el-censo")
    page.get_by_role("link", name="Presentar una reclamación").click()
    look(page)
    # What is asked decides what has to be answered; all that lacks is told at once, where it can be mended.
    board_page = page.url
    for request, needed in (
        ("Que me incluyan en el censo", {"Número de documento", "Sus nombres", "Su fecha de", "¿Por qué?"}),
        ("Que corrijan mi nombre", {
            "Número de documento", "Sus nombres", "Su fecha de", "¿Por qué?", "Nombres correctos",
            "Apellidos correctos"}),
        ("Que corrijan mi municipio", {
            "Número de documento", "Sus nombres", "Su fecha de", "¿Por qué?", "Municipio correcto"}),
        ("Que corrijan mi documento", {
            "Número de documento", "Sus nombres", "Su fecha de", "¿Por qué?", "Número correcto"}),
        ("Que excluyan a una persona", {
            "Número de documento", "Nombres y apellidos de la persona", "Su nombre", "¿Por qué?"}),
    ):
        page.goto(board_page)
        page.get_by_role("link", name=request).click()
        look(page)
        page.get_by_role("button", name="Presentar la reclamación").click()
        look(page)
        found = problems(page)
        assert len(found) == len(needed) and all(seen for _, seen in found), found
        for label in needed:
            assert any(text.startswith(label) for text, _ in found), (label, found)
        # Nothing that is demanded says that it may be left.
        assert page.locator(".is-refused .optional").count() == 0
    page.goto(board_page)
    page.get_by_role("link", name="Que me incluyan").click()
    page.get_by_label("Número de documento").fill("98765432")
    page.get_by_label("Nombres y apellidos").fill("Rosa Prueba Díaz")
    page.get_by_label("fecha de nacimiento").fill("1981-05-06")
    page.get_by_label("¿Por qué?").fill("Me inscribí en la sede y no aparezco.")
    page.get_by_role("button", name="Presentar la reclamación").click()
    assert page.inner_text(".figure-number") == "1"
    look(page)
    code = page.inner_text(".seal").strip()

    def follow_claim():
        page.goto(f"{board}/reclamacion")
        look(page)
        page.get_by_label("Código de la reclamación").fill(code.upper().replace("-", " "))
        page.get_by_role("button", name="Consultar").click()
        look(page)
        return page.inner_text("main")

    assert "Por decidir" in follow_claim()
    assert ask(page, board, "98765432", "1981-05-06") == "Su reclamación"
    assert ask(page, board, "98765432", "1981-05-07") == "No lo encontramos en el censo"

    # The committee cannot freeze before it has decided.
    page = enter("comite")
    page.goto(f"{process}/censo-definitivo")
    assert "Falta decidir la reclamación 1" in page.inner_text("main")
    page.get_by_role("link", name="Ir a las reclamaciones").click()
    look(page)
    page.get_by_role("link", name="N.º 1").click()
    look(page, "decidir-una-reclamacion")
    assert "Nadie del padrón tiene ese documento" in page.inner_text("main")
    page.get_by_label("Aceptarla").check()
    page.get_by_label("Razones").fill("Se probó.")
    page.get_by_role("button", name="Decidir la reclamación").click()
    assert "no hay a quién incluir" in page.inner_text("main")
    page.get_by_label("Negarla").check()
    page.get_by_label("Razones").fill("No es afiliada; puede pedir su ingreso en la oficina.")
    page.get_by_role("button", name="Decidir la reclamación").click()
    # The announced time for claims passes first.
    page.goto(f"{process}/censo-definitivo")
    assert "Las reclamaciones se reciben hasta" in page.inner_text("main")
    server.run("demo", "clock", "--to", f"{DAY - datetime.timedelta(days=1)}T09:00")
    page.context.clear_cookies()
    page = enter("comite")
    page.goto(f"{process}/censo-definitivo")
    page.get_by_label("Escriba la palabra").fill("CONGELAR")
    page.get_by_role("button", name="Congelar el censo").click()
    page.context.clear_cookies()
    told = own_alliance(enter, look)
    assert "Está en el censo definitivo: puede votar" in told and "Se vota" in told
    page = enter("comite")

    # The vote is put off; chronology and calendar tell it.
    page.goto(f"{process}/cronologia")
    look(page)
    page.get_by_role("link", name="Aplazar la votación").click()
    look(page)
    page.get_by_label("La votación abre el").fill(f"{DAY + datetime.timedelta(days=10)}T09:00")
    page.get_by_label("Motivo").fill("Alerta por lluvias.")
    page.get_by_role("button", name="Aplazar la votación").click()
    told = page.inner_text("table.data tbody")
    assert "Se aplazó la votación" in told and "Alerta por lluvias." in told
    assert "Se decidió una reclamación" in told and "Se congeló el censo" in told

    page.context.clear_cookies()
    assert ask(page, board, "98765432", "1981-05-06") == "Su reclamación"
    assert "puede pedir su ingreso" in page.inner_text("main")
    # The receipt tells that it was decided, and not why.
    followed = follow_claim()
    assert "Negada" in followed and "puede pedir su ingreso" not in followed
    page.goto(board)
    assert re.fullmatch("[0-9a-f]{5} [0-9a-f]{5}", page.inner_text(".seal").strip())
