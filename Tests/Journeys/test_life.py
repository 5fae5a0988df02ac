"""The life of an alliance through the pages: seats and vacancies, the handover between boards, the file of the alliance and
its renewal, a reform of the bylaws, and what representatives do outside."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from server import Installation, today

CLINIC = "/o/clinica-del-litoral/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"
BOGOTA = "/o/aliansalud/alianzas/alianza-de-usuarios-de-bogota"
SAN_ANTERO = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own: boards change in it."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    made.remove()


def day(offset):
    """A day from today, as date fields take it."""
    return (today() + timedelta(days=offset)).isoformat()


def paper(name):
    """A signed paper, as a browser sends it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def refused(page):
    """What the summary above a refused form says."""
    return page.inner_text(".problem-summary")


def row(page, seat):
    """The row of a seat on the board of a body."""
    return page.locator("#puestos tbody tr").filter(has=page.locator("td", has_text=re.compile(f"^\\s*{seat}\\s*$")))


def body_of(page, alliance, name):
    """Opens the page of a body."""
    page.goto(f"{alliance}/gobierno")
    page.get_by_role("link", name=f"historial y actos de «{name}»").click()
    return page.url


def test_a_vacancy_calls_the_next_in_order_with_its_minutes(enter, look):
    page = enter("aliansalud")
    body_of(page, BOGOTA, "Junta directiva")
    look(page)
    presidency = row(page, "Presidencia").inner_text()
    alternate = row(page, "Presidencia").locator("td").nth(6).inner_text().strip()
    assert alternate and "Lo elige la alianza" in presidency
    assert "(vacante)" in row(page, "Vocalía").inner_text()

    seat = page.locator("#detalle li").filter(has=page.get_by_role("heading", name="Presidencia", exact=True))
    seat.get_by_role("link", name="Terminar el período").click()
    look(page)
    # Who is next is proposed, and is called by minutes alone.
    assert page.is_checked("[name=calls_next]")
    page.fill("[name=day]", day(-2))
    page.get_by_label("Motivo").select_option(label="Renuncia")
    send(page, "Terminar el período")
    assert "Diga de qué papel consta" in refused(page)
    page.get_by_label("Acta o documento en que consta").fill("Acta 12 de la junta")
    page.set_input_files("[name=scan]", paper("acta-12.pdf"))
    send(page, "Terminar el período")
    assert "quien sigue en orden ocupa el puesto" in page.inner_text(".notice")
    assert alternate in row(page, "Presidencia").locator("td").nth(1).inner_text()
    assert "Suplente llamado" in row(page, "Presidencia").inner_text()
    seat = page.locator("#detalle li").filter(has=page.get_by_role("heading", name="Presidencia", exact=True))
    seat.get_by_text("Anteriores").click()
    address = seat.get_by_role("link", name="Acta de vacancia (PDF)").first.get_attribute("href")
    answer = page.request.get(address)
    assert answer.status == 200 and answer.body().startswith(b"%PDF")

    # The certificate of a day tells who sat then.
    certificate = page.get_by_role("link", name="Certificado de quién representaba").get_attribute("href")
    assert page.request.get(certificate).body().startswith(b"%PDF")

    # What falls due waits for the office by itself.
    page.goto("/o/aliansalud/pendientes")
    assert re.search(r"Convocar la elección de \d+ puesto", page.inner_text("main"))
    look(page)


