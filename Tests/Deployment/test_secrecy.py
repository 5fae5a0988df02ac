"""Whether anything on the server's side holds what only voters, the credential authority and trustees may know.

Fifty known votes are cast in a browser in a box whose trustees made their keys in browsers and whose slips were made in one.
The browsers' random numbers are recorded, so that each secret is known: the code of each slip and the number it gives; the
randomness of each ciphertext and proof; each trustee's seed, keys, polynomial, values for the others and share; what each
ballot says. Then everything that the server and its PostgreSQL keep is searched for all of them in all usual forms: tables,
write-ahead log (raw, without the headers of its pages, and as pg_waldump tells it), files of the cluster, logs, temporary files (those that the server writes
in its TMPDIR are below the root that is searched), memory of all processes.

What such a search cannot find: a secret in a form that is not in `octets.py` (encrypted, compressed as PostgreSQL compresses
long values and zlib compresses answers, split over several places, derived by some further function); what was in memory and
is not any more; what left the machine; what a changed program would do. Nor does it find what needs no secret: that somebody
took part, by `elections.participations`; and that the ballots of one credential are one person's, by `box_credentials`. It
shows that this program, as it is, does not keep these secrets; that it cannot learn them rests on the browser's code, whose
digest is published, and on the trustees not meeting.
"""

import base64
import collections
import hashlib
import json
import re
import secrets
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from octets import Search
from server import Installation, repository

sys.path += [str(repository / "Tests/Journeys"), str(repository / "Tests/Voting")]
from reference import Checker, canonical  # noqa: E402
from test_electronic_box import between_two, draft, gather, make_key, make_slips, prepared, seal, try_keys, visitor  # noqa: E402, F401
from test_main_job import ELECTORS, NAMES, enter_as  # noqa: E402

VOTES = 50
CHOICES = ["Plancha 1: Salud para todos", "Plancha 2: Cuidarnos", "Voto en blanco"]

RECORDER = """
    window.drawn = [];
    const draw = Crypto.prototype.getRandomValues;
    Crypto.prototype.getRandomValues = function (octets) {
        const filled = draw.call(this, octets);
        window.drawn.push(Array.from(filled, (octet) => octet.toString(16).padStart(2, "0")).join(""));
        return filled;
    };
"""

Cast = collections.namedtuple("Cast", "text choice drawn")


@pytest.fixture(scope="module")
def server():
    """A server that tells all it can tell."""
    made = Installation(ALIANZAS_LOG="trace")
    made.demonstrate()
    made.start()
    yield made
    assert made.process.poll() is None, f"the server ended: {made.output()}"
    made.remove()


def no_look(*_, **__):
    """These pages are looked at in their journey."""


def vote(visitor, server, address, code, choice):
    """Somebody opens the booth by the QR of their slip and votes; returns the ballot with the numbers that were drawn for it."""
    page = visitor()
    page.add_init_script(RECORDER)
    token = secrets.token_bytes(32)
    box = address.rsplit("/", 1)[1]
    # The pass that a code to the elector's telephone gives; the door has tests of its own.
    given = server.psql(f"""
        insert into elections.voting_passes (
            organization_id, pass_id, box_id, process_id, person_id, way, token_sha256, expires_at)
        select organization_id, gen_random_uuid(), box_id, process_id, person_id, 'remote',
            '\\x{hashlib.sha256(token).hexdigest()}', '2100-01-01'
        from elections.box_credentials where box_id = '{box}' and credential = '{code.credential}' returning 1""", "superuser")
    assert given.stdout.strip() == "1"
    page.context.add_cookies([{"name": "paso", "value": token.hex(), "url": server.url}])
    board = address.split("/o", 1)[1].replace("/alianzas/", "/")
    with page.expect_response("**/votos") as cast:
        page.goto(f"/publico{board}/cabina#{code.text}")
        page.get_by_role("button", name="Empezar", exact=True).click()
        page.get_by_role("radio", name=choice).check()
        page.get_by_role("button", name="Continuar").click()
        page.get_by_role("button", name="Votar", exact=True).click()
    assert cast.value.status == 200, cast.value.text()
    text = cast.value.request.post_data
    page.wait_for_selector(".booth-receipt")
    drawn = [int(octets, 16) for octets in page.evaluate("window.drawn") if len(octets) == 64]
    page.context.close()
    return Cast(text, choice, drawn)


