"""Sessions as people meet them: one that ended while somebody was writing, and two windows in two entities."""

import json
from datetime import datetime, timedelta

import pytest

from server import Installation

PHRASE = "cuatro gallinas en el solar"


@pytest.fixture(scope="module")
def office():
    """A demonstration of its own, whose clock may be put forward."""
    made = Installation()
    made.demonstrate()
    made.start()
    accounts = json.loads((made.data / "demostracion.json").read_text())["accounts"]
    made.account = lambda name: next(each for each in accounts if each["login"].startswith(f"{name}@"))
    yield made
    made.remove()


@pytest.fixture
def visitor(browser, office):
    """A new browser with nothing in it."""
    context = browser.new_context(base_url=office.url, locale="es-CO", timezone_id="America/Bogota")
    yield context
    context.close()


def sign_in(page, login, password):
    page.goto("/entrar")
    page.fill("[name=login]", login)
    page.fill("[name='secret.password']", password)
    page.click("main button[type=submit]")


def test_what_was_typed_outlives_the_session(office, visitor, look):
    account = office.account("administracion")
    page = visitor.new_page()
    sign_in(page, account["login"], account["password"])
    page.wait_for_url("**/o/**")
    page.goto("/o/mutual-ser/usuarios/invitar")
    page.fill("[name=name]", "Rosalba Inés Otero Cano")
    page.fill("[name=email]", "rosalba@ejemplo.invalid")
    page.fill("[name=office_title]", "Secretaria de la junta")
    page.check("[name=role][value=junta]")
    page.select_option("[name=alliance]", label="Alianza de usuarios de San Antero")
    # She is called away for two hours.
    later = datetime.now() + timedelta(hours=2)
    office.run("demo", "clock", "--to", later.strftime("%Y-%m-%dT%H:%M"))
    with page.expect_navigation():
        page.get_by_role("button", name="Invitar").click()
    assert "Su sesión terminó" in page.inner_text("h1")
    assert page.input_value("[name=name]") == "Rosalba Inés Otero Cano"
    look(page)
    # She comes in again in another tab, and sends it from where it was kept.
    with visitor.expect_page() as opened:
        page.get_by_role("link", name="en otra pestaña").click()
    other = opened.value
    sign_in(other, account["login"], account["password"])
    other.wait_for_url("**/o/**")
    page.get_by_role("button", name="Enviar otra vez").click()
    assert "Confirme el envío" in page.inner_text("h1")
    page.get_by_role("button", name="Enviar otra vez").click()
    assert "Entregue este enlace a Rosalba Inés Otero Cano" in page.inner_text("h1")


def test_two_windows_in_two_entities_each_keep_showing(office, visitor):
    email = "ines@ejemplo.invalid"
    links = [
        json.loads(
            office.run(
                "user", "invite", "--organization", organization, "--name", "Inés Prueba", "--email", email,
                "--title", "Asesora", "--json",
            ).stdout
        )["link"]
        for organization in ("mutual-ser", "aliansalud")
    ]
    page = visitor.new_page()
    page.goto(links[0])
    page.fill("[name='secret.password']", PHRASE)
    page.fill("[name='secret.repeated']", PHRASE)
    page.get_by_role("button", name="Crear la cuenta y entrar").click()
    page.wait_for_url("**/o/mutual-ser")
    page.goto(links[1])
    page.get_by_role("button", name="Sumar a mi cuenta").click()
    page.wait_for_url("**/o/aliansalud")
    beside = visitor.new_page()
    for window, slug in ((beside, "mutual-ser"), (page, "aliansalud")):
        window.goto(f"/o/{slug}/usuarios/invitar")
        window.fill("[name=name]", f"Persona de {slug}")
        window.fill("[name=email]", f"persona@{slug}.invalid")
        window.fill("[name=office_title]", "Profesional")
        window.check("[name=role][value=oficina]")
        window.select_option("[name=alliance]", "entidad")
    # Pages of one renew themselves while the other is at work.
    found = page.evaluate(
        """async () => {
            const statuses = {};
            const ask = async (path) => {
                const { status } = await fetch(path);
                statuses[status] = (statuses[status] ?? 0) + 1;
            };
            for (let round = 0; round < 10; round += 1) {
                await Promise.all(
                    Array.from({ length: 8 }, (_, at) => ask(at % 2 ? "/o/aliansalud/usuarios" : "/o/mutual-ser/usuarios"))
                );
            }
            return statuses;
        }"""
    )
    assert found == {"200": 80}
    # What each sends arrives where it was written.
    for window, slug in ((beside, "mutual-ser"), (page, "aliansalud")):
        window.get_by_role("button", name="Invitar").click()
        assert f"Entregue este enlace a Persona de {slug}" in window.inner_text("h1")
        window.goto(f"/o/{slug}/usuarios?q=persona")
        assert f"Persona de {slug}" in window.inner_text("main")
