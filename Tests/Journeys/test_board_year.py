"""The year of Aliansalud's association, from January to its accountability in July 2026, with the clock of the server moved: a
commitment that comes back in two meetings, an assembly whose quorum is lost and regained, its minutes sealed, and a
hearing that only the entity moves."""

import re
import subprocess

import pytest

from server import Installation, sign_in

HOME = "/o/aliansalud"
ALLIANCE = f"{HOME}/alianzas/alianza-de-usuarios-de-bogota"


@pytest.fixture(scope="module")
def year():
    """A demonstration that begins with the year of the source document."""
    made = Installation()
    made.run("migrate")
    made.run("demo", "--from", "2026-01-05")
    made.start()
    made.members = made.psql(
        """
        select document_number from membership.affiliates
        join membership.memberships using (organization_id, person_id)
        join tenancy.alliances using (organization_id, alliance_id)
        where slug = 'alianza-de-usuarios-de-bogota' and left_on is null
        order by name_folded
        """, role="superuser"
    ).stdout.split()
    yield made
    made.remove()


@pytest.fixture
def office(browser, year):
    """A function that puts the clock to a moment and returns the office, signed in then."""
    opened = []

    def enter(moment):
        year.run("demo", "clock", "--to", moment)
        context = browser.new_context(
            base_url=year.url, locale="es-CO", timezone_id="America/Bogota", viewport={"width": 1280, "height": 800}
        )
        opened.append(context)
        return sign_in(context.new_page(), year, "aliansalud")

    yield enter
    for context in opened:
        context.close()


def meeting_of(page, day):
    """The address of the meeting of a day, from the calendar."""
    page.goto(f"{HOME}/calendario/lista/2026?que=reuniones")
    row = page.locator("table.data tbody tr", has_text=day)
    return re.search(r"/o/.*", row.locator("a").first.get_attribute("href")).group()


def tick(page, meeting, count):
    """Ticks so many of those who are not there yet."""
    page.goto(f"{meeting}/asistencia/lista")
    for box in page.locator("[name=people]").all()[:count]:
        box.check()
    page.get_by_role("button", name="Registrar a los marcados").click()
    page.wait_for_url("**/asistencia**")


def open_session(page, meeting):
    page.goto(f"{meeting}/sesion/abrir")
    page.get_by_role("button", name="Abrir la sesión").click()
    page.wait_for_url("**/sesion")


def close_session(page, meeting):
    page.goto(f"{meeting}/sesion/cerrar")
    page.get_by_role("button", name="Cerrar la sesión").click()
    page.wait_for_url("**/reuniones/*-*")


def review(page, meeting, note, outcome, look, **files):
    """Looks at the commitment that is open, in a session."""
    page.goto(f"{meeting}/sesion")
    earlier = page.locator("#anteriores")
    assert "Enviar el material" in earlier.inner_text()
    earlier.get_by_role("link", name="Revisar").first.click()
    look(page)
    page.fill("[name=note]", note)
    page.check(f"[name=outcome][value={outcome}]")
    if files:
        page.set_input_files("[name=evidence]", files["evidence"])
    page.get_by_role("button", name="Guardar la revisión").click()
    page.wait_for_url("**/sesion")


def text_of(pdf, tmp_path):
    path = tmp_path / "acta.pdf"
    path.write_bytes(pdf)
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


