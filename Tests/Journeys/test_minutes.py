"""Minutes that write themselves and cannot be rewritten: from the end of a meeting to the seal, and a byte changed after it."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from playwright.sync_api import expect

import papers
from server import today, wait_until

CLINIC = "/o/clinica-del-litoral"
ALLIANCE = f"{CLINIC}/alianzas/asociacion-de-usuarios-de-la-clinica-del-litoral"
PHRASE = "cuatro palabras sueltas y un rio"


def day(offset):
    """A day from today, as date fields take it."""
    return (today() + timedelta(days=offset)).isoformat()


def held(server, title, offset):
    """A meeting of the clinic's board whose session was run and closed, with what happened in it."""
    meeting, item, check, decision = (uuid.uuid4() for _ in range(4))
    at = f"'{day(offset)} 14:05Z'::timestamptz"
    server.psql(f"""
        create temporary table place as
        select alliances.organization_id, alliances.alliance_id, bodies.body_id
        from tenancy.alliances join governance.bodies using (organization_id, alliance_id)
        where bodies.name = 'Junta de la asociación';
        insert into governance.meetings (
            organization_id, meeting_id, alliance_id, body_id, position, kind, title, state, day, start_minute,
            end_minute, mode, place, link, participants, is_public, is_own_accountability, recorded_at, opened_at,
            opened_in, entitled, closed_at)
        select organization_id, '{meeting}', alliance_id, body_id, 1, 'board', '{title}', 'held', '{day(offset)}',
            540, 600, 'mixed', 'Sala de juntas', 'https://reuniones.invalid/abc',
            array['Junta de la asociación', 'SIAU'], false, false, {at}, {at}, 1, 3, {at} + interval '50 minutes'
        from place;
        insert into governance.agenda_items (
            organization_id, item_id, meeting_id, alliance_id, is_reserved, position, kind, title, origin, state, notes)
        select organization_id, '{item}', '{meeting}', alliance_id, false, 1, 'topic', 'Visita a la farmacia',
            'added', 'treated', 'La presidencia contó cómo va la entrega de medicamentos en la farmacia de la sede.'
        from place;
        insert into governance.meeting_calls (
            organization_id, call_id, meeting_id, sent_on, channel, reached, recorded_at, kind)
        select organization_id, gen_random_uuid(), '{meeting}', '{day(offset - 8)}', 'WhatsApp', 12, {at}, 'whatsapp'
        from place;
        insert into governance.attendances (
            organization_id, attendance_id, meeting_id, person_id, name, capacity, way, method, arrived_at, recorded_at)
        select place.organization_id, gen_random_uuid(), '{meeting}', mandates.person_id, mandates.holder_name,
            'entitled', 'in_person', 'list', {at}, {at}
        from place join governance.mandates using (organization_id, body_id);
        insert into governance.quorum_checks (
            organization_id, check_id, meeting_id, occasion, call, requirement, base, present, required, is_met, source,
            checked_at)
        select organization_id, '{check}', '{meeting}', 'opening', 1, 'majority', 3, 3, 2, true, 'artículo 12', {at}
        from place;
        insert into governance.decisions (
            organization_id, decision_id, meeting_id, alliance_id, is_reserved, item_id, position, decision, manner,
            majority, share_of, majority_source, in_favor, against, blank, abstained, needed, is_adopted, check_id,
            present, entitled, decided_at)
        select organization_id, '{decision}', '{meeting}', alliance_id, false, '{item}', 1,
            'Pedir a la gerencia el inventario de la farmacia', 'show_of_hands', 'simple', 'votes', 'artículo 15',
            3, 0, 0, 0, 2, true, '{check}', 3, 3, {at}
        from place;
    """)
    return meeting


def picture(page):
    """What a scanner gives of a sheet."""
    sheet = page.context.new_page()
    sheet.set_viewport_size({"width": 640, "height": 320})
    sheet.set_content("""
        <body style="margin: 2.5rem; font: 1.25rem serif">
            <p>Para constancia se firma esta acta.</p>
            <svg width="320" height="110"><path fill="none" stroke="#223a8f" stroke-width="3"
                d="M12 78C40 8 58 10 52 62S70 96 92 50s26-34 22 10 22 26 34-4 20-24 20 2 26 18 40-6 34-22 96-6"/></svg>
            <p style="border-top: 1px solid; width: 20rem">Secretaría</p>
        </body>""")
    png = sheet.screenshot()
    sheet.close()
    return png


