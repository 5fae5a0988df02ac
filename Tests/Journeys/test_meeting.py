"""An assembly from its door to its end: quorum lost and regained, decisions, without signal, on paper, on one's phone."""

import re
from datetime import timedelta

import pytest

import papers
from server import Installation, as_it_is, shortcut, sign_in, today, wait_until

ALLIANCE = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"
PUBLIC = "/publico/mutual-ser/alianza-de-usuarios-de-san-antero"
DAY = today() + timedelta(days=2)


@pytest.fixture(scope="module")
def office():
    """A demonstration of its own, on the morning of the assembly."""
    made = Installation()
    made.demonstrate()
    made.start()
    made.run("demo", "clock", "--to", f"{DAY.isoformat()}T09:05")
    made.members = made.psql(
        """
        select document_number from membership.affiliates
        join membership.memberships using (organization_id, person_id)
        join tenancy.alliances using (organization_id, alliance_id)
        where slug = 'alianza-de-usuarios-de-san-antero' and left_on is null and document_type = 'CC'
        order by name_folded
        """, role="superuser"
    ).stdout.split()
    yield made
    made.remove()


@pytest.fixture(scope="module")
def state(browser, office):
    """The office signed in: what its browsers begin with."""
    context = browser.new_context(base_url=office.url, locale="es-CO", timezone_id="America/Bogota")
    sign_in(context.new_page(), office, "oficina")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def desk(browser, office, state):
    """A function that opens another browser of the office."""
    opened = []

    def open_browser(**options):
        context = browser.new_context(
            base_url=office.url, locale="es-CO", timezone_id="America/Bogota", storage_state=state,
            viewport={"width": 1280, "height": 800}, **options,
        )
        opened.append(context)
        return context

    yield open_browser
    for context in opened:
        context.close()


def plan(page, title, kind="assembly", starts="09:00", mode="in_person"):
    """Puts a meeting of today on the calendar, and returns its address."""
    page.goto(f"{ALLIANCE}/reuniones/nueva")
    page.fill("[name=title]", title)
    page.select_option("[name=kind]", kind)
    page.fill("[name=day]", DAY.isoformat())
    page.fill("[name=starts_at]", starts)
    page.check(f"[name=mode][value={mode}]")
    page.fill("[name=agenda]", "Saludo\nInforme de gestión\nProposiciones\nDespedida")
    page.get_by_role("button", name="Programar la reunión").click()
    page.wait_for_url("**/reuniones/*-*")
    return re.search(r"/o/.*", page.url).group()


def quorum(page):
    """The line that is always on top."""
    return page.locator(".quorum-line").first.inner_text()


def tick(page, meeting, count):
    """Ticks so many of those who are not there yet."""
    page.goto(f"{meeting}/asistencia/lista")
    for box in page.locator("[name=people]").all()[:count]:
        box.check()
    page.get_by_role("button", name="Registrar a los marcados").click()


