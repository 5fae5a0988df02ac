"""An electronic box through the pages alone: three trustees make a key in three browsers, the slips are made in a fourth,
two people of different bodies open the box, nine people vote in the booth of a table, two trustees decrypt, and two programs
verify the archive.

The election around it is that of the main job.
"""

import base64
import datetime
import hashlib
import json
import re
import subprocess

import pytest

from server import program, sign_in
from test_main_job import (
    ALLIANCE, DAY, ELECTORS, NAMES, OFFICE, REFUSAL, SLATES, enter_as, follow, import_affiliates, press, put_forward, refused,
    register, server,
)

VOTERS = ELECTORS[:9]
CHOICES = ["Plancha 1: Salud para todos"] * 5 + ["Plancha 2: Cuidarnos"] * 3 + ["Voto en blanco"]
PIN = "2468"


@pytest.fixture
def visitor(browser, server):
    """A function that gives somebody a browser of their own, whose printer is a stand-in: what is printed is counted."""
    contexts = []

    def visit(name=None):
        context = browser.new_context(
            base_url=server.url, locale="es-CO", timezone_id="America/Bogota", accept_downloads=True,
            viewport={"width": 1280, "height": 800})
        context.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
        contexts.append(context)
        page = context.new_page()
        if name:
            sign_in(page, server, name)
        return page

    yield visit
    for context in contexts:
        context.close()


def prepared(server, enter_as, look=lambda page: None, **register_of_affiliates):
    """An election whose roll is frozen, with two slates and a table, on the day of its vote; returns its address, and the page
    of the committee."""
    page = enter_as("oficina", f"{OFFICE}/afiliados/importar")
    import_affiliates(page, **register_of_affiliates)
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
    page.goto(f"{process}/mesas")
    follow(page, "Agregar la primera mesa")
    page.get_by_label("Lugar").fill("Casa de la cultura")
    page.get_by_label("Dirección").fill("Calle 10 # 5-20")
    press(page, "Agregar la mesa")
    page = enter_as("comite", f"{process}/mesas")
    for juror in ("Luz Marina", "Eduardo Luis"):
        page.get_by_role("link", name="Nombrar").first.click()
        pick(page, juror)
        press(page, "Nombrar el jurado")
    page.goto(process)
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
    put_forward(server, (DAY - datetime.timedelta(days=1)).isoformat())
    page = enter_as("comite", process)
    follow(page, "Congelar el censo")
    page.get_by_label("Escriba la palabra").fill("CONGELAR")
    press(page, "Congelar el censo")
    draw_order(page, process, enter_as, look)
    put_forward(server, f"{DAY}T08:05")
    return process, enter_as("comite", process)


def draw_order(page, process, enter_as, look):
    """The order of the ballot is drawn: the committee writes the number down that was read aloud, the guarantor confirms it."""
    page.goto(f"{process}/planchas")
    follow(page, "Sortear el orden")
    order = page.url
    look(page)
    page.get_by_label("De dónde saldrá el número").fill("Lo dice en voz alta la personera")
    press(page, "Anunciar el sorteo")
    page.get_by_label("Número que se leyó en voz alta").fill("4711")
    page.get_by_label("Quién lo leyó y quiénes estaban").fill("La personera, que lo leyó, y los testigos")
    look(page)
    press(page, "Registrar el número")
    page = enter_as("garante", order)
    look(page)
    page.get_by_label("Es el número que se leyó en voz alta").check()
    press(page, "Confirmar y sortear")
    page.get_by_role("heading", name="Así quedó el orden").wait_for()
    page.get_by_text("Cómo repetir el sorteo").click()
    look(page)


def reached(page, name):
    """Waits for the step of a desk under a heading; where it does not come, the page's words say why."""
    try:
        page.get_by_role("heading", name=name).wait_for(timeout=60_000)
    except Exception as error:
        raise AssertionError(page.inner_text("main")) from error


