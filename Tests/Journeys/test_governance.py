"""How an alliance governs itself, through the pages alone: bylaws, bodies, who sits where, plan, meetings, minutes."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest

from server import repository, today

CLINIC = "/o/clinica-del-litoral"
ALLIANCE = f"{CLINIC}/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"
BOGOTA = "/o/aliansalud/alianzas/alianza-de-usuarios-de-bogota"
SAN_ANTERO = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"
SOURCES = repository / "sql" / "data" / "sources"


def day(offset):
    """A day from today, as date fields take it."""
    return (today() + timedelta(days=offset)).isoformat()


def paper(name):
    """A signed paper, as a browser sends it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


def seat(page, title):
    """The part of a body's page that tells of one seat."""
    return page.locator("ul.dossier > li").filter(has=page.get_by_role("heading", name=title))


def refused(page):
    """What the summary above a refused form says."""
    return page.inner_text(".problem-summary")


def test_bylaws_are_adopted_and_rule(enter, look):
    page = enter("clinica")
    page.goto(f"{ALLIANCE}/gobierno")
    page.get_by_role("link", name="Registrar estatutos").first.click()
    look(page)
    page.get_by_label("Título").fill("Estatutos de la asociación de usuarios")
    page.get_by_label("Los aprobó la asamblea el").fill(day(-30))
    page.get_by_label("Rigen desde el").fill(day(-40))
    page.get_by_label("Acta de la asamblea").fill("Acta 3 de la asamblea")
    page.get_by_label("Articulado").fill(
        "Artículo 7. Quórum.\nLa mitad de los asociados, y media hora después los que haya.\n"
        "Artículo 9. Votación.\nEl voto es secreto."
    )
    page.fill("[name=first_quorum]", "50 %")
    page.fill("[name=first_quorum_origin]", "Artículo 7")
    page.fill("[name=second_call_minutes]", "30")
    page.fill("[name=second_call_minutes_origin]", "7")
    page.check("[name=voting_methods][value=secreto]")
    page.check("[name=voting_methods][value=lista_unica]")
    page.fill("[name=voting_methods_origin]", "9")
    page.fill("[name=challenge_days]", "2")
    save = page.get_by_role("button", name="Registrar los estatutos")
    save.click()
    assert "no pueden regir antes de aprobarse" in refused(page)
    page.get_by_label("Rigen desde el").fill(day(-30))
    save.click()
    # A figure without its article is not obeyed, and half a second call orders nothing.
    assert "de qué artículo o norma sale «Días para impugnar el resultado»" in refused(page)
    assert page.input_value("[name=first_quorum]") == "50 %"
    page.fill("[name=challenge_days_origin]", "Código General del Proceso, artículo 382")
    save.click()
    assert "cuántos minutos después y con qué quórum" in refused(page)
    page.fill("[name=second_quorum_share]", "0/1")
    page.fill("[name=second_quorum_share_origin]", "7")
    save.click()
    assert "versión 1" in page.inner_text(".notice")
    look(page)
    text = page.inner_text("#estatutos")
    assert "50 % (artículo 7, confirmado)" in text
    assert "Cualquier número de asistentes" in text
    assert "Voto secreto y lista única" in text
    assert "2 (Código General del Proceso, artículo 382, sin confirmar)" in text
    page.get_by_role("link", name="Estatutos de la asociación de usuarios").click()
    look(page)
    assert "Vigente" in page.inner_text("main")
    assert "El voto es secreto." in page.inner_text("main")