def test_an_assembly_is_run_from_one_screen_by_keyboard(office, desk, look):
    context = desk()
    page = context.new_page()
    meeting = plan(page, "Asamblea anual")
    keys = page.keyboard

    # The door: a document, Enter, Enter.
    page.goto(f"{meeting}/asistencia")
    look(page)
    for document in office.members[:5]:
        keys.type(document)
        with page.expect_navigation():
            keys.press("Enter")
        with page.expect_navigation():
            keys.press("Enter")
    assert "5 de 60 personas" in quorum(page) and "Faltan 26" in quorum(page)
    assert "segunda convocatoria a las 10:00" in quorum(page)
    # Who is there is told since when, and who has no vote why.
    keys.type(office.members[0])
    with page.expect_navigation():
        keys.press("Enter")
    assert "Ya está desde las 9:0" in page.inner_text(".door-answer")
    look(page)
    page.goto(f"{meeting}/asistencia?documento=1")
    assert "no está en el padrón" in page.inner_text(".door-answer")

    # Without quorum the session does not open, and it says what is missing.
    page.goto(f"{meeting}/sesion")
    look(page)
    page.get_by_role("link", name="Abrir la sesión").press("Enter")
    look(page)
    as_it_is(page)
    page.get_by_role("button", name="Abrir la sesión").press("Enter")
    assert "hacen falta 31 personas" in page.inner_text("main") and "faltan 26" in page.inner_text("main")
    tick(page, meeting, 29)
    assert "34 de 60 personas" in quorum(page) and "Hay quórum" in quorum(page)
    # A guarantor comes by name, and one who was noted by mistake is taken back.
    page.goto(f"{meeting}/asistencia/invitados")
    look(page)
    page.fill("[name=name]", "Beatriz Prueba")
    page.check("[name=capacity][value=guarantor]")
    page.fill("[name=represents]", "Personería")
    page.get_by_role("button", name="Registrar la llegada").click()
    page.get_by_role("button", name="Deshacer").first.click()
    assert "deshecho" in page.inner_text(".notice")
    page.goto(f"{meeting}/sesion/abrir")
    as_it_is(page)
    page.get_by_role("button", name="Abrir la sesión").press("Enter")
    page.wait_for_url("**/sesion")
    assert "Hay quórum" in quorum(page)

    # Points and notes.
    shortcut(page, "s")
    page.wait_for_selector(".point-open")
    look(page)
    shortcut(page, "n")
    keys.type("Saluda la presidenta.")
    page.wait_for_selector("#guardado:has-text('Guardado a las')")
    # Somebody else had the page open before.
    other = desk().new_page()
    other.goto(page.url)
    notes = other.input_value("[name=text]")
    assert notes == "Saluda la presidenta."
    page.locator("#notas").press("End")
    keys.type(" Lee el orden del día.")
    page.locator("#notas").blur()
    wait_until(lambda: "Lee el orden" in office_notes(office), "the notes")
    other.fill("[name=text]", "Saluda el presidente suplente.")
    other.locator("#notas").blur()
    other.wait_for_selector("#guardado:has-text('quedaron los dos textos')")
    assert "Lee el orden del día." in other.input_value("[name=text]")
    assert "presidente suplente" in other.input_value("[name=text]")

    # A decision, whole by keyboard.
    page.goto(f"{meeting}/sesion")
    while not page.locator(".point-open:has-text('Informe de gestión')").count():
        with page.expect_navigation():
            shortcut(page, "s")
    shortcut(page, "d")
    keys.type("Se aprueba el informe de gestión de 2026")
    keys.press("Tab")
    for votes in ("30", "2", "0", "2"):
        keys.press("Tab")
        keys.type(votes)
    with page.expect_navigation():
        keys.press("Enter")
    assert "quedó aprobada: 30 a favor" in page.inner_text(".notice")
    look(page, "sesion")

    # Four leave: the quorum is lost, by itself, and nothing is decided.
    page.goto(f"{meeting}/asistencia")
    for document in office.members[:4]:
        page.goto(f"{meeting}/asistencia?documento={document}")
        page.get_by_role("button", name="Salió ahora").press("Enter")
        page.wait_for_url("**/asistencia")
    assert "30 de 60" in quorum(page) and "Falta 1" in quorum(page)
    page.goto(f"{meeting}/sesion")
    assert "Se perdió el quórum: 30 de 60" in page.inner_text(".session-people")
    shortcut(page, "d")
    assert "Sin quórum no se decide" in page.inner_text("#decision")
    page.goto(f"{meeting}/decisiones")
    page.fill("[name=decision]", "Se aprueba el plan")
    page.fill("[name=in_favor]", "30")
    page.get_by_role("button", name="Registrar la decisión").click()
    assert "la decisión no quedó registrada" in page.inner_text("main")
    # Two come back.
    for document in office.members[:2]:
        page.goto(f"{meeting}/asistencia?documento={document}")
        page.get_by_role("button", name="Regresó").press("Enter")
        page.wait_for_url("**/asistencia")
    page.goto(f"{meeting}/sesion")
    assert "Se recuperó el quórum: 31 de 60" in page.inner_text(".session-people")
    shortcut(page, "d")
    keys.type("Se fija la próxima asamblea para marzo")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("15")
    keys.press("Tab")
    keys.type("16")
    with page.expect_navigation():
        keys.press("Enter")
    assert "no se aprobó: 15 a favor y 16 en contra" in page.inner_text(".notice")

    # Questions, one of nobody's.
    shortcut(page, "p")
    keys.type("¿Cuándo llegan los medicamentos?")
    page.locator("#pregunta button[type=submit]").press("Enter")
    page.wait_for_selector(".notice")
    page.goto(f"{meeting}/preguntas")
    assert "alguien que no quiso dar su nombre" in page.inner_text("main")
    look(page)
    # A commitment in one line.
    page.goto(f"{meeting}/sesion")
    shortcut(page, "c")
    keys.type("Enviar el informe a los asociados")
    keys.press("Tab")
    keys.type("Oficina de participación de la EPS")
    keys.press("Tab")
    page.fill("#compromiso [name=due_on]", (DAY + timedelta(days=30)).isoformat())
    # It comes of a decision, and the minutes tell it there.
    decision = page.locator("#compromiso [name=cause] option", has_text="Decisión 1")
    page.select_option("#compromiso [name=cause]", decision.get_attribute("value"))
    page.locator("#compromiso button[type=submit]").press("Enter")
    page.wait_for_selector(".notice")
    assert "Enviar el informe a los asociados" in page.inner_text(".session-writing")

    page.goto(f"{meeting}/decisiones")
    assert page.locator("ul.dossier > li").count() == 2
    look(page, "decisiones")
    hall = context.new_page()
    hall.goto(f"{meeting}/sala")
    assert "Informe de gestión" in hall.inner_text("main") and "32 de 60" in hall.inner_text("main")
    look(hall, "sala")
    hall.close()

    # The end.
    page.goto(f"{meeting}/sesion/cerrar")
    look(page)
    as_it_is(page)
    page.get_by_role("button", name="Cerrar la sesión").press("Enter")
    page.wait_for_url("**/reuniones/*-*")
    assert "y cerrada a las" in page.inner_text("main")
    page.goto(f"{meeting}/asistencia/quienes")
    assert page.locator("table.data tbody tr").count() == 36
    look(page)
    page.goto(f"{meeting}/acta")
    told = "Compromiso: Enviar el informe a los asociados, a cargo de Oficina de participación de la EPS"
    assert page.inner_text("main").count(told) == 1


