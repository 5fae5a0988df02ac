"""What people do by themselves: they join an alliance and propose topics from the public page, a member follows their own
part, and whoever works here finds things by what they are called."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from server import Installation, sign_in, today

ENTITY = "/o/mutual-ser"
ALLIANCE = f"{ENTITY}/alianzas/alianza-de-usuarios-de-san-antero"
PUBLIC = "/publico/mutual-ser/alianza-de-usuarios-de-san-antero"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own: people join in it."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    made.remove()


def stranger(office, server):
    """Somebody of the register who is no member: their document, and the day of birth that the register has."""
    people = office.request.get(f"{ENTITY}/afiliados?formato=json&municipio=23672&estado=activos").json()
    members = {row["documento"] for row in office.request.get(f"{ALLIANCE}/asociados?formato=json").json()}
    waiting = {row["documento"] for row in office.request.get(f"{ALLIANCE}/solicitudes?formato=json").json()}
    # The form is for those of age.
    documents = (each["documento"] for each in people if each["documento"].startswith("CC "))
    document = next(each for each in documents if each not in members | waiting)
    kind, number = document.replace(".", "").split(" ", 1)
    birth = server.psql(
        f"select birth_date from membership.affiliates where document_type = '{kind}' and document_number = '{number}'",
        role="superuser",
    )
    return document, birth.stdout.strip()


def fill(page, document, birth, name="Ana Inventada Prueba"):
    """Fills in the form of whoever joins, without the authorisation."""
    kind, number = document.split(" ", 1)
    page.get_by_label("Tipo de documento").select_option(kind)
    page.get_by_label("Número de documento").fill(number)
    page.get_by_label("Nombres y apellidos").fill(name)
    page.get_by_label("Fecha de nacimiento").fill(birth)
    page.get_by_label("Teléfono").fill("300 123 4567")


def ask(page, document, birth):
    """Asks to join, and gives the code and what the page said besides."""
    page.goto(f"{PUBLIC}/inscribirme")
    fill(page, document, birth)
    page.get_by_label("Leí el texto y autorizo").check()
    page.get_by_role("button", name="Enviar mi solicitud").click()
    expect(page.locator("h1")).to_have_text("Recibimos su solicitud")
    code = page.inner_text(".seal code")
    return code, page.inner_text("main").replace(code, "")


def follow(page, code):
    """Where a request stands, by its code."""
    page.goto(f"{PUBLIC}/inscribirme/seguir")
    page.get_by_label("Código de la solicitud").fill(code.upper().replace("-", " "))
    page.get_by_role("button", name="Consultar").click()
    expect(page.locator("h1")).to_have_text("Su solicitud de inscripción")
    return page.inner_text("main")


def test_somebody_joins_from_the_public_page(enter, look, page, browser, server):
    office = sign_in(browser.new_context(base_url=server.url, locale="es-CO").new_page(), server, "oficina")
    document, birth = stranger(office, server)

    page.goto(PUBLIC)
    page.get_by_role("link", name="Inscribirme").click()
    look(page, "inscribirme")
    # Without the authorisation nothing is kept, and what was typed stays.
    fill(page, document, birth)
    page.get_by_role("button", name="Enviar mi solicitud").click()
    expect(page.locator(".problem-summary")).to_contain_text("Sin su autorización")
    assert page.get_by_label("Nombres y apellidos").input_value() == "Ana Inventada Prueba"
    look(page)
    code, _ = ask(page, document, birth)
    look(page)
    assert "la está revisando" in follow(page, code)
    look(page)

    # The office finds it among the others, with how the person is reached and what they agreed to.
    office.goto(f"{ALLIANCE}/solicitudes?estado=por-decidir")
    office.get_by_role("row").filter(has_text=document).get_by_role("link").click()
    look(office, "solicitud-de-la-pagina")
    text = office.inner_text("main")
    assert "300 123 4567" in text and "Autorizó el" in text
    assert office.get_by_label("Si acepta").count() == 0
    office.get_by_label("Aceptar").check()
    office.get_by_role("button", name="Guardar la decisión").click()
    expect(office.locator(".notice")).to_contain_text("quedó inscrita")
    assert "Usted ya es de la alianza" in follow(page, code)


def test_a_stranger_learns_nothing_of_the_register(enter, look, page, browser, server):
    office = sign_in(browser.new_context(base_url=server.url, locale="es-CO").new_page(), server, "oficina")
    document, birth = stranger(office, server)
    wrong = "1951-01-01" if birth != "1951-01-01" else "1952-02-02"
    answers = []
    for who, born in ((document, wrong), ("CC 99887766", wrong)):
        code, words = ask(page, who, born)
        answers.append((words, follow(page, code)))
    assert answers[0] == answers[1]

    # Somebody of the office sees the difference, and says who it is.
    office.goto(f"{ENTITY}/pendientes")
    office.get_by_role("link", name=re.compile("Reconocer a 2 personas")).click()
    look(office, "solicitudes-por-reconocer")
    text = office.inner_text("main")
    assert "con otra fecha de nacimiento" in text and "El padrón no tiene ese documento" in text
    office.get_by_role("link", name="Es esa persona").click()
    look(office)
    office.get_by_role("button", name="Es esa persona").click()
    expect(office.locator(".notice")).to_contain_text("falta decidirla")
    office.goto(f"{ALLIANCE}/solicitudes/de-la-pagina")
    office.get_by_role("link", name="Cerrarla").click()
    look(office)
    office.get_by_role("button", name="Cerrar la solicitud").click()
    expect(office.locator(".problem-summary")).to_contain_text("Por qué se cierra")
    office.get_by_label("Por qué se cierra").fill("No pudimos hablar con usted. Acérquese a la oficina.")
    office.get_by_role("button", name="Cerrar la solicitud").click()
    expect(office.locator("main")).to_contain_text("No hay ninguna por reconocer")
    # The last code is of the one that was closed.
    assert "No pudimos hablar con usted" in follow(page, code)

    # A board does not learn by it what the register has.
    board = sign_in(browser.new_context(base_url=server.url, locale="es-CO").new_page(), server, "junta")
    assert board.goto(f"{ALLIANCE}/solicitudes/de-la-pagina").status == 403


def test_a_request_is_made_and_taken_back_by_keyboard_alone(page, look, server):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{PUBLIC}/inscribirme")
    page.get_by_label("Tipo de documento").focus()
    press = page.keyboard
    press.press("Tab")
    press.type("55443322")
    press.press("Tab")
    press.type("Rosa Inventada")
    press.press("Tab")
    # A date field takes day, month and year, each by its own.
    page.get_by_label("Fecha de nacimiento").fill("1960-05-04")
    page.get_by_label("Teléfono").focus()
    press.type("6047654321")
    page.get_by_label("Leí el texto y autorizo").focus()
    press.press("Space")
    page.get_by_role("button", name="Enviar mi solicitud").focus()
    press.press("Enter")
    expect(page.locator("h1")).to_have_text("Recibimos su solicitud")
    code = page.inner_text(".seal code")
    follow(page, code)
    page.get_by_role("link", name="Retirarla y borrar mis datos").focus()
    press.press("Enter")
    expect(page.locator("h1")).to_have_text("Retirar mi solicitud")
    look(page)
    page.get_by_label("Código de la solicitud").focus()
    press.type(code)
    page.locator("main form input[type=text]").last.focus()
    press.type("RETIRAR")
    press.press("Enter")
    expect(page.locator(".notice")).to_contain_text("se borró")
    assert "Borrados, como usted lo pidió" in follow(page, code)


def test_users_and_members_propose_topics_and_read_the_answer(enter, look, page, browser, server):
    page.goto(PUBLIC)
    page.get_by_role("link", name="Proponer un tema").click()
    look(page, "proponer-un-tema")
    page.get_by_label("Tema", exact=True).fill("Cómo pedir una cita")
    page.get_by_label("Para qué").fill("Mi cédula es 1.067.890.123")
    page.get_by_role("button", name="Proponer el tema").click()
    expect(page.locator(".problem-summary")).to_contain_text("1.067.890.123")
    page.get_by_label("Para qué").fill("En la vereda nadie sabe a dónde llamar")
    page.get_by_role("button", name="Proponer el tema").click()
    expect(page.locator("h1")).to_have_text("Recibimos su tema")
    look(page)
    code = page.inner_text(".seal code")

    office = sign_in(browser.new_context(base_url=server.url, locale="es-CO").new_page(), server, "oficina")
    office.goto(f"{ENTITY}/pendientes")
    office.get_by_role("link", name=re.compile("Responder .* propuesto")).first.click()
    office.get_by_role("row").filter(has_text="Cómo pedir una cita").get_by_role("link", name="Responder").click()
    office.get_by_label("Sí se dará").check()
    office.get_by_label("Cuándo, o por qué no").fill("En el encuentro de abril")
    office.get_by_role("button", name="Responder").click()
    expect(office.locator("main")).to_contain_text("En el encuentro de abril")
    page.goto(f"{PUBLIC}/temas/seguir")
    look(page)
    page.get_by_label("Código del tema").fill(code)
    page.get_by_role("button", name="Consultar").click()
    expect(page.locator("main")).to_contain_text("En el encuentro de abril")
    look(page)

    member = sign_in(browser.new_context(base_url=server.url, locale="es-CO").new_page(), server, "asociada")
    member.goto(f"{ALLIANCE}/mi-alianza")
    look(member)
    member.locator("#capacitaciones").get_by_role("link", name="Proponer un tema").click()
    member.get_by_label("Tema", exact=True).fill("Primeros auxilios en casa")
    member.get_by_label("Asociados").or_(member.get_by_label("Usuarios")).first.check()
    member.get_by_role("button", name="Proponer el tema").click()
    member.goto(f"{ALLIANCE}/mi-alianza")
    assert "Primeros auxilios en casa" in member.inner_text("#capacitaciones")
    assert "Sin respuesta" in member.inner_text("#capacitaciones")


def test_the_search_finds_what_it_may(enter, look, browser, server):
    page = enter("oficina")
    page.goto(f"{ENTITY}/buscar")
    look(page)
    title = server.psql(
        "select title from governance.meetings join catalogue.organizations using (organization_id)"
        " where slug = 'mutual-ser' and not is_reserved order by day desc limit 1", role="superuser"
    ).stdout.strip()
    # By keyboard from any page, by the beginnings of words.
    words = " ".join(word[:6] for word in re.findall(r"\w{5,}", title)[:2]).upper()
    page.locator("#buscar").focus()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(words)
    look(page, "buscar")
    page.locator("#reuniones").get_by_role("link", name=title, exact=True).first.click()
    expect(page.locator("h1")).to_contain_text(title)

    page.goto(f"{ALLIANCE}/quejas/nueva")
    page.get_by_label("Queja", exact=True).check()
    page.get_by_label("Sobre qué").select_option("medicines")
    page.get_by_label("De qué entidad").fill("Mutual SER EPS")
    page.get_by_label("Qué pasó", exact=True).fill("La farmacia cierra a las once")
    page.get_by_label("Cómo llegó").select_option("phone")
    page.get_by_role("button", name="Radicar la queja").click()
    number = re.search(r"Q-\d{4}-\d{4}", page.inner_text("h1"))[0]
    page.goto(f"{ENTITY}/buscar?q={number}")
    page.locator("#quejas a").click()
    assert number in page.inner_text("main")

    # What the board keeps to itself is found by the board alone.
    board = sign_in(browser.new_context(base_url=server.url, locale="es-CO").new_page(), server, "junta")
    board.goto(f"{ALLIANCE}/reuniones/nueva")
    board.fill("[name=title]", "Deliberación xilófono")
    board.select_option("[name=kind]", "board")
    board.fill("[name=day]", (today() + timedelta(days=20)).isoformat())
    board.fill("[name=starts_at]", "15:00")
    board.check("[name=mode][value=in_person]")
    board.fill("[name=place]", "Casa comunal")
    board.check("[name=is_reserved]")
    board.locator("main form button[type=submit]").last.click()
    expect(board.locator("h1")).to_contain_text("Deliberación xilófono")
    board.goto(f"{ENTITY}/buscar?q=xilofono")
    assert "Deliberación xilófono" in board.inner_text("#reuniones")
    page.goto(f"{ENTITY}/buscar?q=xilofono")
    expect(page.locator("main")).to_contain_text("No encontramos nada")
    # A member does not find complaints.
    member = sign_in(browser.new_context(base_url=server.url, locale="es-CO").new_page(), server, "asociada")
    member.goto(f"{ENTITY}/buscar?q={number}")
    expect(member.locator("main")).to_contain_text("No encontramos nada")


def test_a_password_can_be_looked_at(page, look):
    page.goto("/entrar")
    field = page.locator("input[autocomplete=current-password]")
    field.fill("secreta de prueba")
    page.get_by_role("button", name="Mostrar: Contraseña").click()
    assert field.get_attribute("type") == "text"
    look(page)
    page.get_by_role("button", name="Ocultar: Contraseña").click()
    assert field.get_attribute("type") == "password"
