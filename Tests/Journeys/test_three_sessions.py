"""Mutual SER's way to an alliance: three sessions in a municipality, then the assembly, with the 77 people who were reached
and how few of them enrolled, before and after it."""

import re

import pytest

from server import Installation, as_it_is, sign_in

ALLIANCE = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"


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

    def enter(moment):
        server.run("demo", "clock", "--to", moment)
        context = browser.new_context(
            base_url=server.url, locale="es-CO", timezone_id="America/Bogota", viewport={"width": 1280, "height": 800}
        )
        opened.append(context)
        return sign_in(context.new_page(), server, "oficina")

    yield enter
    for context in opened:
        context.close()


def figures(page):
    return dict(reversed(each.split("\n")) for each in page.locator(".figures li").all_inner_texts())


def test_three_sessions_and_the_assembly_that_they_lead_to(office, server, look):
    page = office("2026-02-02T08:00")
    page.goto(f"{ALLIANCE}/reuniones")
    page.get_by_role("link", name="Crear un ciclo").click()
    page.get_by_label("Nombre").fill("Conformación de la alianza")
    page.get_by_label("Dónde se ordena").fill("Programa de participación social de la EPS")
    page.get_by_role("button", name="Crear el ciclo").click()
    series = re.search(r"/o/.*", page.url).group().split("?")[0]
    for _ in range(3):
        option = page.locator("[name=meeting] option", has_text="de febrero de 2021").first
        page.locator("[name=meeting]").select_option(option.get_attribute("value"))
        page.get_by_role("button", name="Agregar al ciclo").click()
    told = figures(page)
    assert told["asistieron"] == "77"
    assert told["se inscribieron en las sesiones, según sus actas"] == "1"
    assert "3 de 3 sesiones realizadas" in page.inner_text("main")

    # The assembly of the same series, by the agenda of assemblies.
    page.goto(f"{ALLIANCE}/reuniones/nueva")
    page.get_by_label("Nombre", exact=True).fill("Asamblea de conformación")
    page.get_by_label("Clase").select_option("assembly")
    page.get_by_label("Día", exact=True).fill("2026-02-20")
    page.get_by_label("Empieza").fill("09:00")
    page.get_by_label("Termina").fill("11:00")
    page.get_by_label("Presencial").check()
    page.fill("[name=place]", "Institución educativa, sede central")
    page.locator("[name=series]").select_option(series.split("/")[-1])
    page.select_option("[name=model]", "asamblea")
    page.get_by_role("button", name="Programar la reunión").click()
    assembly = re.search(r"/o/.*", page.url).group().split("?")[0]
    assert "antes de esta asamblea" not in page.inner_text("main")

    # It is held, with the quorum of its bylaws.
    page = office("2026-02-20T09:02")
    page.goto(f"{assembly}/asistencia/lista")
    for box in page.locator("[name=people]").all()[:34]:
        box.check()
    page.get_by_role("button", name="Registrar a los marcados").click()
    assert "34 de 60 personas" in page.locator(".quorum-line").first.inner_text()
    page.goto(f"{assembly}/sesion/abrir")
    as_it_is(page)
    page.get_by_role("button", name="Abrir la sesión").click()
    page.wait_for_url("**/sesion")
    page.goto(f"{assembly}/decisiones")
    page.fill("[name=decision]", "Conformar la alianza de usuarios con su comité organizador")
    page.fill("[name=in_favor]", "34")
    page.get_by_role("button", name="Registrar la decisión").click()
    assert "quedó aprobada: 34 a favor" in page.inner_text(".notice")
    server.run("demo", "clock", "--to", "2026-02-20T09:55")
    page.goto(f"{assembly}/sesion/cerrar")
    as_it_is(page)
    page.get_by_role("button", name="Cerrar la sesión").click()
    page.goto(f"{assembly}/acta")
    assert "Conformar la alianza de usuarios" in page.inner_text("main")
    look(page)
    # The series tells the sessions and the assembly apart: who was reached stays 77.
    page.goto(series)
    assert "3 de 3 sesiones realizadas" in page.inner_text("main")
    assert "Asamblea de conformación" in page.inner_text("main")
    assert figures(page)["asistieron"] == "77"
    assert "se inscribió el 1,3 %" in page.inner_text("#embudo")
    look(page)