def office_notes(office):
    """The notes of all points, as they are kept."""
    return office.psql("select string_agg(notes, ' ') from governance.agenda_items", role="superuser").stdout


def test_attendance_is_kept_without_signal_and_counts_once(office, desk, look):
    context = desk()
    page = context.new_page()
    meeting = plan(page, "Asamblea sin señal", starts="09:00")
    page.goto(f"{meeting}/asistencia/sin-senal")
    page.wait_for_selector("[data-offline][data-ready='1']")
    look(page, "sin-senal", width=360)
    # A second device, whose clock is a year behind.
    late = desk()
    late.add_init_script(
        "const now = Date.now; Date.prototype.toISOString = ((real) => function () {"
        " return real.call(new Date(this.getTime() - 31536000000)); })(Date.prototype.toISOString);"
    )
    second = late.new_page()
    second.goto(f"{meeting}/asistencia/sin-senal")
    second.wait_for_selector("[data-offline][data-ready='1']")

    context.set_offline(True)
    late.set_offline(True)
    for index in range(3):
        page.locator("[data-tick]").nth(index).click()
    page.fill("#otra", "Carmen Prueba")
    page.click("[data-other]")
    assert "Sin señal. 4 llegadas guardadas" in page.inner_text("[data-state]")
    # Without signal the page is there after it was read anew, with what was ticked.
    page.reload()
    page.wait_for_selector("[data-state]:has-text('4 llegadas guardadas')")
    assert page.locator("[data-tick][aria-pressed=true]").count() == 3
    second.locator("[data-tick]").nth(2).click()
    second.locator("[data-tick]").nth(3).click()

    kept = page.evaluate("Object.entries(localStorage).find(([name]) => name.startsWith('alianzas.asistencia.'))")
    context.set_offline(False)
    page.wait_for_selector("[data-state]:has-text('Enviadas: 4')", timeout=40_000)
    # The device forgot that it sent them, and sends them again.
    page.evaluate("([name, value]) => localStorage.setItem(name, value)", kept)
    page.click("[data-send]")
    page.wait_for_selector("[data-state]:has-text('Ya se habían recibido: 4')")
    late.set_offline(False)
    second.wait_for_selector("[data-state]:has-text('Enviadas: 1')", timeout=40_000)
    assert "cuenta la llegada más temprana" in second.inner_text("[data-state]")
    assert "El reloj de este aparato no coincide" in second.inner_text("[data-state]")

    page.goto(f"{meeting}/asistencia")
    assert "4 de 60 personas" in quorum(page)
    assert "Registradas dos veces" in page.inner_text("main")
    assert "5 personas han venido" in page.inner_text("main")
    # Nothing is left on the device.
    second.click("[data-clear]")
    second.wait_for_selector("[data-state]:has-text('ya no queda nada')")
    assert second.evaluate("localStorage.length") == 0
    assert second.evaluate("caches.keys()") == []