def holder(server, seat):
    """The document and the name of who holds a seat of the clinic's board."""
    line = server.psql(f"""
        select affiliates.document_type || ' ' || affiliates.document_number, mandates.holder_name
        from governance.seats join governance.bodies using (organization_id, body_id)
        join governance.mandates using (organization_id, seat_id)
        join membership.affiliates using (organization_id, person_id)
        where bodies.name = 'Junta de la asociación' and seats.title = '{seat}' and mandates.rank = 0
    """).stdout.strip()
    return line.split("|")


def test_minutes_from_the_meeting_to_the_seal_and_a_changed_byte(enter, browser, server, look):
    meeting = held(server, "Reunión de la junta de prueba", -12)
    later = held(server, "Reunión siguiente de prueba", -2)
    document, name = holder(server, "Presidencia")
    acta = f"{ALLIANCE}/reuniones/{meeting}/acta"

    # It is there already, with what is missing.
    page = enter("clinica")
    page.goto(f"{ALLIANCE}/reuniones/{meeting}")
    page.get_by_role("link", name="Abrir el acta").click()
    look(page, "acta")
    words = page.inner_text("main")
    assert "Borrador de acta" in words and "Falta marcar el tipo de actividad" in words
    assert name in words and "3 presentes de 3; se exigían 2 (artículo 12)" in words
    page.goto(f"{CLINIC}/formatos")
    look(page)
    page.get_by_label("Código").fill("SIAU-F-07")
    page.get_by_label("Versión").fill("2")
    page.get_by_label("Unidad funcional").fill("SIAU")
    page.get_by_label("Vigente desde el").fill(day(-300))
    page.get_by_role("button", name="Registrar el formato").click()

    # What is free is written, and kept by itself.
    page.goto(acta)
    page.get_by_role("link", name="Completar el acta").first.click()
    look(page)
    page.get_by_label("Otros").check()
    page.get_by_label("Tema de la capacitación").fill("Reunión ordinaria")
    page.get_by_label("Nombre de quien facilitó").fill("Hernán Darío Salgado Forero")
    page.get_by_label("Cargo").fill("Coordinador del SIAU")
    page.get_by_label("Desarrollo").fill(f"{name} saludó a los asistentes.\nSe leyó la correspondencia recibida.")
    page.get_by_text("Guardado a las").wait_for()
    page.reload()
    assert "Se leyó la correspondencia" in page.input_value("[name=narrative]")
    page.get_by_role("button", name="Guardar y volver al acta").click()
    draft = papers.text_of(page.request.get(f"{acta}/pdf").body())
    assert "Borrador: puede cambiar hasta que se apruebe" in draft and "SIAU-F-07" in draft

    # Observed, answered, circulated again.
    page.get_by_role("link", name="Enviar a observaciones").click()
    look(page)
    page.get_by_role("button", name="Enviar la versión 1").click()
    page.get_by_role("link", name="Hacer una observación").click()
    look(page, "observacion-al-acta")
    page.get_by_label("En qué parte del acta").select_option(label="Desarrollo")
    page.get_by_label("Qué debería cambiar").fill("Falta decir que se leyó la carta de la gerencia.")
    page.get_by_role("button", name="Enviar la observación").click()
    look(page)
    page.get_by_role("link", name="Responder la observación").click()
    look(page)
    page.get_by_label("Se acoge", exact=True).check()
    page.get_by_role("button", name="Responder").click()
    page.get_by_role("link", name="Completar el acta").first.click()
    page.get_by_label("Desarrollo").fill(f"{name} saludó a los asistentes.\nSe leyó la carta de la gerencia.")
    page.get_by_role("button", name="Guardar y volver al acta").click()
    page.get_by_role("link", name="Enviar otra versión").click()
    page.get_by_role("button", name="Enviar la versión 2").click()

    # Approved in the next meeting.
    server.psql(f"""
        insert into governance.decisions (
            organization_id, decision_id, meeting_id, alliance_id, is_reserved, position, decision, manner, majority,
            share_of, majority_source, in_favor, against, blank, abstained, needed, is_adopted, present, entitled,
            approves_minutes_id, approves_version, decided_at)
        select later.organization_id, gen_random_uuid(), later.meeting_id, later.alliance_id, false, 2,
            'Aprobar el acta anterior', 'acclamation', 'simple', 'votes', '', 3, 0, 0, 0, 2, true, 3, 3,
            drafts.minutes_id, drafts.version, later.opened_at
        from governance.meetings as later join governance.minutes_drafts as drafts using (organization_id)
        where later.meeting_id = '{later}' and drafts.meeting_id = '{meeting}'
    """)
    page.reload()
    page.get_by_role("link", name="Anotar la aprobación").click()
    look(page)
    page.get_by_label("Aprobar el acta anterior").check()
    # Nothing is approved unread.
    page.get_by_role("button", name="Aprobar el acta").click()
    assert "Lea la versión" in page.inner_text(".problem-summary")
    page.get_by_label("Leí la versión que se aprueba").first.check()
    page.get_by_role("button", name="Aprobar el acta").click()
    look(page)
    number = re.search(r"Acta n.º (\d+)", page.inner_text("h1")).group(1)

    # The president comes in by one link on a phone, and signs by finger.
    link = json.loads(
        server.run(
            "user", "invite", "--organization", "clinica-del-litoral", "--name", name, "--email",
            "presidencia.prueba@ejemplo.invalid", "--title", "Presidencia", "--document", document, "--role", "board",
            "--alliance", "asociacion-de-usuarios-de-la-clinica-del-litoral", "--json",
        ).stdout
    )
    address = next(value for value in link.values() if isinstance(value, str) and "/invitacion/" in value)
    phone = browser.new_context(
        base_url=server.url, locale="es-CO", viewport={"width": 360, "height": 740}, has_touch=True
    )
    president = phone.new_page()
    president.goto("/invitacion/" + address.rsplit("/", 1)[1])
    president.fill("[name='secret.password']", PHRASE)
    president.fill("[name='secret.repeated']", PHRASE)
    president.get_by_role("button", name="Crear la cuenta y entrar").click()
    president.wait_for_url("**/acta/firmar")
    look(president, "firmar-el-acta", width=360)
    president.set_viewport_size({"width": 360, "height": 740})
    sign = president.get_by_role("button", name="Firmar el acta")
    assert sign.is_disabled()
    pad = president.locator("canvas").bounding_box()
    president.mouse.move(pad["x"] + 40, pad["y"] + 60)
    president.mouse.down()
    for step in range(1, 9):
        president.mouse.move(pad["x"] + 40 + step * 25, pad["y"] + 60 + (25 if step % 2 else -20), steps=3)
    president.mouse.up()
    assert sign.bounding_box()["height"] >= 56
    sign.click()
    president.get_by_role("heading", name="Usted ya firmó").wait_for()
    look(president)

    # The secretary signs on paper, whose scan is bound; with that it is sealed.
    page.goto(acta)
    page.get_by_role("link", name="Adjuntar la firma en papel: Secretaría").click()
    look(page)
    page.get_by_label("Copia de la hoja firmada").set_input_files(
        {"name": "hoja.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 hoja firmada"})
    page.get_by_role("button", name="Adjuntar y revisar").click()
    # The wrong sheet seals nothing: it is looked at, and another is brought.
    look(page)
    page.get_by_role("link", name="Adjuntar otra copia").click()
    page.get_by_label("Copia de la hoja firmada").set_input_files(
        {"name": "firma.png", "mimeType": "image/png", "buffer": picture(page)})
    page.get_by_role("button", name="Adjuntar y revisar").click()
    expect(page.get_by_role("img", name="Copia de la hoja que firmó")).to_be_visible()
    expect(page.get_by_text("con ella el acta queda sellada")).to_be_visible()
    look(page, "firma-en-papel")
    page.get_by_role("button", name="Guardar la firma y sellar el acta").click()
    expect(page.locator(".problem-summary")).to_contain_text("Mire la copia")
    page.get_by_label("La miré: es la hoja que firmó").check()
    page.get_by_role("button", name="Guardar la firma y sellar el acta").click()
    page.get_by_text("Acta sellada: ya nadie puede cambiarla").wait_for()
    look(page)
    assert page.get_by_role("link", name="Completar el acta").count() == 0

    sealed = page.request.get(f"{acta}/pdf").body()
    words = papers.text_of(sealed)
    assert "Borrador" not in words and f"Acta n.º {number}" in words
    assert name in words and "Firma dibujada en pantalla" in words and "Firma en papel" in words
    assert "3 a favor" in words and "https://reuniones.invalid" in words
    assert page.request.get(f"{acta}/pdf").body() == sealed
    twin = papers.text_of(page.request.get(f"{acta}/version-publica").body())
    assert name not in twin and "https://reuniones.invalid" not in twin and "3 a favor" in twin
    extract = papers.text_of(page.request.get(f"{acta}/decisiones/1").body())
    assert "Pedir a la gerencia el inventario de la farmacia" in extract

    # Anybody verifies it; nobody finds it on the page of the alliance before somebody decided so.
    code = page.locator(".note-done a").first.inner_text()
    visitor = browser.new_context(base_url=server.url, locale="es-CO").new_page()
    visitor.goto(f"/verificar/{code}")
    look(visitor, "verificar-un-documento")
    assert "Auténtico y vigente" in visitor.inner_text("main")
    expect(visitor.get_by_role("link", name="Ver lo publicado")).to_have_count(0)
    public = f"/publico{ALLIANCE.removeprefix('/o').replace('/alianzas', '')}"
    visitor.goto(public)
    assert f"Acta n.º {number}" not in visitor.inner_text("main")
    page.get_by_role("link", name="No publicarla").click()
    look(page)
    page.get_by_label("Por qué").fill("Falta avisarle a la gerencia")
    page.get_by_role("button", name="No publicarla").click()
    expect(page.get_by_text("Falta avisarle a la gerencia")).to_be_visible()
    page.get_by_role("link", name="Ver y publicar").click()
    page.get_by_label("Leí la versión pública").check()
    page.get_by_role("button", name="Publicar el acta").click()
    wait_until(
        lambda: visitor.goto(public) and f"Acta n.º {number}" in visitor.inner_text("main"), "the public twin")
    visitor.goto(f"/verificar/{code}")
    expect(visitor.get_by_role("link", name="Ver lo publicado")).to_be_visible()

    # The book has it, with what else there is.
    page.goto(f"{ALLIANCE}/libro")
    look(page, "libro-de-actas")
    assert code in page.inner_text("table.data")

    # A byte changed by the database's owner is told by the page and by the terminal.
    assert "Las actas selladas están como se firmaron" in server.run("audit", "verify", check=False).stdout
    server.psql(f"""
        update tenancy.files set content = set_byte(content, 600, get_byte(content, 600) # 1),
            sha256 = sha256(set_byte(content, 600, get_byte(content, 600) # 1))
        from governance.minutes_seals as seals
        join governance.minutes_drafts as drafts using (organization_id, minutes_id)
        where files.file_id = seals.file_id and drafts.meeting_id = '{meeting}'
    """)
    visitor.goto(f"/verificar/{code}")
    look(visitor)
    assert "el archivo sellado cambió" in visitor.inner_text("main")
    verified = server.run("audit", "verify", check=False)
    assert verified.returncode == 1 and f"acta {number}" in verified.stdout
    assert "el archivo sellado cambió" in verified.stdout
    server.psql(f"""
        update tenancy.files set content = set_byte(content, 600, get_byte(content, 600) # 1),
            sha256 = sha256(set_byte(content, 600, get_byte(content, 600) # 1))
        from governance.minutes_seals as seals
        join governance.minutes_drafts as drafts using (organization_id, minutes_id)
        where files.file_id = seals.file_id and drafts.meeting_id = '{meeting}'
    """)
    phone.close()
