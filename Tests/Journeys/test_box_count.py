"""A box with a table beside it, up to the acta: six vote in the booth, seven on paper, and both are summed.

The acta says which is which: the page, its PDF and what anybody reads of it. A challenge to the box comes before its count.
"""

import re
import shutil
import subprocess

import papers
from test_electronic_box import (  # noqa: F401: server, enter_as and visitor are fixtures
    between_two, board_of, decrypt, draft, enter_as, gather, make_key, make_slips, prepared, reached, seal, server, try_keys,
    visitor,
)
from server import program
from test_main_job import DAY, ELECTORS, SLATES, follow, press, printed

SLATE_1, SLATE_2 = SLATES
ELECTRONIC = dict(zip(ELECTORS[:6], [SLATE_1] * 3 + [SLATE_2] * 2 + ["Voto en blanco"]))
ON_PAPER = ELECTORS[6:13]
FIRST_NAMES = "Amparo Bernardo Celia Dora Elkin Fanny".split()
PIN = "2468"


def vote(page, number, code, choice):
    """An elector votes in the booth; returns the tracker."""
    page.get_by_label("Número de documento").fill(str(number))
    page.get_by_role("textbox", name="Clave de la cabina").fill(PIN)
    page.get_by_role("button", name="Dar paso a la cabina").click()
    page.get_by_role("button", name="Empezar", exact=True).click()
    page.fill("#booth-code", code)
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("radio", name=choice).check()
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("button", name="Votar", exact=True).click()
    page.wait_for_selector(".booth-receipt")
    tracker = re.sub(r"\s", "", page.inner_text(".booth-tracker"))
    with page.expect_navigation():
        page.get_by_role("button", name="Terminé").click()
    return tracker


def confirm(page, name):
    """Gives the word that a page asks for, and presses its button."""
    word = re.search(r"Escriba la palabra (\w+)", page.inner_text("main"))
    if word:
        page.get_by_label("Escriba la palabra").fill(word.group(1))
    press(page, name)


def fact(page, name):
    """What a page tells under a name."""
    return page.locator(f"dt:text-is('{name}') + dd").first.inner_text()


def exclude(page, other, box, tracker, look):
    """Two people leave a vote out before the count, for the challenge that asks for it; the second sees which."""
    page.goto(box)
    follow(page, "Proponer excluir un voto")
    page.get_by_label("N.º 1, de Personería de San Antero").check()
    page.get_by_label("Número de seguimiento").fill(tracker)
    look(page)
    page.get_by_label("Motivo").fill("El Comité encontró que votaron por otra persona.")
    press(page, "Proponer")
    other.goto(box)
    follow(other, "Confirmar o retirar")
    words = other.inner_text("main")
    assert tracker in words and "Impugnación n.º 1" in words and "sin este quedan 5" in words, words
    look(other)
    confirm(other, "Excluir el voto")


def enter_count(page):
    """What a juror counted of the seven."""
    for name, votes in ((SLATE_1, 2), (SLATE_2, 4)):
        page.get_by_label(name).fill(str(votes))
    page.get_by_label("Votos en blanco").fill("1")
    page.get_by_label("Votos nulos").fill("0")
    page.get_by_label("Tarjetones no marcados").fill("0")
    page.get_by_label("Personas que votaron").fill("7")
    press(page, "Registrar mi conteo")


def decrypt_at_the_terminal(desk, box, key, folder, look):
    """A trustee takes two files away, decrypts them without the page, and hands in what came of it."""
    desk.goto(f"{box}/mi-llave")
    desk.locator("summary", has_text="Descifrar en la terminal").click()
    taken = []
    for link in ("el archivo de la urna", "los mensajes con que se hizo la llave"):
        with desk.expect_download() as download:
            desk.get_by_role("link", name=link).click()
        taken.append(folder / download.value.suggested_filename)
        download.value.save_as(taken[-1])
    archive, ceremony = taken
    # The command is that of the page, of the files as they were downloaded, and leaves what the page says.
    number, uuid = re.search(r"descifrado-del-custodio-(\d+)-(\w+)\.json", desk.inner_text("main")).groups()
    command = desk.inner_text("pre.command")
    assert command == (
        f"alianzas election decrypt {archive.name} --key llave-del-custodio-{number}-{uuid}.json --ceremony estado.json")
    shutil.copy(key, folder / f"llave-del-custodio-{number}-{uuid}.json")
    part = folder / f"descifrado-del-custodio-{number}-{uuid}.json"
    ended = subprocess.run(
        [program, *command.split()[1:]], cwd=folder,
        env={"ALIANZAS_DATA": "/nonexistent"}, input="DESCIFRAR\n", text=True, capture_output=True)
    assert ended.returncode == 0 and "Personas que votaron: 5." in ended.stdout, ended.stderr

    for wrong, words in ((key, "Ese es el archivo de su llave"), (ceremony, "no es el que dejó la terminal")):
        desk.get_by_label("El archivo que dejó la terminal").set_input_files(wrong)
        desk.get_by_role("button", name="Entregar el descifrado").click()
        desk.get_by_role("alert").filter(has_text=words).wait_for()
    look(desk)
    desk.get_by_label("El archivo que dejó la terminal").set_input_files(part)
    desk.get_by_role("button", name="Entregar el descifrado").click()
    reached(desk, re.compile("Terminó su trabajo|Por ahora no hay nada más"))
    archive.unlink()


