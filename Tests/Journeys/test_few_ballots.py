"""Two tables, and at one of them three people vote: its urn is not opened.

Its juror counts the signatures, the committee confirms that the ballots went folded into the urn of the other table, which
counts both; the acta and the public page name it. Nobody sees how the three voted.
"""

import re

import papers
from test_main_job import (  # noqa: F401: server and enter_as are fixtures
    ALLIANCE,
    DAY,
    ELECTORS,
    OFFICE,
    enter_as,
    follow,
    import_affiliates,
    press,
    printed,
    put_forward,
    refused,
    register,
    server,
)

SLATES = {"Plancha 1: Salud para todos": ELECTORS[:5], "Plancha 2: Cuidarnos": ELECTORS[5:10]}
# Half of them vote at each table, by their surnames; of the second half three come.
SURNAMES = ("Abad",) * 10 + ("Zuluaga",) * 10
VOTERS = ELECTORS[:10] + ELECTORS[10:13]
PHRASE = "cuatro sillas y una mesa larga"


def arrange(page, process, place, surnames):
    """Adds a table for some surnames."""
    page.goto(f"{process}/mesas/nueva")
    page.get_by_label("Lugar").fill(place)
    page.get_by_label("Dirección").fill("Calle 10 # 5-20")
    page.get_by_role("group", name="¿Quiénes votan en esta mesa?").get_by_label("San Antero").check()
    for question, surname in surnames.items():
        page.fill(f"[name={question}]", surname)
    press(page, "Agregar la mesa")


def appoint(page, process, table, name):
    """Names a juror who is a user."""
    page.goto(f"{process}/mesas")
    page.get_by_role("link", name=f"Nombrar un jurado de la mesa {table}").first.click()
    choice = page.get_by_label("Persona con usuario")
    choice.select_option(label=next(
        text for text in choice.locator("option").all_inner_texts() if text.startswith(name)))
    press(page, "Nombrar el jurado")


def invite(page, process, table, name, email):
    """Names a juror who is none yet, and gives the address with which they come in."""
    page.goto(f"{process}/mesas")
    page.get_by_role("link", name=f"Nombrar un jurado de la mesa {table}").first.click()
    page.get_by_label("Nombre y apellidos").fill(name)
    page.get_by_label("Correo").fill(email)
    press(page, "Nombrar el jurado")
    return page.locator("main a[href*='/invitacion/']").get_attribute("href")


def sign_in_as(page, email):
    page.context.clear_cookies()
    page.goto("/entrar")
    page.fill("main input:not([type=hidden]) >> nth=0", email)
    page.fill("input[type=password]", PHRASE)
    page.click("main button[type=submit]")
    page.wait_for_url("**/o/**")
    return page


def close_poll(page, process, table):
    page.goto(f"{process}/jornada")
    page.locator(f"ul.dossier > li:has(h3:text('Mesa {table} '))").get_by_role("link", name="Cerrar la votación").click()
    assert "menos de cinco" in page.inner_text("main")
    page.get_by_label("Escriba la palabra").fill("CERRAR")
    press(page, "Cerrar la votación")


def sheet_of(page, process, table):
    """The address of the count of a table."""
    page.goto(f"{process}/jornada")
    item = page.locator(f"ul.dossier > li:has(h3:text('Mesa {table} '))")
    return item.get_by_role("link", name="Conteo de la mesa").get_attribute("href")


def enter_count(page, first, second, blank, voters):
    for name, votes in zip(SLATES, (first, second), strict=True):
        page.get_by_label(name).fill(str(votes))
    page.get_by_label("Votos en blanco").fill(str(blank))
    page.get_by_label("Votos nulos").fill("0")
    page.get_by_label("Tarjetones no marcados").fill("0")
    page.get_by_label("Personas que votaron").fill(str(voters))
    press(page, "Registrar mi conteo")