def test_a_body_is_made_a_holder_appointed_and_the_end_told(enter, look):
    page = enter("clinica")
    page.goto(f"{ALLIANCE}/asociados")
    document = page.locator("table.data tbody tr").nth(9).locator("td").first.inner_text()

    # The body, with a seat of the alliance and one of another sector.
    page.goto(f"{ALLIANCE}/gobierno")
    page.get_by_role("link", name="Crear un organismo").click()
    look(page)
    page.get_by_label("Nombre", exact=True).fill("Junta directiva de la IPS")
    page.get_by_label("Clase").select_option("provider_board")
    page.get_by_label("Está fuera de la alianza").check()
    page.get_by_label("Meses del período").fill("36")
    page.get_by_label("El acto de nombramiento y la posesión").check()
    page.fill("[name=seat1]", "Representante de los usuarios")
    page.fill("[name=sector1]", "Alianzas de usuarios")
    # Rows that are empty wait behind the button.
    assert not page.locator("[name=seat2]").is_visible()
    page.get_by_role("button", name="Agregar otro puesto").click()
    page.fill("[name=seat2]", "Delegación de los socios")
    page.fill("[name=sector2]", "Socios")
    page.check("[name=not_elected2]")
    page.get_by_role("button", name="Crear el organismo").click()
    assert "norma" in refused(page).lower()
    page.get_by_label("Norma del período").fill("Estatutos de la IPS, artículo 21")
    page.get_by_role("button", name="Crear el organismo").click()
    body = page.url
    look(page)
    assert "36 meses (Estatutos de la IPS, artículo 21, sin confirmar)" in page.inner_text("main")
    mine = seat(page, "Representante de los usuarios")
    assert "Vacante" in mine.inner_text()
    assert "Sin dato" in seat(page, "Delegación de los socios").inner_text()

    # Its vacancy is told to the office, and only that of the seat that the alliance elects.
    page.goto(f"{CLINIC}/vencimientos")
    look(page)
    vacant = page.inner_text("#vacantes")
    assert "Junta directiva de la IPS" in vacant and "Nunca se ha ocupado" in vacant
    assert "Delegación de los socios" not in vacant

    # Who was elected waits for the act and the posesión.
    page.goto(body)
    mine.get_by_role("link", name="Anotar quién lo ocupa").click()
    look(page)
    page.get_by_label("Quién lo ocupa").fill("CC 99999999")
    page.get_by_label("Desde el").fill(day(-20))
    page.get_by_label("Hasta el").fill(day(10))
    page.get_by_label("Papel en que consta").fill("Acta 4 de la asamblea")
    page.get_by_role("button", name="Anotar el período").click()
    assert page.locator(".problem-summary").count() == 1
    page.get_by_label("Quién lo ocupa").fill(document)
    page.get_by_role("button", name="Anotar el período").click()
    assert page.url == body
    assert "Por posesionarse" in mine.inner_text()
    assert "espera el acto de nombramiento" in mine.inner_text()
    look(page)
    page.goto(f"{CLINIC}/vencimientos")
    assert "espera su nombramiento o posesión" in page.inner_text("#vacantes")

    page.goto(body)
    mine.get_by_role("link", name="Registrar el nombramiento").click()
    look(page)
    page.get_by_label("Acto de nombramiento").fill("Resolución 12 de la junta")
    page.get_by_label("Fecha del acto").fill(day(-10))
    page.get_by_label("Fecha de la posesión").fill(day(-15))
    page.get_by_role("button", name="Registrar", exact=True).click()
    assert page.locator(".problem-summary").count() == 1
    page.get_by_label("Fecha de la posesión").fill("")
    page.get_by_role("button", name="Registrar", exact=True).click()
    assert "falta la posesión" in page.inner_text(".notice")
    mine.get_by_role("link", name="Registrar la posesión").click()
    page.get_by_label("Fecha de la posesión").fill(day(-5))
    page.get_by_role("button", name="Registrar", exact=True).click()
    assert "el período rige" in page.inner_text(".notice")
    assert "Por vencer" in mine.inner_text() and "Faltan 10 días" in mine.inner_text()
    assert "Resolución 12 de la junta" in mine.inner_text()
    look(page)

    # What ends, by how soon, on the page and in its file.
    page.goto(f"{CLINIC}/vencimientos")
    figures = dict(
        reversed(each.split("\n")) for each in page.locator(".figures li").all_inner_texts()
    )
    # Each counts apart.
    near, far = (int(figures[words]) for words in ("terminan en 90 días o menos", "terminan entre 91 y 180 días"))
    assert near >= 2 and far >= 0
    page.locator(".figures a", has_text="en 90 días").click()
    table = page.locator("table.data").first
    assert table.locator("tbody tr").count() == near
    assert "Junta directiva de la IPS" in table.inner_text()
    look(page)
    answer = page.request.get(f"{CLINIC}/vencimientos?plazo=90&formato=csv")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == near
    assert "Junta directiva de la IPS" in {each["Organismo"] for each in rows}

    # A resignation leaves the seat empty from the next day, with its history.
    page.goto(body)
    mine.get_by_role("link", name="Terminar el período").click()
    look(page)
    page.get_by_label("Último día en el puesto").fill(day(-1))
    page.get_by_label("Motivo").select_option(index=1)
    page.get_by_label("Cuente por qué").fill("Carta de renuncia del asociado")
    page.get_by_role("button", name="Terminar el período").click()
    assert "Vacante" in mine.inner_text() and "Anteriores (1)" in mine.inner_text()
    # On the day before, the seat was held.
    page.get_by_label("Quién ocupaba cada puesto el").fill(day(-2))
    page.get_by_role("button", name="Ver").click()
    assert "Así estaba el organismo" in page.inner_text("main")
    assert "Vacante" not in mine.inner_text()
    look(page)