def pick(page, name):
    """Chooses a user by the beginning of their name."""
    choice = page.get_by_label("Persona con usuario")
    choice.select_option(label=next(
        text for text in choice.locator("option").all_inner_texts() if text.startswith(name)))


def draft(page, process, look, *, has_paper=False):
    """The committee drafts the box and names those who keep its key and make its slips; returns its address."""
    page.goto(f"{process}/urnas")
    look(page)
    page.get_by_role("link", name="Preparar una urna").first.click()
    look(page)
    page.get_by_label("Las mesas también reciben votos en papel").set_checked(has_paper)
    press(page, "Preparar la urna")
    box = page.url
    for body, name in (
        ("Comité electoral", "Yamile"), ("Organismo de control o garante", "Gustavo"), ("Delegado de la alianza", "Wilmer"),
    ):
        follow(page, "Nombrar un custodio")
        page.get_by_label(body).check()
        pick(page, name)
        press(page, "Nombrar el custodio")
    # Who was to make the slips cannot come: another is named.
    for name in (None, "Carmen"):
        follow(page, "Nombrar la autoridad")
        if name:
            pick(page, name)
            press(page, "Nombrar la autoridad")
            break
        look(page)
        page.get_by_label("Nombre y apellidos").fill("Nubia Esther Lozano")
        page.get_by_label("Correo").fill("nubia@ejemplo.invalid")
        page.get_by_label("Número de documento").fill("1999999970")
        press(page, "Nombrar la autoridad")
        follow(page, "Listo")
        follow(page, "Cambiar la autoridad")
        # Who handed in nothing leaves no slips that would have to be destroyed.
        assert "No alcanzó a entregar ninguna" in page.inner_text("main") and "destruya" not in page.inner_text("main")
        look(page)
        page.get_by_label("Motivo").fill("No puede venir ese día.")
        press(page, "Relevar a la autoridad")
    look(page, "urna-electronica")
    return box


def make_key(visitor, box, look, downloads):
    """The three trustees make their key at once, each on a device of their own; returns their pages."""
    pages = {name: visitor(name) for name in ("comite", "garante", "junta")}
    for name, page in pages.items():
        page.goto(f"{box}/mi-llave")
        page.get_by_role("button", name="Hacer mi parte de la llave").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Guardar el archivo").click()
        kept = downloads / f"{name}.json"
        download.value.save_as(kept)
        assert page.get_by_role("button", name="Ya la guardé: continuar").is_disabled()
        page.get_by_role("button", name="Imprimir la hoja de respaldo").click()
        assert page.evaluate("window.printed") == 1
        assert page.inner_text("[data-code]") == json.loads(kept.read_text())["code"]
        # Of two sheets in a drawer each tells whose it is, of which box and of which making.
        sheet = page.inner_text("[data-sheet]")
        assert re.search(r"(Urna|Simulacro) n\.º \d+ · ", sheet) and "por 1.ª vez" in sheet, sheet
        assert "Alianza de usuarios de San Antero" in sheet and sheet.count(" · ") == 2, sheet
        if name == "comite":
            look(page, "hoja-de-la-llave")
        page.get_by_role("button", name="Ya la guardé: continuar").click()
    # One lost the file meanwhile, and goes on with the sheet alone.
    page = pages["junta"]
    page.reload()
    reached(page, "Continúe donde iba")
    type_sheet(page, code_in(downloads / "junta.json"))
    page.get_by_role("heading", name="Guarde otra vez el archivo").wait_for()
    aloud = set()
    for page in pages.values():
        reached(page, "Lean en voz alta estos signos")
        aloud.add(page.inner_text("[data-ceremony]"))
        assert page.inner_text("[data-threshold]") == "2 de 3"
    assert len(aloud) == 1 and re.fullmatch(r"([0-9a-f]{4} ?){8}", aloud.pop())
    look(pages["garante"])
    for page in pages.values():
        page.get_by_role("button", name="Son iguales en todos").click()
    for page in pages.values():
        reached(page, "Por ahora no hay nada más que hacer")
    return pages


