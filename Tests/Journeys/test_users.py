"""Users, settings, log, tasks and documents of an entity, as its administration and everybody else meet them."""

import csv
import io
import re

import pytest

from postbox import Postbox
from server import Installation, wait_until

HOME = "/o/mutual-ser"
PHRASE = "cuatro gallinas en el solar"


def test_a_user_from_the_invitation_to_the_end_of_the_role(enter, browser, server, look):
    page = enter("administracion")
    page.goto(f"{HOME}/usuarios")
    look(page, "usuarios")
    page.get_by_role("link", name="Invitar a una persona").click()
    page.get_by_role("button", name="Invitar").click()
    assert "Faltan" in page.inner_text(".problem-summary")
    look(page)
    page.fill("[name=name]", "Rosalba Inés Otero Cano")
    page.fill("[name=email]", "rosalba@ejemplo.invalid")
    page.fill("[name=office_title]", "Secretaria de la junta")
    page.check("[name=role][value=junta]")
    page.select_option("[name=alliance]", "entidad")
    page.get_by_role("button", name="Invitar").click()
    assert "vale en una alianza" in page.inner_text(".problem-summary")
    page.select_option("[name=alliance]", label="Alianza de usuarios de San Antero")
    page.get_by_role("button", name="Invitar").click()
    link = page.inner_text("#enlace")
    look(page)

    # She comes in once with the link, and works.
    context = browser.new_context(base_url=server.url, locale="es-CO")
    guest = context.new_page()
    guest.goto(link)
    look(guest)
    guest.fill("[name='secret.password']", PHRASE)
    guest.fill("[name='secret.repeated']", PHRASE)
    guest.get_by_role("button", name="Crear la cuenta y entrar").click()
    guest.wait_for_url("**/o/mutual-ser")
    assert guest.goto(link).status == 404
    assert guest.goto(f"{HOME}/usuarios").status == 403
    guest.goto("/cuenta")
    assert "Es esta." in guest.inner_text("main")
    look(guest, "cuenta")

    # Her sessions are ended, and her role with its reason.
    page.get_by_role("link", name="Listo").click()
    look(page)
    page.get_by_role("button", name="Cerrar la sesión").click()
    guest.goto(HOME)
    assert "/entrar" in guest.url
    page.get_by_role("link", name="Terminar").first.click()
    look(page)
    page.fill("[name=reason]", "Renunció")
    page.fill("[name=confirmation]", "terminar")
    page.get_by_role("button", name="Terminar la función").click()
    assert "Terminó" in page.inner_text("table.data")

    # Let in anew, once it is clear who asks.
    page.get_by_role("link", name="Restablecer el ingreso").click()
    page.get_by_role("button", name="Restablecer y ver el enlace").click()
    assert "¿Cómo comprobó quién es?" in page.inner_text(".problem-summary")
    page.check("[name=way][value=in_person]")
    page.fill("[name=remark]", "Vi su cédula y su carné")
    page.get_by_role("button", name="Restablecer y ver el enlace").click()
    assert "/invitacion/" in page.inner_text("#enlace")

    # All of it is in the log, in plain words.
    page.goto(f"{HOME}/registro?que=usuarios")
    look(page, "registro-de-actuaciones")
    text = page.inner_text("table.data")
    for words in ("Invitó a Rosalba Inés Otero Cano", "Cerró las sesiones de", "Renunció", "Vi su cédula"):
        assert words in text, words
    rows = list(
        csv.DictReader(
            io.StringIO(page.request.get(f"{HOME}/registro?formato=csv").body().decode("utf-8-sig")), delimiter=";"
        )
    )
    assert {row["Quién"] for row in rows} >= {"Amparo Ricardo Peña", "Administración del servidor"}
    assert all(re.fullmatch("[0-9a-f]{64}", row["Huella"]) for row in rows)
    context.close()


