"""Who asks to join, who works for the entity, and what an entity asks of its own: the pages of the office."""

from server import fits

ENTITY = "/o/mutual-ser"
ALLIANCE = f"{ENTITY}/alianzas/alianza-de-usuarios-de-san-antero"


def look(page, require_accessible):
    """Looks at a page at both widths."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page), page.url
        require_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_request_to_join_is_noted_and_decided(enter, require_accessible):
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
    look(page, require_accessible)
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
    look(page, require_accessible)
    page.goto(f"{ALLIANCE}/solicitudes?estado=aceptadas")
    assert person["documento"] in page.inner_text("table.data")
    page.goto(f"{ALLIANCE}/solicitudes?estado=negadas")
    assert page.locator("table.data").count() == 0


def test_a_list_of_employees_is_loaded_whole_or_not_at_all(enter, require_accessible):
    page = enter("oficina")
    page.goto(f"{ENTITY}/empleados")
    look(page, require_accessible)

    def load(content):
        page.get_by_label("Archivo").set_input_files(
            {"name": "empleados.csv", "mimeType": "text/csv", "buffer": content})
        page.get_by_role("button", name="Cargar la lista").click()

    load(b"tipo_documento;numero_documento\nCC;1234567\nCC;12A\n")
    assert "Línea 3" in page.inner_text(".problem-summary")
    load(b"tipo_documento;numero_documento\nCC;71234569\nCC 7654321\n")
    assert "2 empleados" in page.inner_text(".notice")
    assert "71234569" not in page.content()


def test_an_entity_asks_something_of_its_own(enter, require_accessible):
    page = enter("oficina")
    page.goto(f"{ALLIANCE}/requisitos")
    page.get_by_role("link", name="Crear un requisito").click()
    look(page, require_accessible)
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
    look(page, require_accessible)
    own = page.locator("ul.dossier > li", has_text="Curso de control social").last
    own.get_by_role("link", name="Pedirlo", exact=True).nth(2).click()
    page.get_by_label("¿Qué lo dispone?").fill("Asamblea, acta 4")
    page.get_by_role("button", name="Pedirlo desde ahora").click()
    own = page.locator("ul.dossier > li", has_text="Curso de control social").last
    assert own.get_by_role("link", name="Dejar de pedirlo").count() == 1


def test_a_board_sees_requests_and_does_not_touch_what_is_the_entitys(enter):
    page = enter("junta")
    assert page.goto(f"{ALLIANCE}/solicitudes").status == 200
    assert page.goto(f"{ENTITY}/empleados").status == 403
    assert page.goto(f"{ALLIANCE}/requisito-nuevo").status == 403
