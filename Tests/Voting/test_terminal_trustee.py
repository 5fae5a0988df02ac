"""A trustee decrypts at the terminal: two other programs accept the part, and no sum is opened that should not be."""

import json
import subprocess

import pytest

from archive import Archive, verified
from election import Election
from reference import canonical
from server import program
from test_protocol import board, chance, expected, groups, optional, some_vote, yes_or_no


def decrypt(file, *arguments, typed="", cwd=None):
    """Runs the command where there is nothing but the files, with lines at its input."""
    return subprocess.run(
        [program, "election", "decrypt", str(file), *map(str, arguments)], env={"ALIANZAS_DATA": "/nonexistent"},
        input=typed, text=True, capture_output=True, timeout=600, cwd=cwd)


def key_file(folder, election, number):
    """What the trustee's page saved."""
    path = folder / f"llave-{number}.json"
    path.write_text(json.dumps({
        "kind": "alianzas-trustee-key", "version": 1, "uuid": election.uuid, "group": election.group, "number": number,
        "ceremony": 1, "code": election.seeds[number - 1]}))
    return path


def ceremony_file(folder, election):
    """What the trustee's page has of the others."""
    path = folder / "ceremonia.json"
    path.write_text(json.dumps({"uuid": election.uuid, "polynomials": list(map(canonical, election.made["polynomials"]))}))
    return path


def closing_of(folder, election, ballots):
    """The hash of the event that ended the voting."""
    archive = Archive(folder / "cierre.bel")
    archive.set_up(election.text, election.trustees, election.credentials)
    for ballot in ballots:
        archive.event("Ballot", ballot)
    archive.event("EndBallots")
    return archive.parent


@pytest.fixture(scope="module")
def tallied(modules, tmp_path_factory):
    """An election of two of three whose six votes are summed: with its ballots, archive and ceremony."""
    folder = tmp_path_factory.mktemp("sumada")
    election = Election(modules, "Ed25519", [yes_or_no], 2, 3, voters=6)
    ballots = election.cast([(voter, [[1, 0]]) for voter in range(6)])
    path = election.archive(folder, ballots, {}, election.checker.tally(ballots), None)
    return election, ballots, path, ceremony_file(folder, election)


@pytest.mark.parametrize("group", groups)
@pytest.mark.parametrize("threshold, size", [(2, 3), (2, 2)])
def test_parts_of_the_terminal_are_accepted_by_others(modules, tmp_path, chance, group, threshold, size):
    questions = [board, yes_or_no, optional]
    election = Election(modules, group, questions, threshold, size, voters=5)
    votes = [(voter, [some_vote(question, chance) for question in questions]) for voter in (0, 1, 0, 2, 3, 4)]
    ballots = election.cast(votes)
    tally = election.checker.tally(ballots)
    path = election.archive(tmp_path, ballots, {}, tally, None)
    ceremony = ["--ceremony", ceremony_file(tmp_path, election)] if threshold < size else []
    closing = closing_of(tmp_path, election, ballots)
    spoken = " ".join(closing[place:place + 4] for place in range(0, 32, 4))
    delivered = [size, 1]

    # The one by the key file, without a word; the other by the sheet, in small letters.
    file = tmp_path / "una.json"
    ended = decrypt(path, "--key", key_file(tmp_path, election, size), *ceremony, "--closing", spoken, "--output", file)
    assert ended.returncode == 0, ended.stderr
    assert "Papeletas: 6. Personas que votaron: 5." in ended.stdout and f"  {spoken}\n" in ended.stdout
    typed = decrypt(path, *ceremony, typed=f"{election.seeds[0].lower()}\nDESCIFRAR\n", cwd=tmp_path)
    assert typed.returncode == 0, typed.stderr
    assert not any(seed in each.stdout + each.stderr for each in (ended, typed) for seed in election.seeds)
    texts = {size: file.read_text(), 1: (tmp_path / f"descifrado-del-custodio-1-{election.uuid}.json").read_text()}
    parts = {number: json.loads(texts[number]) for number in delivered}
    assert all(canonical(parts[number]) == texts[number] for number in delivered)

    weighted = [
        (election.checker.bound_factors(tally.ciphertexts, election.keys[number - 1]["public_key"], part),
         1 if threshold == size else election.checker.lagrange(number, delivered)) for number, part in parts.items()]
    result = election.checker.result(tally, weighted)
    assert result == expected(questions, votes)
    path.unlink()
    (tmp_path / "contada").mkdir()
    counted = election.archive(tmp_path / "contada", ballots, parts, tally, result)
    ours = subprocess.run([program, "verify", str(counted)], text=True, capture_output=True)
    assert ours.returncode == 0, ours.stdout
    if group == "BELENIOS-2048":
        told = verified(counted)
        assert told.returncode == 0 and "all checks passed" in told.stderr, told.stderr


