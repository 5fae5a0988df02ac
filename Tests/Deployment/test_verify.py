"""The archive of an election is verified with the program alone: no data folder, no server, no database."""

import hashlib
import json
import os
import subprocess

import pytest

from server import program, repository

samples = repository / "Tests/VerifiableVotingTests/Samples"


def verify(*arguments, command=("verify",)):
    """Runs the command where there is nothing but the file."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ALIANZAS_", "PG"))}
    return subprocess.run(
        [program, *command, *map(str, arguments)], env={**environment, "ALIANZAS_DATA": "/nonexistent"},
        text=True, capture_output=True, timeout=600)


@pytest.mark.parametrize("name, ballots", [("basic", 5), ("threshold", 5), ("ok", 5)])
def test_archives_of_the_tool_are_verified(name, ballots):
    ended = verify(samples / f"{name}.bel")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.startswith("✔ La urna y su resultado están completos y correctos.\n")
    answer = json.loads(verify(samples / f"{name}.bel", "--json", "--trackers").stdout)
    report = answer["report"]
    assert answer["verified"] and report["stage"] == "finished"
    assert report["ballots"] == len(report["trackers"]) >= ballots
    assert report["last"]["hash"] in "".join(ended.stdout.split())
    # The tool's archives bind no seats, which is told beside the tick; and their few votes are nobody's of ours.
    assert ended.stdout.splitlines()[1].startswith("⚠ Esta urna no fija censo, puestos ni regla de conteo")
    assert "menos de cinco" not in ended.stdout


@pytest.mark.parametrize("name, kind, code", [
    ("bad-proof", "Ballot", "ballot.proof"), ("bad-signature", "Ballot", "ballot.proof"),
    ("split-ballots", "Ballot", "order"),
])
def test_tampered_archives_are_refused_with_the_event(name, kind, code):
    ended = verify(samples / f"{name}.bel")
    assert ended.returncode == 1 and ended.stdout.startswith("✘ La urna ")
    answer = json.loads(verify(samples / f"{name}.bel", "--json").stdout)
    assert not answer["verified"]
    assert (answer["fault"]["code"], answer["fault"]["event"]["type"]) == (f"voting.archive.{code}", kind)
    assert answer["fault"]["event"]["hash"] in ended.stdout and answer["fault"]["message"] in ended.stdout


def test_a_file_that_is_no_archive_is_refused_and_none_at_all_is_a_mistake(tmp_path):
    (tmp_path / "empty.bel").write_bytes(b"")
    (tmp_path / "cut.bel").write_bytes((samples / "ok.bel").read_bytes()[:-512])
    for name, words in [("empty", "no empieza como una urna"), ("cut", "está cortado")]:
        ended = verify(tmp_path / f"{name}.bel")
        assert ended.returncode == 1 and words in ended.stdout, ended.stdout
    for arguments in [[tmp_path / "none.bel"], [tmp_path], [], [samples / "ok.bel", "--against", "none"]]:
        assert verify(*arguments).returncode == 2


def test_an_earlier_copy_has_to_be_the_beginning(tmp_path):
    whole = (samples / "ok.bel").read_bytes()
    earlier = tmp_path / "earlier.bel"
    # The archive is cut behind its second ballot.
    events = json.loads(verify(samples / "ok.bel", "--json").stdout)["report"]["events"]
    cuts = [cut for cut in range(512, len(whole), 512)
            if not earlier.write_bytes(whole[:cut]) or verify(earlier).returncode == 0][:3]
    earlier.write_bytes(whole[:cuts[2]])
    grown = json.loads(verify(samples / "ok.bel", "--against", earlier, "--json").stdout)
    assert grown["verified"] and grown["against"]["whole"] and grown["against"]["event"]["height"] == 2 < events
    earlier.write_bytes(whole[:cuts[2] + 700])
    cut = verify(samples / "ok.bel", "--against", earlier)
    assert cut.returncode == 0 and "✔ La copia anterior está cortada" in cut.stdout
    assert "Hasta donde llega, el evento n.º 2, está intacta" in cut.stdout
    earlier.write_bytes(whole[:cuts[2]])
    shrunk = verify(earlier, "--against", samples / "ok.bel")
    assert shrunk.returncode == 1 and "evento n.º 3 (Ballot" in shrunk.stdout
    assert verify(samples / "ok.bel", "--against", samples / "basic.bel").returncode == 1


def record(name, content):
    """A record of an archive (`verifiable-voting.md`, section 4.3)."""
    header = bytearray(512)
    for place, field in [(0, name), (100, "0000644"), (108, "0000000"), (116, "0000000"),
                         (124, f"{len(content):011o}"), (136, f"{1:011o}"), (148, " " * 8), (156, "0")]:
        header[place:place + len(field)] = field.encode()
    header[148:155] = f"{sum(header):06o}\0".encode()
    return bytes(header) + content + bytes(-len(content) % 512)


def test_a_name_in_an_archive_cannot_write_over_what_is_said_of_it(tmp_path):
    def named(content, suffix):
        return record(hashlib.sha256(content).hexdigest() + suffix, content)

    def digest(content):
        return hashlib.sha256(content).hexdigest()

    election = json.dumps({
        "version": 1, "description": "", "name": "x", "group": "BELENIOS-2048", "public_key": "1",
        "uuid": "z" * 14, "questions": [{"type": "\r\x1b[2K\n✔ Todo bien\u202e"}]}).encode()
    setup = json.dumps({
        "election": digest(election), "trustees": digest(b"[]"), "credentials": digest(b"[]")
    }, separators=(",", ":")).encode()
    event = json.dumps({"height": 0, "type": "Setup", "payload": digest(setup)}, separators=(",", ":")).encode()
    (tmp_path / "x.bel").write_bytes(
        record("BELENIOS", b'{"version":1,"timestamp":"1"}')
        + b"".join(named(content, ".data.json") for content in [election, b"[]", b"[]", setup])
        + named(event, ".event.json"))
    ended = verify(tmp_path / "x.bel")
    assert ended.returncode == 1 and "Evento n.º 0 (Setup" in ended.stdout and "de tipo «" in ended.stdout
    assert not {"\r", "\x1b", "\u202e"} & set(ended.stdout)
    assert not any(line.startswith("✔") for line in ended.stdout.splitlines())


def test_the_bench_makes_an_archive_whose_seats_are_counted_again():
    ended = verify("--ballots", "40", command=("bench", "verify"))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    figures = json.loads(ended.stdout)
    assert figures["ballots"] == 40 and figures["ratio"] > 0 and figures["reference"].startswith("belenios-tool ")
    assert abs(figures["ratio_per_core"] * figures["cores"] - figures["ratio"]) <= 0.01 * (figures["cores"] + 1)
    temporary = os.environ.get("TMPDIR", "/tmp")
    archive = f"{temporary}/alianzas-bench-verify-1-BELENIOS-2048-40/urna.bel"
    report = json.loads(verify(archive, "--json").stdout)["report"]
    board = report["questions"][0]
    counted = board["seats"]
    assert sum(counted["seats"].values()) + sum(tie["seats"] for tie in counted["ties"]) == 3
    assert report["voters"] == 38 and report["simulacro"]
    # Whoever does not trust the counting asks for it by itself.
    again = subprocess.run(
        [program, "election", "count"], input=counted["request"] + "\n", text=True, capture_output=True)
    assert json.loads(again.stdout)["seats"] == counted["seats"]
    text = verify(archive).stdout
    assert "SIMULACRO" in text and "Participación en esta urna: 38 de 76 personas del censo" in text
