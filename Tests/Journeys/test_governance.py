"""How an alliance governs itself, through the pages alone: bylaws, bodies, who sits where, plan, meetings, minutes."""

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest

from server import fits, repository

CLINIC = "/o/clinica-del-litoral"
ALLIANCE = f"{CLINIC}/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"
BOGOTA = "/o/aliansalud/alianzas/alianza-de-usuarios-de-bogota"
SAN_ANTERO = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"
SOURCES = repository / "sql" / "data" / "sources"


@pytest.fixture
def look(require_accessible):
    """A function that looks at a page at both widths."""

    def check(page):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert fits(page), page.url
            assert page.locator("h1").count() == 1
            require_accessible(page)
        page.set_viewport_size({"width": 1280, "height": 800})

    return check


def day(offset):
    """A day from today, as date fields take it."""
    return (date.today() + timedelta(days=offset)).isoformat()


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
    page.get_by_label("Puestos", exact=True).fill(
        "Representante de los usuarios; Alianzas de usuarios\nDelegación de los socios; Socios *"
    )
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
    counts = [int(figures[words]) for words in ("en 15 días", "en 30", "en 45", "en 90", "en 180")]
    assert counts == sorted(counts) and counts[0] >= 2
    page.locator(".figures a", has_text="en 15 días").click()
    table = page.locator("table.data").first
    assert table.locator("tbody tr").count() == counts[0]
    assert "Junta directiva de la IPS" in table.inner_text()
    look(page)
    answer = page.request.get(f"{CLINIC}/vencimientos?plazo=15&formato=csv")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == counts[0]
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
    look(page)
    assert "Cada 2 meses; se convoca con 7 días de anticipación." in page.inner_text("#orden")
    assert page.locator("#orden ol li").count() == 10
    page.get_by_role("link", name="Programar una reunión").first.click()
    look(page)
    # The standing agenda is there to begin with.
    assert "Lectura del acta de la reunión anterior" in page.get_by_label("Orden del día").input_value()
    page.get_by_label("Nombre").fill("Reunión extraordinaria")
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

    page.get_by_role("link", name="Anotar la convocatoria").click()
    look(page)
    page.get_by_label("Día en que se convocó").fill(day(0))
    page.get_by_label("Medio").fill("Llamada telefónica")
    page.get_by_role("button", name="Anotar la convocatoria").click()
    assert "no puede ser posterior" in refused(page)
    page.get_by_label("Día en que se convocó").fill(day(-8))
    page.get_by_role("button", name="Anotar la convocatoria").click()
    assert "(7 días antes)" in page.inner_text("main")

    page.get_by_role("link", name="Registrar el acta").click()
    look(page)
    page.get_by_label("Personas que asistieron").fill("20")
    page.get_by_label("Desarrollo").fill("Se revisaron las oportunidades de mejora.")
    page.get_by_label("Decisiones").fill("Se aprueba el informe; 21; 0; 0")
    page.get_by_label("Compromisos").fill("Enviar el informe; Coordinación SIAU; 30/03/2027")
    page.get_by_role("button", name="Registrar el acta").click()
    assert "ni votar más personas" in refused(page)
    page.get_by_label("Decisiones").fill("Se aprueba el informe; 19; 1; 0")
    page.get_by_role("button", name="Registrar el acta").click()
    text = page.inner_text("#acta")
    assert "19 a favor" in text and "1 en contra" in text
    assert "Responde: Coordinación SIAU, hasta el 30 de marzo de 2027" in text
    look(page)
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
    assert rows.filter(has_text="Dos lecturas").count() == 3
    # The date rules over the weekday, and noon over midnight; both readings stay.
    first = rows.first
    assert "jueves 15 de enero" in first.inner_text()
    first.get_by_role("link").click()
    look(page)
    text = page.inner_text("main")
    assert "«Miércoles 15 enero 2026»" in text
    assert "jueves 15 de enero de 2026" in text and "miércoles 14 de enero de 2026" in text

    page.goto(f"{BOGOTA}/reuniones/plan/2026")
    look(page)
    text = page.inner_text("main")
    assert [int(each) for each in re.findall(r"Eje (\d)\.", text)] == [2, 3, 4, 5]
    numbers = [each.strip() for each in page.locator("ul.dossier > li strong").all_inner_texts()]
    assert numbers == "2.1. 2.2. 2.3. 2.4. 2.5. 2.6. 3.1. 3.2. 3.3. 4.1. 4.2. 4.3. 5.1. 5.2. 5.3.".split()
    assert page.locator("main section ol li").count() == 9

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
