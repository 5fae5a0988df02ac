"""Ballots made at the terminal: two other programs count them, and what would make no ballot is told."""

import json
import subprocess

import pytest

from archive import tool, verified
from election import Election
from reference import Checker, b64, canonical, digest
from server import program
from test_protocol import board, chance, expected, groups, optional, some_vote, yes_or_no


def ballot(file, *lines):
    """Runs the command where there is nothing but the file, with lines at its input."""
    return subprocess.run(
        [program, "election", "ballot", str(file)], env={"ALIANZAS_DATA": "/nonexistent"},
        input="".join(f"{line}\n" for line in lines), text=True, capture_output=True, timeout=600)


def typed(question, vote):
    """An answer as it is typed."""
    if question.get("blank") and vote[0]:
        return "blanco"
    return ", ".join(str(place) for place, chosen in enumerate(vote[question.get("blank", False):], 1) if chosen)


@pytest.mark.parametrize("group", groups)
def test_ballots_of_the_terminal_are_counted_by_others(modules, tmp_path, chance, group):
    questions = [board, yes_or_no, optional]
    election = Election(modules, group, questions, 2, 3, voters=4)
    (tmp_path / "election.json").write_text(election.text)
    begun = election.archive(tmp_path, [], {}, None, None)
    votes = [(voter, [some_vote(question, chance) for question in questions]) for voter in (0, 1, 0, 2, 3)]
    made = []
    for number, (voter, answers) in enumerate(votes):
        lines = [typed(question, answer) for question, answer in zip(questions, answers)]
        ended = ballot(begun if number % 2 else tmp_path / "election.json", election.voters[voter], *lines)
        assert ended.returncode == 0, ended.stderr
        assert b64(ended.stdout) in ended.stderr
        assert election.voters[voter] not in ended.stdout + ended.stderr
        made.append(ended.stdout)
    tally = election.checker.tally(made)
    parts, result = election.count(tally, [1, 3])
    assert result == expected(questions, votes)
    begun.unlink()
    (tmp_path / "contada").mkdir()
    path = election.archive(tmp_path / "contada", made, parts, tally, result)
    ours = subprocess.run([program, "verify", str(path)], text=True, capture_output=True)
    assert ours.returncode == 0, ours.stdout
    if group == "BELENIOS-2048":
        told = verified(path)
        assert told.returncode == 0 and "all checks passed" in told.stderr, told.stderr


def bound(election, **more):
    """Gives an election terms of ours, as the server writes them: one contest of its one question."""
    options = [{"number": place, "slate": str(place), "contender": answer}
               for place, answer in enumerate(json.loads(election.text)["questions"][0]["answers"], 1)]
    terms = {"version": 1, "process": "p", **({"simulacro": True} if more.get("simulacro") else {}),
             "roll": {"seal": digest("roll"), "electors": 9}, "trustees": digest(election.trustees),
             "credentials": digest(election.credentials), "opens": "2026-11-22T13:00:00Z", "closes": "2026-11-22T21:00:00Z",
             **({"quorum": more["quorum"]} if "quorum" in more else {}),
             "questions": [{"contest": "c", "round": 1, "options": options, "count": {"rule": "cuociente", "seats": 3}}]}
    election.text = canonical({**json.loads(election.text), "alianzas": terms})
    election.checker = Checker(election.text)


@pytest.mark.parametrize("voters, more, words, code", [
    (5, {"quorum": 5}, ["votar 5: se cumple."], None), (4, {}, ["⚠ Se sumaron menos de cinco votos"], None),
    (4, {"simulacro": True}, ["SIMULACRO"], None), (4, {"quorum": 5}, ["piden que voten 5 personas y votaron 4"], "quorum"),
])
def test_sums_of_few_are_told_and_without_the_quorum_refused(modules, tmp_path, voters, more, words, code):
    slates = {"answers": ["Azul", "Verde"], "blank": True, "min": 1, "max": 1, "question": "Junta"}
    election = Election(modules, "Ed25519", [slates], 2, 3, voters=5)
    bound(election, **more)
    ballots = election.cast([(voter, [[0, 1, 0]]) for voter in range(voters)])
    path = election.archive(tmp_path, ballots, {}, election.checker.tally(ballots), None)
    ended = subprocess.run([program, "verify", str(path)], text=True, capture_output=True)
    assert ended.returncode == (1 if code else 0) and all(each in ended.stdout for each in words), ended.stdout
    assert ("⚠" in ended.stdout) == any("⚠" in each for each in words)
    answer = json.loads(subprocess.run([program, "verify", str(path), "--json"], text=True, capture_output=True).stdout)
    assert (answer.get("fault") or {}).get("code") == (code and f"voting.archive.{code}")


def test_a_code_of_the_tool_votes_too(modules, tmp_path):
    election = Election(modules, "BELENIOS-2048", [yes_or_no], 1, 1, voters=1)
    made = tool("setup", "generate-credentials", "--uuid", election.uuid, "--count", "1", "--group", "BELENIOS-2048", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    [private] = [file.read_text().split()[-1] for file in tmp_path.glob("*.privcreds")]
    [public] = [file for file in tmp_path.glob("*.pubcreds")]
    election.credentials = canonical(json.loads(public.read_text()))
    begun = election.archive(tmp_path, [], {}, None, None)
    made = ballot(begun, private.strip('"'), "1")
    assert made.returncode == 0, made.stderr
    assert election.checker.ballot(made.stdout)


def test_what_makes_no_ballot_is_told_in_spanish(modules, tmp_path):
    election = Election(modules, "Ed25519", [board, yes_or_no], 1, 1, voters=1)
    path = election.archive(tmp_path, [], {}, None, None)
    [code] = election.voters
    for lines, words in [
        ([], "Falta la clave"), (["ABC"], "no es una clave"), ([code[:-1] + ("2" if code[-1] != "2" else "3")], "no es de esta votación"),
        ([code], "Falta la respuesta a la pregunta 1"), ([code, "1"], "Falta la respuesta a la pregunta 2"),
        ([code, "0", "1"], "pregunta 1 no sirve. Escriba de 1 a 3 números del 1 al 10"), ([code, "1,1", "1"], "pregunta 1"),
        ([code, "1 2 3 4", "1"], "pregunta 1"), ([code, "blanco 1", "1"], "pregunta 1"), ([code, "", "1"], "pregunta 1"),
        ([code, "1", "blanco"], "pregunta 2 no sirve. Escriba 1 número del 1 al 2"), ([code, "1", "1,2"], "pregunta 2"),
    ]:
        ended = ballot(path, *lines)
        assert ended.returncode == 1 and words in ended.stderr and not ended.stdout, (lines, ended.stderr)
    # A key that is nobody's of the trustees, in an election that they did not seal.
    other = Election(modules, "Ed25519", [board, yes_or_no], 1, 1, voters=1)
    other.text = other.text.replace(json.loads(other.text)["public_key"], json.loads(election.text)["public_key"])
    (tmp_path / "otra").mkdir()
    ended = ballot(other.archive(tmp_path / "otra", [], {}, None, None), other.voters[0], "1", "1")
    assert ended.returncode == 1 and "no es la de sus custodios" in ended.stderr
    for content, words in [(b"", "no es un JSON"), (b"{}", "le falta"), (b"BELENIOS" + bytes(600), "no empieza como una elección")]:
        (tmp_path / "file").write_bytes(content)
        ended = ballot(tmp_path / "file", code, "1", "1")
        assert ended.returncode == 1 and words in ended.stderr, ended.stderr
    assert "No se puede leer" in ballot(tmp_path / "none", code).stderr
