"""What an electronic box holds when its server and its database are killed while many people vote.

The election is held through the pages up to its opening, with credentials made at the terminal; the ballots are made there
too, and cast over HTTP by twenty clients at once. What is killed is this test's own server, and its own PostgreSQL.
"""

import base64
import hashlib
import http.client
import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from server import program, repository, wait_until

sys.path.append(str(repository / "Tests/Journeys"))
from test_electronic_box import between_two, draft, follow, gather, make_key, prepared, press, seal, try_keys, visitor  # noqa: E402, F401
from test_main_job import ELECTORS, NAMES, enter_as, server  # noqa: E402, F401

ROUNDS = 4
BALLOTS = 3


def no_look(*_, **__):
    """These pages are looked at in their journey."""


def make_credentials(visitor, box, folder):
    """The credential authority makes the slips at the terminal and hands the public halves in; returns the code of each."""
    page = visitor("asociada")
    page.goto(f"{box}/claves")
    page.get_by_text("Con muchas personas, o en un equipo sin conexión").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="la lista de electores").click()
    download.value.save_as(folder / "electores.json")

    def terminal(*arguments):
        return subprocess.run(
            [program, "election", "credentials", *arguments], cwd=folder, text=True, capture_output=True,
            env={"ALIANZAS_HOME": str(repository), "ALIANZAS_DATA": "/nonexistent"})

    # What is no order, and a folder that is there, are told; nothing is written over.
    assert "no es la lista de electores" in terminal(str(program)).stderr
    (folder / "llena").mkdir()
    refused = terminal("electores.json", "--output", "llena")
    assert refused.returncode == 1 and "ya existe" in refused.stderr and not list((folder / "llena").iterdir())
    made = terminal("electores.json", "--spares", "2", "--json")
    assert made.returncode == 0, made.stderr
    answer = json.loads(made.stdout)
    order = json.loads((folder / "electores.json").read_text())
    assert answer["count"] == len(order["electors"]) + 2 and answer["spares"] == 2
    kept = folder / answer["credentials"]
    for file in (kept, folder / answer["slips"]):
        assert file.stat().st_mode & 0o777 == 0o600 and file.parent.stat().st_mode & 0o777 == 0o700
    # The slips are printed from the file, which asks nobody for anything.
    sheet = visitor()
    asked = []
    sheet.on("request", lambda request: asked.append(request.url))
    sheet.goto((folder / answer["slips"]).as_uri())
    slips = sheet.locator(".slip").evaluate_all(
        "all => all.map((slip) => [slip.querySelector('.slip-name').textContent, slip.querySelector('.slip-code').textContent])")
    codes = {code for _, code in slips}
    assert len(codes) == answer["count"] == sheet.get_by_role("img", name="Código QR que abre").count() and len(asked) == 1
    assert not any(code in kept.read_text() for code in codes)

    page.get_by_label("El archivo claves-publicas.json").set_input_files(
        {"name": "otro.json", "mimeType": "application/json", "buffer": b"{}\n"})
    with page.expect_navigation():
        page.get_by_role("button", name="Entregar este archivo").click()
    assert "La línea 1 del archivo no es una clave pública" in page.inner_text("main")
    page.get_by_label("El archivo claves-publicas.json").set_input_files(kept)
    press(page, "Entregar este archivo")
    assert f"{answer['count']} claves entregadas" in page.inner_text("main")
    return slips


def opened(server, enter_as, visitor, folder):
    """An open box; returns its address and the code of each elector by document."""
    process, page = prepared(server, enter_as)
    box = draft(page, process, no_look)
    trustees = make_key(visitor, box, no_look, folder)
    slips = make_credentials(visitor, box, folder)
    seal(trustees["comite"], box)
    try_keys(trustees, box, folder)
    gather(server, process, trustees)
    between_two(trustees["comite"], trustees["garante"], box, "abrir")
    names = {number: next(code for name, code in slips if {first, "Zuluaga"} <= set(name.split()))
             for number, first in zip(ELECTORS, NAMES)}
    return box, names