def test_a_committee_is_known_for_whom_the_register_has(enter, look):
    page = enter("administracion")
    page.goto(f"{HOME}/usuarios?q=Yamile")
    page.get_by_role("link", name="Yamile Arrieta Coronado").click()
    facts = page.inner_text("main")
    assert "CC 1.999.999.993" in facts and page.get_by_role("link", name="Yamile Arrieta Coronado").count() == 1
    look(page)
    # Nobody gets onto a committee whom the register could not tell.
    page.goto(f"{HOME}/usuarios/invitar")
    page.fill("[name=name]", "Eloísa Prueba Cano")
    page.fill("[name=email]", "eloisa@ejemplo.invalid")
    page.fill("[name=office_title]", "Comité electoral")
    page.check("[name=role][value=comite-electoral]")
    page.select_option("[name=alliance]", label="Alianza de usuarios de San Antero")
    page.get_by_role("button", name="Invitar").click()
    assert "hace falta el documento de identidad de Eloísa" in page.inner_text(".problem-summary")
    page.fill("[name=document]", "1.888.777.666")
    page.get_by_role("button", name="Invitar").click()
    page.get_by_role("link", name="Listo").click()
    assert "CC 1.888.777.666" in page.inner_text("main") and "Nadie tiene su documento" in page.inner_text("main")
    page.get_by_role("link", name="Editar").click()
    look(page)
    page.fill("[name=document]", "1.999.999.993")
    page.get_by_role("button", name="Guardar los cambios").click()
    assert "Ya hay un usuario con el documento CC 1.999.999.993" in page.inner_text(".problem-summary")


def test_the_last_administrator_stays(enter, look):
    page = enter("administracion")
    page.goto(f"{HOME}/usuarios?q=amparo")
    page.get_by_role("link", name="Amparo Ricardo Peña").click()
    assert page.get_by_role("link", name="Dar una función").count() == 0
    page.get_by_role("link", name="Terminar").first.click()
    page.fill("[name=reason]", "Se va")
    page.fill("[name=confirmation]", "terminar")
    page.get_by_role("button", name="Terminar la función").click()
    assert "última persona que administra" in page.inner_text("main")
    look(page)


def test_the_description_of_an_entity_holds_together(enter, look):
    page = enter("administracion")
    page.goto(f"{HOME}/configuracion")
    look(page, "datos-de-la-entidad")
    page.get_by_role("link", name="Editar los datos").click()
    page.fill("[name=nit]", "806.008.394-1")
    page.get_by_role("button", name="Guardar los datos").click()
    assert "dígito de verificación" in page.inner_text(".problem-summary")
    page.fill("[name=nit]", "806.008.394-7")
    page.fill("[name=codes]", "EPS048\nEPS001")
    page.get_by_role("button", name="Guardar los datos").click()
    assert "varias EPS" in page.inner_text(".problem-summary")
    page.fill("[name=codes]", "EPS048\nEPSS48\nESS207\nESSC07")
    page.get_by_role("button", name="Guardar los datos").click()
    assert "EPS048, EPSS48, ESS207, ESSC07" in page.inner_text("main")
    page.get_by_role("link", name="Editar imagen y contacto").click()
    page.fill("[name=accent_color]", "#ffff00")
    page.get_by_role("button", name="Guardar").click()
    assert "muy claro" in page.inner_text(".problem-summary")
    look(page)


def test_the_log_is_verified_on_request_and_tampering_shows(enter, server, look):
    page = enter("administracion")
    page.goto(f"{HOME}/registro")
    page.get_by_role("button", name="Comprobar ahora").click()
    page.goto(f"{HOME}/tareas")
    wait_until(lambda: page.reload() and "Terminado" in page.inner_text("table.data"), "the verification")
    look(page, "tareas")
    page.goto(f"{HOME}/registro")
    assert "Nadie lo ha cambiado" in page.inner_text(".log-standing")
    assert "Última señal guardada por fuera" in page.inner_text(".log-standing")


def test_what_the_server_does_not_manage_to_do_waits_for_the_office(enter, server, look):
    in_tenant = (
        "begin; select tenancy.enter_tenant((select organization_id from catalogue.organizations"
        " where slug = 'mutual-ser'), null); {} commit;"
    )
    of_tenant = "where organization_id = (select organization_id from catalogue.organizations where slug = 'mutual-ser')"
    tried = f"update tenancy.outbox set delivered_at = null, attempts = 5, next_attempt_at = now() + interval '1 hour' \
        {of_tenant} and message_id in (select message_id from tenancy.outbox {of_tenant} limit 2);"
    failed = f"""insert into tenancy.chores (organization_id, chore, failed_at, failure)
        select organization_id, 'anchor', now(), 'No se puede escribir el archivo de anclas.'
        from catalogue.organizations {of_tenant}
        on conflict on constraint chores_pkey do update set failed_at = now(), failure = excluded.failure;"""
    server.psql(in_tenant.format(tried + failed), role="app")
    page = enter("administracion")
    page.goto(f"{HOME}/pendientes")
    assert "tarea diaria del servidor que falla" in page.inner_text("main")
    look(page)
    page.get_by_role("link", name="Revisar 2 mensajes que no salen").click()
    assert "Escribir las anclas del registro: falla desde el" in page.inner_text(".note-problem")
    look(page)
    # The server goes on with both by itself, and nothing of it is left.
    server.psql(in_tenant.format(
        f"update tenancy.outbox set next_attempt_at = now() - interval '1 hour' {of_tenant} and delivered_at is null;"
        f"update tenancy.chores set failed_at = null, failure = null {of_tenant};"), role="app")
    wait_until(lambda: page.reload() and not page.locator(".note-problem").count(), "the deliveries")


