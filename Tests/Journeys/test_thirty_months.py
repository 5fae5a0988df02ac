"""Thirty months with the clock of the server moved: mandates and their alarms, the life of an alliance, the terms of
complaints over real holidays, what is done again and again, and reminders by mail; and that a normal start has no such
clock."""

import base64
import email
import json
import re
from datetime import date, timedelta

import pytest

from postbox import Postbox
from server import Installation, as_it_is, sign_in, wait_until

BEGIN = "2026-01-05"
BOGOTA = "/o/aliansalud/alianzas/alianza-de-usuarios-de-bogota"
CLINIC = "/o/clinica-del-litoral/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"
SAN_ANTERO = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"
PRESIDENT = "presidencia.prueba@ejemplo.invalid"
PHRASE = "cuatro palabras sueltas y un rio"


@pytest.fixture
def server():
    """A demonstration that begins on 5 January 2026, and a mail server that keeps what it gets."""
    postbox = Postbox()
    made = Installation(
        ALIANZAS_SMTP_URL=f"smtp://127.0.0.1:{postbox.port}", ALIANZAS_MAIL_FROM="alianzas@ejemplo.invalid",
        ALIANZAS_ORIGIN="http://127.0.0.1",
    )
    made.run("migrate")
    made.run("demo", "--from", BEGIN)
    made.start()
    made.postbox = postbox
    yield made
    made.remove()


@pytest.fixture
def at(browser, server):
    """A function that puts the clock to a moment and returns somebody signed in then: sessions end while it jumps.

    `chores=True` starts the server anew, which looks at once for what it does each day, and waits until that is done.
    """
    opened = []

    def enter(moment, name, chores=False):
        server.run("demo", "clock", "--to", moment if isinstance(moment, str) else f"{moment}T08:00")
        if chores:
            server.stop()
            server.start()
            day = str(moment)[:10]
            wait_until(
                lambda: server.psql(
                    f"select bool_and(done_on >= '{day}') from tenancy.chores where chore = 'remind'", role="superuser"
                ).stdout.strip() == "t", f"the chores of {day}", seconds=300)
        context = browser.new_context(
            base_url=server.url, locale="es-CO", timezone_id="America/Bogota", viewport={"width": 1280, "height": 800}
        )
        opened.append(context)
        return sign_in(context.new_page(), server, name)

    yield enter
    for context in opened:
        context.close()


# Colombian holidays, reckoned here a second time (Ley 51 de 1983; Easter by Gauss's rule as Meeus and Jones give it).


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holidays(year):
    def monday(day):
        return day + timedelta(days=-day.weekday() % 7)

    fixed = [(1, 1), (5, 1), (7, 20), (8, 7), (12, 8), (12, 25)]
    moved = [(1, 6), (3, 19), (6, 29), (8, 15), (10, 12), (11, 1), (11, 11)]
    return (
        {date(year, *each) for each in fixed}
        | {monday(date(year, *each)) for each in moved}
        | {easter(year) + timedelta(days=each) for each in (-3, -2, 43, 64, 71)}
    )


def business_days_after(day, count):
    """The last of so many business days, the first being the one after the day."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays(day.year):
            count -= 1
    return day


MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()


def in_words(day):
    """«13 de marzo de 2026»."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def body_of(page, alliance, name):
    page.goto(f"{alliance}/gobierno")
    page.get_by_role("link", name=f"historial y actos de «{name}»").click()


def row(page, seat):
    """The row of a seat on the board of a body."""
    return page.locator("#puestos tbody tr").filter(has=page.locator("td", has_text=re.compile(f"^\\s*{seat}\\s*$")))


def ending(page, words):
    """The row of what ends soon, in the office's list over all alliances."""
    page.goto("/o/aliansalud/vencimientos?q=vocal")
    return page.locator("table.data tbody tr", has_text=words)


