"""The main job through the pages alone: from a file of affiliates to representatives proclaimed for two years.

A slate of five by cuociente in San Antero, with a difference between the two juries, a tie and a challenge. The clock of
the demonstration is put forward where the calendar asks for it, which ends the sessions that were open.
"""

import datetime
import re

import pytest

import papers
from server import Installation, sign_in, today

OFFICE = "/o/mutual-ser"
ALLIANCE = f"{OFFICE}/alianzas/alianza-de-usuarios-de-san-antero"
ELECTORS = [81_000_001 + number for number in range(20)]
VOTERS = ELECTORS[:12]
SLATES = {"Plancha 1: Salud para todos": ELECTORS[:5], "Plancha 2: Cuidarnos": ELECTORS[5:10]}
DAY = today() + datetime.timedelta(days=60)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
NAMES = (
    "Amparo Bernardo Celia Dora Elkin Fanny Gilberto Hilda Isabel Julia "
    "Karen Lucas Marta Nelson Olga Pedro Rosa Samuel Tulia Ulises").split()


@pytest.fixture(scope="module")
def server():
    """A server of this journey's own, since its clock goes forward."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    assert made.process.poll() is None, f"the server ended: {made.output()}"
    made.remove()


def taking_turns(page, server):
    """A function that signs somebody in on one page, after whoever was in. Who was in before goes on with the session that
    they left, since a code of the second factor is good once."""
    left = {}

    def enter_as(name, path):
        page.context.clear_cookies()
        if name in left:
            page.context.add_cookies(left[name])
            page.goto(path)
            if "/entrar" not in page.url:
                return page
            page.context.clear_cookies()
        sign_in(page, server, name)
        left[name] = page.context.cookies()
        page.goto(path)
        return page

    return enter_as


@pytest.fixture
def enter_as(page, server, look):
    """A function that signs somebody in, after whoever was in, and gives a page that is looked at."""
    return taking_turns(page, server)


# What a form says that was refused: of its questions, or as a whole.
REFUSAL = ".problem-summary, .refusal"


def press(page, name):
    """Presses a button that leads on, and sees that nothing was refused."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
    assert page.locator(".problem-summary").count() == 0, page.inner_text("main")


