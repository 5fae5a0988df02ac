"""The year of Aliansalud's association, from January to its accountability in July 2026, with the clock of the server moved: a
plan that its board drafts alone from the spreadsheet and the assembly approves, a commitment that comes back in two
meetings, an assembly whose quorum is lost and regained, its minutes signed by a mailed code and sealed, and a hearing that
only the entity moves and that fulfils an activity of the plan."""

import base64
import email
import json
import re

import pytest
from playwright.sync_api import expect

import papers
from postbox import Postbox
from server import Installation, as_it_is, fits, repository, shortcut, sign_in, wait_until

HOME = "/o/aliansalud"
ALLIANCE = f"{HOME}/alianzas/alianza-de-usuarios-de-bogota"
PHRASE = "cuatro palabras sueltas y un rio"
# What each activity of the source document is measured by, as the board decides it: target, months, what fulfils it.
MEASURES = {
    "2.2": ("60 orientaciones", "mensual", "Orientación dada"),
    "2.5": ("11 reuniones", "mensual", "Reunión de junta realizada"),
    "5.2": ("2 encuentros", "abril y octubre", "Encuentro con la entidad realizado"),
    "5.3": ("1 rendición de cuentas", "julio", "Audiencia pública realizada"),
}


@pytest.fixture(scope="module")
def year():
    """A demonstration that begins with the year of the source document, and a mail server that keeps what it gets."""
    postbox = Postbox()
    made = Installation(
        ALIANZAS_SMTP_URL=f"smtp://127.0.0.1:{postbox.port}", ALIANZAS_MAIL_FROM="alianzas@ejemplo.invalid",
        ALIANZAS_ORIGIN="http://127.0.0.1",
    )
    made.postbox = postbox
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


@pytest.fixture
def board(browser, year):
    """A function that invites who holds a seat of the board and lets them in by their one link."""
    opened = []

    def enter(seat, address, width=1280, height=800):
        document, name = year.psql(f"""
            select affiliates.document_type || ' ' || affiliates.document_number, mandates.holder_name
            from governance.seats join governance.bodies using (organization_id, body_id)
            join governance.mandates using (organization_id, seat_id)
            join membership.affiliates using (organization_id, person_id)
            join tenancy.alliances on alliances.alliance_id = bodies.alliance_id
            where bodies.name = 'Junta directiva' and alliances.slug = 'alianza-de-usuarios-de-bogota'
                and seats.title = '{seat}' and mandates.rank = 0
        """, role="superuser").stdout.strip().split("|")
        told = json.loads(year.run(
            "user", "invite", "--organization", "aliansalud", "--name", name, "--email", address, "--title", seat,
            "--document", document, "--role", "board", "--alliance", "alianza-de-usuarios-de-bogota", "--json",
        ).stdout)
        link = next(value for value in told.values() if isinstance(value, str) and "/invitacion/" in value)
        context = browser.new_context(
            base_url=year.url, locale="es-CO", timezone_id="America/Bogota",
            viewport={"width": width, "height": height}, has_touch=width < 600,
        )
        opened.append(context)
        page = context.new_page()
        page.goto("/invitacion/" + link.rsplit("/", 1)[1])
        return page

    yield enter
    for context in opened:
        context.close()


def make_account(page):
    """Chooses a password, which is all that the link asks for."""
    page.fill("[name='secret.password']", PHRASE)
    page.fill("[name='secret.repeated']", PHRASE)
    page.get_by_role("button", name="Crear la cuenta y entrar").click()
    page.wait_for_url("**/o/**")


def small(page):
    """The buttons and fields of a page that are lower than a finger needs (44 px)."""
    return page.evaluate("""() => [...document.querySelectorAll(
            'main button, main a.btn, main select, main textarea, main input:not([type=hidden], [type=checkbox], [type=radio])')]
        .filter(each => each.offsetParent && each.getBoundingClientRect().height < 44)
        .map(each => `${each.textContent.trim() || each.name}: ${each.getBoundingClientRect().height}`)""")


def source_sheet():
    """The activities of the source document as a spreadsheet in the layout of the offices, with what measures them."""
    source = json.loads((repository / "sql/data/sources/aliansalud-plan-2026.json").read_text())
    rows = [["Eje", "Actividad", "Medios", "Meta", "Responsable", "Meses", "Se cumple con"]]
    for axis in source["plan"]["axes"]:
        for each in axis["activities"]:
            target, months, kinds = MEASURES.get(each["number"], ("", "", ""))
            rows.append([
                f"{axis['number']}. {axis['title']}", each["activity"], each.get("means", ""), target, "Junta directiva",
                months, kinds])
    text = "\ufeff" + "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)
    return len(rows) - 1, {"name": "plan-2026.csv", "mimeType": "text/csv", "buffer": text.encode()}