def test_a_mandate_is_told_of_ends_and_its_holder_goes_on(at, look):
    last = date(2028, 1, 4)
    page = at("2026-01-05T09:00", "aliansalud")
    page.goto(f"{BOGOTA}/asociados")
    document = page.locator("table.data tbody tr").nth(8).locator("td").first.inner_text()
    body_of(page, BOGOTA, "Junta directiva")
    assert "(vacante)" in row(page, "Vocalía").inner_text()
    seat = page.locator("#detalle li").filter(has=page.get_by_role("heading", name="Vocalía", exact=True))
    seat.get_by_role("link", name="Anotar quién lo ocupa").click()
    page.get_by_label("Quién lo ocupa").fill(document)
    page.get_by_label("Desde el").fill(BEGIN)
    page.get_by_label("Papel en que consta").fill("Acta 4 de la asamblea del 5 de enero de 2026")
    send(page, "Anotar el período")
    assert "Vigente" in row(page, "Vocalía").inner_text() and "04/01/2028" in row(page, "Vocalía").inner_text()

    # Six months before its end it is in the list, and not a day sooner.
    page = at(last - timedelta(days=181), "aliansalud")
    assert ending(page, "Vocalía").count() == 0
    for days, horizon in ((180, "180"), (90, "90"), (45, "90"), (15, "90"), (0, "90")):
        day = last - timedelta(days=days)
        page = at(day, "aliansalud")
        left = "Termina hoy." if days == 0 else f"Faltan {days} días."
        assert left in ending(page, "Vocalía").inner_text()
        page.goto(f"/o/aliansalud/vencimientos?q=vocal&plazo={horizon}")
        assert page.locator("table.data tbody tr", has_text=left).count() == 1
        body_of(page, BOGOTA, "Junta directiva")
        assert left.rstrip(".") in page.inner_text("#detalle")
        # The calendar has its last day, and from three months before an election waits to be called.
        page.goto("/o/aliansalud/calendario/lista/2028?que=periodos")
        assert page.locator("table.data tbody tr", has_text="04/01/2028").filter(has_text="Vocalía").count() == 1
        page.goto("/o/aliansalud/pendientes")
        waiting = page.locator(".pending > li", has_text="Convocar la elección de")
        assert waiting.count() >= 1
    look(page)

    # The day after, the holder goes on until replaced: this body says so.
    page = at(last + timedelta(days=1), "aliansalud")
    assert "sigue en funciones hasta que lo reemplacen" in ending(page, "Vocalía").inner_text()
    body_of(page, BOGOTA, "Junta directiva")
    assert "En funciones" in row(page, "Vocalía").inner_text()
    look(page)
    page = at("2028-07-05", "aliansalud")
    body_of(page, BOGOTA, "Junta directiva")
    assert "En funciones" in row(page, "Vocalía").inner_text()
    # The certificate of a day tells who sat then, of any day of the thirty months.
    for day, is_there in (("2026-01-04", False), ("2027-06-01", True), ("2028-07-05", True)):
        page.goto(f"{page.url.split('?')[0].split('#')[0]}?fecha={day}")
        assert ("04/01/2028" in row(page, "Vocalía").inner_text()) == is_there, day


def invite_president(page, server):
    """Gives the president of the clinic's board an account, by hand, and leaves it signed in nowhere."""
    document, name = server.psql("""
        select affiliates.document_type || ' ' || affiliates.document_number, mandates.holder_name
        from governance.seats join governance.bodies using (organization_id, body_id)
        join governance.mandates using (organization_id, seat_id)
        join membership.affiliates using (organization_id, person_id)
        where bodies.name = 'Junta de la asociación' and seats.title = 'Presidencia' and mandates.rank = 0
    """).stdout.strip().split("|")
    link = json.loads(server.run(
        "user", "invite", "--organization", "clinica-del-litoral", "--name", name, "--email", PRESIDENT, "--title",
        "Presidencia", "--document", document, "--role", "board", "--alliance",
        "asociacion-de-usuarios-de-la-clinica-del-litoral", "--json").stdout)
    address = next(value for value in link.values() if isinstance(value, str) and "/invitacion/" in value)
    guest = page.context.browser.new_context(base_url=server.url, locale="es-CO")
    window = guest.new_page()
    window.goto("/invitacion/" + address.rsplit("/", 1)[1])
    window.fill("[name='secret.password']", PHRASE)
    window.fill("[name='secret.repeated']", PHRASE)
    window.get_by_role("button", name="Crear la cuenta y entrar").click()
    window.wait_for_url("**/o/**")
    guest.close()