def test_a_meeting_is_called_held_and_its_minutes_stay(enter, look):
    page = enter("clinica")
    page.goto(f"{ALLIANCE}/reuniones")
    look(page, "reuniones")
    assert "Cada 2 meses; se convoca con 7 días de anticipación." in page.inner_text("#orden")
    assert page.locator("#orden ol li").count() == 10
    page.get_by_role("link", name="Programar una reunión").first.click()
    look(page)
    # The standing agenda is chosen to begin with.
    chosen = page.get_by_label("Orden del día", exact=False).first
    assert "permanente" in chosen.locator("option:checked").inner_text()
    page.get_by_label("Nombre", exact=True).fill("Reunión extraordinaria")
    page.get_by_label("Clase").select_option("group")
    page.get_by_label("Día", exact=True).fill(day(-1))
    page.get_by_label("Empieza").fill("11:00")
    page.get_by_label("Termina").fill("09:00")
    page.get_by_label("Presencial").check()
    page.get_by_role("button", name="Programar la reunión").click()
    assert "termina antes de empezar" in refused(page)
    page.get_by_label("Termina").fill("12:00")
    page.get_by_role("button", name="Programar la reunión").click()
    page.goto(f"{ALLIANCE}/reuniones")
    page.locator("tr", has_text="Reunión extraordinaria").get_by_role("link").click()
    meeting = page.url
    look(page)

    # Its ten points, and the commitments that are open.
    assert "11 puntos" in page.inner_text("#preparar")
    page.get_by_role("link", name="Anotar la convocatoria por un medio").click()
    look(page)
    page.get_by_label("Día en que salió").fill(day(0))
    page.get_by_label("Medio").select_option("phone")
    page.get_by_role("button", name="Anotar la salida").click()
    assert "no puede ser posterior" in refused(page)
    page.get_by_label("Día en que salió").fill(day(-8))
    page.get_by_role("button", name="Anotar la salida").click()
    assert "(7 días antes)" in page.inner_text("main")

    page.goto(meeting)
    page.get_by_role("link", name="Registrar el acta").click()
    look(page)
    page.get_by_label("Personas que asistieron").fill("20")
    page.get_by_label("Desarrollo").fill("Se revisaron las oportunidades de mejora.")
    page.fill("[name=decision1]", "Se aprueba el informe")
    page.fill("[name=favor1]", "21")
    page.fill("[name=commitment1]", "Enviar el informe")
    page.get_by_role("button", name="Revisar el acta").click()
    # A row that was begun is finished, and no more vote than came.
    assert "Quién responde" in refused(page)
    page.fill("[name=responsible1]", "Coordinación SIAU")
    page.fill("[name=due1]", "2027-03-30")
    page.get_by_role("button", name="Revisar el acta").click()
    assert "ni votar más personas" in refused(page)
    page.fill("[name=favor1]", "18")
    page.fill("[name=contra1]", "1")
    page.get_by_role("button", name="Revisar el acta").click()
    # Nothing is recorded before it was read once more.
    look(page)
    assert "18 a favor y 1 en contra" in page.inner_text("main")
    page.get_by_role("button", name="Corregir").click()
    assert page.input_value("[name=responsible1]") == "Coordinación SIAU"
    page.fill("[name=favor1]", "19")
    page.get_by_role("button", name="Revisar el acta").click()
    page.get_by_label("La lista de asistencia").set_input_files(paper("asistencia.pdf"))
    page.get_by_role("button", name="Registrar el acta").click()
    text = page.inner_text("#acta")
    assert "19 a favor" in text and "1 en contra" in text
    assert "Responde: Coordinación SIAU, hasta el 30 de marzo de 2027" in text
    assert "Lista de asistencia" in text
    look(page)
    # The signed paper comes later.
    page.get_by_role("link", name="Adjuntar el acta firmada").click()
    look(page)
    page.get_by_label("Cómo se identifica").fill("Acta 4, firmada")
    page.get_by_label("El documento firmado").set_input_files(paper("acta.pdf"))
    page.get_by_role("button", name="Adjuntar").click()
    page.get_by_role("link", name="Acta 4, firmada").click()
    assert "acta.pdf" in page.inner_text("h1")
    # What was recorded is not recorded again, moved or called off.
    for act in ("acta", "reprogramar", "cancelar"):
        page.goto(meeting)
        assert page.locator(f"main a[href$='/{act}']").count() == 0
    assert page.locator("text=Realizada").count() == 1