def test_boards_hand_over_and_old_rights_end(enter, look):
    page = enter("clinica")
    page.goto(f"{CLINIC}/asociados")
    documents = [
        page.locator("table.data tbody tr").nth(number).locator("td").first.inner_text() for number in (6, 7)
    ]
    body = body_of(page, CLINIC, "Junta de la asociación")
    # Two seats change today.
    for title, document in zip(("Presidencia", "Secretaría"), documents):
        page.goto(body)
        seat = page.locator("#detalle li").filter(has=page.get_by_role("heading", name=title, exact=True))
        seat.get_by_role("link", name="Terminar el período").click()
        page.fill("[name=day]", day(-1))
        page.get_by_label("Motivo").select_option(label="Renuncia")
        send(page, "Terminar el período")
        seat = page.locator("#detalle li").filter(has=page.get_by_role("heading", name=title, exact=True))
        seat.get_by_role("link", name="Anotar quién lo ocupa").click()
        page.get_by_label("Quién lo ocupa").fill(document)
        page.get_by_label("Desde el").fill(day(0))
        page.get_by_label("Papel en que consta").fill("Acta 7 de la asamblea")
        send(page, "Anotar el período")

    page.get_by_role("link", name="Preparar la entrega").click()
    look(page)
    assert page.input_value("[name=changed_on]") == day(0)
    send(page, "Preparar la entrega")
    look(page, "entrega-entre-juntas")
    # Nothing is signed before each point is told of.
    page.get_by_label("Otra cosa que se entrega").fill("Sello de la asociación")
    send(page, "Guardar")
    assert "Sello de la asociación" in page.inner_text("main")
    for choice in page.locator("input[type=radio][value=delivered]").all():
        choice.check()
    page.locator("input[type=radio][value=missing]").last.check()
    send(page, "Guardar")
    assert "Diga por qué no se entrega" in refused(page)
    page.locator("[name^=note]").last.fill("Lo tiene la tesorería anterior")
    send(page, "Guardar")
    assert "ya se puede firmar" in page.inner_text(".notice")
    look(page)
    handover = page.url.split("#")[0]
    assert page.request.get(f"{handover}/acta").body().startswith(b"%PDF")

    page.get_by_role("link", name="Anotar que alguien no firma").click()
    look(page)
    page.locator("[name=signer]").first.check()
    page.get_by_label("Por qué no firma").fill("No se presentó")
    send(page, "Anotar")
    assert "No firma: No se presentó" in page.inner_text("#firmas")
    page.get_by_role("link", name="Adjuntar la hoja firmada en papel").click()
    look(page)
    for box in page.locator("[name=signers]").all():
        box.check()
    page.set_input_files("[name=scan]", paper("entrega.pdf"))
    send(page, "Guardar las firmas")
    assert "La entrega terminó" in page.inner_text(".notice")
    assert "Faltan accesos de quienes entraron" in page.inner_text("main")
    look(page)
    assert page.request.get(f"{handover}/acta").body().startswith(b"%PDF")
    page.goto(body)
    assert "Terminada" in page.inner_text("#entrega")


def test_an_alliance_lives_and_is_renewed(enter, look):
    page = enter("clinica")
    page.goto(f"{CLINIC}/gobierno")
    page.get_by_role("link", name="Vida de la alianza", exact=True).click()
    look(page)
    page.get_by_role("link", name="Registrar la convocatoria").click()
    look(page)
    page.get_by_label("Los mismos usuarios").check()
    page.get_by_label("Quién firma la convocatoria").fill("Ana Prueba y otros usuarios")
    page.get_by_label("Fecha de la convocatoria").fill(day(-700))
    page.get_by_label("A quiénes se convoca").fill("Usuarios de la clínica")
    page.get_by_label("Por qué medios").fill("Carteles y llamadas")
    send(page, "Registrar la convocatoria")
    assert "un grupo de usuarios" in page.inner_text("#expediente")

    page.goto(f"{CLINIC}/gobierno/constitucion")
    page.get_by_label("Día de la asamblea").fill(day(-690))
    page.get_by_label("Lugar o medio").fill("Auditorio")
    page.get_by_label("Personas que asistieron").fill("20")
    page.fill("[name=signer1]", "Ana Prueba") if page.locator("[name=signer1]").count() else None
    page.locator("main form button[type=submit]").last.click()
    page.goto(f"{CLINIC}/vida")
    text = page.inner_text("main")
    if "No consta" in text and "El período de la alianza" not in text:
        pytest.fail(text)
    # Two years from then, by a term that nobody confirmed: it is told within its first alarm.
    assert "sin confirmar" in text and "La alianza se renueva" in text
    page.goto(CLINIC)
    assert "La alianza se renueva" in page.inner_text("main")
    page.goto("/o/clinica-del-litoral/pendientes")
    assert "Renovar la alianza" in page.inner_text("main")

    page.goto(f"{CLINIC}/vida")
    page.get_by_role("link", name="Anotar un trámite o respuesta").click()
    look(page)
    page.get_by_label("Se radicó la solicitud").check()
    page.get_by_label("Ante qué autoridad").fill("Secretaría de Salud")
    send(page, "Anotar")
    assert "radicado" in refused(page)
    page.get_by_label("Número de radicado").fill("R-2026-7")
    send(page, "Anotar")
    assert "R-2026-7" in page.inner_text("#expediente")

    page.goto(f"{CLINIC}/asociados")
    documents = [
        page.locator("table.data tbody tr").nth(number).locator("td").first.inner_text() for number in range(3)
    ]
    names = [page.locator("table.data tbody tr").nth(number).locator("th").inner_text() for number in (3, 4)]
    page.goto(f"{CLINIC}/vida")
    # It asks once more before it begins.
    page.get_by_role("link", name="Comenzar la renovación").click()
    look(page)
    assert "Nadie sale de la alianza por no confirmar" in page.inner_text("main")
    send(page, "Comenzar la renovación")
    look(page, "vida-de-la-alianza")
    send(page, "Anotar")
    assert "Marque a quienes confirman" in refused(page)
    page.get_by_label("Nombre o documento").fill(names[0].split()[0])
    page.get_by_role("button", name="Filtrar").click()
    page.get_by_label(names[0]).check()
    send(page, "Anotar")
    assert "1 asociado" in page.inner_text(".notice")
    page.goto(page.url.split("?")[0])
    expect(page.get_by_label(names[0])).to_have_count(0)
    page.get_by_role("link", name="Pegar una lista de documentos").click()
    look(page)
    page.get_by_label("Documentos de quienes confirman").fill("\n".join([*documents, "CC 99999999"]))
    send(page, "Anotar")
    assert "CC 99999999 no es de un asociado vigente" in refused(page)
    page.get_by_label("Documentos de quienes confirman").fill("\n".join(documents))
    send(page, "Anotar")
    assert "3 asociados" in page.inner_text(".notice")
    # All but one of those who are left.
    page.get_by_role("link", name="Anotar quiénes confirman").click()
    page.get_by_label(names[1]).check()
    page.get_by_label("de todas las páginas, menos los que marque").check()
    send(page, "Anotar")
    expect(page.get_by_label(names[1])).to_have_count(1)
    assert page.locator("[name=members]").count() == 1
    page.goto(f"{CLINIC}/vida")
    page.get_by_role("link", name="Terminar con el acta").click()
    look(page)
    page.get_by_label("Día de la asamblea que la renovó").fill(day(0))
    page.get_by_label("Acta", exact=True).fill("Acta 9 de la asamblea")
    send(page, "Renovar la alianza")
    assert "quedó renovada" in page.inner_text(".notice")
    assert "Acta 9 de la asamblea" in page.inner_text("#expediente")
    assert "La alianza se renueva" not in page.inner_text("main")
    look(page)