def reach_of_president(page, server):
    """What the president is answered who asks for what is the board's alone: its own copies, and its minutes."""
    guest = page.context.browser.new_context(base_url=server.url, locale="es-CO")
    window = guest.new_page()
    window.goto("/entrar")
    window.fill("main input:not([type=hidden]) >> nth=0", PRESIDENT)
    window.fill("input[type=password]", PHRASE)
    with window.expect_navigation():
        window.click("main button[type=submit]")
    statuses = [window.goto(f"{CLINIC}/{each}").status for each in ("documentos/copias", "libro", "quejas")]
    guest.close()
    return statuses


def test_where_nobody_goes_on_the_seat_is_empty_and_nobody_signs(at, server, look):
    # The clinic's board ends on 4 February 2026; in this body nobody goes on.
    last = date(2026, 2, 4)
    page = at("2026-01-20T08:00", "clinica")
    body_of(page, CLINIC, "Junta de la asociación")
    assert "Faltan 15 días" in page.inner_text("#detalle")
    invite_president(page, server)
    # The board meets, and its minutes are approved by a commission in time.
    page.goto(f"{CLINIC}/reuniones/nueva")
    page.get_by_label("Nombre", exact=True).fill("Última reunión de la junta")
    page.get_by_label("Clase").select_option("board")
    page.get_by_label("Día", exact=True).fill("2026-01-21")
    page.get_by_label("Empieza").fill("09:00")
    page.get_by_label("Termina").fill("10:00")
    page.get_by_label("Presencial").check()
    page.fill("[name=place]", "Sala de juntas")
    page.select_option("[name=body]", label="Junta de la asociación")
    page.get_by_role("button", name="Programar la reunión").click()
    meeting = page.url
    page = at("2026-01-21T09:01", "clinica")
    page.goto(f"{meeting}/asistencia/lista")
    for box in page.locator("[name=people]").all():
        box.check()
    page.get_by_role("button", name="Registrar a los marcados").click()
    page.goto(f"{meeting}/sesion/abrir")
    as_it_is(page)
    page.get_by_role("button", name="Abrir la sesión").click()
    page.wait_for_url("**/sesion")
    server.run("demo", "clock", "--to", "2026-01-21T09:50")
    page.goto(f"{meeting}/sesion/cerrar")
    as_it_is(page)
    page.get_by_role("button", name="Cerrar la sesión").click()
    acta = f"{meeting}/acta"
    page.goto(f"{acta}/editar")
    page.get_by_label("Otros").check()
    page.get_by_label("Tema de la capacitación").fill("Reunión ordinaria")
    page.get_by_label("Nombre de quien facilitó").fill("Hernán Darío Salgado Forero")
    page.get_by_label("Cargo").fill("Coordinador del SIAU")
    page.get_by_label("Desarrollo").fill("La junta revisó la correspondencia del mes.")
    page.get_by_role("button", name="Guardar y volver al acta").click()
    page.get_by_role("link", name="Enviar a observaciones").click()
    page.get_by_label("Se reciben observaciones hasta el").fill("")
    page.get_by_role("button", name="Enviar la versión 1").click()
    page.get_by_role("link", name="Anotar la aprobación").click()
    page.get_by_label("Quiénes integran la comisión").fill("Dos asociados, designados en la misma reunión")
    page.get_by_label("Leí la versión que se aprueba").last.check()
    page.get_by_role("button", name="Aprobar por la comisión").click()
    assert "Acta n.º" in page.inner_text("h1")
    page.get_by_role("link", name=re.compile("Adjuntar la firma en papel")).first.wait_for()

    # On the last day it may be signed; the day after, nobody signs by that right.
    page = at(f"{last}T08:00", "clinica", chores=True)
    body_of(page, CLINIC, "Junta de la asociación")
    assert "Termina hoy" in page.inner_text("#detalle")
    assert reach_of_president(page, server) == [200, 200, 200]
    page = at(f"{last + timedelta(days=1)}T08:00", "clinica", chores=True)
    # The right that the office gave by hand is over with the mandate, though nobody handed anything over.
    assert all(status in (403, 404) for status in reach_of_president(page, server))
    body_of(page, CLINIC, "Junta de la asociación")
    assert all("(vacante)" in row(page, each).inner_text() for each in ("Presidencia", "Secretaría", "Vocalía"))
    look(page)
    page.goto(acta)
    page.get_by_role("link", name=re.compile("Adjuntar la firma en papel")).first.click()
    page.get_by_label("Copia de la hoja firmada").set_input_files(
        {"name": "hoja.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 hoja firmada"})
    page.get_by_role("button", name="Adjuntar y revisar").click()
    assert "ya no puede firmar por ese cargo" in page.inner_text("main")
    look(page)
    # The office is told that an election is due, with the seats that stand empty.
    page.goto("/o/clinica-del-litoral/pendientes")
    assert re.search(r"Convocar la elección de \d+ puestos", page.inner_text("main"))
    page.goto("/o/clinica-del-litoral/vencimientos")
    vacant = page.locator("#vacantes tbody tr", has_text="Junta de la asociación")
    assert vacant.count() == 3 and "05/02/2026" in vacant.first.inner_text()
    page = at("2028-07-05", "clinica")
    page.goto("/o/clinica-del-litoral/vencimientos")
    assert page.locator("#vacantes tbody tr", has_text="Junta de la asociación").count() == 3