@pytest.mark.parametrize("name, status", [("oficina", 403), ("junta", 403), ("jurado1", 403)])
def test_nobody_else_administers(enter, name, status):
    page = enter(name)
    assert page.goto(f"{HOME}/usuarios").status == status
    assert page.goto(f"{HOME}/configuracion/datos").status == status


def test_a_board_sees_the_log_of_its_alliance_alone(enter, look):
    page = enter("junta")
    page.goto(f"{HOME}/registro")
    look(page)
    rows = csv.DictReader(
        io.StringIO(page.request.get(f"{HOME}/registro?formato=csv").body().decode("utf-8-sig")), delimiter=";"
    )
    assert "La entidad" not in {row["Dónde"] for row in rows}


def test_anybody_verifies_and_what_waits_is_counted(enter, page, look):
    page.goto("/verificar")
    look(page)
    page.fill("[name=codigo]", "23456-abcde-fghjk")
    page.get_by_role("button", name="Verificar", exact=True).click()
    assert "No encontramos ese documento" in page.inner_text("h1")
    look(page)
    page.set_input_files("[name=file]", {"name": "acta.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 nada"})
    page.get_by_role("button", name="Comparar el archivo").click()
    assert "No encontramos ese documento" in page.inner_text("h1")
    page = enter("oficina")
    page.goto(f"{HOME}/pendientes")
    look(page, "pendientes")
    count = page.locator(".bar-count")
    lines = page.locator(".pending > li").count()
    assert (int(count.inner_text()) if count.count() else 0) == lines


def test_an_invitation_goes_by_mail(browser):
    import base64
    import email
    import json

    postbox = Postbox()
    made = Installation(
        ALIANZAS_SMTP_URL=f"smtp://127.0.0.1:{postbox.port}", ALIANZAS_MAIL_FROM="alianzas@entidad.gov.co",
        ALIANZAS_ORIGIN="http://127.0.0.1",
    )
    try:
        made.demonstrate()
        made.start()
        account = next(
            each
            for each in json.loads((made.data / "demostracion.json").read_text())["accounts"]
            if each["login"].startswith("administracion@")
        )
        context = browser.new_context(base_url=made.url, locale="es-CO")
        page = context.new_page()
        page.goto("/entrar")
        page.fill("[name=login]", account["login"])
        page.fill("[name='secret.password']", account["password"])
        page.click("main button[type=submit]")
        page.wait_for_url("**/o/**")
        page.goto(f"{HOME}/usuarios/invitar")
        page.fill("[name=name]", "Rosalba Inés Otero Cano")
        page.fill("[name=email]", "rosalba@entidad.gov.co")
        page.fill("[name=office_title]", "Profesional")
        page.check("[name=role][value=oficina]")
        page.select_option("[name=alliance]", "entidad")
        page.get_by_role("button", name="Invitar").click()
        assert "También va por correo" in page.inner_text("main")
        link = page.inner_text("#enlace")
        wait_until(lambda: postbox.letters, "the letter", seconds=30)
        letter = email.message_from_string(postbox.letters[0])
        assert letter["To"] == "rosalba@entidad.gov.co" and letter["From"] == "alianzas@entidad.gov.co"
        assert link in base64.b64decode(letter.get_payload()).decode()
        # Who counts the votes gets the link alone.
        page.goto(f"{HOME}/usuarios/invitar")
        page.fill("[name=name]", "Eusebio Prueba Cano")
        page.fill("[name=email]", "eusebio@entidad.gov.co")
        page.fill("[name=office_title]", "Jurado de mesa")
        page.check("[name=role][value=jurado]")
        page.select_option("[name=alliance]", label="Alianza de usuarios de San Antero")
        page.get_by_role("button", name="Invitar").click()
        assert "El enlace va por correo a Eusebio" in page.inner_text("h1")
        assert "/invitacion/" not in page.content()
        wait_until(lambda: len(postbox.letters) > 1, "the juror's letter", seconds=30)
        letter = email.message_from_string(postbox.letters[1])
        assert letter["To"] == "eusebio@entidad.gov.co"
        assert "/invitacion/" in base64.b64decode(letter.get_payload()).decode()
        context.close()
    finally:
        made.remove()
