"""Compliance as boards, offices, control bodies and citizens see it, in the demonstration."""

import csv
import io

import pytest

SAN_ANTERO = "/o/mutual-ser/alianzas/alianza-de-usuarios-de-san-antero"
TERRITORY = "/o/personeria-san-antero/territorio"


@pytest.mark.parametrize("name", ["oficina", "junta", "asociada", "garante"])
def test_those_of_an_alliance_see_where_it_stands(enter, look, name):
    page = enter(name)
    assert page.goto(f"{SAN_ANTERO}/cumplimiento").status == 200
    assert page.locator("article.obligation").count() >= 1
    assert "sin confirmar" in page.locator("article.obligation").first.inner_text()
    look(page)


def test_what_is_next_leads_to_its_form_and_figures_agree(enter, look):
    page = enter("oficina")
    page.goto(f"{SAN_ANTERO}/cumplimiento")
    figures = dict(reversed(each.split("\n")) for each in page.locator(".figures li").all_inner_texts())
    met, asked = figures["obligaciones cumplidas"].split(" de ")
    states = {words: int(number) for words, number in figures.items() if " de " not in number}
    assert int(met) + sum(states.values()) == int(asked)
    steps = page.locator("article.obligation .obligation-next a")
    paths = [steps.nth(index).get_attribute("href") for index in range(steps.count())]
    assert paths and not any(path.rstrip("/").endswith(("/gobierno", "/reuniones")) for path in paths)
    # Home, summary and list say the same of the same alliance.
    page.goto("/o/mutual-ser")
    card = page.locator("ul.cards > li", has_text="Alianza de usuarios de San Antero").inner_text()
    assert f"{met} de {asked} obligaciones cumplidas" in card
    for words, number in states.items():
        assert number == 0 or f"{number} {words}" in card
    page.goto(SAN_ANTERO)
    assert f"{met} de {asked}" in page.inner_text(".figures")
    # What is due is in what comes, and says where nobody confirmed the day.
    assert "Vence: Rendir cuentas" in page.inner_text("main")
    assert "Plazo sin confirmar" in page.inner_text("main")
    look(page)
    page.goto("/o/mutual-ser/pendientes")
    text = page.inner_text("main")
    assert "Convocar la elección de 6 puestos" in text and "sin probar" not in text
    look(page)


def test_the_committee_is_told_the_next_step_of_its_election(enter, look):
    page = enter("comite")
    page.goto("/o/mutual-ser/pendientes")
    assert "elección" in page.inner_text("main").lower() or "No hay nada" in page.inner_text("main")
    look(page)


def test_the_office_sees_all_of_its_alliances_and_confirms_terms(enter, look):
    page = enter("aliansalud")
    page.goto("/o/aliansalud/cumplimiento")
    assert "Alianza de usuarios de Bogotá" in page.inner_text("table.data")
    look(page, "cumplimiento")
    page.goto("/o/aliansalud/cumplimiento/plazos/C21")
    page.click("main button[type=submit]")
    assert "norma" in page.inner_text(".problem-summary").lower()
    page.fill("[name=norm]", "Estatutos de la asociación, artículo 40")
    page.fill("[name=per_year]", "2")
    page.click("main button[type=submit]")
    assert "confirmados" in page.inner_text(".notice")
    page.goto("/o/aliansalud/cumplimiento/plazos/C21")
    assert page.input_value("[name=per_year]") == "2"
    assert page.input_value("[name=norm]") == "Estatutos de la asociación, artículo 40"


