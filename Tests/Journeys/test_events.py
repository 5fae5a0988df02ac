"""One event held for several alliances: planned once, moved once, shown once, with the evidence in each of them."""

import re
from datetime import timedelta

from server import move_anyway, today


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def test_an_event_of_two_alliances(enter, look):
    page = enter("oficina")
    page.goto("/o/mutual-ser/nueva-alianza")
    page.fill("[name=name]", "Alianza de usuarios de Lorica")
    page.fill("[name=municipality]", "Lorica")
    send(page, "Crear la alianza")
    page.goto("/o/mutual-ser/alianzas/alianza-de-usuarios-de-lorica")
    assert "Se abre con la convocatoria" in page.inner_text("main")
    assert not page.get_by_role("link", name="Lo que ve la ciudadanía").count()
    page.goto("/o/mutual-ser")
    page.get_by_role("link", name="Eventos conjuntos").click()
    assert "Aún no hay eventos conjuntos" in page.inner_text("main")
    look(page)
    page.get_by_role("link", name="Programar el primero").click()
    look(page)
    day = today() + timedelta(days=30)
    page.fill("[name=title]", "Capacitación en derechos y deberes")
    page.select_option("[name=kind]", label="Capacitación")
    page.fill("[name=starts_at]", "09:00")
    # Nothing is lost where something is missing.
    send(page, "Programar el evento")
    assert page.input_value("[name=title]") == "Capacitación en derechos y deberes"
    page.fill("[name=day]", day.isoformat())
    page.fill("[name=place]", "Auditorio del hospital")
    page.fill("[name=agenda]", "Bienvenida\nTaller\nCierre")
    # All are chosen at first; one is enough to begin with.
    boxes = page.locator("[name=alliances]")
    assert boxes.count() == page.locator("[name=alliances]:checked").count() >= 2
    for box in boxes.all():
        box.uncheck()
    page.get_by_label("Alianza de usuarios de Lorica").check()
    send(page, "Programar el evento")
    assert "1 alianza" in page.inner_text("main")
    event = page.url.split("#")[0]
    page.get_by_role("link", name="Agregar alianzas").click()
    look(page)
    page.get_by_label("Alianza de usuarios de San Antero").check()
    send(page, "Agregar las alianzas")
    assert page.locator("table.data tbody tr").count() == 2
    look(page, "evento-conjunto")
    # Moved once, with the reason in the meeting of each.
    page.get_by_role("link", name="Reprogramar").click()
    page.fill("[name=day]", (day + timedelta(days=7)).isoformat())
    page.fill("[name=reason]", "El auditorio está ocupado")
    look(page)
    send(page, "Reprogramar")
    move_anyway(page)
    page.get_by_role("link", name="Agregar una evidencia").click()
    page.fill("[name=title]", "Invitación con el sello de recibido")
    look(page)
    page.set_input_files(
        "[name=file]", {"name": "sello.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 sello\n%%EOF"})
    send(page, "Guardar la evidencia")
    assert "quedó en 2 alianzas" in page.inner_text("body")
    links = [
        link.get_attribute("href") for link in page.locator("table.data tbody a").all()
    ]
    assert len(set(links)) == 2
    for link in links:
        page.goto(link)
        text = page.inner_text("main")
        assert "Invitación con el sello de recibido" in text and "El auditorio está ocupado" in text
        assert "Taller" in text or page.get_by_role("link", name=re.compile("orden del día", re.I)).count()
        look(page)
    page.get_by_role("link", name="Ver las otras alianzas que lo hacen").click()
    assert page.url == event
    page.get_by_role("link", name="Cancelar el evento").click()
    page.fill("[name=reason]", "Se une al encuentro de la entidad")
    send(page, "Cancelar el evento")
    assert page.locator("table.data tbody tr", has_text="Cancelada").count() == 2
    page.goto("/o/mutual-ser/eventos")
    assert page.locator("table.data tbody tr").count() == 1
    look(page)
