"""The table of an electronic box: the booth that a juror opens, slips that are drawn from a box, papers beside it, and what goes
wrong on the day.

The election and its box are those of the journey of the box.
"""

import re
import urllib.parse

from server import sign_in
from test_electronic_box import (
    PIN, VOTERS, between_two, enter_as, let_in, opened, server, table_of, visitor, vote,
)
from test_main_job import DAY, follow, press, put_forward, refused

FIRST, SECOND = "Plancha 1: Salud para todos", "Plancha 2: Cuidarnos"


def reach(page, control):
    """Goes to a control by the keyboard alone: of options that are chosen among, the tab key reaches one and arrows the others."""
    for _ in range(80):
        if control.evaluate("control => control === document.activeElement"):
            return
        among = control.evaluate("control => control.type === 'radio' && control.name === document.activeElement.name")
        page.keyboard.press("ArrowDown" if among else "Tab")
    raise AssertionError(f"the keyboard does not reach {control}")


def press_key_on(page, control, key="Enter"):
    reach(page, control)
    page.keyboard.press(key)


def typed(page, control, text):
    reach(page, control)
    page.keyboard.type(text)


def let_in_by_keyboard(page, number, serial):
    """A juror lets somebody in to the booth with the slip that they drew."""
    typed(page, page.get_by_label("Número de documento"), str(number))
    typed(page, page.get_by_label("Número del volante"), serial)
    typed(page, page.get_by_role("textbox", name="Clave de la cabina"), PIN)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def marked(page, number):
    """Looks for an elector on the page of the table, by the keyboard alone: the field has the focus."""
    page.keyboard.type(str(number))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def look_narrow(page):
    """A screen of the booth at 320 px: nothing is cut off."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    page.set_viewport_size({"width": 1280, "height": 800})


def test_the_day_at_a_table(server, enter_as, visitor, look, tmp_path):
    box, codes, trustees = opened(
        server, enter_as, visitor, look, tmp_path, has_paper=True, slips_are_drawn=True)
    table = table_of(server, box)
    desk_address = f"{box}/mesas/{table.rsplit('/', 1)[1]}"
    code = {serial: codes[f"Volante {serial}"] for serial in ("V-0001", "V-0002", "V-0003", "V-0004", "R-0001")}

    # A juror turns a device into the booth, from the page of the day.
    booth = visitor("jurado1")
    booth.goto(f"{box.split('/urnas/')[0]}/jornada")
    look(booth)
    follow(booth, "Convertir este equipo en cabina")
    look(booth, "abrir-cabina")
    typed(booth, booth.get_by_label("Nombre de la cabina"), "Cabina 1")
    typed(booth, booth.get_by_role("textbox", name="Clave de la cabina"), PIN)
    typed(booth, booth.get_by_role("textbox", name="La misma clave otra vez"), PIN)
    with booth.expect_navigation():
        booth.keyboard.press("Enter")
    look(booth, "cabina")
    look_narrow(booth)

    # The other juror hands papers out, by the keyboard alone: search, Enter, space, Enter. A reader that sends Enter twice marks
    # nobody.
    desk = visitor("jurado2")
    desk.goto(desk_address)
    marked(desk, VOTERS[0])
    look(desk, "mesa-con-urna")
    # What keys do is said where there are some, not on a telephone.
    keys = desk.get_by_text("barra espaciadora")
    assert keys.is_visible()
    desk.set_viewport_size({"width": 360, "height": 740})
    assert not keys.is_visible()
    desk.set_viewport_size({"width": 1280, "height": 800})
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert "No quedó entregado" in desk.inner_text("main")
    marks = f"select count(*) from elections.participations where way = 'paper' and box_id = '{box.rsplit('/', 1)[1]}'"
    assert server.psql(marks, "superuser").stdout.strip() == "0"
    desk.keyboard.press("Space")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert "El tarjetón quedó entregado: la persona vota en papel" in desk.inner_text("main"), desk.inner_text("main")
    let_in(booth, VOTERS[0])
    assert "Esta persona ya votó en papel" in booth.inner_text("main")
    look(booth)
    # The papers come back unused.
    marked(desk, VOTERS[0])
    follow(desk, "Devolvió el tarjetón sin usarlo")
    look(desk)
    desk.get_by_label("¿Qué pasó?").fill("Prefirió la cabina; el jurado 1 vio el tarjetón en blanco.")
    press(desk, "Quitar la marca")

    # They draw a slip; without its number nobody enters, and a number is nobody else's afterwards.
    booth.goto(booth.url)
    let_in(booth, VOTERS[0])
    assert "todavía no tiene volante" in booth.inner_text("main")
    booth.goto(booth.url)
    let_in_by_keyboard(booth, VOTERS[0], "v-0001")
    # The whole vote by the keyboard alone.
    press_key_on(booth, booth.get_by_role("button", name="Empezar", exact=True))
    look_narrow(booth)
    look(booth)
    typed(booth, booth.get_by_label("Clave de voto"), code["V-0001"].lower())
    booth.keyboard.press("Enter")
    booth.get_by_role("heading", name="Comité organizador").wait_for()
    look_narrow(booth)
    press_key_on(booth, booth.get_by_role("radio", name=FIRST), " ")
    booth.keyboard.press("Enter")
    booth.get_by_role("heading", name="Revise su voto").wait_for()
    look_narrow(booth)
    look(booth)
    press_key_on(booth, booth.get_by_role("button", name="Votar", exact=True))
    booth.get_by_role("heading", name="Su voto quedó en la urna").wait_for()
    look_narrow(booth)
    look(booth)
    with booth.expect_navigation():
        press_key_on(booth, booth.get_by_role("button", name="Terminé"))
    leaves_nothing(booth, str(VOTERS[0]), code["V-0001"])

    # The page of papers refuses who voted in the box; that they signed the list is listed, and decided by two people.
    marked(desk, VOTERS[0])
    assert "Votó en la urna electrónica" in desk.inner_text("main")
    assert desk.get_by_role("button", name="Entregar el tarjetón").count() == 0
    follow(desk, "Firmó la lista de esta mesa")
    look(desk)
    desk.get_by_label("¿Qué se encontró?").fill("Firmó en el renglón 1, y no recibió tarjetón. Lo vio el jurado 1.")
    press(desk, "Registrar la contradicción")
    committee = trustees["comite"]
    committee.goto(f"{box.split('/urnas/')[0]}/jornada")
    assert "Hay contradicciones por resolver" in committee.inner_text("main")
    look(committee)
    follow(committee, "Urna n.º 1")
    # The mark that was taken away is settled as well, the older first.
    for decision in (
        "El tarjetón está entre los sobrantes.", "Firmó por error y no recibió tarjetón: vale el voto de la urna.",
    ):
        committee.goto(box)
        committee.get_by_role("link", name="Proponer qué se hace").first.click()
        look(committee)
        assert "se puede excluir después de cerrar la urna" in committee.inner_text("main")
        committee.get_by_label("Decisión, con su motivo").fill(decision)
        press(committee, "Proponer")
        trustees["garante"].goto(box)
        follow(trustees["garante"], "Confirmar o retirar")
        assert "No se quita ningún voto" in trustees["garante"].inner_text("main")
        look(trustees["garante"])
        press(trustees["garante"], "Confirmar")
    committee.goto(box)
    assert "Se decidió: Firmó por error" in committee.inner_text("main")
    look(committee)

    what_goes_wrong_in_the_booth(server, booth, code)
    slips_and_devices(server, booth, desk, visitor, box, desk_address, code, look)


def leaves_nothing(booth, *words):
    """After a vote the device shows, and keeps, nothing of who voted."""
    assert booth.get_by_label("Número de documento").input_value() == ""
    # `replaceState` cannot take the earlier steps out of the history: they lead to the page that waits.
    for _ in range(3):
        booth.go_back()
        booth.get_by_role("heading", name="Cabina de votación").wait_for()
        text = booth.content()
        assert booth.get_by_label("Número de documento").input_value() == ""
        assert not any(word in text for word in words)
    assert booth.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert booth.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert booth.evaluate("document.cookie") == ""


def begun(booth, number, serial, code, choice):
    """Somebody has come as far as the review of their vote."""
    let_in_by_keyboard(booth, number, serial)
    booth.get_by_role("button", name="Empezar", exact=True).click()
    booth.get_by_label("Clave de voto").fill(code)
    booth.get_by_role("button", name="Continuar").click()
    booth.get_by_role("radio", name=choice).check()
    booth.get_by_role("button", name="Continuar").click()
    booth.get_by_role("heading", name="Revise su voto").wait_for()


def what_goes_wrong_in_the_booth(server, booth, code):
    """Reloads, two tabs, a wrong PIN, nobody there, a power cut, a turn that takes too long: nothing is lost and nothing is left."""
    waiting = booth.url
    # A wrong PIN.
    let_in(booth, VOTERS[1], pin="1111")
    assert "La clave de la cabina no es esa" in booth.inner_text("main")
    booth.goto(waiting)
    # Who walks away at the first screen leaves nobody's turn behind; who only thinks is asked first.
    booth.clock.install()
    let_in_by_keyboard(booth, VOTERS[1], "V-0002")
    booth.get_by_role("button", name="Empezar", exact=True).wait_for()
    booth.clock.fast_forward(121_000)
    booth.get_by_role("button", name="Seguir votando").click()
    booth.clock.fast_forward(60_000)
    booth.get_by_role("button", name="Empezar", exact=True).wait_for()
    assert booth.get_by_role("heading", name="¿Sigue ahí?").count() == 0
    booth.clock.fast_forward(61_000)
    booth.get_by_role("heading", name="¿Sigue ahí?").wait_for()
    with booth.expect_navigation():
        booth.clock.fast_forward(21_000)
    booth.get_by_role("heading", name="Cabina de votación").wait_for()
    # Who was let in by mistake leaves without a vote.
    let_in_by_keyboard(booth, VOTERS[1], "V-0002")
    with booth.expect_navigation():
        booth.get_by_role("button", name="Salir sin votar").click()
    # A reload leaves the turn and forgets what was marked.
    begun(booth, VOTERS[1], "V-0002", code["V-0002"], FIRST)
    booth.reload()
    booth.get_by_role("button", name="Empezar", exact=True).wait_for()
    # Another tab that waits for the next voter ends the turn of this one, who is told.
    booth.get_by_role("button", name="Empezar", exact=True).click()
    booth.get_by_label("Clave de voto").fill(code["V-0002"])
    booth.get_by_role("button", name="Continuar").click()
    booth.get_by_role("radio", name=FIRST).check()
    booth.get_by_role("button", name="Continuar").click()
    other = booth.context.new_page()
    other.goto(waiting)
    booth.get_by_role("button", name="Votar", exact=True).click()
    booth.get_by_text("Pida de nuevo el paso: su voto no se guardó").wait_for()
    other.close()
    with booth.expect_navigation():
        booth.get_by_role("button", name="Volver al comienzo").click()
    # A turn that takes too long.
    begun(booth, VOTERS[1], "V-0002", code["V-0002"], FIRST)
    put_forward(server, f"{DAY}T09:50")
    booth.get_by_role("button", name="Votar", exact=True).click()
    booth.get_by_text("Pida de nuevo el paso: su voto no se guardó").wait_for()
    with booth.expect_navigation():
        booth.get_by_role("button", name="Volver al comienzo").click()
    # A power cut before the ballot is sent: the booth is the booth when it comes back, and free.
    begun(booth, VOTERS[1], "V-0002", code["V-0002"], FIRST)
    booth.goto("about:blank")
    lasting = [cookie for cookie in booth.context.cookies() if cookie["expires"] > 0]
    booth.context.clear_cookies()
    booth.context.add_cookies(lasting)
    booth.goto(waiting)
    begun(booth, VOTERS[1], "V-0002", code["V-0002"], SECOND)
    # A power cut between the sending and the answer: the vote is in, and the voter who is let in again replaces it.
    booth.route("**/votos", lambda route: (route.fetch(), route.abort()))
    booth.get_by_role("button", name="Votar", exact=True).click()
    booth.get_by_text("No hubo respuesta de la urna").wait_for()
    booth.unroute("**/votos")
    booth.goto(waiting)
    begun(booth, VOTERS[1], "V-0002", code["V-0002"], FIRST)
    booth.get_by_role("button", name="Votar", exact=True).click()
    booth.get_by_text("Reemplaza el voto que usted había enviado antes").wait_for()
    with booth.expect_navigation():
        booth.get_by_role("button", name="Terminé").click()


def slips_and_devices(server, booth, desk, visitor, box, desk_address, code, look):
    """A slip that is bound at the desk, one that is lost, a booth that a juror closes, and one that is lost."""
    sign_in(desk, server, "jurado2")
    desk.goto(desk_address)
    marked(desk, VOTERS[2])
    follow(desk, "Entregarle un volante")
    look(desk, "entregar-volante")
    typed(desk, desk.get_by_label("Número del volante"), "V-0001")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert "Ese volante no está libre" in desk.inner_text("main")
    desk.get_by_label("Número del volante").fill("V-0003")
    press(desk, "Entregar el volante")
    assert re.search(r"El volante V-0003 quedó entregado a \S+", desk.inner_text("main"))
    # They lose it before they vote, and get a spare; with the lost one nobody votes.
    marked(desk, VOTERS[2])
    assert "volante V-0003" in desk.inner_text("main")
    follow(desk, "Reemplazar su volante")
    assert re.search(r"Volante que tiene\s+volante V-0003", desk.inner_text("main"), re.IGNORECASE)
    assert refused_for_both(desk, "V-0001", "Ese volante no está libre")
    assert refused_without(desk, "R-0001")
    desk.get_by_label("¿Por qué se reemplaza?").fill("Lo perdió en la fila.")
    press(desk, "Reemplazar el volante")
    assert "El anterior, el V-0003, ya no sirve" in desk.inner_text("main")
    # Who comes with the lost one is told that it was replaced, and by which they enter.
    let_in_by_keyboard(booth, VOTERS[2], "V-0003")
    assert "Ese volante se reemplazó y ya no sirve" in booth.inner_text("main")
    assert "R-0001" in booth.inner_text("main")
    booth.goto(booth.url)
    let_in(booth, VOTERS[2])
    booth.get_by_role("button", name="Empezar", exact=True).click()
    booth.get_by_label("Clave de voto").fill(code["V-0003"])
    booth.get_by_role("button", name="Continuar").click()
    booth.get_by_text("Esa clave no es la suya").wait_for()
    booth.goto(f"/publico/{urllib.parse.urlsplit(box).path.split('/')[2]}/cabina")
    vote(booth, VOTERS[2], code["R-0001"], SECOND)
    # Who has voted keeps their slip.
    marked(desk, VOTERS[2])
    assert desk.get_by_role("link", name="Reemplazar su volante").count() == 0

    # The juror closes the booth on the device.
    booth.get_by_role("link", name="Cerrar esta cabina").click()
    look(booth)
    booth.get_by_role("textbox", name="Clave de la cabina").fill("9999")
    booth.get_by_role("button", name="Cerrar la cabina").click()
    booth.get_by_text("La clave de la cabina no es esa").first.wait_for()
    booth.get_by_role("textbox", name="Clave de la cabina").fill(PIN)
    press(booth, "Cerrar la cabina")
    assert "/entrar" in booth.url
    desk.goto(desk_address)
    assert re.search(r"Cabina 1\s+Cerrada", desk.inner_text("main"))

    # A device that is lost is closed from the table.
    lost = visitor("jurado1")
    lost.goto(f"{box.split('/urnas/')[0]}/jornada")
    follow(lost, "Convertir este equipo en cabina")
    lost.get_by_label("Nombre de la cabina").fill("Cabina 2")
    lost.get_by_role("textbox", name="Clave de la cabina").fill(PIN)
    lost.get_by_role("textbox", name="La misma clave otra vez").fill(PIN)
    press(lost, "Convertir en cabina")
    # A booth that outlives the vote says so, and asks no juror for anybody. The clock was moved past everyone's session.
    between_two(visitor("comite"), visitor("garante"), box, "cerrar")
    lost.reload()
    assert "La votación ya cerró: la urna no recibe más votos." in lost.inner_text("main")
    assert lost.get_by_label("Número de documento").count() == 0
    look(lost)
    desk.reload()
    assert "Su horario era" in desk.inner_text("main")
    look(desk)
    press(desk, "Cerrar esta cabina")
    lost.reload()
    assert "Este equipo no es una cabina, o se cerró" in lost.inner_text("main")


def refused_without(desk, serial):
    """A slip is replaced for a reason."""
    desk.get_by_label("Número del volante").fill(serial)
    return refused(desk, "Reemplazar el volante")


def refused_for_both(desk, serial, words):
    """A slip that cannot be given and a reason that is missing are told at once."""
    desk.get_by_label("Número del volante").fill(serial)
    refused(desk, "Reemplazar el volante")
    reason = desk.get_by_label("¿Por qué se reemplaza?")
    return words in desk.inner_text("main") and reason.get_attribute("aria-invalid") == "true"