def test_a_member_is_noted_by_their_own_phone(office, browser, desk, look):
    page = desk().new_page()
    meeting = plan(page, "Encuentro con código", kind="group", mode="mixed")
    page.goto(f"{meeting}/sesion/abrir")
    as_it_is(page)
    page.get_by_role("button", name="Abrir la sesión").click()
    page.goto(f"{meeting}/sala")
    code = page.inner_text(".hall-digits")
    visitor = browser.new_context(base_url=office.url, locale="es-CO")
    phone = visitor.new_page()

    def send(document, words):
        phone.goto(f"{PUBLIC}/presente?codigo={words}")
        look(phone, "presente", width=360)
        phone.fill("[name=document]", document)
        phone.check("[name=way][value=remote]")
        phone.get_by_role("button", name="Estoy presente").click()
        # The minute may pass meanwhile.
        return re.sub(r"Llegó a las [\d:]+", "", phone.inner_text("main"))

    # Whoever it is, and whatever the code, the answer is the same.
    answers = {send(office.members[0], code), send("99999999", code), send(office.members[1], "22222")}
    assert len(answers) == 1
    look(phone)
    visitor.close()
    page.goto(f"{meeting}/asistencia/quienes")
    assert page.locator("table.data tbody tr").count() == 1
    assert "A distancia" in page.inner_text("table.data")


def test_lists_on_paper_and_of_a_remote_session_are_taken_in(office, desk, look):
    page = desk().new_page()
    meeting = plan(page, "Asamblea en papel", mode="mixed")
    page.goto(f"{meeting}/asistencia/planilla")
    look(page, "planillas-de-asistencia")
    page.get_by_role("button", name="Preparar las planillas").click()
    document = page.request.get(f"{office.url}{meeting}/asistencia/planilla/imprimir")
    assert document.headers["content-type"] == "application/pdf"
    text = papers.text_of(document.body())
    assert "A-01" in text and "B-20" in text and "B-30" in text
    cards = page.request.get(f"{office.url}{meeting}/asistencia/planilla/tarjetas")
    assert cards.body().startswith(b"%PDF")

    page.fill("[name=rows]", "A-03 A-07 C-01")
    page.get_by_role("button", name="Ingresar los renglones").click()
    assert "C-01" in page.inner_text(".problem-summary") and "no se registró ninguno" in page.inner_text(".problem-summary")
    page.fill("[name=rows]", "A-03 A-07 a12")
    page.get_by_role("button", name="Ingresar los renglones").click()
    assert "3 renglones ingresados" in page.inner_text(".notice")
    page.get_by_role("link", name="Subir una foto o un escaneo").click()
    look(page)
    page.set_input_files(
        "[name=file]", {"name": "planilla.pdf", "mimeType": "application/pdf", "buffer": document.body()})
    page.select_option("[name=sheet]", "A")
    page.get_by_role("button", name="Guardar la planilla").click()
    assert re.search(r"SHA-256 [0-9a-f]{64}", page.inner_text("main"))
    look(page)

    page.goto(f"{meeting}/asistencia/lista")
    names = [
        page.locator(f"label[for={box.get_attribute('id')}]").inner_text()
        for box in page.locator("[name=people]").all()[:2]
    ]
    look(page)
    listed = "1. Resumen\n\n2. Participantes\nNombre\tPrimera unión\tÚltima salida\n" + "".join(
        f"{name}\t21/11/26, 9:0{at}:00 a. m.\t21/11/26, 11:00:00 a. m.\n"
        for at, name in enumerate([*names, "Teléfono de Juana", "Soporte EPS"])
    )
    page.goto(f"{meeting}/asistencia/importar")
    look(page)
    page.set_input_files(
        "[name=list]", {"name": "asistencia.csv", "mimeType": "text/csv", "buffer": listed.encode("utf-16")})
    page.get_by_role("button", name="Revisar la lista").click()
    assert page.locator(".dossier > li").count() == 4
    look(page)
    page.select_option("#who3", "no")
    page.get_by_role("button", name="Registrar la asistencia").click()
    assert "3 asistentes quedaron registrados" in page.inner_text(".notice")
    assert "5 de 60 personas" in quorum(page)
