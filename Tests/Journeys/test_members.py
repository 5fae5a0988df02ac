"""Who asks to join, who works for the entity, and what an entity asks of its own: the pages of the office."""


ENTITY = "/o/mutual-ser"
ALLIANCE = f"{ENTITY}/alianzas/alianza-de-usuarios-de-san-antero"


def test_a_request_to_join_is_noted_and_decided(enter, look):
    page = enter("oficina")
    # Somebody of the municipality who is no member yet.
    people = page.request.get(f"{ENTITY}/afiliados?formato=json&municipio=23672&estado=activos").json()
    for person in reversed(people):
        page.goto(f"{ALLIANCE}/solicitudes/nueva")
        page.get_by_label("Documento").fill(person["documento"])
        page.get_by_label("En la oficina").check()
        page.get_by_role("button", name="Registrar la solicitud").click()
        if not page.url.endswith("/nueva"):
            break
        assert "ya es asociad" in page.inner_text("main") or "ya tiene una solicitud" in page.inner_text("main")
    look(page)
    assert "Por decidir" in page.inner_text("main")

    page.get_by_label("Negar").check()
    page.get_by_role("button", name="Guardar la decisión").click()
    assert "por qué se niega" in page.inner_text(".problem-summary")
    assert page.get_by_label("Negar").is_checked()
    page.get_by_label("Aceptar").check()
    page.get_by_role("button", name="Guardar la decisión").click()
    assert "autorización de datos" in page.inner_text(".problem-summary")
    page.get_by_label("Si acepta").select_option("paper")
    page.get_by_role("button", name="Guardar la decisión").click()
    assert "quedó inscrita" in page.inner_text(".notice")
    look(page)
    page.goto(f"{ALLIANCE}/solicitudes?estado=aceptadas")
    assert person["documento"] in page.inner_text("table.data")
    page.goto(f"{ALLIANCE}/solicitudes?estado=negadas")
    assert page.locator("table.data").count() == 0


def test_a_list_of_employees_is_loaded_whole_or_not_at_all(enter, look):
    page = enter("oficina")
    page.goto(f"{ENTITY}/empleados")
    look(page)

    def load(content):
        page.get_by_label("Archivo").set_input_files(
            {"name": "empleados.csv", "mimeType": "text/csv", "buffer": content})
        page.get_by_role("button", name="Cargar la lista").click()

    load(b"tipo_documento;numero_documento\nCC;1234567\nCC;12A\n")
    assert "Línea 3" in page.inner_text(".problem-summary")
    load(b"tipo_documento;numero_documento\nCC;71234569\nCC 7654321\n")
    assert "2 empleados" in page.inner_text(".notice")
    assert "71234569" not in page.content()


def test_an_entity_asks_something_of_its_own(enter, look):
    page = enter("oficina")
    page.goto(f"{ALLIANCE}/requisitos")
    page.get_by_role("link", name="Crear un requisito").click()
    look(page)
    page.get_by_label("Nombre").fill("Curso de control social")
    page.get_by_label("Pregunta").fill("¿Hizo el curso de control social?")
    page.get_by_label("Con una edad").check()
    page.get_by_label("¿Qué lo dispone?").fill("Reglamento, artículo 9")
    page.get_by_label("no cumple").fill("Haga el curso y traiga el certificado.")
    page.get_by_role("button", name="Crear el requisito").click()
    assert "cuántos años" in page.inner_text(".problem-summary")
    page.get_by_label("Con un documento").check()
    page.get_by_label("¿Cuántos?").fill("365")
    page.get_by_role("button", name="Crear el requisito").click()
    assert "quedó creado" in page.inner_text(".notice")
    look(page)
    own = page.locator("ul.dossier > li", has_text="Curso de control social").last
    own.get_by_role("link", name="Pedirlo: «Curso de control social» como candidato").click()
    look(page)
    assert page.get_by_label("Días que sirve el documento").input_value() == "365"
    page.get_by_label("Días que sirve el documento").fill("180")
    page.get_by_label("¿Qué lo dispone?").fill("Asamblea, acta 4")
    page.get_by_role("button", name="Guardar").click()
    own = page.locator("ul.dossier > li", has_text="Curso de control social").last
    assert "Días que sirve el documento: 180" in own.inner_text()
    own.get_by_role("link", name="Cambiar: «Curso de control social» como candidato").click()
    page.get_by_label("No pedirlo").check()
    page.get_by_label("¿Qué lo dispone?").fill("Asamblea, acta 5")
    page.get_by_role("button", name="Guardar").click()
    own = page.locator("ul.dossier > li", has_text="Curso de control social").last
    assert own.get_by_role("link", name="Cambiar").count() == 0


