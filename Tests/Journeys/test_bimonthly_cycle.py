"""The bimonthly cycle of a clinic's office, as its procedure asks it: the task every two months, the call sheet made from
last year's users and ticked by phone a week ahead, the meeting by its standing agenda, its minutes approved in the next one
and sealed, and what it left open two months later."""

import re

import pytest

from server import Installation, as_it_is, shortcut, sign_in

HOME = "/o/clinica-del-litoral"
ALLIANCE = f"{HOME}/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"


@pytest.fixture(scope="module")
def server():
    """A demonstration that begins with the year."""
    made = Installation()
    made.run("migrate")
    made.run("demo", "--from", "2026-01-05")
    made.start()
    yield made
    made.remove()


@pytest.fixture
def office(browser, server):
    """A function that puts the clock to a moment and returns the office, signed in then."""
    opened = []

    def enter(moment, **options):
        server.run("demo", "clock", "--to", moment)
        size = {"width": 1280, "height": 800}
        context = browser.new_context(
            base_url=server.url, locale="es-CO", timezone_id="America/Bogota", **{"viewport": size, **options}
        )
        opened.append(context)
        return sign_in(context.new_page(), server, "clinica")

    yield enter
    for context in opened:
        context.close()


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def plan(page, title, day):
    """Plans a meeting with the agenda that the form begins with: the standing one."""
    page.goto(f"{ALLIANCE}/reuniones/nueva")
    page.get_by_label("Nombre", exact=True).fill(title)
    page.get_by_label("Clase").select_option("group")
    page.get_by_label("Día", exact=True).fill(day)
    page.get_by_label("Empieza").fill("09:00")
    page.get_by_label("Termina").fill("11:00")
    page.get_by_label("Presencial").check()
    page.fill("[name=place]", "Auditorio de la sede principal")
    chosen = page.locator("[name=model] option:checked").inner_text()
    assert "orden del día permanente" in chosen
    page.get_by_role("button", name="Programar la reunión").click()
    assert "quedó programada" in page.inner_text(".notice")
    return re.search(r"/o/.*", page.url).group()


def points(page, meeting):
    """The titles of an agenda, in order."""
    page.goto(f"{meeting}/orden")
    return [re.sub(r"^\d+\. ", "", each) for each in page.locator("ol.dossier h2").all_inner_texts()]


def periods(page):
    page.goto(f"{ALLIANCE}/reuniones/ano/2026")
    return page.locator(".duty", has_text="Reunión bimestral").locator(".periods > li").all_inner_texts()