def code_in(file):
    """The code that a trustee's file holds, as the sheet has it."""
    return json.loads(file.read_text())["code"]


def shown(page, label):
    """The field of a desk that is asked for now: steps to come have fields of the same name."""
    return page.get_by_label(label).locator("visible=true")


def type_sheet(page, code):
    """A trustee who has no file types the signs of the sheet."""
    page.locator("summary", has_text="No tengo el archivo: escribir los 22 signos").locator("visible=true").click()
    shown(page, "Los 22 signos de la hoja de respaldo").fill(code)
    page.get_by_role("button", name="Usar estos signos").click()


def make_slips(visitor, box, look, *, are_drawn=False):
    """The credential authority makes the slips and hands in the public halves; returns the code of each elector, or of each
    number where they are drawn from a box."""
    page = visitor("asociada")
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{box}/claves")
    if are_drawn:
        follow(page, "Cambiar")
    look(page, None if are_drawn else "claves-de-voto")
    page.get_by_role("button", name="Hacer las claves").click()
    reached(page, "Imprima los volantes y entregue las claves públicas")
    slips = page.locator(".slip").evaluate_all(
        "all => all.map((slip) => [slip.querySelector('.slip-name').textContent, slip.querySelector('.slip-code').textContent])")
    assert len({code for _, code in slips}) == len(slips)
    # The slip, which people take home, says of which box it is and when; and where it is voted, at tables or from afar.
    order = page.request.get(page.locator("[data-order]").get_attribute("data-order")).json()
    printed = page.locator(".slip").all_inner_texts()
    for words in printed:
        assert re.search(r"(Urna|Simulacro) n\.º \d+ · ", words) and re.search(r"Se vota (el|del|desde) .+ de \d{4}", words), words
        assert re.search(r"Hecho el .+ de \d{4}, \d+:\d\d.+, por 1\.ª vez\.", words), words
        assert (order["booth"] in words) == ("cámara" in words) == order["remote"], words
    wheres = page.locator(".slip-where").all_inner_texts()
    assert len(wheres) == (len(slips) if order["kiosk"] else 0)
    assert all(re.fullmatch(r"(Llévelo a|Vote en|O vote en) la Mesa \d+, .+[^.]\.", where) for where in wheres), wheres
    look(page, None if are_drawn else "volantes")
    # Three on a sheet, and nothing of the page around them.
    paper = subprocess.run(["pdfinfo", "-"], input=page.pdf(prefer_css_page_size=True), capture_output=True).stdout.decode()
    assert re.search(rf"Pages:\s+{-(-len(slips) // 3)}\n", paper), paper
    assert page.get_by_role("button", name="Entregar las claves públicas").first.is_disabled()
    page.get_by_role("button", name="Imprimir los volantes").click()
    with page.expect_navigation(timeout=120_000):
        page.get_by_role("button", name="Entregar las claves públicas").first.click()
    assert "Terminó" in page.inner_text("main") and faults == []
    assert re.search(r"Las claves se entregaron el .+ de \d{4}, \d+:\d\d", page.inner_text("main"))
    # Whatever is made from now on is the second making, and says so.
    again = page.request.get(page.locator("[data-order]").get_attribute("data-order")).json()
    assert (order["making"], again["making"]) == (1, 2)
    # Others are a press away, after the warning, so that nobody makes the printed ones worthless by mistake.
    assert not page.get_by_role("button", name="Hacer las claves").is_visible()
    page.get_by_text("Hacer otras claves").click()
    assert "Todos los de ahora dejan de servir" in page.inner_text("main")
    assert page.get_by_role("button", name="Hacer las claves").is_visible()
    return dict(slips)


