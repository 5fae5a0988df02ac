"""An assembly from its opening without a call to its minutes, as the office: who asks for the word and for how long each
speaks, who leaves and comes back, a session that was closed too early; and the same as a board by itself."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from server import Installation, as_it_is, shortcut, sign_in, today, wait_until

TENANT = "/o/mutual-ser"
ALLIANCE = f"{TENANT}/alianzas/alianza-de-usuarios-de-san-antero"
DAY = today() + timedelta(days=2)


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own, on the morning of an assembly."""
    made = Installation()
    made.demonstrate()
    made.start()
    at(made, "09:05")
    yield made
    made.remove()


def at(server, hour):
    """Puts the clock to an hour of the day."""
    server.run("demo", "clock", "--to", f"{DAY.isoformat()}T{hour}")


@pytest.fixture
def window(browser, server):
    """A function that signs somebody in, in a window of their own."""
    opened = []

    def enter(name):
        context = browser.new_context(
            base_url=server.url, locale="es-CO", timezone_id="America/Bogota", viewport={"width": 1280, "height": 800}
        )
        opened.append(context)
        return sign_in(context.new_page(), server, name)

    yield enter
    for context in opened:
        context.close()


def plan(page, title, kind, agenda, **fields):
    """Puts a meeting of today on the calendar, and returns its address."""
    page.goto(f"{ALLIANCE}/reuniones/nueva")
    page.fill("[name=title]", title)
    page.select_option("[name=kind]", kind)
    page.fill("[name=day]", DAY.isoformat())
    page.fill("[name=starts_at]", "09:00")
    page.check("[name=mode][value=in_person]")
    page.select_option("[name=model]", "")
    page.fill("[name=agenda]", agenda)
    for name in fields:
        page.check(f"[name={name}]")
    page.get_by_role("button", name="Programar la reunión").click()
    page.wait_for_url("**/reuniones/*-*")
    return re.search(r"/o/.*", page.url).group()


def says(page, text):
    expect(page.locator(".notice")).to_contain_text(text)