def test_an_alliance_is_to_be_renewed_expires_and_is_renewed(at, look):
    # Constituted on 5 April 2024; its bylaws say two years, by an article that the office read.
    page = at("2026-01-06T08:00", "aliansalud")
    page.goto(f"{BOGOTA}/gobierno")
    page.get_by_role("link", name="Registrar los estatutos").first.click()
    page.get_by_label("Título").fill("Estatutos de la asociación de usuarios")
    page.get_by_label("Los aprobó la asamblea el").fill("2024-04-05")
    page.get_by_label("Rigen desde el").fill("2024-04-05")
    page.get_by_label("Acta de la asamblea").fill("Acta 1 de la asamblea de 2024")
    page.get_by_label("Articulado").fill("Artículo 3. Período.\nLa asociación se renueva cada dos años.")
    page.fill("[name=alliance_period_months]", "24")
    page.fill("[name=alliance_period_months_origin]", "Artículo 3")
    page.get_by_role("button", name="Registrar los estatutos").click()

    def chip(page):
        page.goto(f"{BOGOTA}/vida")
        return page.locator("main .status").first.inner_text()

    page = at("2026-01-07T08:00", "aliansalud", chores=True)
    assert "Por renovar" in chip(page)
    assert "en 87 días" in page.inner_text("main")
    page.goto("/o/aliansalud/pendientes")
    assert "Renovar la alianza" in page.inner_text("main")
    page = at("2026-04-04T08:00", "aliansalud", chores=True)
    assert "Por renovar" in chip(page) and "termina hoy" in page.inner_text("main")
    page = at("2026-04-05T08:00", "aliansalud", chores=True)
    assert "Vencida" in chip(page)
    assert "hace 1 día" in page.inner_text("main")
    look(page)

    # Renewed by its members, it runs for two years more.
    page.goto(f"{BOGOTA}/asociados")
    documents = [
        page.locator("table.data tbody tr").nth(number).locator("td").first.inner_text() for number in range(3)
    ]
    page.goto(f"{BOGOTA}/vida")
    page.get_by_role("link", name="Comenzar la renovación").click()
    send(page, "Comenzar la renovación")
    page.get_by_role("link", name="Pegar una lista de documentos").click()
    page.get_by_label("Documentos de quienes confirman").fill("\n".join(documents))
    send(page, "Anotar")
    page.get_by_role("link", name="Terminar con el acta").click()
    page.get_by_label("Día de la asamblea que la renovó").fill("2026-04-05")
    page.get_by_label("Acta", exact=True).fill("Acta 9 de la asamblea")
    send(page, "Renovar la alianza")
    assert "Activa" in chip(page)
    page.goto("/o/aliansalud/pendientes")
    assert "Renovar la alianza" not in page.inner_text("main")

    # The new period ends on 4 April 2028: its alarms go off 180, 90 and 30 days before.
    last = date(2028, 4, 4)
    for days, expected in ((181, "Activa"), (180, "Por renovar"), (90, "Por renovar"), (30, "Por renovar")):
        page = at(last - timedelta(days=days), "aliansalud", chores=True)
        assert expected in chip(page), days
        page.goto("/o/aliansalud/pendientes")
        assert ("Renovar la alianza" in page.inner_text("main")) == (days <= 180), days
    page = at(last + timedelta(days=1), "aliansalud", chores=True)
    assert "Vencida" in chip(page)
    look(page)