def try_keys(pages, box, downloads):
    """Each trustee shows that file and sheet still open the key, of the election that the board shows."""
    for name, page in pages.items():
        page.goto(board_of(box))
        board = page.inner_text("main")
        page.goto(f"{box}/mi-llave")
        reached(page, "Pruebe su llave")
        read_aloud = page.inner_text("[data-election]")
        assert re.fullmatch("([0-9a-f]{4} ){7}[0-9a-f]{4}", read_aloud) and f"En voz alta: {read_aloud}" in board, board
        kept = downloads / f"{name}.json"
        sheet = shown(page, "Los 22 signos de la hoja de respaldo")
        if name == "junta":
            # Of the sheet alone a file is made anew, and proven like any other.
            sheet.fill(code_in(kept))
            page.locator("summary", has_text="No tengo el archivo").locator("visible=true").click()
            with page.expect_download() as download:
                page.get_by_role("button", name="Guardar un archivo nuevo").click()
            kept = downloads / "junta-otra-vez.json"
            download.value.save_as(kept)
            page.get_by_role("button", name="Probar mi llave").click()
            page.get_by_role("alert").filter(has_text="Escoja primero el archivo").wait_for()
        shown(page, "El archivo de su llave").set_input_files(kept)
        sheet.fill("1" * 22)
        page.get_by_role("button", name="Probar mi llave").click()
        page.get_by_role("alert").filter(has_text="no son los de su llave").wait_for()
        sheet.fill(code_in(kept).lower())
        page.get_by_role("button", name="Probar mi llave").click()
        reached(page, "Por ahora no hay nada más que hacer")
        # What it is told to each of them is true: theirs arrived, and of whom it is still waited for.
        told = page.locator("[data-standing]:visible").inner_text()
        assert re.search(r"Su llave quedó probada el .+ de \d{4}, \d+:\d\d", told), told
        missing = len(pages) - list(pages).index(name) - 1
        assert ("Falta que dos personas abran la urna" in told) == (missing == 0), told
        assert ".." not in told and ("les falta probar su llave" in told) == (missing == 2) and "para probar la llave" not in told, told


def propose(page, box, act):
    """Somebody proposes something about a box."""
    page.goto(f"{box}/proponer/{act}")
    page.get_by_label("Motivo").fill("Como se acordó en la asamblea.")
    press(page, "Proponer")


VERBS = {"CERRAR": "Cerrar la urna", "CONTAR": "Contar la urna", "ANULAR": "Anular la urna", "EXCLUIR": "Excluir el voto"}


def confirm(page, box):
    """Somebody of another body confirms what is proposed, by the word that is asked where it is not undone."""
    page.goto(box)
    follow(page, "Confirmar o retirar")
    word = re.search(r"Escriba la palabra (\w+)", page.inner_text("main"))
    if word:
        page.get_by_label("Escriba la palabra").fill(word[1])
    press(page, VERBS[word[1]] if word else "Confirmar")
    assert page.locator(REFUSAL).count() == 0, page.inner_text("main")


def between_two(first, second, box, act):
    """Something that two people of different bodies do, each in a browser of their own."""
    propose(first, box, act)
    confirm(second, box)


def seal(page, box):
    """The committee seals a box."""
    page.goto(box)
    follow(page, "Sellar la urna")
    page.get_by_label("Escriba la palabra").fill("SELLAR")
    press(page, "Sellar la urna")


def gather(server, process, trustees):
    """The committee installs the session and everybody comes in: at the second call they are a quorum. The clock ends the sessions
    of who was in, so the trustees sign in anew."""
    page = trustees["comite"]
    page.goto(f"{process}/jornada")
    follow(page, "Instalar la jornada")
    press(page, "Instalar la jornada")
    follow(page, "Registrar ingresos")
    for number in ELECTORS:
        page.get_by_label("Documento o nombre").fill(str(number))
        for _ in range(2):
            with page.expect_navigation():
                page.keyboard.press("Enter")
    put_forward(server, f"{DAY}T09:15")
    for name, page in trustees.items():
        sign_in(page, server, name)