def test_a_window_of_services_is_fixed_and_a_service_proven(enter, look):
    page = enter("oficina")
    page.goto(f"{ALLIANCE}/requisitos/E05/holder")
    look(page)
    page.get_by_label("Primer día").fill("2026-02-01")
    page.get_by_label("Último día").fill("2026-01-01")
    page.get_by_label("¿Qué lo dispone?").fill("Reglamento, artículo 7")
    page.get_by_role("button", name="Guardar").click()
    assert "después del comienzo" in page.inner_text("main")
    page.get_by_label("Primer día").fill("2025-01-01")
    page.get_by_label("Último día").fill("2026-01-01")
    page.get_by_role("button", name="Guardar").click()
    services = page.locator("ul.dossier > li", has_text="Uso reciente de los servicios").first
    assert "Primer día: 1 de enero de 2025" in services.inner_text()

    page.goto(f"{ALLIANCE}/asociados")
    page.locator("table.data tbody a").first.click()
    person = page.url
    page.get_by_role("link", name="Registrar un certificado o hecho").click()
    look(page)
    page.get_by_role("link", name="Usó un servicio").click()
    look(page)
    page.get_by_label("Día de la atención").fill("2025-06-02")
    page.get_by_label("Quién lo expidió").fill("IPS de San Antero, constancia 12")
    page.get_by_label("Fecha del documento").fill("2025-06-03")
    page.get_by_label("Copia").set_input_files(
        {"name": "constancia.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 constancia"})
    page.get_by_role("button", name="Registrar", exact=True).click()
    assert "otra persona" in page.inner_text(".notice")
    look(page)
    page.goto(f"{person}?como=holder")
    services = page.locator("ul.dossier > li", has_text="¿Usó los servicios").first
    assert "Sin probar" in services.inner_text()
    page.goto(f"{ALLIANCE}/documentos-por-revisar")
    look(page)
    assert "Usó un servicio el 2 de junio de 2025" in page.inner_text("table.data")

    reviewer = enter("administracion")
    reviewer.goto(f"{ALLIANCE}/documentos-por-revisar")
    reviewer.get_by_role("link", name="Usó un servicio el 2 de junio de 2025").first.click()
    look(reviewer)
    assert reviewer.get_by_role("link", name="Ver la copia").count() == 1
    reviewer.get_by_label("Aceptarlo").check()
    reviewer.get_by_role("button", name="Guardar la revisión").click()
    assert "Aceptado" in reviewer.inner_text("main")


def test_a_board_reads_no_contact_data_and_of_its_members_alone(enter, look):
    office = enter("oficina")
    people = office.request.get(f"{ENTITY}/afiliados?formato=json&municipio=23672&estado=activos").json()
    members = {row["documento"] for row in office.request.get(f"{ALLIANCE}/asociados?formato=json").json()}
    stranger = next(person for person in people if person["documento"] not in members)
    office.goto(f"{ALLIANCE}/asociados")
    office.locator("table.data tbody a").first.click()
    address = office.url
    assert "Nacimiento" in office.inner_text("main")
    office.get_by_role("link", name="Revocar la autorización").click()
    look(office)
    page = enter("junta")
    page.goto(address)
    look(page)
    assert "Nacimiento" not in page.inner_text("main dl")
    assert "Teléfono" not in page.inner_text("main dl")
    page.goto(f"{ALLIANCE}/solicitudes/nueva")
    page.get_by_label("Documento").fill(stranger["documento"])
    page.get_by_label("En la oficina").check()
    page.get_by_role("button", name="Registrar la solicitud").click()
    assert page.get_by_role("link", name="Ver sus requisitos").count() == 0
    assert "inscribirse" in page.inner_text("main")


def test_a_board_sees_requests_and_does_not_touch_what_is_the_entitys(enter):
    page = enter("junta")
    assert page.goto(f"{ALLIANCE}/solicitudes").status == 200
    assert page.goto(f"{ENTITY}/empleados").status == 403
    assert page.goto(f"{ALLIANCE}/requisito-nuevo").status == 403
