"""A year of an alliance: what is done again and again, commitments, the year made from the one before, and its calendar
on a telephone."""

import re
import urllib.error
import urllib.request


def office(enter):
    page = enter("clinica")
    page.goto("/o/clinica-del-litoral")
    return page, page.get_attribute("a[href*='/alianzas/asociacion']", "href").split("/reuniones")[0]


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def test_a_duty_is_met_by_what_happened(enter, look):
    page, alliance = office(enter)
    page.goto(alliance + "/reuniones")
    page.get_by_role("link", name="El año", exact=True).click()
    # How often a clinic's alliance meets is there from the beginning.
    assert page.locator(".duty h3").all_inner_texts() == ["Reunión de la alianza"]
    page.get_by_role("link", name="Agregar una tarea periódica").click()
    # Nothing is lost where something is missing.
    page.fill("[name=title]", "Reunión bimestral de la alianza")
    send(page, "Agregar la tarea")
    assert page.input_value("[name=title]") == "Reunión bimestral de la alianza"
    page.select_option("[name=frequency]", label="Cada dos meses")
    page.select_option("[name=fulfilment]", label="Una reunión realizada: Reunión de la alianza")
    year = re.search(r"\d{4}", page.input_value("[name=starts_on]")).group()
    page.fill("[name=starts_on]", f"{year}-01-01")
    page.fill("[name=source]", "Procedimiento SIAU-Pd-02")
    send(page, "Agregar la tarea")
    assert f"El año {year}" in page.inner_text("h1")
    periods = page.locator(".periods > li").all_inner_texts()
    assert len(periods) == 6 and periods[0].startswith("Enero y febrero")
    held = page.locator(".year-months li li", has_text="Realizada").count()
    assert held >= 1
    met = [each for each in periods if "Cumple" in each]
    assert 1 <= len(met) <= held
    look(page, "tareas-del-ano")


def test_a_commitment_is_followed_to_its_end(enter, look):
    page, alliance = office(enter)
    page.goto(alliance + "/compromisos")
    before = page.locator("table").first.locator("tbody tr").count()
    page.get_by_role("link", name="Anotar un compromiso").click()
    page.fill("[name=activity]", "Publicar los horarios de farmacia en letra grande")
    page.check("[name=owner_kind][value=otro]")
    page.fill("[name=owner]", "Farmacia El Puerto")
    page.fill("[name=email]", "farmacia")
    send(page, "Anotar el compromiso")
    assert "Ese correo no está completo" in page.inner_text("main")
    assert page.input_value("[name=owner]") == "Farmacia El Puerto"
    page.fill("[name=email]", "farmacia@ejemplo.invalid")
    look(page)
    send(page, "Anotar el compromiso")
    assert "Compromiso de Farmacia El Puerto" in page.inner_text("h1")
    address = page.url
    # The same is not written down twice; a slip is mended, and what it said stays told.
    page.goto(alliance + "/compromisos/nuevo")
    page.fill("[name=activity]", "Publicar los horarios de farmacia en letra grande")
    page.check("[name=owner_kind][value=otro]")
    page.fill("[name=owner]", "Farmacia El Puerto")
    send(page, "Anotar el compromiso")
    assert "Ya está anotado el mismo compromiso" in page.inner_text("main")
    page.goto(address)
    page.get_by_role("link", name="Corregir").click()
    assert page.is_checked("[name=owner_kind][value=igual]")
    page.fill("[name=activity]", "Publicar los horarios de la farmacia en letra grande")
    page.fill("[name=note]", "Faltaba una palabra.")
    look(page)
    send(page, "Guardar la corrección")
    assert "Publicar los horarios de la farmacia" in page.inner_text(".statement")
    assert "Se corrigió" in page.inner_text("ol.history")
    assert "«Publicar los horarios de farmacia en letra grande»" in page.inner_text("ol.history")
    page.get_by_role("link", name="Anotar un avance").click()
    page.fill("[name=note]", "Se imprimió la primera versión")
    send(page, "Anotar un avance")
    page.get_by_role("link", name="Marcar como cumplido").click()
    page.fill("[name=note]", "Quedaron puestos en la entrada")
    page.set_input_files(
        "[name=evidence]", {"name": "foto.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 prueba\n%%EOF"}
    )
    send(page, "Marcar como cumplido")
    assert page.url == address
    history = page.inner_text("ol.history")
    assert "Se adquirió" in history and "Avance" in history and "Se cumplió" in history
    assert page.get_by_role("link", name="Ver la evidencia").count() == 1
    look(page)
    page.goto(alliance + "/compromisos")
    assert page.locator("table").first.locator("tbody tr").count() == before
    assert "Farmacia El Puerto" in page.inner_text("#responsables")
    look(page, "compromisos")
    page.goto("/o/clinica-del-litoral/compromisos")
    assert "De todas las alianzas" in page.inner_text("main")