def refused(page, name):
    """Presses a button whose form is refused, and gives the reasons."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
    return page.inner_text(REFUSAL)


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


def printed(page, name):
    """The words of each page of the PDF that a link leads to, with single blanks."""
    answer = page.request.get(page.get_by_role("link", name=name, exact=True).first.get_attribute("href"))
    assert answer.ok, answer.text()
    return [re.sub(r"\s+", " ", words) for words in papers.text_of(answer.body()).split("\f")[:-1]]


def put_forward(server, moment):
    server.run("demo", "clock", "--to", moment)


def import_affiliates(page, surnames=("Zuluaga",) * len(ELECTORS), mails=("",) * len(ELECTORS), phones=()):
    """Imports the electors; whoever has no telephone of their own has that of all."""
    header = (
        "tipo_documento;numero_documento;primer_apellido;segundo_apellido;primer_nombre;segundo_nombre;"
        "fecha_nacimiento;sexo;codigo_municipio;regimen;estado_afiliacion;telefono;correo;eps")
    rows = [
        f"CC;{number};{surname};Plaza;{name};;02/01/1980;F;23672;S;AC;{dict(phones).get(name, '3000000000')};{mail};ESS207"
        for number, surname, name, mail in zip(ELECTORS, surnames, NAMES, mails, strict=True)]
    page.get_by_label("Archivo").set_input_files(
        {"name": "padron.csv", "mimeType": "text/csv", "buffer": "\r\n".join([header, *rows, ""]).encode()})
    page.get_by_role("button", name="Subir y revisar").click()
    page.wait_for_selector("h1:text('Revise antes')", timeout=60_000)
    page.get_by_role("button", name="Importar el archivo").click()
    page.wait_for_selector("h1:text('Importación terminada')", timeout=60_000)


def register(page, process, name, people):
    """Registers a slate with its signed acceptances."""
    page.goto(f"{process}/planchas")
    follow(page, "Inscribir una plancha")
    page.get_by_label("Nombre de la plancha").fill(name)
    principals = page.get_by_role("group", name="Principales")
    for place, number in enumerate(people, start=1):
        if place > 1:
            principals.get_by_role("button", name="Agregar otro renglón").click()
        page.get_by_label(f"Principal {place}").fill(f"CC {number}")
    page.get_by_label("Quién responde").fill("Persona de la plancha")
    press(page, "Inscribir una plancha")
    while page.get_by_role("link", name="Registrar la aceptación").count():
        page.get_by_role("link", name="Registrar la aceptación").first.click()
        page.get_by_label("La aceptación firmada").set_input_files(
            {"name": "aceptacion.pdf", "mimeType": "application/pdf", "buffer": PDF})
        press(page, "Registrar la aceptación")


def count(page, first, second, blank):
    """Enters what a juror counted; 12 people voted."""
    for name, votes in zip(SLATES, (first, second), strict=True):
        page.get_by_label(name).fill(str(votes))
    page.get_by_label("Votos en blanco").fill(str(blank))
    page.get_by_label("Votos nulos").fill("0")
    page.get_by_label("Tarjetones no marcados").fill("0")
    page.get_by_label("Personas que votaron").fill("12")
    press(page, "Registrar mi conteo")


def test_from_a_file_to_a_proclamation(server, enter_as, look):
    # The office: people, and an election for the five seats of the organising committee.
    page = enter_as("oficina", f"{OFFICE}/afiliados/importar")
    import_affiliates(page)
    page.goto(f"{ALLIANCE}/asociados/inscribir")
    page.get_by_label("Documentos").fill("\n".join(f"CC {number}" for number in ELECTORS))
    page.get_by_label("En papel").check()
    press(page, "Inscribir")
    assert "20 personas quedaron inscritas" in page.inner_text("main")
    members = int(re.search(r"de (\d+)", page.inner_text(".list-count")).group(1))

    page.goto(f"{ALLIANCE}/elecciones/nueva")
    page.get_by_label("Nombre").fill("Elección del comité organizador")
    page.get_by_label("Comité organizador", exact=True).check()
    press(page, "Preparar la elección")
    process = page.url
    look(page, "preparar-una-eleccion")
    page.goto(f"{process}/calendario")
    page.get_by_label("Día de la votación").fill(DAY.isoformat())
    page.get_by_label("Abre a las").fill("08:00")
    page.get_by_label("Cierra a las").fill("12:00")
    press(page, "Calcular el calendario")
    page.goto(f"{process}/mesas")
    look(page)
    follow(page, "Agregar la primera mesa")
    page.get_by_label("Lugar").fill("Casa de la cultura")
    page.get_by_label("Dirección").fill("Calle 10 # 5-20")
    press(page, "Agregar la mesa")
    look(page)

    # The committee: jurors, the call, the roll, the slates.
    page = enter_as("comite", f"{process}/mesas")
    for juror in ("Luz Marina", "Eduardo Luis"):
        page.get_by_role("link", name="Nombrar").first.click()
        choice = page.get_by_label("Persona con usuario")
        choice.select_option(label=next(
            text for text in choice.locator("option").all_inner_texts() if text.startswith(juror)))
        press(page, "Nombrar el jurado")
    page.goto(process)
    follow(page, "Publicar la convocatoria")
    page.get_by_label("¿Dónde se publica?").fill("cartelera, emisora")
    press(page, "Publicar la convocatoria")
    look(page)
    # The call is put up on the board with the words that were published.
    poster = printed(page, "Imprimir para la cartelera (PDF)")
    digest = page.inner_text(".digest").strip()
    assert digest in re.sub(r"\s", "", "".join(poster))
    for words in ("Mutual SER", "Se elige", "Casa de la cultura", "Calendario", "documentos/"):
        assert words in " ".join(poster), words
    press(page, "Publicar el censo provisional")
    # Nothing is printed before it is known who stands and who votes.
    page.goto(f"{process}/papeles")
    look(page, "papeles")
    assert "La inscripción sigue abierta" in page.inner_text("main")
    assert page.locator("main a[href$='.pdf']").count() == 0
    page = enter_as("oficina", process)
    for name, people in SLATES.items():
        register(page, process, name, people)
    page = enter_as("comite", process)
    for name in SLATES:
        page.goto(f"{process}/planchas")
        page.get_by_role("link", name=name).click()
        look(page)
        follow(page, "Decidir")
        page.get_by_label("Admitirla").check()
        # Nobody is admitted with a requirement unproven and nothing said of it.
        assert "razones" in refused(page, "Guardar la decisión").lower()
        page.get_by_label("Razones").fill("El comité revisó las declaraciones firmadas.")
        press(page, "Guardar la decisión")
    put_forward(server, (DAY - datetime.timedelta(days=1)).isoformat())
    page = enter_as("comite", process)
    follow(page, "Congelar el censo")
    page.get_by_label("Escriba la palabra").fill("CONGELAR")
    press(page, "Congelar el censo")
    seal = page.inner_text(".seal").strip()
    assert re.fullmatch("[0-9a-f]{5} [0-9a-f]{5}", seal)
    seal = seal.replace(" ", "")
    look(page)

    # The day: twelve come, which is enough at the second call.
    put_forward(server, f"{DAY}T08:05")
    page = enter_as("comite", f"{process}/jornada")
    follow(page, "Papeles para imprimir")
    # The papers of the table: ballots all alike, the list to sign, a sheet for each juror.
    look(page)
    figures = re.search(r"Imprima (\d+) tarjetones: (\d+) para los electores y (\d+) de reserva", page.inner_text("main"))
    made, electors, reserve = map(int, figures.groups())
    assert made == electors + reserve
    ballot = printed(page, "Imprimir el tarjetón de Comité organizador, en PDF")
    assert len(ballot) == 1
    for words in ("Voto en blanco", *SLATES, "Marque con una X un solo cuadro"):
        assert words in ballot[0], words
    assert ballot[0].count("Amparo Zuluaga Plaza") == 1 and "Página" not in ballot[0]
    names = printed(page, "Lista de electores de la mesa 1 para firmar, en PDF")
    assert all(f"Página {number} de {len(names)}" in words for number, words in enumerate(names, start=1))
    assert all(seal in words.replace(" ", "") for words in names)
    assert " ".join(names).count("Zuluaga Plaza") == len(ELECTORS)
    sheets = printed(page, "Hoja de conteo de la mesa 1, en PDF")
    assert len(sheets) == 2 and "Jurado 1" in sheets[0] and "Jurado 2" in sheets[1]
    page = enter_as("jurado1", f"{process}/papeles")
    look(page)
    assert "Tarjetones" not in page.locator("main h2").all_inner_texts()
    assert len(printed(page, "Hoja de conteo de la mesa 1, en PDF")) == 1
    assert page.request.get(f"{process}/papeles/tarjetones/{process.rsplit('/', 1)[1]}/tarjeton.pdf").status == 403
    page = enter_as("comite", f"{process}/jornada")
    follow(page, "Instalar la jornada")
    press(page, "Instalar la jornada")
    # The button that lets somebody in has the focus before the page is drawn, or an Enter typed fast goes nowhere.
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { window.focused = document.activeElement.innerText; });")
    follow(page, "Registrar ingresos")
    for number in VOTERS:
        page.get_by_label("Documento o nombre").fill(str(number))
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "Ingresa" in page.evaluate("window.focused")
        if number == VOTERS[0]:
            # On a telephone the field and the button that lets in stand on the first screen.
            page.set_viewport_size({"width": 360, "height": 800})
            button = page.get_by_role("button", name="Ingresa: mostró su documento").bounding_box()
            assert button["y"] + button["height"] <= 800, button
            page.set_viewport_size({"width": 1280, "height": 800})
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if number == VOTERS[0]:
            assert "1 persona presente" in page.inner_text("main")
    assert "12 personas presentes" in page.inner_text("main")
    page.get_by_label("Documento o nombre").fill(str(VOTERS[0]))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Presente desde" in page.inner_text("main")
    look(page)
    page.goto(f"{process}/jornada")
    assert "No hay quórum" in page.inner_text("main")
    put_forward(server, f"{DAY}T09:01")
    page = enter_as("comite", f"{process}/jornada")
    assert "Hay quórum" in page.inner_text("main") and "No hay quórum" not in page.inner_text("main")
    look(page, "jornada")
    follow(page, "Abrir la votación")
    page.get_by_label("Tarjetones que recibe").fill("80")
    assert "urna" in refused(page, "Abrir la votación")
    page.get_by_label("La urna se mostró").check()
    press(page, "Abrir la votación")
    put_forward(server, f"{DAY}T12:01")
    page = enter_as("comite", f"{process}/jornada")
    follow(page, "Cerrar la votación")
    page.get_by_label("Escriba la palabra").fill(re.search(
        r"Escriba la palabra (\w+)", page.inner_text("main")).group(1))
    press(page, "Cerrar la votación")

    # Two juries count, each without the other's figures, and settle what differs.
    page = enter_as("jurado1", f"{process}/jornada")
    follow(page, "Conteo de la mesa")
    look(page)
    count(page, 6, 4, 2)
    assert page.inner_text("main").count("quedó registrado") == 1
    sheet = page.url
    page = enter_as("jurado2", sheet)
    assert "Jurado 1: " not in page.inner_text("main")
    count(page, 5, 5, 2)
    page.goto(sheet)
    assert page.inner_text("main").count("Difiere") == 2
    look(page, "conteo-de-mesa")
    for name in SLATES:
        page.get_by_label(name).fill("5")
    assert "Motivo" in refused(page, "Registrar lo acordado")
    page.get_by_label("Motivo").fill("Se recontó ante los testigos: un tarjetón estaba en el montón de al lado.")
    press(page, "Registrar lo acordado")
    look(page)
    # Who wrote it does not confirm it.
    assert page.get_by_role("button", name="Confirmar lo acordado").count() == 0
    page = enter_as("jurado1", sheet)
    assert "Compare" in refused(page, "Confirmar lo acordado")
    page.get_by_label("Es lo que recontamos").check()
    look(page)
    press(page, "Confirmar lo acordado")
    page = enter_as("comite", sheet)
    page.get_by_label("Las cifras se leyeron").check()
    press(page, "Cerrar la mesa")
    page.goto(f"{process}/jornada")
    assert page.locator("a.btn-primary").all_inner_texts() == ["Cerrar la jornada"]
    follow(page, "Cerrar la jornada")
    assert "Todas las mesas están contadas" in page.inner_text("main")
    word = re.search(r"Escriba la palabra (\w+)", page.inner_text("main"))
    if word:
        page.get_by_label("Escriba la palabra").fill(word.group(1))
    press(page, "Cerrar la jornada")
    told = page.inner_text("main")
    assert "Todas las mesas están contadas: haga el escrutinio." in told and "Sigue el conteo" not in told

    # Twelve valid votes for five seats: 5 and 5 have two seats each, and the last is drawn.
    page.goto(f"{process}/escrutinio")
    press(page, "Hacer el escrutinio")
    assert "12 votos válidos ÷ 5 puestos = 2,4" in page.inner_text("main")
    look(page, "escrutinio")
    follow(page, "Sortear")
    look(page)
    page.get_by_label("De dónde saldrá").fill("Lo dice en voz alta la personera")
    press(page, "Anunciar el sorteo")
    page.get_by_label("Número que se leyó").fill("4711")
    page.get_by_label("Quién lo leyó").fill("La personería, que lo leyó, y los testigos.")
    press(page, "Registrar el número")
    look(page)
    # Somebody outside of the committee confirms it, which draws.
    assert page.get_by_role("button", name="Confirmar y sortear").count() == 0
    page = enter_as("garante", f"{process}/escrutinio")
    follow(page, "Confirmar el sorteo")
    page.get_by_label("Es el número").check()
    look(page)
    press(page, "Confirmar y sortear")
    report = page.url
    page = enter_as("comite", report)
    look(page)
    assert page.locator("table:has(caption:text('Personas elegidas')) tbody tr").count() == 5

    # Citizens find the result that can be challenged, and where it was voted.
    page.context.clear_cookies()
    page.goto("/publico/mutual-ser/alianza-de-usuarios-de-san-antero")
    assert "Resultado provisional: se puede impugnar hasta el" in page.inner_text("main")
    look(page)
    assert "Casa de la cultura, Calle 10 # 5-20" in page.inner_text("main")
    page.get_by_role("link", name="Resultado provisional").click()
    look(page, "resultado-provisional")

    # A challenge stands before the proclamation until it is decided.
    page = enter_as("garante", f"{process}/impugnaciones")
    follow(page, "Presentar una impugnación")
    assert "en calidad de: garante" in page.inner_text("main")
    page.get_by_label("Quién impugna").fill("Personería de San Antero")
    page.get_by_label("Prueba").set_input_files(
        {"name": "hoja.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_label("Causa").select_option(index=1)
    page.get_by_label("Hechos").fill("La mesa cerró antes de la hora según un testigo.")
    press(page, "Presentar la impugnación")
    proof = page.get_by_role("link", name="hoja.pdf").get_attribute("href")
    assert page.request.get(proof).body() == PDF
    look(page)
    page.goto(f"{process}/proclamacion")
    assert "impugnación sin decidir" in page.inner_text("main")
    assert page.get_by_role("button", name="Proponer la proclamación").count() == 0
    put_forward(server, f"{DAY + datetime.timedelta(days=5)}T09:00")
    page = enter_as("comite", f"{process}/impugnaciones")
    page.locator("main ul.dossier a").first.click()
    page.get_by_label("Negarla").check()
    page.get_by_label("Razones").fill("El acta de la mesa muestra la hora del cierre.")
    look(page, "impugnacion")
    press(page, "Decidir la impugnación")
    page.goto(f"{process}/proclamacion")
    page.get_by_label("Declaración").fill("El resultado quedó en firme.")
    press(page, "Proponer la proclamación")
    page = enter_as("garante", f"{process}/proclamacion")
    page.get_by_label("Escriba la palabra").fill("PROCLAMAR")
    press(page, "Confirmar y proclamar")
    assert "Proclamados el" in page.inner_text("main")
    look(page, "proclamacion")

    # Each of the five has a credential, which anybody verifies by its code.
    page = enter_as("comite", f"{process}/proclamacion")
    look(page)
    holders = page.locator("table:has(caption:text('Credenciales')) tbody a")
    assert holders.count() == 5
    credential = printed(page, holders.first.inner_text())
    assert len(credential) == 1 and holders.first.inner_text().removesuffix(" (PDF)") in credential[0]
    code = re.search(r"Código ([0-9a-z-]+)", credential[0]).group(1)
    page.goto(f"/verificar/{code}")
    assert "Auténtico y vigente" in page.inner_text("main")

    # Five mandates of two years.
    page = enter_as("oficina", f"{ALLIANCE}/gobierno")
    assert "Vacante" not in page.inner_text("main") or page.inner_text("main").count(str(DAY.year + 2)) >= 5
    look(page)

    # The acta has the same figures as the page.
    page.goto(report)
    acta = page.request.get(page.get_by_role("link", name="Acta en PDF").get_attribute("href"))
    text = papers.text_of(acta.body())
    assert seal in re.sub(r"\s", "", text)
    text = re.sub(r"[^\S\n]+", " ", text)
    for words in (
            "Plancha 1: Salud para todos", "5 puestos = 2,4", "4711", "12 personas (15,0 %)", "NIT",
            "Casa de la cultura, Calle 10 # 5-20, San Antero", "9:01 a. m.",
            "el jurado 1 contó 6, el jurado 2 contó 5 y se acordó 5"):
        assert words in re.sub(r"\s+", " ", text), words
    # The seed stands once, where the draw is told.
    assert text.count("Semilla del sorteo") == 0 and len(re.findall(r"^ *3\. 4711$", text, re.M)) == 1

    # Whoever holds it on paper finds its code beside the published result.
    page.context.clear_cookies()
    page.goto("/publico/mutual-ser/alianza-de-usuarios-de-san-antero")
    page.get_by_role("link", name="Resultado y cuentas").click()
    acta = page.request.get(page.get_by_role("link", name="Acta en PDF").get_attribute("href")).body()
    text = papers.text_of(acta)
    assert "versión pública" in text and "Plancha 1: Salud para todos" in text and "Petro" not in text
    page.locator("#actas a").first.click()
    assert "Auténtico y vigente" in page.inner_text("main")

    # The control body of the municipality sees it.
    page = enter_as("personeria", "/o/personeria-san-antero")
    page.get_by_role("link", name="Alianza de usuarios de San Antero").first.click()
    election = page.locator("#C08, #C07").filter(has_text="Eleg")
    assert "Cumple" in election.first.inner_text()
    look(page)
    assert members >= 80
