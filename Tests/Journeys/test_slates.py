"""Slates through the pages alone: handed in, accepted, looked at, decided, appealed, watched, and read by anybody."""

import json
import re

from server import wait_until

ALLIANCE = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"
PUBLIC = "/publico/mutual-ser/alianza-de-usuarios-de-san-antero"
PAPER = {"name": "aceptacion.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


def call(office, committee):
    """Prepares an election of the organising committee and publishes its call; returns the process's address."""
    office.goto(f"{ALLIANCE}/elecciones/nueva")
    office.get_by_label("Nombre").fill("Elección con planchas")
    office.get_by_label("Comité organizador", exact=True).check()
    office.get_by_role("button", name="Preparar la elección").click()
    process = office.url
    office.get_by_role("link", name="Escoger el día").click()
    office.get_by_label("Día de la votación").fill(office.evaluate(
        "new Date(Date.now() + 60 * 864e5).toISOString().slice(0, 10)"))
    office.get_by_label("Abre a las").fill("08:00")
    office.get_by_label("Cierra a las").fill("12:00")
    office.get_by_role("button", name="Calcular").click()
    office.get_by_role("link", name="Mesas").click()
    office.get_by_role("link", name="Agregar la primera mesa").click()
    office.get_by_label("Lugar").fill("Casa de la cultura")
    office.get_by_label("Dirección").fill("Calle 15 # 10-22")
    office.get_by_role("button", name="Agregar la mesa").click()
    committee.goto(process)
    committee.get_by_role("link", name="Publicar la convocatoria").click()
    committee.get_by_label("¿Dónde se publica?").fill("cartelera")
    committee.get_by_role("button", name="Publicar la convocatoria").click()
    return process


def accept_all(page, look):
    """Records the acceptance of everybody who has not accepted."""
    buttons = page.get_by_role("link", name="Registrar la aceptación")
    seen = False
    while buttons.count():
        left = buttons.count()
        buttons.first.click()
        if not seen:
            look(page)
            page.get_by_role("button", name="Registrar la aceptación").click()
            assert "Elija un archivo" in page.inner_text(".problem-summary")
            seen = True
        page.get_by_label("La aceptación firmada").set_input_files(PAPER)
        page.get_by_role("button", name="Registrar la aceptación").click()
        assert buttons.count() == left - 1


def test_a_slate_from_its_registration_to_the_ballot(enter, look, browser, server):
    office = enter("oficina")
    committee = browser.new_context(base_url=server.url, locale="es-CO", timezone_id="America/Bogota").new_page()
    enter("comite", committee)
    process = call(office, committee)

    # The step of the process leads to a list that says what to do.
    office.goto(process)
    office.get_by_role("link", name="Planchas", exact=True).click()
    look(office)
    slates = office.url
    members = json.loads(office.request.get(f"{ALLIANCE}/asociados?formato=json").text())
    office.get_by_role("link", name="Inscribir una plancha").first.click()
    register = office.url
    look(office)

    # By the keyboard: three letters propose members, an ambiguous name is told with who it may be.
    office.get_by_label("Nombre de la plancha").fill("Plancha 1: Salud para todos")
    office.keyboard.press("Tab")
    office.keyboard.type(members[0]["nombre"][:4])
    office.wait_for_selector("#miembros option", state="attached")
    office.get_by_label("Principal 1").fill("nadie se llama así")
    office.get_by_label("Quién responde").fill("Rosa Prueba")
    office.keyboard.press("Enter")
    assert "Ningún asociado" in office.inner_text(".problem-summary")
    look(office)
    office.get_by_label("Principal 1").fill(members[0]["documento"])
    for index in range(1, 3):
        office.get_by_role("button", name="Agregar otro renglón").first.press("Enter")
        office.keyboard.type(members[index]["documento"])
    office.get_by_label("Suplente 1").fill(members[3]["documento"])
    office.get_by_role("button", name="Inscribir una plancha").click()
    slate = office.url
    assert "Falta la aceptación" in office.inner_text("main")
    look(office, "plancha")

    # Nobody stands twice.
    office.goto(register)
    office.get_by_label("Nombre de la plancha").fill("Plancha 2: Usuarios unidos")
    office.get_by_label("Principal 1").fill(members[1]["documento"])
    office.get_by_label("Quién responde").fill("Ciro Prueba")
    office.get_by_role("button", name="Inscribir una plancha").click()
    assert "ya está en «Plancha 1" in office.inner_text("main")
    office.get_by_label("Principal 1").fill(members[5]["documento"])
    office.get_by_role("button", name="Inscribir una plancha").click()
    other = office.url

    # Before the decision it is changed; who stays keeps the place.
    office.get_by_role("link", name="Cambiar").click()
    look(office)
    office.get_by_label("Nombre de la plancha").fill("Plancha 2: Todos por la salud")
    office.get_by_role("button", name="Guardar los cambios").click()
    assert office.inner_text("h1") == "Plancha 2: Todos por la salud"

    office.goto(slate)
    accept_all(office, look)
    # The office takes slates in and decides nothing.
    assert office.get_by_role("link", name="Decidir").count() == 0

    # The committee keeps somebody out with a norm; another comes in the place; the appeal needs somebody else.
    committee.goto(slate)
    committee.get_by_role("link", name="Inhabilitar").nth(1).click()
    look(committee)
    committee.get_by_role("button", name="Inhabilitar").click()
    assert committee.locator(".problem-summary li").count() == 3
    committee.get_by_label("Causal").fill("Ejerce un cargo de elección popular")
    committee.get_by_label("Norma o artículo").fill("Reglamento, artículo 9")
    committee.get_by_label("Hechos y razones").fill("Es concejal desde 2024.")
    committee.get_by_role("button", name="Inhabilitar").click()
    assert "quedó vacío" in committee.inner_text("main")
    look(committee)
    committee.get_by_role("link", name="Nombrar reemplazo").click()
    look(committee)
    committee.get_by_label("Quién entra").fill(members[4]["documento"])
    committee.get_by_role("button", name="Reemplazar").click()
    committee.get_by_role("link", name="Apelar").click()
    look(committee)
    committee.get_by_label("Por qué se apela").fill("Renuncié el año pasado.")
    committee.get_by_role("button", name="Presentar la apelación").click()
    committee.get_by_role("link", name="Decidir la apelación").click()
    committee.get_by_label("No prospera").check()
    committee.get_by_label("Razones").fill("No hay prueba de la renuncia.")
    committee.get_by_role("button", name="Guardar la decisión").click()
    assert "otra persona del comité" in committee.inner_text(".note-problem")
    look(committee)

    # Who came in has to accept, too; what is not proven is admitted with reasons alone.
    committee.goto(slate)
    committee.get_by_role("link", name="Decidir", exact=True).click()
    committee.get_by_label("Admitirla").check()
    committee.get_by_role("button", name="Guardar la decisión").click()
    assert "Falta la aceptación" in committee.inner_text(".note-problem")
    committee.goto(slate)
    accept_all(committee, look)
    committee.get_by_role("link", name="Decidir", exact=True).click()
    committee.get_by_label("Admitirla").check()
    committee.get_by_role("button", name="Guardar la decisión").click()
    assert "sin probar" in committee.inner_text(".problem-summary")
    look(committee)
    committee.get_by_label("Razones").fill("Los certificados llegan antes de la votación.")
    committee.get_by_role("button", name="Guardar la decisión").click()
    assert "número 1 del tarjetón" in committee.inner_text("main")
    committee.locator(".dossier summary").first.press("Enter")
    look(committee)

    committee.get_by_role("link", name="Acreditar un testigo").click()
    look(committee)
    committee.get_by_label("Nombre del testigo").fill("Berta Prueba")
    committee.get_by_label("Documento").fill("70000001")
    committee.get_by_role("button", name="Acreditar").click()
    assert committee.locator(".problem-summary").count() == 1
    committee.get_by_label("Documento").fill("CC 70000001")
    committee.get_by_role("button", name="Acreditar").click()
    assert "CC 70.000.001" in committee.inner_text("#testigos")
    look(committee)

    # The other one is rejected, with reasons.
    committee.goto(other)
    committee.get_by_role("link", name="Decidir", exact=True).click()
    committee.get_by_label("Rechazarla").check()
    committee.get_by_role("button", name="Guardar la decisión").click()
    assert "razones" in committee.inner_text(".problem-summary")
    committee.get_by_label("Razones").fill("No entregó las aceptaciones.")
    committee.get_by_role("button", name="Guardar la decisión").click()

    # The list filters by state, and gives itself as a file.
    office.goto(slates)
    look(office)
    office.get_by_label("Estado").select_option(label="Rechazada")
    office.get_by_role("button", name="Filtrar").click()
    assert office.locator("table.data tbody tr").count() == 1
    listed = json.loads(office.request.get(f"{slates}?formato=json").text())
    assert [row["estado"] for row in listed] == ["Admitida", "Rechazada"]

    # Who may not see candidates' papers sees the list alone, and anybody reads who was admitted.
    identifier = re.search(r"elecciones/([0-9a-f-]{36})", process).group(1)
    citizen = browser.new_context(base_url=server.url).new_page()

    def published():
        citizen.goto(f"{PUBLIC}/elecciones/{identifier}/planchas")
        return "Salud para todos" in citizen.inner_text("main")

    wait_until(published, "the board of slates")
    assert citizen.locator("main li li").count() == 4
    assert "Todos por la salud" not in citizen.inner_text("main")
    look(citizen)
    assert citizen.goto(slate).url.startswith(f"{server.url}/entrar")
    citizen.context.close()
    committee.context.close()