def test_a_session_of_many_voices(server, window, look):
    page = window("oficina")
    meeting = plan(page, "Asamblea de voces", "assembly", "Saludo\nInforme de gestión\nRutas de atención\nDespedida")

    # Nobody was called and nobody is there: it opens where that is confirmed, and not by a slip.
    page.goto(f"{meeting}/sesion/abrir")
    expect(page.locator(".note-warning")).to_contain_text("No hay nadie registrado como presente")
    expect(page.locator(".note-warning")).to_contain_text("No hay constancia de que se haya convocado")
    look(page)
    page.goto(f"{meeting}/asistencia/lista")
    for box in page.locator("[name=people]").all()[:33]:
        box.check()
    page.get_by_role("button", name="Registrar a los marcados").click()
    page.goto(f"{meeting}/sesion/abrir")
    page.get_by_role("button", name="Abrir la sesión").click()
    expect(page.locator(".problem-summary")).to_contain_text("Marque que se hace así")
    look(page)
    page.check("main [name=confirmed]")
    page.get_by_role("button", name="Abrir la sesión").click()
    page.wait_for_url("**/sesion")

    # The quorum stays on the screen, and covers nothing that takes the focus.
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 700})
        page.locator("#atajos summary").focus()
        expect(page.locator(".quorum-line")).to_be_in_viewport()
        expect(page.get_by_role("button", name=re.compile("Verificar"))).to_be_in_viewport()
        bar = page.locator(".session-bar")
        wait_until(lambda: bar.bounding_box()["y"] == 0, "the bar at the top")
        height = bar.bounding_box()["height"]
        assert height < 80, height
        step = page.get_by_role("button", name="Abrir este punto")
        step.focus()
        wait_until(lambda: step.bounding_box()["y"] >= height, "the point below the bar")
    page.set_viewport_size({"width": 1280, "height": 800})
    shortcut(page, "s")
    expect(page.locator(".point-open")).to_contain_text("Saludo")
    shortcut(page, "s")
    expect(page.locator(".point-open")).to_contain_text("Informe de gestión")

    # Who asks for the word, by keyboard alone: somebody present by their button, somebody else by name.
    keys = page.keyboard
    first = page.get_by_role("button", name=re.compile("Pide la palabra")).first
    name = first.inner_text().split(": ")[1]
    first.focus()
    keys.press("Enter")
    says(page, "Quedó en la lista de la palabra")
    shortcut(page, "v")
    keys.type("Berta Lugo, de la Secretaría")
    keys.press("Enter")
    expect(page.locator(".speakers li")).to_have_count(2)
    shortcut(page, "v")
    keys.type("berta lugo, de la secretaria")
    keys.press("Enter")
    expect(page.locator("#palabra .field-problem")).to_contain_text("ya está en la lista de la palabra")
    look(page)
    page.goto(f"{meeting}/sesion")
    shortcut(page, "m")
    keys.type("2")
    keys.press("Enter")
    says(page, "Cada quien habla hasta 2 minutos")
    shortcut(page, "l")
    expect(page.locator(".speech")).to_contain_text(name)
    expect(page.locator(".speech-clock")).to_contain_text(" de 2 min")
    expect(page.locator(".speech-clock span").first).not_to_contain_text("0:00 de")
    expect(page.locator(".late-words")).to_be_hidden()
    look(page, "uso-de-la-palabra", width=1240, height=1000)
    at(server, "09:09")
    page.goto(f"{meeting}/sesion")
    expect(page.locator(".late-words")).to_be_visible()
    hall = page.context.new_page()
    hall.goto(f"{meeting}/sala")
    expect(hall.locator("main")).to_contain_text("Tiene la palabra")
    expect(hall.locator("main")).to_contain_text("Siguen: Berta Lugo")
    look(hall)
    hall.close()
    # The end was tapped by mistake; then the next one speaks.
    shortcut(page, "e")
    page.get_by_role("button", name="No había terminado").click()
    expect(page.locator(".speech")).to_contain_text(name)
    shortcut(page, "l")
    expect(page.locator(".speech")).to_contain_text("Berta Lugo")
    expect(page.locator(".session-people")).to_contain_text("(se pasó)")
    shortcut(page, "e")
    expect(page.locator(".speech")).to_have_count(0)

    # Three leave at once, seen from the session; two come back a little later.
    ticks = page.locator(".session-people [name=people]")
    for box in ticks.all()[:3]:
        box.check()
    # The page renews itself meanwhile, and what was ticked stays.
    page.locator("h1").click()
    with page.expect_response(lambda answer: answer.url.endswith("/sesion") and answer.status == 200):
        pass
    expect(page.locator(".session-people [name=people]:checked")).to_have_count(3)
    page.get_by_role("button", name=re.compile("Salieron")).click()
    says(page, "3 personas salieron")
    expect(page.locator(".session-people")).to_contain_text("Salieron (3)")
    page.get_by_role("button", name=re.compile("Volvieron")).click()
    expect(page.locator(".session-people .note-problem")).to_contain_text("Marque al menos a una persona")
    look(page)
    page.goto(f"{meeting}/asistencia/quienes")
    for box in page.locator("#salidas [name=gone]").all()[:2]:
        box.check()
    page.fill("#salidas [name=at]", "08:00")
    page.get_by_role("button", name=re.compile("Volvieron")).click()
    expect(page.locator("#salidas .field-problem")).to_contain_text("El regreso es anterior a la salida")
    page.fill("#salidas [name=at]", "")
    look(page)
    page.get_by_role("button", name=re.compile("Volvieron")).click()
    says(page, "2 personas volvieron")

    # It is closed too early, with a point untreated, and opened again.
    page.goto(f"{meeting}/sesion/cerrar")
    expect(page.locator(".note-warning")).to_contain_text("Sin tratar: «Rutas de atención»")
    page.get_by_role("button", name="Cerrar la sesión").click()
    expect(page.locator(".problem-summary")).to_contain_text("Marque que se hace así")
    page.check("main [name=confirmed]")
    page.get_by_role("button", name="Cerrar la sesión").click()
    page.wait_for_url("**/reuniones/*-*")
    page.get_by_role("link", name="Reabrir la sesión").click()
    look(page)
    page.get_by_role("button", name="Reabrir la sesión").click()
    expect(page.locator(".problem-summary")).to_be_visible()
    page.fill("[name=reason]", "Faltaron las rutas de atención")
    page.get_by_role("button", name="Reabrir la sesión").click()
    says(page, "quedó abierta otra vez")
    expect(page.locator(".session-people")).to_contain_text("Con voto (32)")
    shortcut(page, "s")
    expect(page.locator(".point-open")).to_contain_text("Rutas de atención")
    page.goto(f"{meeting}/sesion/cerrar")
    as_it_is(page)
    page.get_by_role("button", name="Cerrar la sesión").click()
    page.wait_for_url("**/reuniones/*-*")

    # The minutes say all of it, and the log in Spanish.
    page.goto(f"{meeting}/acta")
    minutes = page.locator("main")
    expect(minutes).to_contain_text(f"Intervinieron: {name} y Berta Lugo, de la Secretaría.")
    expect(minutes).to_contain_text("Se abrió sin constancia de la convocatoria")
    expect(minutes).to_contain_text("Faltaron las rutas de atención")
    page.goto(f"{TENANT}/registro")
    log = page.locator("main")
    for act in (
        "Reabrió la sesión de una reunión", "Anotó que alguien pidió la palabra", "Dio la palabra",
        "Registró el regreso a una reunión", "Abrió la sesión de una reunión",
    ):
        expect(log).to_contain_text(act)
    expect(log).not_to_contain_text("Hizo «")
    # Once its minutes are out it stays closed.
    page.goto(f"{meeting}/sesion")
    expect(page.get_by_role("link", name="Reabrir la sesión")).to_be_visible()


def test_a_board_speaks_by_itself(server, window, look):
    board = window("junta")
    meeting = plan(board, "Deliberación", "board", "Saludo\nCarta a la entidad", is_reserved=True)
    board.goto(f"{meeting}/asistencia/invitados")
    board.fill("[name=name]", "Ramiro Pitalúa Prueba")
    board.get_by_role("button", name="Registrar la llegada").click()
    board.goto(f"{meeting}/sesion/abrir")
    as_it_is(board)
    if board.locator("[name=informative]").count():
        board.check("[name=informative]")
    board.get_by_role("button", name="Abrir la sesión").click()
    board.wait_for_url("**/sesion")
    board.get_by_role("button", name=re.compile("Pide la palabra")).click()
    board.get_by_role("button", name=re.compile("Dar la palabra")).click()
    expect(board.locator(".speech")).to_contain_text("Ramiro Pitalúa Prueba")
    look(board)
    office = window("oficina")
    assert office.goto(f"{meeting}/sesion").status == 404
    # What is kept of it is the board's own.
    seen = server.psql("select is_reserved from governance.speaking_turns where name like 'Ramiro%'", role="superuser")
    assert seen.stdout.split() == ["t"]