def opened(server, enter_as, visitor, look, downloads, *, has_paper=False, slips_are_drawn=False):
    """A box that takes votes on the day of its vote, with the voters of the table present; returns its address, the codes of the
    slips by elector, and the pages of the trustees, of whom the committee is one."""
    process, page = prepared(server, enter_as, look)
    box = draft(page, process, look, has_paper=has_paper)
    trustees = make_key(visitor, box, look, downloads)
    codes = make_slips(visitor, box, look, are_drawn=slips_are_drawn)
    assert len(codes) >= len(ELECTORS)

    seal(trustees["comite"], box)
    try_keys(trustees, box, downloads)

    # Two people agree to open it before anybody has come: it stays shut, and says what is missing.
    committee, guarantor = trustees["comite"], trustees["garante"]
    propose(committee, box, "abrir")
    assert "Instalar la jornada: la urna se abre cuando haya quórum" in committee.inner_text("main")
    guarantor.goto(box)
    follow(guarantor, "Confirmar o retirar")
    assert "Instalar la jornada: la urna se abre cuando haya quórum" in guarantor.inner_text("main")
    assert not guarantor.get_by_role("button", name="Confirmar", exact=True).count()
    gather(server, process, trustees)
    confirm(guarantor, box)
    return box, codes, trustees


def table_of(server, box):
    """The address of the table of a box's election."""
    process = box.split("/urnas/")[0]
    table = server.psql(
        f"select table_id from elections.voting_tables where process_id = '{process.rsplit('/', 1)[1]}'", "superuser"
    ).stdout.strip()
    return f"{process}/jornada/mesas/{table}"


def open_booth(page, table):
    """A juror turns the device into a booth of the table."""
    page.goto(f"{table}/cabina")
    page.get_by_label("Nombre de la cabina").fill("Cabina 1")
    page.get_by_role("textbox", name="Clave de la cabina").fill(PIN)
    page.get_by_role("textbox", name="La misma clave otra vez").fill(PIN)
    press(page, "Convertir en cabina")


def code_of(codes, number):
    """The code on the slip of an elector."""
    first = NAMES[ELECTORS.index(number)]
    return codes[next(name for name in codes if name.startswith(f"{first} Zuluaga "))]


def let_in(page, number, pin=PIN):
    """A juror lets an elector in to the booth."""
    page.get_by_label("Número de documento").fill(str(number))
    page.get_by_role("textbox", name="Clave de la cabina").fill(pin)
    with page.expect_navigation():
        page.get_by_role("button", name="Dar paso a la cabina").click()


def vote(page, number, code, choice):
    """An elector votes in the booth; returns the tracker."""
    let_in(page, number)
    # Once all of the page is there, its icon as well, it asks for nothing but the slot of the box.
    page.wait_for_load_state("networkidle")
    asked = []

    def note(request):
        asked.append(request)

    page.on("request", note)
    page.get_by_role("button", name="Empezar", exact=True).click()
    page.get_by_label("Clave de voto").fill(code)
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("radio", name=choice).check()
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("button", name="Votar", exact=True).click()
    page.get_by_role("heading", name="Su voto quedó en la urna").wait_for()
    tracker = re.sub(r"\s", "", page.inner_text(".booth-tracker"))
    page.remove_listener("request", note)
    assert [(each.method, each.url.rsplit("/", 1)[1]) for each in asked] == [("POST", "votos")], [each.url for each in asked]
    assert code not in asked[0].post_data and choice not in asked[0].post_data
    with page.expect_navigation():
        page.get_by_role("button", name="Terminé").click()
    return tracker


def board_of(box):
    """The address of the public board of a box."""
    return f"/publico{box.split('/o', 1)[1].replace('/alianzas/', '/')}"


def archive(page, folder):
    """Downloads the archive of a board into a folder of its own."""
    folder.mkdir()
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar el archivo de la urna").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def record_of(path, digest):
    """The content of a record of an archive."""
    data = path.read_bytes()
    at = data.index(f"{digest}.data.json".encode())
    size = int(data[at + 124 : at + 135], 8)
    return data[at + 512 : at + 512 + size]