def give_passes(server, box):
    """A booth and a pass for each elector, as jurors give them; returns the tokens by document."""
    tokens = {number: secrets.token_bytes(32) for number in ELECTORS}
    rows = ", ".join(
        f"('{number}', '\\x{hashlib.sha256(token).hexdigest()}'::bytea, gen_random_uuid())" for number, token in tokens.items())
    server.psql(f"""
        create temporary table given as
        select boxes.organization_id, boxes.box_id, boxes.process_id, entries.person_id, tables.table_id, digest, kiosk
        from (values {rows}) as list (document, digest, kiosk)
        join elections.boxes on boxes.box_id = '{box}'
        join elections.roll_entries as entries on entries.organization_id = boxes.organization_id
            and entries.process_id = boxes.process_id and entries.document_number = document
        join elections.voting_tables as tables on tables.organization_id = boxes.organization_id
            and tables.process_id = boxes.process_id;
        insert into elections.kiosks (
            organization_id, kiosk_id, box_id, process_id, table_id, name, token_sha256, pin_hash, failures, opened_at)
        select organization_id, kiosk, box_id, process_id, table_id, 'Cabina', sha256(digest), '$argon2id$', 0, now()
        from given;
        insert into elections.voting_passes (
            organization_id, pass_id, box_id, process_id, person_id, way, table_id, kiosk_id, token_sha256, expires_at)
        select organization_id, gen_random_uuid(), box_id, process_id, person_id, 'kiosk', table_id, kiosk, digest,
            '2100-01-01'
        from given;
        """, role="superuser")
    return {number: token.hex() for number, token in tokens.items()}


class Box:
    """The slot of a box, as a booth's browser uses it."""

    def __init__(self, server, address, tokens):
        self.server, self.tokens = server, tokens
        self.id = address.rsplit("/", 1)[1]
        self.tenant = re.search(r"/o/([^/]+)/", address).group(1)
        self.board = f"/publico{address.split('/o', 1)[1].replace('/alianzas/', '/')}"

    def request(self, method, path, body=None, token=""):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            headers = {"Cookie": f"paso={token}", "Content-Type": "application/json"} if token else {}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def cast(self, number, text):
        """The status and the answer; 0 where there is none."""
        try:
            status, body = self.request("POST", f"/publico/{self.tenant}/urnas/{self.id}/votos", text, self.tokens[number])
            return status, json.loads(body)
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            return 0, {}

    def archive(self, folder):
        """Downloads the archive from the board."""
        _, page = self.request("GET", self.board)
        link = re.search(r'href="([^"]+/archivo/[^"]+)"', page.decode()).group(1)
        status, content = self.request("GET", link)
        assert status == 200
        path = folder / link.rsplit("/", 1)[1]
        path.write_bytes(content)
        return path

    def counts(self):
        """Ballots, participations, those of each without the other, and what the box itself says."""
        return json.loads(self.server.psql(f"""
            select json_build_array(
                (select count(*) from elections.box_ballots where box_id = '{self.id}'),
                (select count(*) from elections.participations where box_id = '{self.id}'),
                (select count(*) from elections.box_ballots as ballots where box_id = '{self.id}' and not exists (
                    select from elections.participations as marks
                    where marks.box_id = ballots.box_id and marks.credential = ballots.credential)),
                (select count(*) from elections.participations as marks where box_id = '{self.id}' and not exists (
                    select from elections.box_ballots as ballots
                    where ballots.box_id = marks.box_id and ballots.credential = marks.credential)),
                (select json_build_array(ballots, voters) from elections.boxes where box_id = '{self.id}'))
            """, role="superuser").stdout)