def test_the_plan_of_a_year_and_where_it_contradicts_itself(enter, look):
    page = enter("aliansalud")
    page.goto(f"{BOGOTA}/reuniones?ano=2026")
    look(page)
    rows = page.locator("#reuniones table.data tbody tr")
    assert rows.count() == 14
    assert rows.filter(has_text="no es clara").count() == 3
    # The date rules over the weekday, and noon over midnight; both readings stay.
    first = rows.first
    assert "jueves 15 de enero" in first.inner_text()
    first.get_by_role("link").click()
    look(page)
    text = page.inner_text("main")
    assert "«Miércoles 15 enero 2026»" in text
    assert "jueves 15 de enero de 2026" in text and "miércoles 14 de enero de 2026" in text

    page.goto(f"{BOGOTA}/plan/2026")
    look(page)
    text = page.inner_text("main")
    assert [int(each) for each in re.findall(r"^Eje (\d)\.", text, re.MULTILINE)] == [2, 3, 4, 5]
    numbers = [each.strip() for each in page.locator("ul.dossier > li strong").all_inner_texts()]
    assert numbers == "2.1. 2.2. 2.3. 2.4. 2.5. 2.6. 3.1. 3.2. 3.3. 4.1. 4.2. 4.3. 5.1. 5.2. 5.3.".split()
    assert page.locator("#detalles ol li").count() == 9

    page.goto(f"{BOGOTA}/documentos/aliansalud-plan-2026")
    look(page)
    assert page.locator("#advertencias .note").count() == 3

    # The hearing is moved by who alone may move it.
    page.goto(f"{BOGOTA}/reuniones?ano=2026")
    rows.filter(has_text="Audiencia Pública").get_by_role("link").click()
    page.get_by_role("link", name="Reprogramar").click()
    look(page)
    page.get_by_label("Por qué, y con quién se acordó").fill("Lo pidió la junta")
    page.get_by_role("button", name="Reprogramar").click()
    assert "Superintendencia" in page.inner_text(".problem-summary, .note")


def test_minutes_of_before_are_read_as_they_were_written(enter, look):
    page = enter("asociada")
    page.goto(f"{SAN_ANTERO}/reuniones?ano=2021")
    look(page)
    rows = page.locator("#reuniones table.data tbody tr")
    assert rows.count() == 3
    for index, (came, enrolled) in enumerate([(32, 1), (20, 0), (25, 0)]):
        page.goto(f"{SAN_ANTERO}/reuniones?ano=2021")
        rows.nth(index).get_by_role("link").click()
        text = re.sub(r"\s+", " ", page.inner_text("#acta"))
        assert f"N° Afiliados en la reunión {came} N° Afiliados inscritos {enrolled}" in text
        assert "no tendrán jerarquía" in text
    look(page)
    # A member reads and records nothing.
    page.goto(f"{SAN_ANTERO}/gobierno")
    look(page)
    assert page.locator("main .btn").count() == 0
    for act in ("gobierno/organismo-nuevo", "gobierno/estatutos-nuevos", "reuniones/nueva"):
        assert page.goto(f"{SAN_ANTERO}/{act}").status == 403
    assert page.goto("/o/mutual-ser/vencimientos").status == 403