def decrypt(page, box, key, *, by_sheet=False):
    """A trustee decrypts the sums with their key file, or with the sheet of the same key alone."""
    page.goto(f"{box}/mi-llave")
    if by_sheet:
        type_sheet(page, code_in(key))
    else:
        shown(page, "El archivo de su llave").set_input_files(key)
    page.get_by_role("button", name="Sumar los votos").click()
    page.get_by_role("button", name="Son iguales: descifrar la suma").click(timeout=60_000)
    reached(page, re.compile("Terminó su trabajo|Por ahora no hay nada más"))
    told = page.locator("[data-standing]:visible").inner_text()
    assert re.search(r"Su descifrado llegó el .+ de \d{4}, \d+:\d\d", told), told
    assert ("Falta el de otro custodio" in told) != ("La urna quedó contada" in told) and ".." not in told, told
    assert page.get_by_role("link", name="Tablero público").is_visible()


def test_a_box_from_its_key_to_its_count(server, enter_as, visitor, look, tmp_path):
    box, codes, trustees = opened(server, enter_as, visitor, look, tmp_path)
    committee = trustees["comite"]
    committee.goto(box)
    assert "Abierta" in committee.inner_text("main") and "Lo que falta" not in committee.inner_text("main")
    look(committee)
    # Anybody sees the box, empty as yet.
    citizen = visitor()
    citizen.goto(board_of(box))
    assert "Todavía no hay ninguna" in citizen.inner_text("main")
    look(citizen)

    booth = visitor("jurado1")
    open_booth(booth, table_of(server, box))
    look(booth)
    # The juror's session is not on the device any more.
    assert "/entrar" in booth.request.get(f"{box.split('/urnas/')[0]}/jornada").url
    trackers = [vote(booth, number, code_of(codes, number), choice) for number, choice in zip(VOTERS, CHOICES)]
    # The fifth changes their mind: the last ballot counts.
    trackers.append(vote(booth, VOTERS[4], code_of(codes, VOTERS[4]), CHOICES[5]))
    assert len(set(trackers)) == 10

    # Anybody sees each ballot on the board, and takes the archive of a vote that goes on along.
    citizen.reload()
    look(citizen, "tablero-de-la-urna")
    for place, tracker in ((1, trackers[0]), (10, trackers[9])):
        citizen.get_by_label("Número de seguimiento").fill(tracker)
        citizen.get_by_role("button", name="Buscar").click()
        citizen.get_by_text(f"Sí: es la papeleta n.º {place}").wait_for()
    earlier = archive(citizen, tmp_path / "durante")

    between_two(committee, trustees["garante"], box, "cerrar")
    between_two(committee, trustees["garante"], box, "contar")
    for name in ("garante", "junta"):
        decrypt(trustees[name], box, tmp_path / f"{name}.json", by_sheet=name == "junta")
    committee.goto(box)
    look(committee, "urna-contada")
    words = committee.inner_text("main")
    assert re.search(r"Plancha 1: Salud para todos\s+4", words) and re.search(r"Plancha 2: Cuidarnos\s+4", words), words
    assert re.search(r"Voto en blanco\s+1", words)

    # Two programs verify it, one of which we did not write.
    citizen.reload()
    whole = archive(citizen, tmp_path / "despues")
    ours = subprocess.run(
        [program, "verify", str(whole), "--against", str(earlier), "--json"], capture_output=True, text=True)
    assert ours.returncode == 0, ours.stdout + ours.stderr
    theirs = subprocess.run(
        ["belenios-tool", "election", "verify", "--dir", str(whole.parent)], capture_output=True, text=True)
    assert theirs.returncode == 0 and "all checks passed" in theirs.stdout + theirs.stderr, theirs.stderr
    for tracker in trackers:
        digest = base64.b64decode(tracker + "=").hex()
        assert hashlib.sha256(record_of(whole, digest)).hexdigest() == digest