def tracker(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def ballots_for(path, codes, chance):
    """Some ballots of each elector for each round, made at the terminal."""

    def made(job):
        number, answer = job
        ended = subprocess.run(
            [program, "election", "ballot", str(path)], input=f"{codes[number]}\n{answer}\n", text=True, capture_output=True)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    jobs = [(number, chance.choice(["1", "2", "blanco"])) for _ in range(ROUNDS * BALLOTS) for number in ELECTORS]
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(made, jobs))
    each = {number: [] for number in ELECTORS}
    for (number, _), text in zip(jobs, texts):
        each[number].append(text)
    return [{number: texts[turn * BALLOTS:(turn + 1) * BALLOTS] for number, texts in each.items()} for turn in range(ROUNDS)]


def kill_server(server):
    server.stop(signal.SIGKILL)


def kill_database(server):
    """Kills each process of this server's own PostgreSQL; the server ends over it."""
    for process in server.servers():
        os.kill(process, signal.SIGKILL)
    server.process.wait(timeout=120)
    server.process = None


def cast_through(box, server, ballots, kill, after):
    """Everybody casts their ballots, sending each until it is answered; in the middle something is killed, and the server is
    started again. Returns the receipts and how many sendings had no answer."""
    lock, receipts, unanswered = threading.Lock(), {}, []

    def vote(number):
        for text in ballots[number]:
            while True:
                status, answer = box.cast(number, text)
                if status == 200:
                    break
                assert status in (0, 500, 503), (status, answer)
                with lock:
                    unanswered.append(text)
                # Until the server is there again there is nothing to send to.
                back.wait(timeout=600)
                assert not failed.is_set(), "the server did not come back"
            assert answer["tracker"], answer
            with lock:
                receipts[text] = answer["tracker"]

    back, failed = threading.Event(), threading.Event()
    with ThreadPoolExecutor(len(ELECTORS)) as pool:
        voters = [pool.submit(vote, number) for number in ELECTORS]
        wait_until(lambda: len(receipts) >= after or any(each.done() and each.exception() for each in voters), "ballots", 300)
        try:
            kill(server)
            server.start()
        except BaseException:
            # Nobody sends for ever to a server that is not there: what went wrong is told.
            failed.set()
            raise
        finally:
            back.set()
        for each in voters:
            each.result()
    return receipts, len(unanswered)


def test_no_ballot_is_without_its_participation_whatever_is_killed(server, enter_as, visitor, tmp_path):
    seed = secrets.randbits(64)
    print("seed", seed)
    chance = random.Random(seed)
    address, codes = opened(server, enter_as, visitor, tmp_path)
    box = Box(server, address, give_passes(server, address.rsplit("/", 1)[1]))
    cast, unanswered = {}, 0
    for turn, ballots in enumerate(ballots_for(box.archive(tmp_path), codes, chance)):
        kill = (kill_server, kill_database)[turn % 2]
        after = chance.randrange(1, len(ELECTORS) * (BALLOTS - 1))
        receipts, lost = cast_through(box, server, ballots, kill, after)
        unanswered += lost
        cast |= receipts
        assert {text: tracker(text) for text in cast} == {text: shown.rstrip("=") for text, shown in cast.items()}
        total = len(ELECTORS) * BALLOTS * (turn + 1)
        assert box.counts() == [total, len(ELECTORS), 0, 0, [total, len(ELECTORS)]], (kill, after)
        path = box.archive(tmp_path)
        verified = subprocess.run([program, "verify", str(path), "--json", "--trackers"], text=True, capture_output=True)
        assert verified.returncode == 0, verified.stdout
        report = json.loads(verified.stdout)["report"]
        assert (report["ballots"], report["voters"]) == (total, len(ELECTORS))
        assert set(report["trackers"]) == {tracker(text) for text in cast}
        # What is sent again gets the same receipt, and what was replaced is told to be a copy.
        for number in chance.sample(ELECTORS, 4):
            first, *_, last = ballots[number]
            assert box.cast(number, last) == (200, {"tracker": cast[last], "replaced": False})
            status, answer = box.cast(number, first)
            assert (status, answer["code"]) == (409, "elections.cast.copy")
        assert box.counts()[0] == total
    # Each round was broken off in its middle.
    assert unanswered >= ROUNDS