def test_ends_are_told_by_mail_once_each(at, server):
    # The clinic's board ends on 4 February 2026, and nobody goes on in it. The first day's alarms went off with the start.
    page = at("2026-01-06T08:00", "clinica", chores=True)
    body_of(page, CLINIC, "Junta de la asociación")
    assert "Faltan 29 días" in page.inner_text("#detalle")
    wait_until(
        lambda: server.psql("select count(*) > 0 from governance.told_alarms", role="superuser").stdout.strip() == "t",
        "the alarms of the first day")
    server.psql(
        "update tenancy.users set email = 'siau@clinica.com.co' where name = 'Hernán Darío Salgado Forero';"
        "update tenancy.users set email = 'oficina@aliansalud.com.co' where name = 'Patricia Helena Roa Cubillos'",
        role="superuser")

    def letters():
        read = [email.message_from_string(each) for each in server.postbox.letters]
        return [(each["To"], base64.b64decode(each.get_payload()).decode()) for each in read]

    def clinics():
        return [text for to, text in letters() if to == "siau@clinica.com.co"]

    def waiting():
        return server.psql(
            "select count(*) from tenancy.outbox where topic = 'tenancy.mail' and delivered_at is null", role="superuser"
        ).stdout.strip()

    told = []
    for day, words in (
        ("2026-01-19", None), ("2026-01-20", "en 15 días"), ("2026-01-21", None), ("2026-02-04", None),
        ("2026-02-05", "terminó el miércoles 4 de febrero de 2026"), ("2026-02-06", None),
    ):
        at(f"{day}T09:00", "clinica", chores=True)
        wait_until(lambda: waiting() == "0", f"the mails of {day}")
        boards = [each for each in clinics() if "Junta de la asociación" in each]
        if words:
            told.append(words)
            assert words in boards[-1], boards[-1]
            # All seats of the board in one line of one mail.
            assert boards[-1].count("Junta de la asociación") == 1 and "Presidencia" in boards[-1]
        assert len(boards) == len(told), day
    assert "El puesto está vacío" in boards[-1]
    # The period of the alliances: as it comes near, and once.
    at("2026-03-06T09:00", "aliansalud", chores=True)
    at("2026-03-07T09:00", "aliansalud", chores=True)
    wait_until(lambda: waiting() == "0", "the mails of March")
    periods = [text for to, text in letters() if to == "oficina@aliansalud.com.co" and "El período de la alianza" in text]
    assert len(periods) == 1 and "El plazo está sin confirmar" in periods[0], periods
    # Over thirty months, nobody gets one thing twice.
    for day in ("2026-04-05", "2026-04-06", "2027-07-09", "2028-01-05", "2028-01-06", "2028-07-05"):
        at(f"{day}T09:00", "aliansalud", chores=True)
        wait_until(lambda: waiting() == "0", f"the mails of {day}")
    lines = [(to, line) for to, text in letters() for line in text.splitlines() if line.startswith("– ")]
    told = [(to, re.sub(", en .*", "", line)) for to, line in lines if "terminó" not in line]
    # The four alarms of a mandate at the most; what is over, once.
    assert all(told.count(each) <= 4 for each in told), sorted(each for each in told if told.count(each) > 4)
    over = [each for each in lines if "terminó" in each[1]]
    assert over and len(over) == len(set(over)), sorted(each for each in over if over.count(each) > 1)


def complaint(page, kind, risk=None):
    """Files a complaint and returns its address."""
    page.goto(f"{SAN_ANTERO}/quejas/nueva")
    page.get_by_label(kind, exact=True).check()
    if risk:
        page.locator(f"[name=risk][value={risk}]").check()
    page.get_by_label("Sobre qué").select_option("medicines")
    page.get_by_label("De qué entidad").fill("Mutual SER EPS")
    page.get_by_label("Qué pasó", exact=True).fill("La farmacia entregó la mitad y pidió volver otro día")
    page.get_by_label("Cómo llegó").select_option("in_person")
    page.get_by_role("button", name="Radicar la queja").click()
    page.get_by_role("link", name="Abrir la queja").click()
    return page.url


def transfer(page, address):
    """Passes it on to the entity: its clock begins."""
    page.goto(f"{address}/traslado")
    page.get_by_label("A quién se trasladó").fill("Oficina de atención al usuario")
    page.get_by_label("Radicado que dio la entidad").fill("PQRD-77")
    page.get_by_label("La prueba").set_input_files(
        {"name": "recibido.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 recibido"})
    page.get_by_role("button", name="Trasladar a la entidad").click()