def mailed_code(year, count):
    """The code in the last mail to sign with, once there are more of them than there were."""
    pattern = re.compile(r"^\s*([a-z0-9]{5}-[a-z0-9]{5})\s*$", re.MULTILINE)

    def codes():
        words = [
            base64.b64decode(email.message_from_string(each).get_payload()).decode() for each in year.postbox.letters]
        return [found.group(1) for text in words if (found := pattern.search(text))]

    wait_until(lambda: len(codes()) > count, "the code", seconds=30)
    return codes()[-1]


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
    as_it_is(page)
    page.get_by_role("button", name="Abrir la sesión").click()
    page.wait_for_url("**/sesion")


def close_session(page, meeting):
    page.goto(f"{meeting}/sesion/cerrar")
    as_it_is(page)
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


def test_the_year_of_an_association(year, office, board, look):
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

    # The board drafts its plan alone: from the spreadsheet, with what each activity is measured by.
    secretary = board("Secretaría", "secretaria@entidad.gov.co")
    make_account(secretary)
    secretary.goto(f"{ALLIANCE}/plan/2026")
    secretary.get_by_role("link", name="Preparar un borrador de la junta").click()
    expect(secretary.locator("[name=is_reserved]")).to_be_checked()
    secretary.get_by_label("Título").fill("Plan de trabajo 2026 de la asociación")
    secretary.get_by_label("Para qué es el plan").fill("Que los asociados vigilen la calidad del servicio.")
    secretary.get_by_role("button", name="Empezar el plan").click()
    secretary.get_by_role("link", name="Importar de una hoja de cálculo").click()
    count, sheet = source_sheet()
    secretary.set_input_files("[name=file]", sheet)
    secretary.get_by_role("button", name="Revisar la hoja").click()
    look(secretary)
    secretary.get_by_role("button", name="Agregar al plan").click()
    secretary.wait_for_url("**/junta")
    assert secretary.locator("ul.dossier > li").count() == count
    look(secretary)
    page.goto(f"{ALLIANCE}/plan/2026")
    assert "Plan de trabajo 2026 de la asociación" not in page.inner_text("main")
    assert page.goto(f"{ALLIANCE}/plan/2026/junta").status == 404
    # The plan as its document has it measures nothing: it gives way, and the board shares its own.
    page.goto(f"{ALLIANCE}/plan/2026/descartar")
    page.get_by_label("Por qué se descarta").fill("La junta lo rehizo con metas")
    page.get_by_role("button", name="Descartar el borrador").click()
    secretary.goto(f"{ALLIANCE}/plan/2026/junta/compartir")
    secretary.get_by_role("button", name="Compartir con la entidad").click()
    page.goto(f"{ALLIANCE}/plan/2026")
    expect(page.locator("main")).to_contain_text("Plan de trabajo 2026 de la asociación")
    expect(page.locator("main")).to_contain_text("los asociados todavía no lo aprueban")

    # February: the monthly meeting of the board takes a commitment on.
    page = office("2026-02-11T08:50")
    meeting = meeting_of(page, "11/02/2026")
    page.goto(f"{meeting}/editar")
    page.select_option("[name=body]", label="Junta directiva")
    page.get_by_role("button", name="Guardar").click()
    year.run("demo", "clock", "--to", "2026-02-11T09:02")
    tick(page, meeting, 4)
    open_session(page, meeting)
    shortcut(page, "c")
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
    as_it_is(page)
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
    shortcut(page, "d")
    assert "Sin quórum no se decide" in page.inner_text("#decision")
    page.goto(f"{assembly}/asistencia?documento={document}")
    page.get_by_role("button", name="Regresó").click()
    page.wait_for_url("**/asistencia")
    page.goto(f"{assembly}/decisiones")
    page.fill("[name=decision]", "Se aprueba el informe de 2025")
    page.fill("[name=in_favor]", "13")
    page.get_by_role("button", name="Registrar la decisión").click()
    assert "quedó aprobada" in page.inner_text(".notice")
    # The plan that the board shared is approved by the assembly's own decision.
    page.goto(f"{assembly}/decisiones")
    page.fill("[name=decision]", "Se aprueba el plan de trabajo de 2026")
    page.get_by_text("Punto, proponente, mayoría y qué aprueba").click()
    plan = page.locator("[name=approves] option", has_text="Plan de trabajo 2026 de la asociación")
    page.select_option("[name=approves]", plan.get_attribute("value"))
    page.fill("[name=in_favor]", "12")
    page.fill("[name=against]", "1")
    page.get_by_role("button", name="Registrar la decisión").click()
    expect(page.locator(".notice")).to_contain_text("quedó aprobada")
    page.goto(f"{ALLIANCE}/plan/2026")
    expect(page.locator("#detalles")).to_contain_text("13 de marzo de 2026")
    assert "Es un borrador" not in page.inner_text("main")
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
    draft = papers.text_of(page.request.get(f"{may}/acta/pdf").body())
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
    # The president is 68 and has one phone: one link, a password, big buttons, and a code that comes by mail.
    president = board("Presidencia", "presidencia@entidad.gov.co", width=360, height=740)
    assert small(president) == []
    make_account(president)
    president.wait_for_url("**/acta/firmar")
    assert small(president) == []
    president.get_by_role("button", name="Enviarme un código").click()
    first = mailed_code(year, 0)
    look(president, "firmar-el-acta-con-codigo", width=360, height=1100)
    president.set_viewport_size({"width": 360, "height": 740})
    president.fill("[name='secret.code']", "aaaaa-bbbbb")
    president.get_by_role("button", name="Firmar con el código").click()
    expect(president.locator(".problem-summary")).to_contain_text("no es correcto, ya se usó o ya venció")
    assert small(president) == [] and fits(president)
    look(president)
    president.set_viewport_size({"width": 360, "height": 740})
    # Another code takes the place of the one before, and lasts for a quarter of an hour.
    president.get_by_role("button", name="Enviar otro código").click()
    second = mailed_code(year, 1)
    president.fill("[name='secret.code']", first)
    president.get_by_role("button", name="Firmar con el código").click()
    expect(president.locator(".problem-summary")).to_contain_text("no es correcto, ya se usó o ya venció")
    year.run("demo", "clock", "--to", "2026-05-06T10:12")
    president.fill("[name='secret.code']", second)
    president.get_by_role("button", name="Firmar con el código").click()
    expect(president.locator(".problem-summary")).to_contain_text("no es correcto, ya se usó o ya venció")
    president.goto(f"{assembly}/acta/firmar")
    president.get_by_role("button", name="Enviarme un código").click()
    third = mailed_code(year, 2)
    president.fill("[name='secret.code']", third)
    president.get_by_role("button", name="Firmar con el código").click()
    president.get_by_role("heading", name="Usted ya firmó").wait_for()
    assert small(president) == []
    look(president)
    president.set_viewport_size({"width": 360, "height": 740})
    # What waits for the president and the way back fit the same phone.
    for place in (f"{HOME}/pendientes", ALLIANCE, f"{ALLIANCE}/plan/2026"):
        president.goto(place)
        assert small(president) == [] and fits(president), place

    # Whoever has no account signs on paper.
    page.goto(f"{assembly}/acta")
    while page.get_by_role("link", name=re.compile("Adjuntar la firma en papel")).count():
        page.get_by_role("link", name=re.compile("Adjuntar la firma en papel")).first.click()
        page.get_by_label("Copia de la hoja firmada").set_input_files(
            {"name": "hoja.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 hoja firmada"})
        page.get_by_role("button", name="Adjuntar y revisar").click()
        page.get_by_label("La miré: es la hoja que firmó").check()
        page.get_by_role("button", name="Guardar la firma").click()
        page.wait_for_url("**/acta")
    assert "Acta sellada: ya nadie puede cambiarla" in page.inner_text("main")
    look(page)
    sealed = papers.text_of(page.request.get(f"{assembly}/acta/pdf").body())
    assert "Acta n.º 1" in sealed and "13 a favor" in sealed and "Borrador" not in sealed
    assert "Código de un solo uso" in sealed and "12 a favor" in sealed

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

    # With that the plan's activity is met: by what happened, and by nothing that anybody ticked.
    page.goto(f"{ALLIANCE}/plan/2026")
    activity = page.locator("ul.dossier > li", has_text="Fomentar prácticas de transparencia")
    expect(activity).to_contain_text("1 de 1 rendición de cuentas (100 %)")
    activity.get_by_role("link").first.click()
    look(page, "actividad-cumplida", height=1300)
    expect(page.locator("#hechos")).to_contain_text("Rendición de Cuentas de la Asociación")