def test_the_next_year_is_made_from_this_one(enter, look):
    page, alliance = office(enter)
    page.goto(alliance + "/reuniones")
    page.get_by_role("link", name="El año", exact=True).click()
    year = int(re.search(r"\d{4}", page.inner_text("h1")).group()) + 1
    page.get_by_role("link", name=str(year), exact=True).click()
    planned = page.locator(".year-months li li").count()
    page.get_by_role("link", name=f"Programar {year} como {year - 1}").click()
    look(page)
    rows = page.locator(".year-row").count()
    assert rows >= 2
    page.locator(".year-row [type=checkbox]").first.uncheck()
    send(page, "Programar las reuniones marcadas")
    assert f"El año {year}" in page.inner_text("h1")
    assert page.locator(".year-months li li").count() == planned + rows - 1
    page.locator(".year-months li li a").first.click()
    assert "Orden del día" in page.inner_text("main")


def test_the_calendar_goes_to_a_telephone_until_the_address_is_changed(enter, look):
    page, _ = office(enter)
    page.goto("/o/clinica-del-litoral/calendario")
    page.get_by_role("link", name="Llevarlo a su teléfono").click()
    look(page)
    address = page.inner_text(".feed-address")
    # The telephone has no session.
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["Content-Type"].startswith("text/calendar")
        text = answer.read().decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.count("BEGIN:VEVENT") >= 2
    assert "SUMMARY:Compromiso: " in text and "SEQUENCE:0" in text
    # What the office may not see is in no feed of its own; a part of it has an address of its own.
    with urllib.request.urlopen(f"{address}?que=compromisos") as answer:
        part = answer.read().decode()
    titles = re.findall(r"^SUMMARY:(.*)$", part, re.MULTILINE)
    assert titles and all(each.startswith("Compromiso: ") for each in titles)
    send(page, "Cambiar la dirección")
    renewed = page.inner_text(".feed-address")
    assert renewed != address
    try:
        urllib.request.urlopen(address)
        raise AssertionError("the old address still reads")
    except urllib.error.HTTPError as refused:
        assert refused.code == 404
    with urllib.request.urlopen(renewed) as answer:
        assert answer.status == 200


def test_the_office_sees_its_year_from_its_home(enter, look):
    page = enter("aliansalud")
    page.goto("/o/aliansalud")
    titles = page.locator("main h2").all_inner_texts()
    assert titles.index("Lo que falta") < titles.index("Las próximas cuatro semanas") < titles.index("Sus alianzas")
    waiting = page.locator("#pendientes .pending > li")
    assert 0 < waiting.count() <= 5
    assert page.locator(".last-acts li").count() == 6
    look(page, "inicio-de-la-oficina")
    page.get_by_role("link", name="Año", exact=True).click()
    year = re.search(r"\d{4}", page.inner_text("h1")).group()
    look(page, "ano-de-las-alianzas")
    # A cell leads to what it counts.
    cell = page.locator("a.year-cell", has_text="vencido").first
    counted = int(re.search(r"(\d+) vencidos?", cell.inner_text()).group(1))
    cell.click()
    rows = page.locator("table.data tbody tr")
    assert rows.filter(has_text="Vencido").count() == counted
    look(page)
    page.select_option("[name=mes]", label="Todo el año")
    page.select_option("[name=que]", label="Elección")
    page.get_by_role("button", name="Filtrar").click()
    assert rows.count() and rows.filter(has_text="Elección").count() == rows.count()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert len(text.strip().splitlines()) == rows.count() + 1
    for other in (int(year) - 1, int(year) + 1):
        page.goto(f"/o/aliansalud/calendario/ano/{other}")
        assert f"Calendario de {other}" in page.inner_text("h1")
    assert page.goto("/o/aliansalud/calendario/ano/9999").status == 404
