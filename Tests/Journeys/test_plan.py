"""The work plan of a year, its trainings and its work groups, through the pages alone."""

import io
import re
import zipfile
from datetime import timedelta

import pytest

import papers
from playwright.sync_api import expect
from server import as_it_is, today

SAN_ANTERO = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"
BOGOTA = "/o/aliansalud/alianzas/alianza-de-usuarios-de-bogota"
SHEET = "xl/worksheets/sheet1.xml"


def day(offset):
    """A day from today, as date fields take it."""
    return (today() + timedelta(days=offset)).isoformat()


def refused(page):
    """What the summary above a refused form says."""
    return page.inner_text(".problem-summary")


def printed(page, path):
    """The text of a PDF behind a link."""
    document = page.request.get(path)
    assert document.ok and document.body().startswith(b"%PDF")
    return re.sub(r"\s+", " ", papers.text_of(document.body()))


def workbook(rows):
    """A workbook of Excel with texts and numbers in its cells, as a browser sends it."""
    cells = []
    for number, row in enumerate(rows, 1):
        line = "".join(
            f'<c r="{chr(65 + place)}{number}"><v>{cell}</v></c>'
            if isinstance(cell, int)
            else f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for place, cell in enumerate(row)
            if cell != ""
        )
        cells.append(f'<row r="{number}">{line}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, f'<?xml version="1.0"?><worksheet {space}><sheetData>{"".join(cells)}</sheetData></worksheet>')
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "plan.xlsx", "mimeType": kind, "buffer": file.getvalue()}