class Code:
    """A slip's code with what follows from it."""

    def __init__(self, group, uuid, text):
        halves = [hashlib.sha256(f"derive_credential|{uuid}|{half}|{text}".encode()).hexdigest() for half in (0, 1)]
        self.text, self.number = text, int("".join(halves), 16) % group.q
        self.credential = group.encode(group.power(group.generator, self.number))


def secrets_of_trustees(search, server, box, codes, group):
    """Adds what the seeds of the trustees give, computed again from the seeds and what is public."""
    messages = json.loads(server.psql(f"""
        select json_object_agg(kind || number, convert_from(content, 'UTF8')) from elections.trustee_messages
        where box_id = '{box}' and kind in ('certificate', 'polynomial', 'verification_key')""", "superuser").stdout)
    certificates = [json.loads(messages[f"certificate{number}"]) for number in (1, 2, 3)]
    ceremony = hashlib.sha256(canonical(certificates).encode()).hexdigest()

    def number(*texts):
        return int("".join(hashlib.sha256(text.encode()).hexdigest() for text in texts), 16) % group.q

    seeds = {}
    for certificate in certificates:
        message = json.loads(certificate["message"])
        for name, code in codes.items():
            if group.encode(group.power(group.generator, number(f"sk|{code.replace('-', '')}"))) == message["verification"]:
                seeds[message["context"]["index"]] = (name, code.replace("-", ""))
    assert sorted(seeds) == [1, 2, 3]
    polynomials = {}
    for index, (name, seed) in seeds.items():
        search.text(f"seed of {name}", seed)
        search.text(f"sheet of {name}", codes[name])
        for prefix in ("sk", "dk"):
            search.number(f"{prefix} of {name}", number(f"{prefix}|{seed}"))
        polynomials[index] = [
            number(*(f"coefficient|{ceremony}|{power}|{half}|{seed}" for half in (0, 1))) for power in (0, 1)]
        for power, coefficient in enumerate(polynomials[index]):
            search.number(f"coefficient {power} of {name}", coefficient)
    shares = {}
    for to, (name, _) in seeds.items():
        values = [polynomials[index][0] + polynomials[index][1] * to for index in (1, 2, 3)]
        for index, value in enumerate(values, 1):
            search.number(f"value of {index} for {name}", value % group.q)
        shares[name] = sum(values) % group.q
        search.number(f"share of {name}", shares[name])
        key = json.loads(messages[f"verification_key{to}"])["public_key"]
        assert group.encode(group.power(group.generator, shares[name])) == key
    # What the server must never be able to compute.
    search.number("key of the election", sum(polynomial[0] for polynomial in polynomials.values()) % group.q)
    return shares


def secrets_of_ballot(search, cast, number, election, group):
    """Adds what was drawn for a ballot and is not in it, and what of it would tell the choice."""
    ballot = json.loads(cast.text)
    hidden = [drawn for drawn in cast.drawn if f'"{drawn}"' not in cast.text]
    key = int(election["public_key"])
    found = 0
    for drawn in hidden:
        search.number(f"randomness of ballot {number}", drawn)
        alpha = group.encode(group.power(group.generator, drawn))
        for answer in ballot["answers"]:
            for choice in answer["choices"]:
                if choice["alpha"] == alpha:
                    found += 1
                    mask = group.encode(group.power(key, drawn))
                    # Of what is not chosen, the mask itself is in the ballot.
                    if mask != choice["beta"]:
                        search.text(f"choice of ballot {number}", mask)
    ciphertexts = sum(len(answer["choices"]) for answer in ballot["answers"])
    assert found == ciphertexts and len(hidden) > 2 * ciphertexts, (found, len(hidden))


def files_of_tables(server, folder):
    """Writes each table into a file of its own, as rows and as the octets of the values."""
    tables = server.psql("""
        select format('%I.%I', schemaname, tablename) from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') order by 1""", "superuser").stdout.split()
    assert "elections.box_ballots" in tables and len(tables) > 100
    for kind in ("rows", "octets"):
        (folder / kind).mkdir(parents=True)
        # psql runs as the user of the cluster.
        (folder / kind).chmod(0o777)
    server.psql("".join(
        f"\\copy (select * from {table}) to '{folder}/{kind}/{table}' with (format {form})\n"
        for table in tables for kind, form in (("rows", "text"), ("octets", "binary"))), "superuser")


