"""The office's morning: what waits, what was done last, its alliances and how new ones begin."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from server import Installation

HOME = "/o/mutual-ser"


@pytest.fixture(scope="module")
def server():
    """A demonstration of its own: alliances are made in it."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    made.remove()


def main(page):
    return page.locator("main")


def send(page, label):
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).click()


def rows(page, address):
    """A list as a spreadsheet has it."""
    text = page.request.get(address).body().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_an_alliance_begins_on_its_next_step(enter, look):
    page = enter("oficina")
    page.goto(f"{HOME}/nueva-alianza")
    look(page)
    # An insurer has no sites: what an alliance belongs to is not asked, and municipalities are proposed.
    assert page.locator("[name=kind], [name=site_name]").count() == 0
    assert page.locator("datalist#municipios option").count() > 1000
    page.get_by_label("Nombre de la alianza").fill("Alianza de usuarios de Purísima")
    page.get_by_label("Municipio", exact=True).fill("Purísima, Córdoba")
    send(page, "Crear la alianza")
    expect(page.locator(".problem-summary")).to_contain_text("¿Es «Purísima de la Concepción, Córdoba»?")
    look(page)
    # By keyboard alone from here.
    page.get_by_label("Municipio", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Purísima de la Concepción, Córdoba")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#que-sigue")).to_contain_text("Paso 1 de 5: Convocar a los usuarios")
    # Nothing that cannot be asked yet is told to be due.
    expect(main(page)).not_to_contain_text("Levantar el acta de constitución")
    expect(main(page)).not_to_contain_text("0 de 0")
    look(page, "alianza-nueva")
    page.get_by_role("link", name="Registrar la convocatoria").first.click()
    expect(page.locator("h1")).to_contain_text("onvocatoria")


def test_twenty_alliances_come_from_a_list(enter, look):
    page = enter("oficina")
    page.goto(f"{HOME}/alianzas")
    page.get_by_role("link", name="Crear varias").click()
    look(page)
    names = ["Lorica", "Cereté", "Montelíbano", "Sahagún", "Planeta Rica", "Tierralta", "Ayapel", "Chinú"]
    list_of = page.get_by_label("Las alianzas, una por línea")
    list_of.fill("\n".join(f"{name}, Córdoba" for name in names + ["Purísima"]))
    send(page, "Revisar la lista")
    # Nothing is made of a list with an error in it, and what was pasted is not lost.
    expect(page.locator("h1")).to_contain_text("La lista tiene errores")
    expect(main(page)).to_contain_text("Purísima de la Concepción")
    look(page)
    send(page, "Corregir la lista")
    list_of = page.get_by_label("Las alianzas, una por línea")
    assert list_of.input_value().splitlines()[0] == "Lorica, Córdoba"
    list_of.fill("\n".join(f"{name}, Córdoba" for name in names) + "\nAlianza del río; Cotorra, Córdoba / Purísima de la Concepción, Córdoba")
    send(page, "Revisar la lista")
    expect(page.locator("h1")).to_contain_text("Revise las alianzas")
    look(page)
    send(page, "Crear 9 alianzas")
    expect(page.locator(".notice")).to_contain_text("9 alianzas quedaron creadas")
    expect(page.locator("table.data tbody tr", has_text="Alianza de usuarios de Chinú")).to_have_count(1)

    # From a spreadsheet with titles.
    page.goto(f"{HOME}/nuevas-alianzas")
    page.set_input_files("[name=file]", {
        "name": "alianzas.csv", "mimeType": "text/csv",
        "buffer": "Municipio;Departamento;Nombre\nSanto Domingo;Antioquia;Alianza del nordeste\n".encode(),
    })
    send(page, "Revisar la lista")
    send(page, "Crear 1 alianza")
    expect(page.locator(".notice")).to_contain_text("1 alianza quedó creada")