def call_by_keyboard(office, meeting, moment, outcomes, look):
    """Makes the sheet and ticks the first people on it, on a telephone and by keyboard alone."""
    page = office(moment, viewport={"width": 360, "height": 740})
    page.goto(f"{meeting}/llamadas")
    page.get_by_role("button", name="Hacer la hoja").press("Enter")
    assert "hasta el" in page.inner_text(".note")
    lines = page.locator(".call-sheet > li")
    before = lines.count()
    assert before > 10
    for outcome in outcomes:
        first = lines.first.locator("h2").inner_text()
        button = lines.first.get_by_role("button").filter(has_text=re.compile(f"^{outcome}$"))
        assert button.bounding_box()["height"] >= 44
        button.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert lines.first.locator("h2").inner_text() != first
    look(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{meeting}/llamadas")
    page.get_by_role("button", name="Anotar las llamadas como medio").press("Enter")
    told = page.inner_text("#medios")
    assert f"{len(outcomes)} llamadas" in told and f"{outcomes.count('Asiste')} personas confirmaron" in told
    return before


def hold(office, server, meeting, day, count):
    """Notes who came, and opens the session."""
    page = office(f"{day}T09:02")
    page.goto(f"{meeting}/asistencia/lista")
    for box in page.locator("[name=people]").all()[:count]:
        box.check()
    page.get_by_role("button", name="Registrar a los marcados").click()
    page.goto(f"{meeting}/sesion/abrir")
    as_it_is(page)
    page.get_by_role("button", name="Abrir la sesión").click()
    page.wait_for_url("**/sesion")
    return page


def close(page, server, meeting, day):
    server.run("demo", "clock", "--to", f"{day}T09:55")
    page.goto(f"{meeting}/sesion/cerrar")
    as_it_is(page)
    page.get_by_role("button", name="Cerrar la sesión").click()
    page.wait_for_url("**/reuniones/*-*")


def test_two_months_lead_to_the_next_two(office, server, look):
    # The procedure's task, and the meeting by the standing agenda.
    page = office("2026-02-02T08:00")
    page.goto(f"{ALLIANCE}/reuniones/tareas/nueva")
    page.fill("[name=title]", "Reunión bimestral de la alianza")
    page.select_option("[name=frequency]", label="Cada dos meses")
    page.select_option("[name=fulfilment]", label="Una reunión realizada: Reunión de la alianza")
    page.fill("[name=starts_on]", "2026-01-01")
    page.fill("[name=source]", "Procedimiento SIAU-Pd-02")
    send(page, "Agregar la tarea")
    assert "En curso" in periods(page)[0]
    first = plan(page, "Reunión bimestral de febrero", "2026-02-18")
    standing = points(page, first)
    assert "Lectura del acta de la reunión anterior" in standing
    look(page)

    # Insurers are visited by their weight, with posters and leaflets.
    page.goto(f"{first}/difusion")
    insurer = page.locator("#aseguradoras li").first
    assert "representativa" in insurer.inner_text()
    insurer.get_by_role("link").click()
    page.fill("[name=posters]", "2")
    page.fill("[name=leaflets]", "80")
    page.get_by_role("button", name="Anotar", exact=True).click()
    assert "80 volantes" in page.inner_text("#visitas")
    page.goto(f"{first}/convocatoria")
    page.get_by_label("Cómo preguntar").fill("Coordinación SIAU, 300 123 4567")
    page.get_by_role("button", name="Emitir la convocatoria").click()
    assert "convocatoria 1 quedó emitida" in page.inner_text(".notice")

    # One week ahead, by phone.
    asked = call_by_keyboard(office, first, "2026-02-10T14:00", ["Asiste", "No contesta", "Asiste", "No asiste"], look)

    # The board that signs from February on.
    page = office("2026-02-12T08:00")
    page.goto(f"{ALLIANCE}/asociados")
    documents = [
        page.locator("table.data tbody tr").nth(number).locator("td").first.inner_text() for number in (8, 9)
    ]
    for title, document in zip(("Presidencia", "Secretaría"), documents):
        page.goto(f"{ALLIANCE}/gobierno")
        page.get_by_role("link", name="historial y actos de «Junta de la asociación»").click()
        seat = page.locator("#detalle li").filter(has=page.get_by_role("heading", name=title, exact=True))
        seat.get_by_role("link", name="Anotar quién lo ocupa").click()
        page.get_by_label("Quién lo ocupa").fill(document)
        page.get_by_label("Desde el").fill("2026-02-05")
        page.get_by_label("Papel en que consta").fill("Acta 5 de la asamblea del 5 de febrero de 2026")
        send(page, "Anotar el período")

    # The meeting: a decision, a commitment, and points that nobody came to.
    page = hold(office, server, first, "2026-02-18", 14)
    look(page)
    page.goto(f"{first}/decisiones")
    # Whoever came has a say in a group's meeting: there is no vote, and a consensus counts them.
    page.fill("[name=decision]", "Pedir a la clínica más citas los lunes")
    assert "Cuenta a los 14 presentes" in page.inner_text("main")
    page.get_by_role("button", name="Registrar la decisión").click()
    assert "quedó aprobada" in page.inner_text(".notice")
    page.goto(f"{first}/sesion")
    shortcut(page, "c")
    page.keyboard.type("Llevar la propuesta de citas a la dirección")
    page.keyboard.press("Tab")
    page.keyboard.type("Coordinación SIAU")
    page.fill("#compromiso [name=due_on]", "2026-03-18")
    page.locator("#compromiso button[type=submit]").press("Enter")
    page.wait_for_selector(".notice")
    close(page, server, first, "2026-02-18")
    assert "Cumple" in periods(page)[0] and "El 18 de febrero" in periods(page)[0]

    # Its minutes wrote themselves, and go round.
    page.goto(f"{first}/acta")
    words = page.inner_text("main")
    assert "Pedir a la clínica más citas los lunes" in words and "Llevar la propuesta" in words
    assert "Llamada" in words, "the calls that were made are told"
    page.get_by_role("link", name="Completar el acta").first.click()
    page.get_by_label("Otros").check()
    page.get_by_label("Tema de la capacitación").fill("Reunión bimestral")
    page.get_by_label("Nombre de quien facilitó").fill("Hernán Darío Salgado Forero")
    page.get_by_label("Cargo").fill("Coordinador del SIAU")
    page.get_by_label("Desarrollo").fill("Se presentó el talento humano y el portafolio de servicios.")
    page.get_by_role("button", name="Guardar y volver al acta").click()
    page.get_by_role("link", name="Enviar a observaciones").click()
    page.get_by_role("button", name="Enviar la versión 1").click()

    # March and April: the period ends, and the next meeting takes up what is open.
    page = office("2026-04-01T08:00")
    second = plan(page, "Reunión bimestral de abril", "2026-04-15")
    agenda = points(page, second)
    assert set(standing) <= set(agenda) and any("ompromisos" in each for each in agenda)
    assert len(agenda) == len(set(agenda)), "what the standing agenda has anew is not carried besides"
    look(page)
    page.goto(f"{HOME}/pendientes")
    assert "compromiso" in page.inner_text("main") and "vencido" in page.inner_text("main")
    page.goto(f"{second}/convocatoria")
    page.get_by_label("Cómo preguntar").fill("Coordinación SIAU, 300 123 4567")
    page.get_by_role("button", name="Emitir la convocatoria").click()
    assert call_by_keyboard(office, second, "2026-04-08T14:00", ["No contesta", "Asiste", "Asiste"], look) >= asked - 5

    page = hold(office, server, second, "2026-04-15", 16)
    earlier = page.locator("#anteriores li", has_text="Llevar la propuesta de citas")
    assert "Venció hace 28 días" in earlier.inner_text()
    earlier.get_by_role("link", name="Revisar").click()
    page.fill("[name=note]", "La dirección abrió diez citas más")
    page.check("[name=outcome][value=cumplido]")
    page.set_input_files(
        "[name=evidence]", {"name": "carta.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 carta\n%%EOF"}
    )
    page.get_by_role("button", name="Guardar la revisión").click()
    page.wait_for_url("**/sesion")
    page.goto(f"{second}/decisiones")
    page.fill("[name=decision]", "Se aprueba el acta de febrero")
    page.get_by_text("Punto, proponente, mayoría y qué aprueba").click()
    page.locator("[name=approves]").select_option(
        page.locator("[name=approves] option", has_text="febrero").get_attribute("value")
    )
    page.get_by_role("button", name="Registrar la decisión").click()
    assert "quedó aprobada" in page.inner_text(".notice")
    close(page, server, second, "2026-04-15")

    # February's minutes are approved, signed by who holds the offices, and sealed.
    page.goto(f"{first}/acta")
    page.get_by_role("link", name="Anotar la aprobación").click()
    page.get_by_label("Se aprueba el acta de febrero").check()
    page.get_by_label("Leí la versión que se aprueba").first.check()
    page.get_by_role("button", name="Aprobar el acta").click()
    assert re.search(r"Acta n.º \d+\b", page.inner_text("h1"))
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
    # Three sets of minutes on paper came before: the number goes on from them.
    assert "Acta n.º 4" in page.inner_text("h1")

    # Both periods are met by what happened, and the next one runs.
    page = office("2026-05-02T08:00")
    told = periods(page)
    assert "Cumple" in told[0] and "El 18 de febrero" in told[0]
    assert "Cumple" in told[1] and "El 15 de abril" in told[1]
    assert "En curso" in told[2]
    page.goto(f"{ALLIANCE}/compromisos?estado=cumplidos")
    assert "Llevar la propuesta de citas" in page.inner_text("table.data")