def told_of_log(server, folder):
    """Writes down what pg_waldump tells of each segment of the write-ahead log."""
    programs = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
    told = 0
    for segment in segments_of_log(server):
        ended = subprocess.run([f"{programs}/pg_waldump", "--bkp-details", str(segment)], capture_output=True)
        (folder / f"wal-{segment.name}").write_bytes(ended.stdout)
        told += len(ended.stdout)
    assert told > 100_000


def segments_of_log(server):
    return sorted((server.data / "postgres/pg_wal").glob("0*"))


def records_of_log(server, path):
    """Writes the records of the write-ahead log one after the other.

    In its files, the header of a page stands in the middle of each record that goes on there, and in the middle of what that
    record holds: https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/access/xlog_internal.h
    """
    page, header, long_header, is_long = 8192, 24, 40, 0x02
    with path.open("wb") as records:
        for segment in segments_of_log(server):
            octets = memoryview(segment.read_bytes())
            for place in range(0, len(octets), page):
                first = long_header if octets[place + 2] & is_long else header
                records.write(octets[place + first:place + page])


def joined(folder, names, words):
    """Lines in which something that names a vote stands beside something that says a choice."""
    found = []
    choice = re.compile(b"|".join(map(re.escape, words)), re.IGNORECASE)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as lines:
                found += [(path.name, line[:200]) for line in lines
                          if choice.search(line) and any(name in line for name in names)]
    return found


def inspect(search, server, folder, names):
    """All that is found anywhere, as pairs of a place and a secret; with how many octets were read."""
    folder.mkdir()
    server.psql("checkpoint", "superuser")
    (folder / "logs").mkdir()
    (folder / "logs/server").write_text(server.output())
    files_of_tables(server, folder / "tables")
    told_of_log(server, folder / "logs")
    records_of_log(server, folder / "records-of-log")
    # And all that is the installation's: the cluster with its base files, log and write-ahead log, uploads, and the temporary
    # folder of the server, which has to be this one.
    assert b"TMPDIR=%s\0" % str(server.temporary).encode() in Path(f"/proc/{server.process.pid}/environ").read_bytes()
    found, size = search.in_files(server.root)
    shared = set()
    for process in [server.process.pid, *server.servers()]:
        names_found, read = search.in_memory(process, shared)
        assert read or process != server.process.pid
        found |= {(f"memory of {process}", name) for name in names_found}
        size += read
    words = [choice.split(": ")[-1].encode() for choice in CHOICES] + [b"blanco"]
    words += [canonical(vector).encode() for vector in ([1, 0, 0], [0, 1, 0], [0, 0, 1])]
    found |= {(place, f"choice beside a vote: {line!r}") for part in ("tables/rows", "logs")
              for place, line in joined(folder / part, names, words)}
    return found, size