def test_the_list_of_alliances_tells_how_each_does(enter, look):
    page = enter("oficina")
    page.goto(f"{HOME}/alianzas")
    look(page, "alianzas")
    row = page.locator("table.data tbody tr", has_text="Alianza de usuarios de San Antero")
    expect(row).to_contain_text("San Antero, Córdoba")
    page.get_by_role("link", name="Asociados", exact=True).first.click()
    told = rows(page, f"{HOME}/alianzas?formato=csv&orden=-pendientes")
    counts = [int(each["Pendientes"]) for each in told]
    assert {"Municipio", "Asociados", "Fin del período", "Próxima reunión"} <= set(told[0])
    assert len(told) > 9 and max(counts) > 0
    page.goto(f"{HOME}/alianzas?q=chin%C3%BA")
    expect(page.locator("table.data tbody tr")).to_have_count(1)
    page.goto(f"{HOME}/alianzas?necesita=reunion&estado=en-preparacion")
    assert page.locator("table.data tbody tr").count() > 5
    # A figure leads to what it counts.
    page.goto(f"{HOME}/alianzas?orden=-pendientes")
    link = page.locator("table.data tbody tr").first.locator("td[data-label=Pendientes] a")
    count = int(link.inner_text())
    link.click()
    expect(page.locator(".pending > li")).to_have_count(count)


def test_the_office_works_through_what_waits(enter, look):
    page = enter("oficina")
    page.goto(f"{HOME}/pendientes")
    look(page, "pendientes-de-la-oficina")
    all_lines = page.locator(".pending > li").count()
    assert all_lines > 6
    # An obligation bears its name, and its state once.
    named = page.locator(".pending > li", has_text="Convocar a los usuarios a constituir su alianza")
    assert named.count() > 1
    expect(named.first.locator(".status")).to_have_text("Sin probar")
    page.select_option("[name=agrupar]", label="Por asunto")
    send(page, "Filtrar")
    group = page.locator(".pending-group", has=page.get_by_role("heading", level=2, name=re.compile("^Convocar a los usuarios")))
    expect(group.locator(".pending > li")).to_have_count(named.count())
    look(page)
    page.goto(f"{HOME}/pendientes?asunto=obligaciones&agrupar=alianza&q=chin%C3%BA")
    expect(page.locator(".pending-group h2")).to_have_count(1)
    expect(page.locator(".pending-group h2")).to_contain_text("Chinú")
    told = rows(page, f"{HOME}/pendientes?formato=csv")
    assert len(told) == all_lines
    assert {"Qué falta", "Dónde", "Asunto", "Estado", "Hasta"} <= set(told[0])
    # The way from a line leads to where it is done.
    page.goto(f"{HOME}/pendientes?asunto=obligaciones")
    page.locator(".pending > li a").first.click()
    expect(page.locator("h1")).to_contain_text("Cumplimiento")


def test_the_home_shows_who_needs_most_and_what_was_done_last(enter, look):
    page = enter("oficina")
    page.goto(HOME)
    look(page)
    waiting = page.locator("#pendientes .pending > li")
    assert 0 < waiting.count() <= 5
    # What waits alike in several alliances is one line here.
    titles = [text.splitlines()[0] for text in waiting.all_inner_texts()]
    assert len(titles) == len(set(titles))
    cards = page.locator(".cards > li")
    first, last = cards.first.inner_text(), cards.last.inner_text()
    assert "San Antero" in first or "vencid" in first or "pronto" in first
    assert "pronto" not in last and "vencid" not in last
    # Who did what, with the way there; printing and looking are not among it.
    acts = page.locator(".last-acts li")
    assert acts.count() > 0
    texts = acts.all_inner_texts()
    assert any("Creó la alianza «" in each for each in texts)
    assert not any("Emitió" in each for each in texts)
    made = acts.filter(has_text="Creó la alianza «").first
    made.get_by_role("link").click()
    expect(page.locator("#que-sigue")).to_be_visible()


def test_a_board_hears_first_of_what_waits_for_it_alone(enter, look):
    page = enter("junta")
    page.goto(f"{HOME}/pendientes")
    look(page)
    titles = page.locator(".pending-group h2").all_inner_texts()
    if any(title.startswith("Primero") for title in titles):
        assert titles[0].startswith("Primero")
    # The log of the entity is not the board's: it reads no act of the office.
    page.goto(HOME)
    assert "La entidad ·" not in main(page).inner_text()