def test_a_reform_is_written_and_compared(enter, look):
    page = enter("oficina")
    page.goto(f"{SAN_ANTERO}/gobierno")
    page.get_by_role("link", name="Preparar una reforma").click()
    look(page)
    text = page.input_value("[name=articles]")
    assert "Artículo 5. Comité organizador." in text
    page.get_by_label("Articulado").fill(
        text.replace("elegido por planchas para dos años", "elegido por planchas para un año")
        + "\nArtículo 9. Archivo.\nEl archivo lo guarda la oficina."
    )
    page.fill("[name=term_months]", "12")
    send(page, "Guardar el proyecto")
    assert "rige cuando una asamblea lo adopte" in page.inner_text(".notice")
    look(page)
    page.get_by_role("link", name="Comparar con los vigentes").click()
    look(page, "comparar-los-estatutos")
    assert page.locator("#articulos ins").all_inner_texts() == ["un año.", "El archivo lo guarda la oficina."]
    assert page.locator("#articulos del").all_inner_texts() == ["dos años."]
    cells = page.locator("#cifras tbody tr", has_text="Meses del período").first.inner_text()
    assert "24" in cells and "12" in cells and "Cambia" in cells
    # It orders nothing yet.
    page.goto(f"{SAN_ANTERO}/gobierno")
    assert "Proyecto" in page.inner_text("#estatutos")
    look(page)


def test_representatives_tell_what_they_do_outside(enter, look):
    page = enter("clinica")
    body_of(page, CLINIC, "Comité de ética hospitalaria")
    look(page, "representante-en-un-organismo")
    part = page.inner_text("#representacion")
    assert "Abrir la farmacia los sábados" in part and "1 de 1" in part
    page.get_by_role("link", name="Anotar si se cumplió").first.click()
    look(page)
    page.get_by_label("Se cumplió en parte").check()
    page.get_by_label("Qué se sabe").fill("Abre dos sábados al mes")
    send(page, "Anotar")
    assert "Se cumplió en parte" in page.inner_text("#representacion")
    for link, button, answers in (
        ("Anotar una sesión", "Anotar la sesión", {"[name=summary]": "Quejas del mes"}),
        ("Anotar una propuesta", "Anotar la propuesta", {"[name=proposal]": "Más citas los lunes"}),
        (
            "Anotar un informe a los asociados", "Anotar el informe",
            {"[name=audience]": "Asamblea", "[name=summary]": "Lo que se logró"},
        ),
    ):
        page.get_by_role("link", name=link).click()
        look(page)
        for field in ("mandate", "kind"):
            if page.locator(f"[name={field}]").count():
                page.locator(f"[name={field}]").first.check()
        for name, text in answers.items():
            page.fill(name, text)
        send(page, button)
        assert "anotad" in page.inner_text(".notice")
    part = page.inner_text("#representacion")
    assert "Quejas del mes" in part and "Más citas los lunes" in part and "de hoy" in part
    look(page)