def test_the_office_confirms_terms_for_one_alliance_and_takes_them_back(enter, look):
    page = enter("oficina")
    page.goto(f"{SAN_ANTERO}/cumplimiento")
    item = page.locator("article.obligation", has=page.locator("a[href$='/plazos/C21']"))
    item.locator("summary").last.click()
    item.locator("text=Confirmar los plazos").click()
    assert page.url.endswith(f"{SAN_ANTERO}/cumplimiento/plazos/C21")
    assert "Hoy cuentan los plazos del catálogo." in page.inner_text("main")
    look(page)
    page.fill("[name=norm]", "Reglamento de la alianza, artículo 7")
    page.fill("[name=per_year]", "3")
    page.click("main button[type=submit]")
    assert "confirmados" in page.inner_text(".notice")
    page.goto(f"{SAN_ANTERO}/cumplimiento/plazos/C21")
    assert page.input_value("[name=per_year]") == "3"
    assert "plazos de esta alianza, por: Reglamento de la alianza, artículo 7" in page.inner_text("main")
    # The others of the entity keep theirs.
    page.goto("/o/mutual-ser/cumplimiento/plazos/C21")
    assert page.input_value("[name=norm]") == ""
    page.goto(f"{SAN_ANTERO}/cumplimiento/plazos/C21")
    page.click("text=Retirar la confirmación")
    look(page)
    page.fill("[name=reason]", "El artículo citado fue derogado.")
    page.click("main button[type=submit]")
    assert "ya no cuentan" in page.inner_text(".notice")
    page.goto(f"{SAN_ANTERO}/cumplimiento/plazos/C21")
    assert "Hoy cuentan los plazos del catálogo." in page.inner_text("main")


def test_a_control_body_sees_its_municipality_alone(enter, look):
    page = enter("personeria")
    # It is where a control body begins.
    page.wait_for_url(f"**{TERRITORY}")
    page.goto(TERRITORY)
    text = page.inner_text("table.data")
    assert "Alianza de usuarios de San Antero" in text
    assert "Alianza de usuarios de Bogotá" not in text
    # What nothing is known of is folded away from what is.
    assert "Sin información" not in text
    assert "entidades sin información" in page.inner_text("main")
    look(page, "territorio")
    page.click("text=Alianza de usuarios de San Antero")
    assert page.locator("article.obligation").count() >= 1
    look(page)
    answer = page.request.get(f"{TERRITORY}?formato=csv")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))
    mine = [row for row in rows if row["Alianza"] == "Alianza de usuarios de San Antero"]
    assert len(mine) == 1 and mine[0]["Municipio"] == "San Antero, Córdoba"
    answer = page.request.get(f"{TERRITORY}?informacion=sin-informacion&formato=csv")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))
    assert rows and {(row["Alianza"], row["Períodos"]) for row in rows} == {("Sin información", "")}
    assert page.request.get(f"{TERRITORY}?formato=xlsx").body()[:2] == b"PK"
    page.goto(f"{TERRITORY}?informacion=con-alianza")
    assert "Sin información" not in page.inner_text("table.data")
    # Nothing of the tenant itself.
    assert page.goto(f"{SAN_ANTERO}/cumplimiento").status == 404


@pytest.mark.parametrize("name, status", [("oficina", 403), ("junta", 403)])
def test_nobody_else_opens_a_territory(enter, name, status):
    page = enter(name)
    assert page.goto("/o/mutual-ser/territorio").status == status


def test_a_board_does_not_confirm_terms(enter):
    page = enter("junta")
    assert page.goto("/o/mutual-ser/cumplimiento/plazos/C21").status == 403
    assert page.goto(f"{SAN_ANTERO}/cumplimiento/plazos/C21").status == 403
    assert page.goto("/o/mutual-ser/cumplimiento").status == 403


def test_citizens_find_an_alliance_and_what_it_published(page, look):
    page.goto("/?q=san+ant")
    assert page.locator("text=Alianza de usuarios de San Antero").count() == 1
    page.goto("/")
    look(page)
    page.goto("/publico/mutual-ser/alianza-de-usuarios-de-san-antero")
    assert "participacion@ejemplo.invalid" in page.inner_text("main")
    look(page, "pagina-publica")
    assert page.goto("/publico/mutual-ser/no-existe").status == 404
    assert page.goto("/publico/no-existe/alianza").status == 404