def test_the_year_of_an_association(year, office, look, tmp_path):
    # January: the bylaws that quorum and majorities come from, and the board that meets.
    page = office("2026-01-06")
    page.goto(f"{ALLIANCE}/gobierno")
    page.get_by_role("link", name="Registrar los estatutos").first.click()
    page.get_by_label("Título").fill("Estatutos de la asociación de usuarios")
    page.get_by_label("Los aprobó la asamblea el").fill("2025-03-14")
    page.get_by_label("Rigen desde el").fill("2025-03-14")
    page.get_by_label("Acta de la asamblea").fill("Acta 2 de la asamblea de 2025")
    page.get_by_label("Articulado").fill("Artículo 12. Quórum.\nLa mitad más uno de los asociados.")
    page.fill("[name=first_quorum]", "50 %")
    page.fill("[name=first_quorum_origin]", "Artículo 12")
    page.get_by_role("button", name="Registrar los estatutos").click()
    assert "versión 1" in page.inner_text(".notice")
    page.goto(f"{HOME}/calendario/ano/2026")
    assert page.locator("a.year-cell").count() == 12
    look(page)

    # February: the monthly meeting of the board takes a commitment on.
    page = office("2026-02-11T08:50")
    meeting = meeting_of(page, "11/02/2026")
    page.goto(f"{meeting}/editar")
    page.select_option("[name=body]", label="Junta directiva")
    page.get_by_role("button", name="Guardar").click()
    year.run("demo", "clock", "--to", "2026-02-11T09:02")
    tick(page, meeting, 4)
    open_session(page, meeting)
    page.locator("body").press("c")
    page.keyboard.type("Enviar el material de la campaña de autocuidado")
    page.keyboard.press("Tab")
    page.keyboard.type("Participación Social de la EPS")
    page.fill("#compromiso [name=due_on]", "2026-03-31")
    page.locator("#compromiso button[type=submit]").press("Enter")
    page.wait_for_selector(".notice")
    year.run("demo", "clock", "--to", "2026-02-11T09:58")
    close_session(page, meeting)

    # March: the assembly. Quorum is thirteen of twenty-five.
    page = office("2026-03-13T08:55")
    assembly = meeting_of(page, "13/03/2026")
    year.run("demo", "clock", "--to", "2026-03-13T09:03")
    tick(page, assembly, 12)
    page.goto(f"{assembly}/sesion/abrir")
    page.get_by_role("button", name="Abrir la sesión").click()
    assert "faltan 1" in page.inner_text("main").lower() or "falta 1" in page.inner_text("main").lower()
    tick(page, assembly, 2)
    open_session(page, assembly)
    look(page)
    review(page, assembly, "Se imprimió la mitad", "abierto", look)
    assert "Revisado, sigue abierto" in page.text_content("#anteriores")
    # Two leave, and the assembly decides nothing until one is back.
    page.goto(f"{assembly}/asistencia/quienes")
    for _ in range(2):
        page.goto(f"{assembly}/asistencia")
        document = next(
            each for each in year.members
            if page.goto(f"{assembly}/asistencia?documento={each}")
            and page.get_by_role("button", name="Salió ahora").count()
        )
        page.get_by_role("button", name="Salió ahora").click()
        page.wait_for_url("**/asistencia")
    page.goto(f"{assembly}/sesion")
    assert "Se perdió el quórum: 12 de 25" in page.inner_text(".session-people")
    page.locator("body").press("d")
    assert "Sin quórum no se decide" in page.inner_text("#decision")
    page.goto(f"{assembly}/asistencia?documento={document}")
    page.get_by_role("button", name="Regresó").click()
    page.wait_for_url("**/asistencia")
    page.goto(f"{assembly}/decisiones")
    page.fill("[name=decision]", "Se aprueba el informe de 2025")
    page.fill("[name=in_favor]", "13")
    page.get_by_role("button", name="Registrar la decisión").click()
    assert "quedó aprobada" in page.inner_text(".notice")
    page = office("2026-03-13T11:40")
    close_session(page, assembly)
    page.goto(f"{assembly}/acta")
    look(page)
    words = page.inner_text("main")
    assert "Se perdió el quórum" in words and "Se recuperó el quórum" in words
    assert "Se imprimió la mitad" in words and "Se aprueba el informe de 2025" in words
    page.get_by_role("link", name="Completar el acta").first.click()
    page.get_by_label("Otros").check()
    page.get_by_label("Tema de la capacitación").fill("Asamblea anual")
    page.get_by_label("Nombre de quien facilitó").fill("Patricia Helena Roa Cubillos")
    page.get_by_label("Cargo").fill("Profesional de participación social")
    page.get_by_label("Desarrollo").fill("La presidencia rindió el informe de 2025.")
    page.get_by_role("button", name="Guardar y volver al acta").click()
    page.get_by_role("link", name="Enviar a observaciones").click()
    page.get_by_role("button", name="Enviar la versión 1").click()

    # May: the board closes the commitment with its evidence, in the second meeting that it came back to.
    page = office("2026-05-06T08:55")
    may = meeting_of(page, "06/05/2026")
    page.goto(f"{may}/editar")
    page.select_option("[name=body]", label="Junta directiva")
    page.get_by_role("button", name="Guardar").click()
    year.run("demo", "clock", "--to", "2026-05-06T09:02")
    tick(page, may, 4)
    open_session(page, may)
    assert "Venció hace 36 días" in page.inner_text("#anteriores")
    review(
        page, may, "Se entregó todo el material", "cumplido", look,
        evidence={"name": "entrega.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 entrega\n%%EOF"},
    )
    page.goto(f"{may}/decisiones")
    page.fill("[name=decision]", "Se aprueba el acta de la asamblea")
    page.get_by_text("Punto, proponente, mayoría y qué aprueba").click()
    page.select_option("[name=approves]", index=1)
    page.fill("[name=in_favor]", "3")
    page.get_by_role("button", name="Registrar la decisión").click()
    assert page.locator(".problem-summary").count() == 0, page.inner_text(".problem-summary")
    assert "quedó aprobada" in page.inner_text(".notice")
    year.run("demo", "clock", "--to", "2026-05-06T09:55")
    close_session(page, may)
    draft = text_of(page.request.get(f"{may}/acta/pdf").body(), tmp_path)
    assert "Se entregó todo el material" in draft
    page.goto(f"{ALLIANCE}/compromisos?estado=cumplidos")
    assert "Enviar el material" in page.inner_text("table.data")

    # The assembly's minutes are approved, signed and sealed.
    page.goto(f"{assembly}/acta")
    page.get_by_role("link", name="Anotar la aprobación").click()
    page.get_by_label("Se aprueba el acta de la asamblea").check()
    page.get_by_label("Leí la versión que se aprueba").first.check()
    page.get_by_role("button", name="Aprobar el acta").click()
    assert re.search(r"Acta n.º 1\b", page.inner_text("h1"))
    while page.get_by_role("link", name=re.compile("Adjuntar la firma en papel")).count():
        page.get_by_role("link", name=re.compile("Adjuntar la firma en papel")).first.click()
        page.get_by_label("Copia de la hoja firmada").set_input_files(
            {"name": "hoja.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 hoja firmada"})
        page.get_by_role("button", name="Guardar la firma en papel").click()
        page.wait_for_url("**/acta")
    assert "Acta sellada: ya nadie puede cambiarla" in page.inner_text("main")
    look(page)
    sealed = text_of(page.request.get(f"{assembly}/acta/pdf").body(), tmp_path)
    assert "Acta n.º 1" in sealed and "13 a favor" in sealed and "Borrador" not in sealed

    # July: the hearing moves only with the notice to the authority, and is held.
    page = office("2026-07-01")
    hearing = meeting_of(page, "17/07/2026")
    page.goto(f"{hearing}/reprogramar")
    look(page)
    page.fill("[name=day]", "2026-07-24")
    page.fill("[name=reason]", "Se cruza con la audiencia nacional")
    page.get_by_role("button", name="Reprogramar", exact=True).click()
    assert "Superintendencia" in page.inner_text(".problem-summary")
    page.fill("[name=notice_number]", "2026-1-000123")
    page.fill("[name=filed_on]", "2026-06-30")
    page.get_by_role("button", name="Reprogramar", exact=True).click()
    assert "radicado 2026-1-000123" in page.inner_text("main")
    page = office("2026-07-24T08:55")
    year.run("demo", "clock", "--to", "2026-07-24T09:03")
    tick(page, hearing, 15)
    open_session(page, hearing)
    page = office("2026-07-24T11:30")
    close_session(page, hearing)
    page.goto(f"{hearing}/caracter")
    page.check("[name=is_own_accountability]")
    page.get_by_role("button", name="Guardar").click()
    page.goto(f"{HOME}/calendario/lista/2026?que=reuniones&estado=parcial")
    assert page.locator("table.data tbody tr", has_text="24/07/2026").count() == 1
    look(page)