def test_a_plan_is_begun_written_imported_and_approved(enter, look):
    page = enter("oficina")
    year = today().year + 1
    page.goto(f"{SAN_ANTERO}/plan")
    look(page)
    page.get_by_role("link", name=str(year), exact=True).click()
    look(page)
    assert f"No hay plan de trabajo de {year}" in page.inner_text("main")
    page.get_by_role("link", name=f"Empezar el plan de {year}").click()
    look(page)
    page.get_by_role("button", name="Empezar el plan").click()
    assert "Para qué es el plan" in refused(page)
    page.get_by_label("Para qué es el plan").fill("Que los usuarios participen en las decisiones.")
    page.get_by_role("button", name="Empezar el plan").click()
    look(page)

    page.get_by_role("link", name="Agregar la primera").click()
    look(page)
    page.select_option("[name=axis]", "2")
    page.get_by_label("Qué se va a hacer").fill("Capacitar a los usuarios")
    page.fill("[name=target]", "12")
    page.get_by_role("button", name="Agregar la actividad").click()
    assert "la meta completa" in page.inner_text("main")
    page.fill("[name=unit]", "capacitaciones")
    page.get_by_label("Capacitación realizada").check()
    page.get_by_label("Marzo").check()
    page.get_by_label("Agosto").check()
    page.fill("[name=responsible]", "Comité organizador")
    page.get_by_role("button", name="Agregar la actividad").click()
    look(page)
    text = page.inner_text("main")
    assert "2.1. Capacitar a los usuarios" in text and "Meta: 12 capacitaciones" in text
    assert "Cuándo: Marzo y agosto" in text and "La actividad 2.1 quedó en el plan" in text

    # A sheet with errors takes nothing; each is told by its row and column.
    page.goto(f"{SAN_ANTERO}/plan/{year}/importar")
    look(page)
    for kind, beginning in [("xlsx", b"PK"), ("csv", "\ufeffEje;Línea;Actividad".encode())]:
        template = page.request.get(f"{SAN_ANTERO}/plan/{year}/plantilla?formato={kind}")
        assert template.body().startswith(beginning)
    head = ["Eje", "Actividad", "Meta", "Responsable", "Presupuesto", "Mar", "Dic"]
    page.set_input_files(
        "[name=file]",
        workbook([["PLAN"], head, ["4. Control", "Visitar farmacias", "seis", "Junta", 1500000, "x"], [9, "Otra"]]))
    page.get_by_role("button", name="Revisar la hoja").click()
    look(page)
    rows = page.locator("table.data tbody tr")
    assert [each.split("\t")[:2] for each in rows.all_inner_texts()] == [["3", "Meta"], ["4", "Eje"]]
    page.get_by_role("link", name="Enviar otra hoja").click()
    page.set_input_files(
        "[name=file]",
        workbook([["PLAN"], head, ["4. Control", "Visitar farmacias", "6 visitas", "Junta", 1500000, "x"], ["", "Citar a la EPS"]]))
    page.get_by_role("button", name="Revisar la hoja").click()
    look(page, "importar-el-plan")
    page.get_by_role("button", name="Agregar al plan").click()
    text = page.inner_text("main")
    assert "4.1. Visitar farmacias" in text and "4.2. Citar a la EPS" in text
    assert "2 actividades quedaron en el plan" in text and re.search(r"Presupuesto: \$\s1\.500\.000", text)
    # CSV of an office, in its own encoding, with what is there already.
    page.goto(f"{SAN_ANTERO}/plan/{year}/importar")
    page.set_input_files(
        "[name=file]",
        {"name": "plan.csv", "mimeType": "text/csv", "buffer": "Eje;Actividad\r\n4;Citar a la EPS\r\n".encode("cp1252")})
    page.get_by_role("button", name="Revisar la hoja").click()
    assert "ya está en el plan" in page.inner_text("main")
    page.goto(f"{SAN_ANTERO}/plan/{year}/importar")
    page.set_input_files("[name=file]", {"name": "plan.xlsx", "mimeType": "x", "buffer": b"PK\x03\x04 nada"})
    page.get_by_role("button", name="Revisar la hoja").click()
    assert "No pudimos leer el archivo de Excel" in page.inner_text("main")

    # A draft is edited activity by activity.
    page.goto(f"{SAN_ANTERO}/plan/{year}")
    page.get_by_role("link", name="Citar a la EPS").click()
    look(page)
    assert "El plan no dice la meta" in page.inner_text("main")
    page.get_by_role("link", name="Quitar").click()
    look(page)
    page.get_by_role("button", name="Quitar la actividad").click()
    page.get_by_role("link", name="Visitar farmacias").click()
    page.get_by_role("link", name="Cambiar").click()
    assert page.input_value("[name=budget]") == "1500000"
    page.fill("[name=target]", "8")
    page.get_by_role("button", name="Guardar la actividad").click()
    assert "8 visitas" in page.inner_text("main")

    page.goto(f"{SAN_ANTERO}/plan/{year}")
    page.get_by_role("link", name="Anotar la aprobación").click()
    look(page)
    page.get_by_label("Día en que lo aprobaron").fill(day(-1))
    page.get_by_label("Acta en que consta").fill("Acta 5 de la asamblea")
    # What fixes the plan is read once more, and may be corrected.
    page.get_by_role("button", name="Revisar la aprobación").click()
    look(page)
    page.get_by_role("button", name="Corregir").click()
    expect(page.get_by_label("Acta en que consta")).to_have_value("Acta 5 de la asamblea")
    page.get_by_role("button", name="Revisar la aprobación").click()
    page.get_by_role("button", name="Anotar la aprobación").click()
    assert "Acta 5 de la asamblea" in page.inner_text("main")
    look(page)
    # What was approved changes by another version, with its reason.
    assert page.goto(f"{SAN_ANTERO}/plan/{year}/actividades/nueva").status == 409
    page.goto(f"{SAN_ANTERO}/plan/{year}")
    page.get_by_role("link", name="Cambiar el plan aprobado").click()
    look(page)
    page.get_by_role("button", name="Preparar la nueva versión").click()
    assert "Por qué se cambia" in refused(page)
    page.get_by_label("Por qué se cambia").fill("La EPS cambió de sede")
    page.get_by_role("button", name="Preparar la nueva versión").click()
    look(page, "plan-de-trabajo")
    assert "La EPS cambió de sede" in page.inner_text("main") and "versión 2" in page.inner_text("h1")
    page.goto(f"{SAN_ANTERO}/plan/{year}/comparacion")
    look(page)
    assert "Capacitar a los usuarios" in page.inner_text("main")