# Each over a holiday that moves: San José and Holy Week of 2026 and of 2027, the Monday after Corpus Christi, the end of a
# year with Epiphany, and a plain week.
FILED = [date(2026, 3, 18), date(2026, 6, 5), date(2026, 12, 18), date(2027, 3, 17), date(2028, 2, 7)]


def test_terms_of_complaints_run_over_holidays(at, look):
    page = at("2026-01-06T09:00", "oficina")
    for kind, risk in (("complaint", "none"), ("health_claim", "vital"), ("health_claim", "priority"),
                       ("health_claim", "simple")):
        page.goto(f"/o/mutual-ser/plazos-de-quejas/{kind}/{risk}")
        page.get_by_label("Norma o procedimiento").fill("Procedimiento PQRD-02, versión 3")
        page.get_by_role("button", name="Confirmar el plazo").click()
    for filed in FILED:
        page = at(f"{filed}T10:00", "oficina")
        petition = complaint(page, "Queja")
        transfer(page, petition)
        due = business_days_after(filed, 15)
        assert in_words(due) in page.inner_text("main"), (filed, due)
        # Hours run through nights, Sundays and holidays.
        for risk, hours in (("vital", 24), ("priority", 48), ("simple", 72)):
            claim = complaint(page, "Reclamo en salud", risk)
            transfer(page, claim)
            text = page.inner_text("main")
            assert in_words(filed + timedelta(hours=hours)) in text and "10:0" in text, (filed, risk)
    look(page)

    # On its last day a complaint is about to be late, the day after it is late, and both wait for the office.
    due = business_days_after(FILED[-1], 15)
    page = at(f"{due}T09:00", "oficina")
    page.goto(petition)
    assert "Vencid" not in page.locator("main .status").first.inner_text()
    page = at(f"{due + timedelta(days=1)}T09:00", "oficina")
    page.goto(petition)
    assert "Vencid" in page.locator("main .status").first.inner_text()
    page.goto("/o/mutual-ser/pendientes")
    assert "con el plazo por vencer o vencido" in page.inner_text("main")
    look(page)