def test_a_key_file_opens_one_sum_of_an_election(tallied, tmp_path):
    election, ballots, path, ceremony = tallied
    key = key_file(tmp_path, election, 2)
    closing = closing_of(tmp_path, election, ballots)
    whole = decrypt(path, "--key", key, "--ceremony", ceremony, "--closing", closing, "--output", tmp_path / "1.json")
    assert whole.returncode == 0, whole.stderr

    # The archive without one ballot is as valid, and its sum beside the other's shows that vote.
    (tmp_path / "menos-uno").mkdir()
    (tmp_path / "cierre.bel").unlink()
    fewer = election.archive(tmp_path / "menos-uno", ballots[1:], {}, election.checker.tally(ballots[1:]), None)
    ended = decrypt(fewer, "--key", key, "--ceremony", ceremony, "--closing", closing, "--output", tmp_path / "2.json")
    assert ended.returncode == 1 and "no es el que leyeron" in ended.stderr
    own = closing_of(tmp_path, election, ballots[1:])
    ended = decrypt(fewer, "--key", key, "--ceremony", ceremony, "--closing", own, "--output", tmp_path / "2.json")
    assert ended.returncode == 1 and "ya se descifró otra suma" in ended.stderr and f"{key}.suma" in ended.stderr
    assert not (tmp_path / "2.json").exists()

    # The same sum is decrypted anew, where the first file was lost; a file that is there stays.
    again = decrypt(path, "--key", key, "--ceremony", ceremony, "--closing", closing, "--output", tmp_path / "3.json")
    assert again.returncode == 0, again.stderr
    kept = (tmp_path / "3.json").read_text()
    ended = decrypt(path, "--key", key, "--ceremony", ceremony, "--closing", closing, "--output", tmp_path / "3.json")
    assert ended.returncode == 1 and "ya existe" in ended.stderr and (tmp_path / "3.json").read_text() == kept


def test_nothing_is_decrypted_without_the_word(tallied, tmp_path):
    election, ballots, path, ceremony = tallied
    key = key_file(tmp_path, election, 1)
    for typed in ["", "\n", "sí\n", "DESCIFRA\n"]:
        ended = decrypt(path, "--key", key, "--ceremony", ceremony, typed=typed, cwd=tmp_path)
        assert ended.returncode == 1 and "No se descifró nada" in ended.stderr, ended.stderr
    short = closing_of(tmp_path, election, ballots)[:31]
    ended = decrypt(path, "--key", key, "--ceremony", ceremony, "--closing", short, cwd=tmp_path)
    assert ended.returncode == 1 and "no es el que leyeron" in ended.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cierre.bel", "llave-1.json"]


def test_what_is_not_decrypted_is_told_in_spanish(modules, tallied, tmp_path):
    election, ballots, path, ceremony = tallied
    key = key_file(tmp_path, election, 1)
    other = Election(modules, "Ed25519", [yes_or_no], 2, 3, voters=1)

    def refused(words, file=path, *arguments, typed="", ceremony=ceremony):
        added = ["--ceremony", ceremony] if ceremony else []
        ended = decrypt(file, *arguments, *added, "--output", tmp_path / "nada.json", typed=typed)
        assert ended.returncode == 1 and words in ended.stderr, ended.stdout + ended.stderr
        assert not (tmp_path / "nada.json").exists()

    refused("no son los signos", typed="ABC\n")
    refused("o los signos no son los suyos", typed=f"{other.seeds[0]}\n")
    refused("Faltan los mensajes", path, "--key", key, ceremony=None)
    refused("no tiene los mensajes", path, "--key", key, ceremony=key)
    (tmp_path / "otra").mkdir()
    refused("no son los de esta llave", path, "--key", key, ceremony=ceremony_file(tmp_path / "otra", other))
    refused("es de otra urna", path, "--key", key_file(tmp_path / "otra", other, 1))
    refused("no es el de una llave", path, "--key", ceremony)
    refused("No se puede leer", path, "--key", tmp_path / "ninguna.json")
    refused("No se puede leer", tmp_path / "ninguna.bel", "--key", key)
    # A file that names another member than the one whose code it holds.
    wrong = json.loads(key.read_text()) | {"number": 2}
    (tmp_path / "cambiada.json").write_text(json.dumps(wrong))
    refused("no está cifrada con la llave", path, "--key", tmp_path / "cambiada.json")

    # Of the archive.
    def archive(name, ballots, tally):
        (tmp_path / name).mkdir()
        return election.archive(tmp_path / name, ballots, {}, tally, None)

    refused("todavía no se ha sumado", archive("abierta", ballots, None), "--key", key)
    refused("menos de cinco votos", archive("cuatro", ballots[:4], election.checker.tally(ballots[:4])), "--key", key)
    # One voter's ballot, passed off as the sum.
    refused("No descifre y avise", archive("ajena", ballots, election.checker.tally(ballots[:1])), "--key", key)
    refused("No descifre y avise", archive("copia", [*ballots, ballots[0]], election.checker.tally(ballots)), "--key", key)