def test_a_box_and_a_table_are_counted_together(server, enter_as, visitor, look, tmp_path):  # noqa: F811
    process, page = prepared(server, enter_as)
    box = draft(page, process, look, has_paper=True)
    identifiers = f"process_id = '{process.rsplit('/', 1)[1]}'"
    trustees = make_key(visitor, box, look, tmp_path)
    codes = make_slips(visitor, box, look)
    page, guarantor = trustees["comite"], trustees["garante"]
    page.goto("/o/mutual-ser/pendientes")
    assert "Sellar la urna n.º 1" in page.inner_text("main")
    seal(page, box)
    guarantor.goto("/o/mutual-ser/pendientes")
    assert "probar que su llave abre" in guarantor.inner_text("main")
    try_keys(trustees, box, tmp_path)

    # The day: everybody comes in, the box opens, and so does the table.
    gather(server, process, trustees)
    between_two(page, guarantor, box, "abrir")
    page.goto(f"{process}/jornada")
    follow(page, "Abrir la votación")
    page.get_by_label("Tarjetones que recibe").fill("40")
    page.get_by_label("La urna se mostró").check()
    press(page, "Abrir la votación")

    table = server.psql(f"select table_id from elections.voting_tables where {identifiers}", "superuser").stdout.strip()
    booth = visitor("jurado1")
    booth.goto(f"{process}/jornada/mesas/{table}/cabina")
    booth.get_by_label("Nombre de la cabina").fill("Cabina 1")
    booth.get_by_role("textbox", name="Clave de la cabina", exact=True).fill(PIN)
    booth.get_by_role("textbox", name="La misma clave otra vez").fill(PIN)
    press(booth, "Convertir en cabina")
    trackers = []
    for (number, choice), name in zip(ELECTRONIC.items(), FIRST_NAMES):
        code = next(code for elector, code in codes.items() if {name, "Zuluaga", "Plaza"} <= set(elector.split()))
        trackers.append(vote(booth, number, code, choice))

    # A challenge holds the count of the box up until it is decided.
    guarantor.goto(box)
    follow(guarantor, "Impugnar la urna")
    guarantor.get_by_label("Quién impugna").fill("Personería de San Antero")
    guarantor.get_by_label("Causa").select_option(label="Violencia o fraude")
    guarantor.get_by_label("Hechos").fill("Una asociada dice que otra persona votó con su volante; muestra el número.")
    look(guarantor)
    press(guarantor, "Presentar la impugnación")
    assert "urna electrónica n.º 1" in guarantor.inner_text("main")
    look(guarantor)
    challenge = guarantor.url
    between_two(page, guarantor, box, "cerrar")
    page.goto(box)
    assert "Decidir la impugnación n.º 1" in page.inner_text("main")
    look(page)
    citizen = visitor()
    citizen.goto(board_of(box))
    closing = fact(citizen, "Cierre de la urna")
    assert fact(citizen, "Último eslabón") in closing and fact(citizen, "Votos excluidos antes de contar") == "Ninguno"
    # Who took the challenge in has no part in it. What is left out comes first; the decision tells it and nothing less.
    guarantor.goto(f"{box}/excluir")
    guarantor.get_by_label("N.º 1, de Personería de San Antero").check()
    guarantor.get_by_label("Número de seguimiento").fill(trackers[0])
    guarantor.get_by_label("Motivo").fill("Lo pedí yo.")
    guarantor.get_by_role("button", name="Proponer", exact=True).click()
    guarantor.get_by_text("Usted presentó esa impugnación").first.wait_for()
    exclude(page, trustees["junta"], box, trackers[0], look)
    page.goto(challenge)
    look(page)
    assert not page.get_by_label("Negarla").count()
    page.get_by_label("Aceptarla. Se excluyó el voto que señala").check()
    page.get_by_label("Razones").fill("El listado de la mesa lo muestra.")
    press(page, "Decidir la impugnación")

    # The table closes and its two jurors count.
    page.goto(f"{process}/jornada")
    follow(page, "Cerrar la votación")
    confirm(page, "Cerrar la votación")
    first = visitor("jurado2")
    first.goto(f"{process}/jornada")
    follow(first, "Conteo de la mesa")
    enter_count(first)
    words = first.inner_text("main")
    assert "Ingresaron 20 personas" in words and "De ellas, 6 votaron en la urna electrónica" in words, words
    assert "en papel pudieron votar las otras 14" in words and "faltan" not in words, words
    assert "No votaron todas las personas que ingresaron" in words and "no suma" not in words, words
    assert "votaron en papel 7: de las 20 personas que ingresaron, 6 votaron en la urna electrónica y 7 no votaron" in words, words
    sheet = first.url
    second = visitor("jurado1")
    second.goto(sheet)
    enter_count(second)
    page.goto(sheet)
    look(page)
    page.get_by_label("Las cifras se leyeron").check()
    reason = page.get_by_label("¿Por qué no coinciden?")
    if reason.count():
        reason.fill("Siete de los presentes no votaron.")
    press(page, "Cerrar la mesa")
    page.goto(f"{process}/escrutinio")
    assert "Falta contar la urna electrónica n.º 1" in page.inner_text("main")
    look(page)

    between_two(page, guarantor, box, "contar")
    decrypt(guarantor, box, tmp_path / "garante.json")
    decrypt_at_the_terminal(visitor("junta"), box, tmp_path / "junta.json", tmp_path, look)
    page.goto(f"{process}/jornada")
    follow(page, "Cerrar la jornada")
    assert "está contad" in page.inner_text("main") or "están contadas" in page.inner_text("main")
    confirm(page, "Cerrar la jornada")

    page.goto(f"{process}/escrutinio")
    press(page, "Hacer el escrutinio")
    words = page.inner_text("main")
    assert re.search(rf"{SLATE_1}\s+4\s", words) and re.search(rf"{SLATE_2}\s+6\s", words), words
    sums = page.locator("table:has(caption:text('Sumas de cada urna electrónica')) tbody tr")
    assert [cell.split(",")[0] for cell in sums.first.locator("td, th").all_inner_texts()] == [
        "Urna n.º 1", "2", "2", "1", "5", "1", "6"]
    # Who cast the vote that was left out voted: the figures lead from one to the other.
    assert re.search(r"Votos excluidos de la urna electrónica\s+1\s", words) and re.search(r"Personas que votaron\s+13\s", words)
    assert "13 personas (" in words and "1 voto excluido, 12 contados" in words
    assert fact(page, "Votaron en ella") == "6 personas; 1 voto excluido, 5 contados"
    assert "ninguna fue reemplazada" in fact(page, "Números de seguimiento")
    uuid = server.psql(f"select uuid from elections.boxes where {identifiers}", "superuser").stdout.strip()
    assert fact(page, "Archivo que se cuenta") == f"{uuid}.1.bel"
    assert fact(page, "Archivo de antes").startswith(f"{uuid}.bel, como estaba antes")
    # The link with which it was closed moves no more; the archive that is counted has one of its own.
    assert fact(page, f"Último eslabón de {uuid}.bel") in closing
    look(page)
    head = server.psql(f"select encode(head, 'hex') from elections.boxes where {identifiers}", "superuser").stdout.strip()
    acta = " ".join(printed(page, "Acta en PDF"))
    for expected in ("Urna electrónica", "Números de seguimiento", "Custodios de la llave", "Yamile", "Impugnaciones",
                     "Se excluyó un voto", "Propuso: ", "Confirmó: ", "Autoridad de credenciales", "de ellos de reserva"):
        assert expected in acta, expected
    # What was found of the quorum is told once, and those who keep the key sign.
    assert acta.count("Custodio de la llave, urna n.º 1") == 3
    quorum = fact(page, "Quórum").split(". ")
    assert len(quorum) == len(set(quorum)), quorum
    assert head in re.sub(r"\s", "", acta)
    (tmp_path / "acta.pdf").write_bytes(page.request.get(
        page.get_by_role("link", name="Acta en PDF", exact=True).first.get_attribute("href")).body())

    # Anybody reads it, without the names of those who only served, and comes from it to the archive.
    citizen.goto(f"/publico{process.split('/o', 1)[1].replace('/alianzas/', '/')}")
    told = citizen.inner_text("main")
    assert "Urna n.º 1" in told and head in re.sub(r"\s", "", told) and "Yamile" not in told
    look(citizen)
    follow(citizen, "Tablero público de la urna n.º 1, con su archivo")
    with citizen.expect_download() as download:
        citizen.get_by_role("link", name="Descargar el archivo de la urna").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert kept.name == f"{uuid}.1.bel"
    assert fact(citizen, "Votos excluidos antes de contar") == "1, con 1 papeleta"
    assert closing.split("\n")[0] in fact(citizen, "Cierre de la urna")
    assert re.sub(r"\s", "", fact(citizen, "Último eslabón")).startswith(head)
    commands = citizen.locator("#comprobar pre.command").all_inner_texts()
    assert commands[:2] == [f"alianzas verify {uuid}.1.bel", f"alianzas verify {uuid}.bel --against ANTES.bel"]
    look(citizen)
    verified = subprocess.run(
        ["belenios-tool", "election", "verify", "--dir", str(tmp_path)], capture_output=True, text=True)
    assert verified.returncode == 0 and "all checks passed" in verified.stdout + verified.stderr, verified.stderr
    assert papers.text_of((tmp_path / "acta.pdf").read_bytes())