def test_what_is_done_again_and_again_and_its_reminders(at, server, look):
    page = at("2026-01-06T09:00", "clinica")
    for title, frequency, fulfilment in (
        ("Seguimiento mensual del plan", "Cada mes", "El seguimiento del plan de trabajo"),
        ("Reunión bimestral de la alianza", "Cada dos meses", "Una reunión realizada: Reunión de la alianza"),
        ("Asamblea del año", "Cada año", "Una reunión realizada: Asamblea"),
    ):
        page.goto(f"{CLINIC}/reuniones/tareas/nueva")
        page.fill("[name=title]", title)
        page.select_option("[name=frequency]", label=frequency)
        page.select_option("[name=fulfilment]", label=fulfilment)
        page.fill("[name=starts_on]", "2026-01-01")
        page.fill("[name=source]", "Procedimiento SIAU-Pd-02")
        send(page, "Agregar la tarea")
    page.goto(f"{CLINIC}/compromisos/nuevo")
    page.fill("[name=activity]", "Publicar los horarios de farmacia")
    page.check("[name=owner_kind][value=otro]")
    page.fill("[name=owner]", "Farmacia El Puerto")
    page.fill("[name=email]", "farmacia@elpuerto.com.co")
    page.fill("[name=due_on]", "2026-02-20")
    send(page, "Anotar el compromiso")

    def periods(page, title, year):
        page.goto(f"{CLINIC}/reuniones/ano/{year}")
        duty = page.locator(".duty").filter(has=page.get_by_role("heading", name=title))
        return duty.locator(".periods > li").all_inner_texts()

    def waits(page):
        page.goto("/o/clinica-del-litoral/pendientes")
        return page.locator(".pending > li", has_text="en su período")

    assert len(periods(page, "Seguimiento mensual", 2026)) == 12
    assert waits(page).count() == 0
    # The mails of a week before, the day before, the day, and each week after.
    told = []
    for day in ("2026-02-12", "2026-02-13", "2026-02-14", "2026-02-19", "2026-02-20", "2026-02-21", "2026-02-27"):
        at(f"{day}T09:00", "clinica", chores=True)
        if day in ("2026-02-13", "2026-02-19", "2026-02-20", "2026-02-27"):
            told.append(day)
            wait_until(lambda: len(server.postbox.letters) >= len(told), f"the reminder of {day}")
        assert len(server.postbox.letters) == len(told), day
    letters = [email.message_from_string(each) for each in server.postbox.letters]
    words = [base64.b64decode(each.get_payload()).decode() for each in letters]
    assert all(each["To"] == "farmacia@elpuerto.com.co" for each in letters)
    assert "vence hoy" in words[2] and "venció hace 7 días" in words[3]

    # Within fifteen days of its end a period waits to be done; over, it was not done. Nothing is ticked.
    page = at("2026-02-28T09:00", "clinica")
    assert "Termina hoy" in periods(page, "Reunión bimestral", 2026)[0]
    assert "Sin hacer" in periods(page, "Seguimiento mensual", 2026)[0]
    assert waits(page).count() == 1 and "2 tareas" in waits(page).inner_text()
    look(page)
    page = at("2026-03-01T09:00", "clinica")
    first, second = periods(page, "Reunión bimestral", 2026)[:2]
    assert "Sin hacer" in first and "En curso" in second
    assert waits(page).count() == 0
    # A meeting that was held meets it, whenever its minutes come in.
    page.goto(f"{CLINIC}/reuniones/nueva")
    page.get_by_label("Nombre", exact=True).fill("Reunión de marzo")
    page.get_by_label("Clase").select_option("group")
    page.get_by_label("Día", exact=True).fill("2026-03-11")
    page.get_by_label("Empieza").fill("09:00")
    page.get_by_label("Termina").fill("11:00")
    page.get_by_label("Presencial").check()
    page.fill("[name=place]", "Auditorio")
    page.get_by_role("button", name="Programar la reunión").click()
    meeting = page.url
    page = at("2026-04-20T09:00", "clinica")
    assert "Quedan 10 días" in periods(page, "Reunión bimestral", 2026)[1]
    page.goto(f"{meeting}/acta/papel")
    page.get_by_label("Fecha del acta").fill("2026-03-11")
    page.get_by_label("Personas que asistieron").fill("14")
    page.get_by_label("Desarrollo").fill("Se presentó el portafolio de servicios.")
    page.locator("main form button[type=submit]").last.click()
    if page.locator("button[name=paso][value=registrar]").count():
        page.locator("button[name=paso][value=registrar]").click()
    assert "Cumple" in periods(page, "Reunión bimestral", 2026)[1]
    assert "El 11 de marzo" in periods(page, "Reunión bimestral", 2026)[1]

    # The year's own period, and the same after two years and a half.
    page = at("2026-12-20T09:00", "clinica")
    assert "Quedan 11 días" in periods(page, "Asamblea del año", 2026)[0]
    page = at("2027-01-01T09:00", "clinica")
    assert "Sin hacer" in periods(page, "Asamblea del año", 2026)[0]
    page = at("2028-02-29T09:00", "clinica")
    assert "Termina hoy" in periods(page, "Reunión bimestral", 2028)[0]
    assert "Termina hoy" in periods(page, "Seguimiento mensual", 2028)[1]
    page = at("2028-07-05T09:00", "clinica")
    months = periods(page, "Seguimiento mensual", 2028)
    assert ["Sin hacer" in each for each in months[:6]] == [True] * 6 and "En curso" in months[6]
    assert [each for each in periods(page, "Reunión bimestral", 2026) if "Cumple" in each][0].startswith("Marzo")
    look(page)


def test_a_normal_start_has_no_such_clock(installation, browser):
    installation.run("migrate")
    installation.start()
    refused = installation.run("demo", "clock", "--to", "2030-01-01", check=False)
    assert refused.returncode == 1 and "reloj" in refused.stderr + refused.stdout
    # Neither a file that lies there nor a word of the environment moves it.
    (installation.data / "reloj").write_text("86400000")
    installation.stop()
    for name in ("ALIANZAS_CLOCK", "ALIANZAS_NOW", "ALIANZAS_DEMO_CLOCK"):
        installation.environment[name] = "2030-01-01"
    installation.start()
    page = browser.new_page(base_url=installation.url)
    page.goto("/entrar")
    assert "Demostración con el reloj" not in page.inner_text("body")
    told = installation.run("demo", "clock").stdout
    assert "2030" not in told and "2028" not in told
    assert "clock" not in installation.run("serve", "--help").stdout
    page.close()