def test_nothing_of_fifty_votes_is_found_and_what_is_planted_is(server, enter_as, visitor, tmp_path):
    process, page = prepared(server, enter_as)
    address = draft(page, process, no_look)
    box = address.rsplit("/", 1)[1]
    trustees = make_key(visitor, address, no_look, tmp_path)
    seeds = {name: json.loads((tmp_path / f"{name}.json").read_text())["code"] for name in trustees}
    slips = make_slips(visitor, address, no_look)
    seal(trustees["comite"], address)
    try_keys(trustees, address, tmp_path)
    gather(server, process, trustees)
    between_two(trustees["comite"], trustees["garante"], address, "abrir")
    server.psql(f"update elections.boxes set allows_remote = true where box_id = '{box}'", "superuser")

    text = server.psql(
        f"select convert_from(content, 'UTF8') from elections.box_records where box_id = '{box}' and position = 1",
        "superuser").stdout.rstrip("\n")
    election, group = json.loads(text), Checker(text).group
    search = Search(group.q)
    shares = secrets_of_trustees(search, server, box, seeds, group)
    codes = [Code(group, election["uuid"], next(code for name, code in slips.items() if {first, "Zuluaga"} <= set(name.split())))
             for first in NAMES]
    for number, code in enumerate(codes):
        search.text(f"code {number}", code.text)
        search.text(f"code {number} without hyphens", code.text.replace("-", ""))
        search.number(f"credential {number}", code.number)
    votes = [vote(visitor, server, address, codes[number % len(codes)], secrets.choice(CHOICES)) for number in range(VOTES)]
    assert len({cast.text for cast in votes}) == VOTES
    names = {code.credential.encode() for code in codes}
    for number, cast in enumerate(votes):
        secrets_of_ballot(search, cast, number, election, group)
        digest = hashlib.sha256(cast.text.encode())
        names |= {digest.hexdigest().encode(), base64.b64encode(digest.digest()).rstrip(b"=")}
    print(f"{len(set(search.names.values()))} secrets in {len(search.names)} forms")

    found, size = inspect(search, server, server.root / "clean", names)
    print(f"{size >> 20} MB searched")
    assert not found, sorted(found)
    assert size > 200 << 20

    # A leak of each sort, each in another form. The same search finds each in every place where it was left.
    places, held = plant(server, trustees["comite"], address, codes, shares, votes)
    found, _ = inspect(search, server, server.root / "planted", names)
    for name, places_of_it in places.items():
        for expected in places_of_it:
            assert any(expected in place and name in secret for place, secret in found), (name, expected, sorted(found))
    assert not [secret for _, secret in found if not any(name in secret for name in places)]
    held.close()


def plant(server, committee, box, codes, shares, votes):
    """Leaks secrets as a faulty program would; returns the places of each by a part of their names."""
    randomness = next(drawn for drawn in votes[7].drawn if f'"{drawn}"' not in votes[7].text)
    # A row, and with it the base files and the segments of the write-ahead log, of whose rows pg_waldump tells no value.
    server.psql("create table public.leaked (value text)", "superuser")
    server.psql(f"insert into public.leaked values ('{codes[3].number}')", "superuser")
    # A row that says what somebody voted, without any secret.
    tracker = hashlib.sha256(votes[5].text.encode()).hexdigest()
    server.psql(f"create table public.told as select '{tracker}' as ballot, '{votes[5].choice}' as choice", "superuser")
    # What pg_waldump does tell: the name of a message in the write-ahead log.
    server.psql(f"select pg_logical_emit_message(true, 'leaked {codes[8].number}', '')", "superuser")
    # Temporary files: in the folder of uploads, and where the server writes an archive that it verifies.
    (server.data / "temporal").mkdir(exist_ok=True)
    (server.data / "temporal/leaked").write_bytes(b"\0x" + base64.b64encode(b"=" + randomness.to_bytes(32, "big")))
    (server.temporary / "leaked.bel").write_bytes(b"\0" + codes[9].text.encode())
    # A program that logs what it was given.
    server.psql(f"select '{codes[4].text}'::integer", "superuser", check=False)
    # The server itself logs what was sent to it, in an error that it did not expect.
    server.psql("""
        create function public.tell() returns trigger language plpgsql as $$
            begin raise exception 'not kept: %', new.reason; end $$;
        create trigger tell before insert on elections.acts for each row execute function public.tell()""", "superuser")
    committee.goto(f"{box}/proponer/anular")
    committee.get_by_label("Motivo").fill(f"Con la clave {codes[6].text}.")
    with committee.expect_response(lambda answer: answer.request.method == "POST") as refused:
        committee.get_by_role("button", name="Proponer", exact=True).click()
    assert refused.value.status == 500
    # What the server holds in memory: a request that is not whole yet.
    name, share = next(iter(shares.items()))
    held = socket.create_connection(("127.0.0.1", server.port))
    held.sendall(b"GET /salud HTTP/1.1\r\nHost: localhost\r\nX-Leaked: " + share.to_bytes(32, "big").hex().encode())
    return {
        "credential 3": ["public.leaked", "/records-of-log", "/base/"], "choice beside a vote": ["public.told"],
        "credential 8": ["logs/wal-", "/records-of-log"], "code 9": [str(server.temporary / "leaked.bel")],
        "randomness of ballot 7": ["temporal/leaked"], "code 4": ["/postgres"], "code 6": ["logs/server"],
        f"share of {name}": [f"memory of {server.process.pid}"],
    }, held