def test_what_happens_fulfils_the_plan_and_its_report_says_so(enter, look):
    page = enter("oficina")
    year, month = today().year, today().month
    page.goto(f"{SAN_ANTERO}/plan")
    page.locator("main").get_by_role("link", name="Rendir cuentas").click()
    look(page)
    assert "Todavía no ha pasado nada" in page.inner_text("#hechos")
    page.goto(f"{SAN_ANTERO}/informes/nuevo?ano={year}")
    page.get_by_label("Título").fill("Rendición de prueba")
    page.locator("input[name=kind][value=accountability]").check()
    page.locator("input[type=date]").fill(day(0))
    page.get_by_role("button", name=re.compile("Anotar el informe|Anotar")).last.click()
    page.goto(f"{SAN_ANTERO}/plan")
    page.locator("main").get_by_role("link", name="Rendir cuentas").click()
    assert page.locator("#hechos table.data tbody tr").count() == 1
    page.get_by_role("link", name="Rendición de prueba").click()
    assert "Rendición de prueba" in page.inner_text("h1")

    # A note accompanies the follow-up of its month and moves nothing.
    page.goto(f"{SAN_ANTERO}/plan/{year}/mes/{month}")
    look(page, "mes-del-plan")
    assert "Rendición de prueba" in page.inner_text("main")
    page.get_by_role("link", name="Anotar un avance").click()
    look(page)
    page.select_option("[name=activity]", "4.1")
    page.fill("[name=progress]", "La entidad aplazó la reunión")
    page.get_by_role("button", name="Anotar el avance").click()
    assert "La entidad aplazó la reunión" in page.inner_text("main")
    half = 1 if month <= 6 else 2
    text = printed(page, f"{SAN_ANTERO}/plan/{year}/informe/{half}")
    assert "Rendición de prueba" in text and "La entidad aplazó la reunión" in text
    assert re.search(r"5\.1\. Rendir cuentas.*?2 informes 1 1 50 %", text), text
    text = printed(page, f"{SAN_ANTERO}/plan/{year}/informe/anual")
    assert "Informe anual de lo planeado y lo ejecutado" in text and "Rendición de prueba" in text
    assert re.search(r"5\.1\. Rendir cuentas.*?2 informes 1 50 %", text), text
    assert page.goto(f"{SAN_ANTERO}/plan/{year + 1}/informe/anual").status == 404
    # The list opens what each figure counts, and is had as a file.
    page.goto(f"{SAN_ANTERO}/plan/{year}/actividades?estado=vencido")
    look(page)
    assert page.goto(f"{SAN_ANTERO}/plan/{year}/mes/{month}").ok
    assert page.request.get(f"{SAN_ANTERO}/plan/{year}/actividades?formato=xlsx").body().startswith(b"PK")


def test_topics_are_answered_and_become_trainings(enter, look):
    year = today().year
    member = enter("asociada")
    member.goto(f"{SAN_ANTERO}/capacitaciones")
    look(member)
    member.get_by_role("link", name="Proponer un tema").first.click()
    look(member)
    member.get_by_label("Tema").fill("Salud mental en la familia")
    member.get_by_label("Usuarios").check()
    member.get_by_role("button", name="Proponer el tema").click()
    assert "Sin respuesta" in member.inner_text("#temas")
    assert member.goto(f"{SAN_ANTERO}/capacitaciones/programa/{year}").status == 403

    page = enter("oficina")
    page.goto(f"{SAN_ANTERO}/capacitaciones")
    page.get_by_role("link", name="Responder").click()
    look(page)
    page.get_by_label("Sí se dará").check()
    page.get_by_label("Cuándo, o por qué no").fill("Este mes")
    page.get_by_role("button", name="Responder").click()
    look(page)
    page.get_by_role("link", name="Ponerla en el programa").click()
    look(page)
    assert page.input_value("[name=topic]") == "Salud mental en la familia"
    page.get_by_label("Quién la dicta").fill("Mutual SER")
    page.select_option("[name=month]", str(today().month))
    page.select_option("[name=activity]", index=1)
    page.get_by_role("button", name="Agregar al programa").click()
    look(page, "capacitacion")
    page.get_by_role("link", name="Programar la reunión").click()
    look(page)
    page.get_by_label("Día").fill(day(0))
    page.fill("[name=starts_at]", "00:01")
    page.fill("[name=ends_at]", "23:59")
    page.get_by_label("Presencial").check()
    page.get_by_role("button", name="Programar la reunión").click()
    assert "Salud mental en la familia" in page.inner_text("h1")

    bogota = enter("aliansalud")
    bogota.goto(f"{BOGOTA}/capacitaciones?ano=2026")
    assert "9 temas que no se han propuesto" in bogota.inner_text("#temas")
    bogota.get_by_role("button", name="Proponer los temas del plan").click()
    look(bogota)
    assert bogota.locator("#temas table.data tbody tr").count() == 9


