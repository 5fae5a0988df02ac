"""Complaints from the first word to the check of what was corrected, by an office, a board, a member and anybody;
improvement opportunities; documents, deliveries and the copy of everything."""

import hashlib
import json
import re
import zipfile
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from server import today, wait_until

OFFICE = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"
PUBLIC = "/publico/mutual-ser/alianza-de-usuarios-de-san-antero"
CLINIC = "/o/clinica-del-litoral/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"


def paper(name):
    """A proof, as a browser sends it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


def tell(page, account, kind="Reclamo en salud"):
    """Fills in what happened."""
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Sobre qué").select_option("medicines")
    page.get_by_label("De qué entidad").fill("Mutual SER EPS")
    page.get_by_label("Qué pasó", exact=True).fill(account)


def test_clinical_data_are_stopped_with_an_explanation(enter, look):
    page = enter("oficina")
    page.goto(f"{OFFICE}/quejas")
    look(page)
    assert "Quejas y mejoras" in page.inner_text(".tabs")
    page.get_by_role("link", name="Radicar una queja").first.click()
    look(page)
    tell(page, "Tengo diabetes (E11.9), mi cédula es 1.067.890.123 y no me entregan nada")
    page.get_by_label("Cómo llegó").select_option("in_person")
    page.get_by_role("button", name="Radicar la queja").click()
    refusal = page.inner_text(".problem-summary")
    for fragment in ("«diabetes» es un dato de salud", "E11.9", "1.067.890.123"):
        assert fragment in refusal, refusal
    look(page, "dato-de-salud-en-una-queja")
    # What was typed is there to be put right.
    page.get_by_label("Qué pasó", exact=True).fill("No me entregan el medicamento hace un mes")
    page.get_by_role("button", name="Radicar la queja").click()
    assert re.search(rf"Q-{today().year}-\d{{4}}", page.inner_text("h1"))
    look(page)


def test_a_complaint_goes_to_the_entity_and_the_alliance_checks(enter, look, page, browser, server):
    office = enter("oficina")
    office.goto(f"{OFFICE}/quejas/nueva")
    tell(office, "La farmacia cierra a las once y no atiende a quien llega de la vereda")
    office.get_by_label("Cómo llegó").select_option("phone")
    office.get_by_label("La persona autoriza", exact=False).check()
    office.get_by_label("Por teléfono", exact=True).check()
    office.fill("[name=name]", "Hermenegilda Inventada")
    office.get_by_role("button", name="Radicar la queja").click()
    number = re.search(r"Q-\d{4}-\d{4}", office.inner_text("h1"))[0]
    code = office.inner_text(".seal code")
    office.get_by_role("link", name="Abrir la queja").click()
    complaint = office.url
    look(office, "queja")
    # Nobody is named on the page: who it is takes a purpose, and stays in the log.
    assert "Hermenegilda" not in office.inner_text("main")
    office.get_by_role("link", name="Ver quién la presentó").click()
    look(office)
    office.get_by_label("Para qué").fill("Avisarle la respuesta por teléfono")
    office.get_by_role("button", name="Ver quién la presentó").click()
    assert "Hermenegilda Inventada" in office.inner_text("main")
    look(office)
    office.goto("/o/mutual-ser/registro")
    assert "Hermenegilda" not in office.inner_text("main")

    letter = office.request.get(f"{complaint}/oficio")
    assert letter.headers["content-type"] == "application/pdf" and letter.body().startswith(b"%PDF-")

    office.goto(f"{complaint}/traslado")
    look(office)
    assert "72 horas" in office.inner_text("main") and "Sin confirmar" in office.inner_text("main")
    office.get_by_label("A quién se trasladó").fill("Oficina de atención al usuario")
    office.get_by_role("button", name="Trasladar a la entidad").click()
    assert "Falta la prueba" in office.inner_text(".problem-summary")
    office.get_by_label("Radicado que dio la entidad").fill("PQRD-900")
    office.get_by_label("La prueba").set_input_files(paper("recibido.pdf"))
    office.get_by_role("button", name="Trasladar a la entidad").click()
    text = office.inner_text("main")
    assert "plazo sin confirmar" in text.lower() and "PQRD-900" in text
    # The entity runs no clock against itself: what would give it time, or end the matter, is the board's.
    for task in ("traslado", "cierre", "reapertura"):
        assert office.goto(f"{complaint}/{task}").status in (409, 422), task
    office.goto(f"{complaint}/clasificacion")
    look(office)
    assert "Bajarlo le corresponde a la junta" in office.inner_text("main")
    office.get_by_role("radio", name="Queja", exact=True).check()
    office.get_by_label("Por qué cambia").fill("No parece un reclamo en salud")
    office.get_by_role("button", name="Clasificar de nuevo").click()
    expect(office.locator("main")).to_contain_text("Usted puede anotar un seguimiento")
    office.goto(complaint)
    office.get_by_role("link", name="Anotar la respuesta").click()
    look(office)
    office.get_by_label("Qué respondió").fill("Ampliaron el horario de la farmacia")
    office.get_by_role("button", name="Anotar la respuesta").click()
    # The entity does not check itself.
    assert office.get_by_role("link", name="Verificar la corrección").count() == 0
    assert office.goto(f"{complaint}/verificacion").status == 403

    # Whoever has the code follows it.
    anybody = browser.new_context(base_url=server.url).new_page()
    anybody.goto(f"{PUBLIC}/quejas/seguir")
    look(anybody)
    anybody.get_by_label("Código de la queja").fill(code)
    anybody.get_by_role("button", name="Consultar").click()
    assert number in anybody.inner_text("h1") and "La entidad respondió" in anybody.inner_text("main")
    look(anybody)
    # And takes their name back by it.
    anybody.get_by_role("link", name="Borrar mi nombre de una queja").click()
    look(anybody)
    anybody.get_by_label("Código de la queja").fill(code)
    anybody.get_by_label("Escriba la palabra").fill("BORRAR")
    anybody.get_by_role("button", name="Borrar el nombre").click()
    assert "Ya no se guarda su nombre" in anybody.inner_text(".notice")
    anybody.context.close()
    office.goto(complaint)
    assert "pidió borrar su nombre" in office.inner_text("main")
    assert office.get_by_role("link", name="Ver quién la presentó").count() == 0
    assert office.goto(f"{complaint}/borrar-identidad").status == 404

    page.context.clear_cookies()
    board = enter("junta")
    board.goto("/o/mutual-ser/pendientes")
    assert "Verificar" in board.inner_text("main")
    board.goto(f"{complaint}/analisis")
    board.get_by_label("Qué piensa la junta").fill("Conviene pedir el horario por escrito")
    board.get_by_role("button", name="Escribir un análisis").click()
    assert "Solo la junta" in board.inner_text("main")
    board.get_by_role("link", name="Verificar la corrección").click()
    look(board)
    board.get_by_role("radio", name="No se corrigió").check()
    board.get_by_label("Cómo se verificó").fill("Se pasó por la farmacia a las doce y estaba cerrada")
    board.get_by_role("button", name="Verificar la corrección").click()
    assert "Reabierta" in board.inner_text("main")
    look(board)


def test_a_member_files_their_own_and_anybody_without_a_name(enter, look, browser, server):
    member = enter("asociada")
    member.goto(f"{OFFICE}/mis-quejas")
    look(member)
    member.get_by_role("link", name="Presentar una queja").first.click()
    look(member, "presentar-una-queja", width=360)
    tell(member, "Nadie contesta la línea de atención", kind="Queja")
    member.get_by_role("button", name="Presentar la queja").click()
    assert "quedó radicada" in member.inner_text(".notice")
    assert "Nadie contesta la línea" in member.inner_text("main")
    look(member)
    # Their name is kept where they say so, and until they say otherwise.
    member.get_by_role("link", name="Presentar una queja").first.click()
    tell(member, "La sala de espera no tiene sillas", kind="Queja")
    member.check("[name=authorises]")
    member.fill("[name=name]", "Carmelina Inventada")
    member.get_by_role("button", name="Presentar la queja").click()
    member.get_by_role("link", name="Borrar mi nombre").click()
    look(member)
    member.get_by_label("Escriba la palabra").fill("BORRAR")
    member.get_by_role("button", name="Borrar el nombre").click()
    assert "Ya no se guarda su nombre" in member.inner_text(".notice")
    assert "Pidió borrar su nombre" in member.inner_text("main")
    assert member.get_by_role("link", name="Borrar mi nombre").count() == 0
    # The list of the alliance is not theirs.
    assert member.goto(f"{OFFICE}/quejas").status == 403

    anybody = browser.new_context(base_url=server.url).new_page()
    anybody.goto(f"{PUBLIC}/quejas")
    look(anybody)
    tell(anybody, "El ascensor de la sede lleva un mes dañado", kind="Queja")
    anybody.fill("[name=name]", "Alguien")
    anybody.get_by_role("button", name="Presentar la queja").click()
    assert "Sin autorización no se guarda el nombre" in anybody.inner_text(".problem-summary")
    anybody.fill("[name=name]", "")
    anybody.get_by_role("button", name="Presentar la queja").click()
    assert "Guarde este código" in anybody.inner_text("main")
    look(anybody)
    anybody.context.close()


def test_terms_are_confirmed_with_their_norm_and_the_month_is_told(enter, look):
    page = enter("oficina")
    page.goto("/o/mutual-ser/plazos-de-quejas")
    look(page, "plazos-de-quejas")
    assert page.inner_text("main").count("Sin confirmar") >= 6
    page.get_by_role("link", name="Reclamo en salud, riesgo vital").click()
    look(page)
    page.get_by_label("Norma o procedimiento").fill("Procedimiento PQRD-02, versión 3")
    page.get_by_role("button", name="Confirmar el plazo").click()
    assert "Confirmado por la entidad" in page.inner_text("main")
    page.goto("/o/mutual-ser/plazos-de-quejas/health_claim/vital/retirar")
    look(page)
    page.get_by_label("Por qué deja de contar").fill("La versión 3 fue derogada")
    page.get_by_role("button", name="Retirar la confirmación").click()
    assert "Confirmado por la entidad" not in page.inner_text("main")
    page.goto(f"{OFFICE}/quejas/resumen")
    look(page)
    assert "reservado" in page.inner_text("main")


def test_an_improvement_is_done_with_its_evidence(enter, look):
    page = enter("clinica")
    page.goto(f"{CLINIC}/mejoras")
    look(page, "oportunidades-de-mejora")
    page.get_by_role("link", name="Poner sillas").click()
    look(page)
    page.get_by_role("link", name="Anotar que se ejecutó").click()
    look(page)
    page.get_by_label("Qué se hizo").fill("Se instalaron doce sillas")
    page.get_by_role("button", name="Anotar que se ejecutó").click()
    assert "Adjunte la evidencia" in page.inner_text(".note-problem, .problem-summary")
    page.get_by_label("La evidencia").set_input_files(paper("sillas.pdf"))
    page.get_by_label("Qué se hizo").fill("Se instalaron doce sillas")
    page.get_by_role("button", name="Anotar que se ejecutó").click()
    assert "Ejecutada" in page.inner_text("main")
    page.goto(f"{CLINIC}/mejoras/nueva")
    look(page)
    year = today().year if (today() - timedelta(days=20)).year == today().year else today().year - 1
    page.goto(f"{CLINIC}/mejoras/informe/{year}")
    look(page)
    assert page.request.get(f"{CLINIC}/mejoras/informe/{year}/pdf").body().startswith(b"%PDF-")


def test_documents_are_handed_over_with_their_digests_and_the_alliance_takes_its_copy(enter, look, server, tmp_path):
    page = enter("junta")
    page.goto(f"{OFFICE}/documentos")
    look(page, "documentos")
    assert "Qué falta" in page.inner_text("main")
    page.get_by_role("link", name="Anotar una entrega").first.click()
    look(page)
    page.get_by_label("A qué oficina").fill("Oficina de participación social")
    page.get_by_label("En papel", exact=True).check()
    box = page.locator("[name=documents]").first
    if box.count():
        box.check()
    page.fill("[name=paper-1]", "Libro de asistencia")
    page.fill("[name=sheets-1]", "40")
    page.get_by_role("button", name="Anotar la entrega").click()
    text = page.inner_text("main")
    assert "Libro de asistencia" in text and "Sin recibo" in text
    look(page, "entrega-en-custodia")
    delivery = page.url
    assert page.request.get(f"{delivery}/indice").body().startswith(b"%PDF-")
    page.goto(f"{delivery}/recibo")
    look(page)
    page.get_by_label("Quién firmó").fill("Coordinación de participación")
    page.get_by_label("El recibo firmado").set_input_files(paper("recibo.pdf"))
    page.get_by_role("button", name="Adjuntar el recibo").click()
    assert "Con recibo firmado" in page.inner_text("main")

    page.goto(f"{OFFICE}/documentos/copias")
    assert "Las elecciones en curso" in page.inner_text("main")
    look(page)
    page.get_by_role("button", name="Pedir una copia").click()

    def ready():
        page.goto(f"{OFFICE}/documentos/copias")
        return page.get_by_role("button", name="Descargar").count() == 1

    wait_until(ready, "the copy")
    look(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Descargar").click()
    archive = tmp_path / "copia.zip"
    download.value.save_as(archive)
    content = zipfile.ZipFile(archive)
    assert content.testzip() is None
    manifest = json.loads(content.read("manifiesto.json"))
    for entry in manifest["entradas"]:
        assert hashlib.sha256(content.read(entry["ruta"])).hexdigest() == entry["sha256"], entry
    for line in content.read("SUMAS-SHA256.txt").decode().splitlines():
        digest, path = line.split("  ", 1)
        assert hashlib.sha256(content.read(path)).hexdigest() == digest
    names = content.namelist()
    assert "LEAME.txt" in names and "datos/governance.complaints.json" in names
    # What nobody may know yet, or was told for one thing alone, is not in it, and the copy says why.
    for kept in ("complainants", "elections.claims", "poll_sheets", "confidential_files"):
        assert not any(kept in name for name in names), kept
    explained = content.read("LEAME.txt").decode()
    assert "QUÉ NO TIENE, Y POR QUÉ" in explained and "elections.draw_announcements (secret)" in explained
    assert json.loads(content.read("datos/governance.complaints.json"))

    # It is checked without a server, and a byte that was changed is told.
    checked = server.run("audit", "verify", "--archive", str(archive))
    assert "está completa" in checked.stdout
    forged = tmp_path / "falsa.zip"
    with zipfile.ZipFile(forged, "w", zipfile.ZIP_STORED) as other:
        for name in names:
            data = content.read(name)
            if name == "datos/governance.complaints.json":
                data = data.replace(b"farmacia", b"clinicaa")
            if name.startswith("cadena/") and manifest["alianza"] in name:
                data = data.replace(b"governance.complaint.filed", b"governance.complaint.filex", 1)
            other.writestr(name, data)
    found = server.run("audit", "verify", "--archive", str(forged), check=False)
    assert found.returncode == 1
    assert "governance.complaints.json» fue cambiado" in found.stdout and "no se sostiene" in found.stdout

    # The office has no copy to take.
    page.context.clear_cookies()
    office = enter("oficina")
    assert office.goto(f"{OFFICE}/documentos/copias").status == 403
    office.goto(f"{OFFICE}/documentos")
    assert office.get_by_role("link", name="Copia completa").count() == 0


def test_a_complaint_sent_twice_keeps_its_code(browser, server):
    """Without scripts a double tap sends the form twice, and the second answer is the one that is seen."""
    def send(page, fields):
        return page.request.post(f"{server.url}{PUBLIC}/quejas", form=fields, headers={"Origin": server.url})

    def code(answer):
        return re.search(r"<code>([0-9a-z-]{23})</code>", answer.text())[1]

    page = browser.new_context(base_url=server.url).new_page()
    page.goto(f"{PUBLIC}/quejas")
    tell(page, "No contestan el teléfono de citas")
    fields = page.evaluate("Object.fromEntries(new FormData(document.querySelector('main form[method=post]')))")
    first, second = send(page, fields), send(page, fields)
    assert first.ok and second.ok
    assert code(first) == code(second)
    number = re.compile(r"Q-\d{4}-\d{4}")
    assert number.search(first.text())[0] == number.search(second.text())[0]
    # Another browser that learnt the key of the form learns no code by it.
    stranger = browser.new_context(base_url=server.url).new_page()
    stranger.goto(f"{PUBLIC}/quejas")
    own = stranger.evaluate("Object.fromEntries(new FormData(document.querySelector('main form[method=post]')))")
    answer = send(stranger, {**fields, "_ficha": own["_ficha"]})
    assert answer.status == 409 and "<code>" not in answer.text()