def test_a_report_says_its_year_and_is_corrected(enter, look):
    page = enter("aliansalud")
    year = today().year
    page.goto(f"{BOGOTA}/informes/nuevo?clase=accountability&ano={year}")
    look(page)
    assert page.locator("[name=kind][value=accountability]").is_checked()
    page.get_by_label("Título").fill("Rendición de cuentas")
    page.get_by_label("Día en que se presentó").fill(day(0))
    page.get_by_role("button", name="Anotar el informe").click()
    look(page)
    assert str(year) in page.inner_text("main")
    page.get_by_role("link", name="Corregir").click()
    look(page)
    page.get_by_label("Año del informe").fill(str(year - 1))
    page.get_by_label("Por qué").fill("El año estaba mal")
    page.get_by_role("button", name="Guardar la corrección").click()
    assert str(year - 1) in page.inner_text("main")
    page.goto(f"{BOGOTA}/reuniones?ano={year - 1}")
    look(page)
    page.locator("#informes").get_by_role("link", name="Rendición de cuentas").click()
    page.get_by_role("link", name="Quitar").click()
    look(page)
    page.get_by_label("Por qué").fill("No se presentó")
    page.get_by_role("button", name="Quitar el informe").click()
    page.goto(f"{BOGOTA}/reuniones?ano={year - 1}")
    assert "No consta ningún informe" in page.inner_text("#informes")


def test_papers_are_added_to_what_was_recorded_before(browser, server, enter, look):
    page = enter("oficina")
    page.goto(f"{SAN_ANTERO}/gobierno")
    look(page)
    for link, name in (("Adjuntar el acta", "constitucion.pdf"), ("Adjuntar el acta que los aprobó", "estatutos.pdf")):
        page.goto(f"{SAN_ANTERO}/gobierno")
        page.get_by_role("link", name=link, exact=True).click()
        look(page)
        page.get_by_role("button", name="Adjuntar").click()
        assert "Elija un archivo" in refused(page)
        page.get_by_label("Cómo se identifica").fill(f"Acta de {name}")
        page.get_by_label("El documento firmado").set_input_files(paper(name))
        page.get_by_role("button", name="Adjuntar").click()
        assert f"Acta de {name}" in page.inner_text("main")
    # A member sees that it is there, and does not open it.
    visitor = browser.new_context(base_url=server.url, locale="es-CO")
    member = enter("asociada", page=visitor.new_page())
    member.goto(f"{SAN_ANTERO}/gobierno")
    assert "Acta de constitucion.pdf" in member.inner_text("main")
    assert member.locator("main a", has_text="Acta de constitucion.pdf").count() == 0
    assert member.goto(f"{SAN_ANTERO}/gobierno/constitucion/acta").status == 403
    visitor.close()


def test_a_constitution_is_recorded_in_rows(enter, look):
    page = enter("clinica")
    page.goto(f"{ALLIANCE}/asociados")
    rows = page.locator("table.data tbody tr")
    documents = [rows.nth(index).locator("td").first.inner_text() for index in range(3)]
    page.goto(f"{ALLIANCE}/gobierno/constitucion")
    look(page)
    page.get_by_label("Día de la asamblea").fill(day(-300))
    page.get_by_label("Personas que asistieron").fill("12")
    page.get_by_label("Lugar o medio").fill("Auditorio")
    page.fill("[name=signer1]", documents[0])
    page.get_by_role("button", name="Agregar otra firma").click()
    page.fill("[name=signer2]", "1234567")
    page.get_by_role("button", name="Registrar la constitución").click()
    assert "Antes del número falta qué documento es" in refused(page)
    page.fill("[name=signer2]", "Ana Prueba")
    page.fill("[name=office2]", "Personería municipal")
    page.click("summary:has-text('lista de documentos')")
    page.fill("[name=pasted]", documents[1] + "\n" + documents[2])
    page.get_by_label("El acta firmada").set_input_files(paper("acta-de-constitucion.pdf"))
    page.get_by_role("button", name="Registrar la constitución").click()
    text = page.inner_text("#constitucion")
    assert "firmaron el acta 3 asociados y 1 testigo" in text and "Acta de constitución firmada" in text
    look(page)