def test_a_training_is_given_and_who_stayed_is_certified(enter, look):
    page = enter("oficina")
    rows = page.request.get(f"{SAN_ANTERO}/asociados?formato=json").json()
    own = next(row["documento"] for row in rows if "Carmen Rosa" in row["nombre"])
    stayed = [own] + [row["documento"] for row in rows if row["documento"] != own][:2]
    page.goto(f"{SAN_ANTERO}/capacitaciones")
    page.get_by_role("link", name="Salud mental en la familia").last.click()
    training = page.url
    page.locator("main").get_by_role("link", name=re.compile(", Salud mental en la familia")).click()
    meeting = page.url
    for document in stayed:
        page.goto(f"{meeting}/asistencia?documento={document}")
        page.locator(".door-actions button.btn-primary").click()
    for act in ("abrir", "cerrar"):
        page.goto(f"{meeting}/sesion/{act}")
        as_it_is(page)
        page.locator("main form button[type=submit]").last.click()

    # Each has a certificate; all come in one document, a page each, and a member takes their own.
    page.goto(training)
    look(page)
    page.get_by_role("link", name=re.compile("Todos los certificados")).click()
    pages = printed(page, f"{training}/todos-los-certificados/1")
    assert pages.count("certifica que") == pages.count("Verifique este documento") == 3 and "100 %" in pages
    assert page.request.get(f"{training}/todos-los-certificados/2").status == 404
    member = enter("asociada")
    member.goto(f"{SAN_ANTERO}/mi-alianza")
    look(member)
    link = member.get_by_role("link", name=re.compile("Descargar el certificado")).first.get_attribute("href")
    assert "Carmen Rosa" in printed(member, link)


def test_a_work_group_is_charged_and_reports(enter, look):
    page = enter("oficina")
    page.goto(f"{SAN_ANTERO}/grupos")
    look(page)
    page.get_by_role("link", name="Conformar el primero").click()
    look(page)
    page.get_by_label("Comité de trabajo").check()
    page.get_by_label("Nombre").fill("Comité de estatutos")
    page.get_by_label("Qué se le encarga").fill("Revisar los estatutos y proponer su reforma")
    page.get_by_role("button", name="Conformar el grupo").click()
    look(page)
    page.get_by_role("link", name="Agregar un integrante").click()
    look(page)
    page.get_by_label("Documento").fill("CC 1")
    page.get_by_label("Coordina").check()
    page.get_by_role("button", name="Agregar").click()
    assert "no está en el padrón" in page.inner_text("main")
    page.goto(f"{SAN_ANTERO}/grupos")
    look(page, "grupos-de-trabajo")
    page.get_by_role("link", name="Comité de estatutos").click()
    page.get_by_role("link", name="Terminar con su informe").click()
    look(page)
    page.get_by_label("Por qué termina").fill("Cumplió su encargo")
    page.get_by_label("Qué informa").fill("Se propone reformar el artículo 7.")
    page.get_by_role("button", name="Terminar el grupo").click()
    look(page)
    assert "Se propone reformar el artículo 7." in page.inner_text("#informe")