def test_three_ballots_are_counted_with_those_of_another_table(server, enter_as, look):  # noqa: F811
    page = enter_as("oficina", f"{OFFICE}/afiliados/importar")
    import_affiliates(page, SURNAMES)
    page.goto(f"{ALLIANCE}/asociados/inscribir")
    page.get_by_label("Documentos").fill("\n".join(f"CC {number}" for number in ELECTORS))
    page.get_by_label("En papel").check()
    press(page, "Inscribir")
    page.goto(f"{ALLIANCE}/elecciones/nueva")
    page.get_by_label("Nombre").fill("Elección del comité organizador")
    page.get_by_label("Comité organizador", exact=True).check()
    press(page, "Preparar la elección")
    process = page.url
    page.goto(f"{process}/calendario")
    page.get_by_label("Día de la votación").fill(DAY.isoformat())
    page.get_by_label("Abre a las").fill("08:00")
    page.get_by_label("Cierra a las").fill("12:00")
    press(page, "Calcular el calendario")
    arrange(page, process, "Casa de la cultura", {"before": "Zu"})
    arrange(page, process, "Escuela de la vereda", {"from": "Zu"})

    page = enter_as("comite", f"{process}/mesas")
    for name in ("Luz Marina", "Eduardo Luis"):
        appoint(page, process, 1, name)
    link = invite(page, process, 2, "Nubia Rosa Peña", "nubia@ejemplo.invalid")
    invite(page, process, 2, "Jairo Anaya", "jairo@ejemplo.invalid")
    page.context.clear_cookies()
    page.goto(link)
    page.fill("[name='secret.password']", PHRASE)
    page.fill("[name='secret.repeated']", PHRASE)
    page.get_by_role("button", name="Crear la cuenta y entrar").click()
    page.wait_for_url("**/o/**")

    page = enter_as("comite", process)
    follow(page, "Publicar la convocatoria")
    page.get_by_label("¿Dónde se publica?").fill("cartelera, emisora")
    press(page, "Publicar la convocatoria")
    press(page, "Publicar el censo provisional")
    page = enter_as("oficina", process)
    for name, people in SLATES.items():
        register(page, process, name, people)
    page = enter_as("comite", process)
    for name in SLATES:
        page.goto(f"{process}/planchas")
        page.get_by_role("link", name=name).click()
        follow(page, "Decidir")
        page.get_by_label("Admitirla").check()
        page.get_by_label("Razones").fill("El comité revisó las declaraciones firmadas.")
        press(page, "Guardar la decisión")
    put_forward(server, f"{DAY}T08:05")
    page = enter_as("comite", process)
    follow(page, "Congelar el censo")
    page.get_by_label("Escriba la palabra").fill("CONGELAR")
    press(page, "Congelar el censo")

    # Ten come to the first table, three to the second.
    page.goto(f"{process}/jornada")
    follow(page, "Instalar la jornada")
    press(page, "Instalar la jornada")
    follow(page, "Registrar ingresos")
    for number in VOTERS:
        page.get_by_label("Documento o nombre").fill(str(number))
        with page.expect_navigation():
            page.keyboard.press("Enter")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert "13 personas presentes" in page.inner_text("main")
    put_forward(server, f"{DAY}T09:01")
    page = enter_as("comite", f"{process}/jornada")
    for table in (1, 2):
        page.goto(f"{process}/jornada")
        follow(page, "Abrir la votación")
        # Before it votes, the second table is told what becomes of so few ballots.
        told = page.inner_text("main")
        assert ("Pueden votar menos de cinco personas" in told) == (table == 2), told
        look(page)
        page.get_by_label("Tarjetones que recibe").fill("20")
        page.get_by_label("La urna se mostró").check()
        press(page, "Abrir la votación")
    sheets = printed(enter_as("comite", f"{process}/papeles"), "Hoja de conteo de la mesa 2, en PDF")
    assert len(sheets) == 2 and "Antes de abrir la urna cuente las firmas" in sheets[0]
    put_forward(server, f"{DAY}T12:01")
    page = enter_as("comite", f"{process}/jornada")
    for table in (1, 2):
        close_poll(page, process, table)
    large, small = (sheet_of(page, process, table) for table in (1, 2))

    # The first table may have to take the ballots of the second, and waits.
    page = enter_as("jurado1", large)
    assert "Espere antes de abrir la urna" in page.inner_text("main")
    assert page.get_by_role("button", name="Registrar mi conteo").count() == 0
    look(page)

    # At the second the signatures are counted before the urn is opened.
    page = sign_in_as(page, "nubia@ejemplo.invalid")
    page.goto(small)
    assert "Antes de abrir la urna, cuente las firmas" in page.inner_text("main")
    assert page.get_by_role("button", name="Registrar mi conteo").count() == 0
    look(page)
    page.get_by_label("Personas que firmaron la lista").fill("3")
    press(page, "Registrar las firmas")
    assert "No abra la urna" in page.inner_text("main")
    # Who counted them does not carry the ballots away alone.
    assert page.get_by_role("button", name="Confirmar y pasarlos").count() == 0
    look(page)
    page = enter_as("comite", small)
    look(page, "tarjetones-a-otra-mesa")
    assert "Avise primero a esa mesa" in refused(page, "Confirmar y pasarlos")
    page.get_by_label("Mesa 1, Casa de la cultura").check()
    page.get_by_label("Esa mesa los espera").check()
    press(page, "Confirmar y pasarlos")
    assert "Se cuenta con la mesa 1" in page.inner_text("main")
    look(page)
    page.goto(f"{process}/jornada")
    told = page.inner_text("main")
    assert "Se cuenta con la mesa 1" in told and "Cuenta también los tarjetones de la mesa 2" in told
    look(page)

    # The first counts both: thirteen people, of the electors of both.
    for juror in ("jurado1", "jurado2"):
        page = enter_as(juror, large)
        told = page.inner_text("main")
        assert "los tarjetones de la mesa 2 (3 votantes)" in told
        assert "Ingresaron 13 personas" in told and "de las mesas 1 y 2, que recibieron 40 tarjetones" in told
        look(page)
        enter_count(page, 7, 5, 1, 13)
    page = enter_as("comite", large)
    page.get_by_label("Las cifras se leyeron").check()
    press(page, "Cerrar la mesa")
    look(page)
    page.goto(f"{process}/jornada")
    follow(page, "Cerrar la jornada")
    assert "Todas las mesas están contadas" in page.inner_text("main")
    page.get_by_label("Escriba la palabra").fill("CERRAR")
    press(page, "Cerrar la jornada")
    page.goto(f"{process}/escrutinio")
    press(page, "Hacer el escrutinio")
    page.goto(f"{process}/escrutinio")
    follow(page, "Ver el escrutinio paso a paso")
    sentence = "Los tarjetones de la mesa 2 (3 votantes) se contaron con los de la mesa 1"
    told = page.inner_text("main")
    assert sentence in told and "Nubia Rosa Peña contó las firmas" in told and "(con la mesa 2)" in told
    look(page)
    acta = papers.text_of(page.request.get(page.get_by_role("link", name="Acta en PDF").get_attribute("href")).body())
    words = re.sub(r"\s+", " ", acta)
    assert sentence in words and "Mesas contadas con otra" in words and "Escuela de la vereda" in words

    # The chronology and the public page tell it, the latter without names.
    page.goto(f"{process}/cronologia")
    assert "Los tarjetones de una mesa pasaron a la urna de otra" in page.inner_text("main")
    look(page)
    page.context.clear_cookies()
    page.goto("/publico/mutual-ser/alianza-de-usuarios-de-san-antero")
    page.get_by_role("link", name="Resultado provisional").click()
    told = page.inner_text("main")
    assert sentence in told and "Nubia" not in told
    look(page)