def test_an_alliance_is_dissolved_by_its_minutes_and_put_right(enter, look):
    page = enter("oficina")
    page.goto("/o/mutual-ser/nueva-alianza")
    page.get_by_label("Nombre de la alianza").fill("Alianza que se disuelve")
    page.get_by_label("Municipio", exact=True).fill("San Antero, Córdoba")
    page.get_by_role("button", name="Crear la alianza").click()
    alliance = "/o/mutual-ser/alianzas/alianza-que-se-disuelve"
    page.goto(f"{alliance}/editar")
    look(page)
    # An edit dissolves nothing.
    assert page.locator("[name=state] option[value=dissolved], [name=state][value=dissolved]").count() == 0
    page.get_by_role("link", name="Disolver la alianza").click()
    look(page)
    page.get_by_role("button", name="Disolver la alianza").click()
    assert "DISOLVER" in refused(page) and "Elija un archivo" in refused(page)
    page.get_by_label("Por qué").fill("La asamblea lo decidió")
    page.get_by_label("Acta en que consta").fill("Acta 9 de la asamblea")
    page.get_by_label("Día de la decisión").fill(day(0))
    page.get_by_label("El acta firmada").set_input_files(paper("acta-9.pdf"))
    page.get_by_label("Escriba la palabra").fill("disolver")
    page.get_by_role("button", name="Disolver la alianza").click()
    look(page)
    text = page.inner_text("main")
    assert "La asamblea lo decidió" in text and "Qué pide atención" not in text
    page.get_by_role("link", name="Corregir la disolución").click()
    look(page)
    page.get_by_label("Por qué").fill("Se disolvió la que no era")
    page.get_by_label("Acta en que consta").fill("Oficio 4 de la oficina")
    page.get_by_role("button", name="Corregir la disolución").click()
    assert "En preparación" in page.inner_text("main") and "disuelta desde" not in page.inner_text("main")


def test_a_control_body_reads_nothing_of_the_tenant(enter):
    page = enter("personeria")
    for part in ("gobierno", "reuniones", "documentos/mutual-ser-san-antero-2021"):
        assert page.goto(f"{SAN_ANTERO}/{part}").status == 404


# From the terminal


def imported(server, path, *options, alliance="alianza-de-usuarios-de-bogota"):
    return server.run(
        "import", "source", str(path), "--organization", "EPS001", "--alliance", alliance, *options, check=False
    )


def test_a_source_document_is_imported_once(server):
    again = imported(server, SOURCES / "aliansalud-plan-2026.json", "--json")
    assert again.returncode == 0, again.stderr
    answer = json.loads(again.stdout)
    assert answer["imported"] is False
    assert (answer["activities"], answer["meetings"]) == (15, 14)
    assert [each["kind"] for each in answer["warnings"]] == ["weekday", "hours", "hours"]
    told = imported(server, SOURCES / "aliansalud-plan-2026.json")
    assert told.stdout.startswith("Ya estaba cargado, sin cambios")
    assert "también como miércoles 14 de enero de 2026" in told.stdout


@pytest.mark.parametrize(
    "text, reason",
    [
        ("", "está vacío"),
        ("plan de trabajo", "no es JSON"),
        ('{"code":"a","kind":"minutes","publisher":"B"}', "Falta el dato «title»"),
        ('{"code":"a","kind":"acta","title":"A","publisher":"B"}', "work_plan, minutes o procedure"),
        ('{"code":"a","kind":"minutes","title":"A","publisher":"B","acts":[]}', "No se conoce el dato «acts»"),
        (
            '{"code":"a","kind":"minutes","title":"A","publisher":"B","meetings":[{"place":"fila 2","date":'
            '"30 febrero 2026","kind":"board","title":"R","mode":"virtual"}]}',
            "En «fila 2», «30 febrero 2026» no es una fecha",
        ),
    ],
)
def test_a_bad_source_document_is_refused_with_what_to_do(server, tmp_path, text, reason):
    file = tmp_path / "documento.json"
    file.write_text(text)
    refusal = imported(server, file)
    assert refusal.returncode == 1
    assert reason in refusal.stderr and refusal.stdout == ""


def test_an_unknown_alliance_or_file_is_told(server):
    plan = SOURCES / "aliansalud-plan-2026.json"
    assert "No hay una alianza" in imported(server, plan, alliance="ninguna").stderr
    assert "No existe el archivo" in imported(server, SOURCES / "nada.json").stderr
    assert server.run("import", "source", str(plan), "--organization", "EPS001", check=False).returncode == 2
