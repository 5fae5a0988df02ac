"""The browser's half of the voting protocol: its modules run in Chromium, and others check what they make."""

import base64
import hashlib
import hmac
import itertools
import json
import random
import secrets

import pytest

from archive import records_of, tool, verified
from election import Election, trustees_text
from reference import Checker, canonical, digest, group_named, samples

vectors = json.loads((samples / "vectors.json").read_text())
groups = ["BELENIOS-2048", "Ed25519"]


@pytest.fixture
def chance():
    """A generator whose seed is told where a test fails."""
    seed = secrets.randbits(64)
    print("seed", seed)
    return random.Random(seed)


# The parts


def test_digests_are_those_of_sha_256_at_every_length(modules, chance):
    texts = ["".join(chance.choices("aé/\\€😀", k=length)) for length in [*range(130), 1000, 5000]]
    assert modules("digests", texts) == [digest(text) for text in texts]


def test_authentication_codes_are_those_of_hmac(modules):
    for key, text in [("", ""), ("k", "mensaje"), ("k" * 64, "m" * 200)]:
        assert bytes(modules("authenticated", key, text)) == hmac.digest(key.encode(), text.encode(), "sha256")


def test_numbers_drawn_too_large_are_drawn_again(modules):
    # 1000 needs 10 of 16 bits: the first two bytes give 1023, the next two 1000, the last 999.
    source = [0xFF, 0xFF, 0xFA, 0x00, 0xF9, 0xC0, 0x11]
    assert modules("drawn", 1000, source) == ["999", 1]
    # 256 is no multiple of 58: what exceeds 232 would favour the first letters.
    assert modules("drawnCharacters", 2, "abc" * 19 + "z", [255, 232, 231, 0]) == "za"


@pytest.mark.parametrize("group", groups)
def test_credentials_are_derived_as_the_vectors_say(modules, group):
    known = vectors[group]["derive_2.4"]
    derived = modules("derived", group, vectors["uuid"], known["credential"])
    assert derived == [known["secret"], known["public"]]
    assert modules("generator", group) == vectors[group]["g"]


@pytest.mark.parametrize("group", groups)
def test_a_disjunction_is_the_one_of_the_vectors(modules, group):
    known = vectors[group]["proof"]
    made = modules("disjunction", group, {name: known[name] for name in ("S", "y", "r", "m", "fake", "w")})
    assert made == {"ciphertext": known["ciphertext"], "proof": known["proof"]}


def test_elements_have_one_text_and_are_in_the_group(modules):
    field, curve = group_named("BELENIOS-2048"), group_named("Ed25519")
    inside = [field.encode(field.power(field.generator, exponent)) for exponent in (0, 1, 2, field.q - 1)]
    assert modules("elements", "BELENIOS-2048", inside) == [True] * 4
    outside = ["0", "2", str(field.p - 1), str(field.p + 1), f"0{inside[1]}", f"+{inside[1]}", f" {inside[1]}", "", "1e3"]
    assert modules("elements", "BELENIOS-2048", outside) == [False] * len(outside)
    inside = [curve.encode(curve.power(curve.generator, exponent)) for exponent in (0, 1, 2, curve.q - 1)]
    assert modules("elements", "Ed25519", inside) == [True] * 4
    order_two = f"{curve.p - 1:064x}"
    identity_with_sign = f"{1 + 2**255:064x}"
    beyond = f"{curve.p + 1:064x}"
    outside = [order_two, identity_with_sign, beyond, inside[2].upper(), inside[2][1:], f"{2:064x}", "0" * 64]
    assert modules("elements", "Ed25519", outside) == [False] * len(outside)


def test_codes_are_read_as_people_type_them(modules):
    code = "7KQ3M-XR5TWA-9HJPF-2VNCYD"
    for typed in [code, code.lower(), code.replace("-", ""), code.replace("-", " "), f" {code}\n", code.replace("-", " – ")]:
        assert modules("read", typed) == {"code": code}, typed
    # A telephone writes the first letter large; a reader of QR codes types the whole address.
    assert modules("read", code.capitalize()) == {"code": code}
    assert modules("read", f"https://alianzas.example/urna#{code}\n") == {"code": code}
    assert modules("read", "1" * 21 + "i")["code"] == "11111-111111-11111-111111"
    assert modules("read", " - ") == {"fault": "missing", "count": 0}
    assert modules("read", code[:-1]) == {"fault": "length", "count": 21}
    assert modules("read", f"{code}A") == {"fault": "length", "count": 23}
    assert modules("read", code.replace("K", "0")) == {"fault": "letter", "letter": "0", "count": 22}
    assert modules("read", code.replace("K", "ñ").lower())["letter"] == "Ñ"


def test_new_codes_are_read_aloud_without_doubt(modules):
    codes = modules("codes", 500)
    assert len(set(codes)) == 500
    assert {len(code) for code in codes} == {25}
    letters = set("".join(codes).replace("-", ""))
    assert letters == set("123456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    assert all(modules("read", code.lower()) == {"code": code} for code in codes[:20])


# Trustees


@pytest.fixture(scope="module", params=groups)
def shared(request, modules):
    """A ceremony of 2 of 3: its group, seeds and messages."""
    seeds = modules("codes", 3)
    return request.param, seeds, modules("ceremony", request.param, 2, seeds)


def test_a_printed_seed_recovers_the_share_from_public_messages(modules, shared):
    group, seeds, made = shared
    arithmetic = group_named(group)
    for index, seed in enumerate(seeds, 1):
        # Typed again from the sheet, on a page that has nothing else.
        typed = modules("read", seed.lower())["code"]
        share = modules("shareOf", group, made["certificates"], made["polynomials"], index, typed)
        key = made["keys"][index - 1]["public_key"]
        assert arithmetic.encode(arithmetic.power(arithmetic.generator, int(share))) == key


def test_the_shares_open_the_joint_key_and_nothing_less_does(modules, shared):
    group, seeds, made = shared
    arithmetic = group_named(group)
    joint = modules("jointKey", group, trustees_text(made, 2))
    shares = [int(modules("shareOf", group, made["certificates"], made["polynomials"], index, seed))
              for index, seed in enumerate(seeds, 1)]
    for first, second in itertools.combinations((1, 2, 3), 2):
        secret = (shares[first - 1] * second - shares[second - 1] * first) * pow(second - first, -1, arithmetic.q)
        assert arithmetic.encode(arithmetic.power(arithmetic.generator, secret % arithmetic.q)) == joint


def test_another_seed_is_refused_at_once(modules, shared):
    group, seeds, made = shared
    other = modules("shareOf", group, made["certificates"], made["polynomials"], 1, seeds[1])
    assert other == {"member": 1, "reason": "not_own_certificate"}


def with_digit(text):
    """The same text of a number with another last digit."""
    return text[:-1] + ("1" if text[-1] != "1" else "2")


def test_each_message_of_the_ceremony_is_checked_and_its_sender_named(modules, shared):
    group, seeds, made = shared

    def altered(change):
        copy = json.loads(json.dumps(made))
        change(copy["certificates"][1], copy["polynomials"][1])
        return modules("shareOf", group, copy["certificates"], copy["polynomials"], 1, seeds[0])

    def forge(member, name):
        member[name]["signature"]["response"] = with_digit(member[name]["signature"]["response"])

    def rewrite(member, name, before, after):
        member[name]["message"] = member[name]["message"].replace(before, after)

    def drop_share(_, polynomial):
        sent = json.loads(polynomial["shares"]["message"])
        sent["shares"].pop()
        polynomial["shares"]["message"] = canonical(sent)

    def other_ceremony(certificate, _):
        certificate["signature"]["response"] = with_digit(certificate["signature"]["response"])

    wrong = {"member": 2, "reason": "polynomial"}
    assert altered(other_ceremony) == {"member": 2, "reason": "certificate"}
    assert altered(lambda certificate, _: certificate.update(message=certificate["message"].replace(":3", ":4")))["reason"] == "certificate"
    assert altered(lambda _, polynomial: forge(polynomial, "coefexps")) == wrong
    assert altered(lambda _, polynomial: forge(polynomial, "shares")) == wrong
    assert altered(lambda _, polynomial: rewrite(polynomial, "shares", '"mac":"', '"mac": "')) == wrong
    assert altered(drop_share) == wrong
    assert altered(lambda _, polynomial: polynomial["signature"].update(challenge="0")) == wrong


def test_a_signed_share_that_does_not_fit_its_polynomial_names_its_maker(modules):
    # The second member deals by another seed's polynomial than the one that is published: its certificate is good and so
    # is each signature.
    name, seeds = "Ed25519", modules("codes", 3)
    made = modules("ceremony", name, 2, seeds)
    swapped = modules("misdealt", name, made["certificates"], 2, seeds[1])
    made["polynomials"][1] = swapped
    told = modules("shareOf", name, made["certificates"], made["polynomials"], 1, seeds[0])
    assert told == {"member": 2, "reason": "wrong_share"}


@pytest.mark.parametrize("name, change, told", [
    ("weak verification", {"signing": [3, 0, 5]}, {"member": 2, "reason": "weak_key"}),
    ("weak encryption", {"decryption": [3, 4, 0]}, {"member": 3, "reason": "weak_key"}),
    ("one person twice", {"signing": [3, 4, 3]}, {"member": 3, "reason": "repeated_key"}),
    ("one reader twice", {"decryption": [3, 3, 5]}, {"member": 2, "reason": "repeated_key"}),
    ("a lesser degree", {"coefficients": [[7, 8], [9, 0], [11, 12]]}, {"member": 2, "reason": "weak_key"}),
    ("polynomials that cancel", {"coefficients": [[7, 8], [9, 10], [11, -18]]}, {"member": None, "reason": "cancelled"}),
    ("a key that cancels", {"coefficients": [[7, 8], [9, 10], [-16, 12]]}, {"member": None, "reason": "cancelled"}),
    ("nothing", {}, None),
])
@pytest.mark.parametrize("group", groups)
def test_keys_that_keep_no_secret_are_refused(modules, group, name, change, told):
    made = modules("forgedCeremony", group, {
        "signing": [3, 4, 5], "decryption": [6, 7, 8], "coefficients": [[7, 8], [9, 10], [11, 12]], **change})
    joint = modules("jointKey", group, trustees_text(made, 2))
    if told is None:
        field = group_named(group)
        assert joint == field.encode(field.power(field.generator, 27))
    else:
        assert joint == told


@pytest.mark.parametrize("group", groups)
def test_keys_of_trustees_alone_are_each_their_own(modules, group):
    first, second = [modules("single", group, code) for code in modules("codes", 2)]

    def told(*keys):
        return modules("jointKey", group, canonical([["Single", key] for key in keys]))

    assert isinstance(told(first, second), str)
    assert told(first, second, first) == {"member": 3, "reason": "repeated_key"}
    assert told(first, modules("keyOf", group, "0")) == {"member": 2, "reason": "weak_key"}
    assert told(*[modules("keyOf", group, number) for number in ["5", "-5"]]) == {"member": None, "reason": "cancelled"}


def test_nobody_decrypts_a_box_where_anybody_could_vote(modules, tmp_path):
    election = Election(modules, "Ed25519", [yes_or_no], 1, 1, voters=5)
    ballots = election.cast([(voter, [[1, 0]]) for voter in range(5)])
    tally = election.checker.tally(ballots)
    field = group_named("Ed25519")
    keys = [*json.loads(election.credentials), field.encode(field.identity)]
    election.credentials = canonical(sorted(keys, key=field.order_key))
    told = modules("tallyOf", closed_archive(tmp_path, election, ballots, tally))
    assert told["reason"] == "credentials"


@pytest.mark.parametrize("terms, reason", [
    ({"quorum": 5, "questions": [{"options": [{"contender": "Azul"}, {"contender": "Verde"}]}]}, None),
    ({"quorum": 6}, "quorum"),
    ({"questions": [{"options": [{"contender": "Verde"}, {"contender": "Azul"}]}]}, "terms"),
    ({"questions": [{"options": [{"contender": "Azul"}]}]}, "terms"),
])
def test_nobody_decrypts_what_the_terms_would_count_otherwise(modules, tmp_path, terms, reason):
    slates = {"answers": ["Azul", "Verde"], "min": 1, "max": 1, "question": "Junta"}
    election = Election(modules, "Ed25519", [slates], 1, 1, voters=5, terms=terms)
    ballots = election.cast([(voter, [[1, 0]]) for voter in range(5)])
    told = modules("tallyOf", closed_archive(tmp_path, election, ballots, election.checker.tally(ballots)))
    assert told.get("reason") == reason


def test_trustees_of_another_program_are_checked_whole(modules):
    # One trustee alone and 2 of 3, whose ceremony was held with belenios-tool 3.0.
    _, election, text, *_ = records_of(samples / "threshold.bel")
    key = json.loads(election)["public_key"]
    assert modules("jointKey", "BELENIOS-2048", text) == key
    trustees = json.loads(text)
    signatures = [each["signature"] for each in trustees[1][1]["verification_keys"]]
    trustees[1][1]["verification_keys"][1]["signature"] = signatures[0]
    assert modules("jointKey", "BELENIOS-2048", canonical(trustees)) == {"member": 2, "reason": "verification_key"}


def test_false_trustees_are_refused(modules, shared):
    group, _, made = shared
    text = trustees_text(made, 2)
    joint = modules("jointKey", group, text)
    election = canonical({"version": 1, "group": group, "public_key": joint})
    own = made["certificates"][0]["message"]
    assert modules("isKeyOfTrustees", election, text, own) is True
    assert modules("isKeyOfTrustees", election, text, own.replace('"index":1', '"index":2')) is False
    other = canonical({"version": 1, "group": group, "public_key": made["keys"][0]["public_key"]})
    assert modules("isKeyOfTrustees", other, text, own) is False
    exchanged = {**made, "keys": [made["keys"][1], made["keys"][0], made["keys"][2]]}
    assert modules("jointKey", group, trustees_text(exchanged, 2)) == {"member": 1, "reason": "verification_key"}
    unsigned = json.loads(json.dumps(made))
    unsigned["keys"][1]["signature"] = unsigned["keys"][0]["signature"]
    assert modules("jointKey", group, trustees_text(unsigned, 2)) == {"member": 2, "reason": "verification_key"}
    unproven = json.loads(json.dumps(made))
    unproven["keys"][2]["pok"]["response"] = with_digit(unproven["keys"][2]["pok"]["response"])
    assert modules("jointKey", group, trustees_text(unproven, 2)) == {"member": 3, "reason": "key_proof"}


def test_a_trial_proves_the_key_and_is_no_decryption_of_votes(modules, shared):
    group, seeds, made = shared
    arithmetic = group_named(group)
    election = canonical({"group": group, "public_key": made["keys"][0]["public_key"], "uuid": "u", "questions": []})
    checker = Checker(election)
    owner = {"code": seeds[1], "certificates": made["certificates"], "polynomials": made["polynomials"], "index": 2}
    randomizer = secrets.randbelow(arithmetic.q)
    trial = modules("trial", group, checker.fingerprint, str(randomizer), owner)
    ciphertext = (arithmetic.power(arithmetic.generator, randomizer), None)
    key = made["keys"][1]["public_key"]
    checker.factors([[ciphertext]], key, trial, f"trial|{checker.fingerprint}")
    with pytest.raises(AssertionError):
        checker.factors([[ciphertext]], key, trial)
    with pytest.raises(AssertionError):
        checker.factors([[ciphertext]], made["keys"][0]["public_key"], trial, f"trial|{checker.fingerprint}")


# Whole elections

yes_or_no = {"answers": ["Sí", "No \"firme\" / \\ ñ"], "min": 1, "max": 1, "question": "¿Aprueba el informe?"}
board = {"answers": [f"Plancha {number}" for number in range(1, 11)], "blank": True, "min": 1, "max": 3, "question": "Junta"}
optional = {"answers": ["A", "B", "C"], "min": 0, "max": 2, "question": "Hasta dos"}
only_blank_or_one = {"answers": ["Única"], "blank": True, "min": 1, "max": 1, "question": "Lista única"}


def some_vote(question, chance):
    """An answer that the question allows, blank now and then."""
    blank = question.get("blank", False)
    if blank and chance.random() < 0.3:
        return [1] + [0] * len(question["answers"])
    chosen = chance.sample(range(len(question["answers"])), chance.randint(question["min"], question["max"]))
    return [0] * blank + [int(place in chosen) for place in range(len(question["answers"]))]


def expected(questions, votes):
    """What the last vote of each voter adds up to."""
    last = dict(votes)
    return [[sum(column) for column in zip(*(answers[place] for answers in last.values()))] for place in range(len(questions))]


elections = {
    "one question, one trustee": ([yes_or_no], 1, 1, [1]),
    "with blank, three of three": ([board], 3, 3, [3, 1, 2]),
    "several questions, two of three": ([board, yes_or_no, only_blank_or_one], 2, 3, [1, 3]),
    "several questions, three of five": ([optional, board], 3, 5, [5, 2, 4]),
}


@pytest.mark.parametrize("group", groups)
@pytest.mark.parametrize("kind", elections)
def test_an_election_made_in_the_browser_is_verified_by_others(modules, tmp_path, chance, group, kind):
    questions, threshold, size, delivered = elections[kind]
    election = Election(modules, group, questions, threshold, size, voters=4)
    # The first voter votes three times and the last never.
    votes = [(voter, [some_vote(question, chance) for question in questions]) for voter in (0, 1, 0, 2, 0)]
    ballots = election.cast(votes)
    assert len(set(ballots)) == len(ballots)
    tally = election.checker.tally(ballots)
    parts, result = election.count(tally, delivered)
    assert result == expected(questions, votes)
    path = election.archive(tmp_path, ballots, parts, tally, result)
    if group == "BELENIOS-2048":
        told = verified(path)
        assert told.returncode == 0, told.stderr
        assert "all checks passed" in told.stderr


def test_the_tool_accepts_every_allowed_number_of_choices(modules, tmp_path):
    election = Election(modules, "BELENIOS-2048", [board, optional], 1, 1, voters=5)
    sets = [[1] + [0] * 10, [0, 1] + [0] * 9, [0] * 9 + [1, 1], [0, 1, 1, 1] + [0] * 7, [0, 1] + [0] * 9]
    second = [[0, 0, 0], [1, 0, 0], [0, 1, 1], [1, 1, 0], [0, 0, 1]]
    votes = [(voter, [first, other]) for voter, (first, other) in enumerate(zip(sets, second))]
    told = verified(election.archive(tmp_path, election.cast(votes), {}, None, None))
    assert told.returncode == 0, told.stderr


def changed(ballot, change):
    """The ballot with its signature made by nobody."""
    value = json.loads(ballot)
    change(value)
    return canonical(value)


@pytest.mark.parametrize("fault", ["individual", "overall", "blank", "signature", "credential", "fingerprint"])
def test_the_tool_refuses_false_ballots(modules, tmp_path, fault):
    election = Election(modules, "BELENIOS-2048", [board], 1, 1, voters=2)
    [ballot, other] = election.cast([(0, [[0, 1] + [0] * 9]), (1, [[1] + [0] * 10])])
    assert election.checker.ballot(ballot)

    def change(value):
        answer = value["answers"][0]
        match fault:
            case "individual":
                answer["individual_proofs"][3].reverse()
            case "overall":
                answer["overall_proof"].reverse()
            case "blank":
                answer["blank_proof"].reverse()
            case "signature":
                value["signature"]["proof"]["response"] = with_digit(value["signature"]["proof"]["response"])
            case "credential":
                value["credential"] = json.loads(other)["credential"]
            case "fingerprint":
                value["election_hash"] = "A" * 43

    false = modules("resigned", election.text, election.voters[0], changed(ballot, change), fault != "signature")
    with pytest.raises(AssertionError):
        election.checker.ballot(false)
    assert modules("isBallotValid", election.text, ballot) and not modules("isBallotValid", election.text, false)
    told = verified(election.archive(tmp_path, [false], {}, None, None))
    assert told.returncode != 0, told.stderr


# What a trustee checks before decrypting


def in_base64(path):
    return base64.b64encode(path.read_bytes()).decode()


@pytest.fixture(scope="module", params=groups)
def polled(request, modules):
    """An election of five voters, one of whom voted twice: itself, its ballots and their tally."""
    election = Election(modules, request.param, [board], 1, 1, voters=6)
    votes = [(voter, [[0] * (1 + place) + [1] + [0] * (9 - place)]) for place, voter in enumerate((0, 1, 2, 0, 3, 4))]
    ballots = election.cast(votes)
    return election, ballots, election.checker.tally(ballots)


def closed_archive(folder, election, ballots, tally):
    folder.mkdir(exist_ok=True)
    made = election.archive(folder, ballots, {}, tally, None)
    return in_base64(made)


def test_a_trustee_decrypts_the_sum_of_the_archives_ballots(modules, tmp_path, polled):
    election, ballots, tally = polled
    checked = modules("tallyOf", closed_archive(tmp_path, election, ballots, tally))
    print(f"{election.group}: {len(ballots)} ballots of 11 ciphertexts checked in {checked['took']:.0f} ms")
    assert canonical(checked["tally"]) == tally.text
    assert (checked["fingerprint"], checked["voters"]) == (election.checker.fingerprint, 5)
    assert checked["steps"] == [[done, 6] for done in range(1, 7)]


@pytest.mark.parametrize("name", ["basic", "threshold", "ok"])
def test_the_archives_of_other_programs_are_summed_up_as_they_say(modules, name):
    told = modules("tallyOf", in_base64(samples / f"{name}.bel"))
    assert canonical(told["tally"]) in records_of(samples / f"{name}.bel")


@pytest.mark.parametrize("name, reason, place", [
    ("bad-proof", "ballot", 0),
    ("bad-signature", "ballot", 5),
    ("split-ballots", "archive: Ballot may not follow EndBallots", None),
])
def test_the_archives_that_were_tampered_with_are_refused(modules, name, reason, place):
    assert modules("tallyOf", in_base64(samples / f"{name}.bel")) == {"reason": reason, "place": place}


def test_a_trustee_decrypts_nothing_else(modules, tmp_path, polled):
    election, ballots, tally = polled
    alone = election.checker.tally(ballots[:1])
    few = election.checker.tally(ballots[:4])
    unknown = Election(modules, election.group, [board], 1, 1, voters=1)
    places = iter(range(100))

    def told(ballots, tally, election=election):
        answer = modules("tallyOf", closed_archive(tmp_path / str(next(places)), election, ballots, tally))
        return answer["reason"], answer.get("place")

    # One voter's ballot as if it were the sum, a sum of too few, another size.
    assert told(ballots, alone._replace(count=5)) == ("tally", None)
    assert told(ballots[:4], few) == ("few_ballots", None)
    assert told(ballots, tally._replace(count=6)) == ("tally", None)
    assert told([*ballots, ballots[0]], tally) == ("copy", None)
    # A ballot with a proof of another, and one without a credential of the list.
    value = json.loads(ballots[2])
    value["answers"][0]["individual_proofs"][0].reverse()
    false = modules("resigned", election.text, election.voters[2], canonical(value), True)
    assert told([*ballots[:2], false, *ballots[3:]], tally) == ("ballot", 2)
    stranger = modules("ballots", election.text, [[unknown.voters[0], [[1] + [0] * 10]]])["made"][0]["text"]
    assert told([*ballots, stranger], tally) == ("ballot", 6)


@pytest.mark.parametrize("terms, reason", [({}, "credentials"), (None, None)])
def test_the_server_adds_no_credentials_of_its_own(modules, tmp_path, terms, reason):
    """One vote, and four that the server cast with keys that it drew: they add up to what the one was."""
    election = Election(modules, "Ed25519", [yes_or_no], 1, 1, voters=5, terms=terms)
    ballots = election.cast([(voter, [[1, 0]]) for voter in range(5)])
    tally = election.checker.tally(ballots)
    assert "tally" in modules("tallyOf", closed_archive(tmp_path / "sealed", election, ballots, tally))
    election.voters[1:] = modules("codes", 4)
    keys = [modules("credential", "Ed25519", election.uuid, code) for code in election.voters]
    election.credentials = canonical(sorted(keys, key=group_named("Ed25519").order_key))
    false = [ballots[0], *election.cast([(voter, [[0, 1]]) for voter in range(1, 5)])]
    told = modules("tallyOf", closed_archive(tmp_path / "other", election, false, election.checker.tally(false)))
    # Elections of other programs bind no list to election.json.
    assert told.get("reason") == reason


def test_the_server_exchanges_no_trustees(modules, tmp_path):
    election = Election(modules, "Ed25519", [yes_or_no], 1, 1, voters=5, terms={"trustees": digest("others")})
    ballots = election.cast([(voter, [[1, 0]]) for voter in range(5)])
    told = modules("tallyOf", closed_archive(tmp_path, election, ballots, election.checker.tally(ballots)))
    assert told["reason"] == "trustees"


def test_every_byte_of_an_archive_counts(modules, tmp_path, polled, chance):
    election, ballots, tally = polled
    whole = base64.b64decode(closed_archive(tmp_path, election, ballots, tally))
    for _ in range(40):
        place = chance.randrange(len(whole))
        other = bytes([whole[place] ^ 1 << chance.randrange(8)])
        altered = whole[:place] + other + whole[place + 1 :]
        assert "tally" not in modules("tallyOf", base64.b64encode(altered).decode()), place
    for end in (511, 512, len(whole) - 512, len(whole) - 1):
        assert "tally" not in modules("tallyOf", base64.b64encode(whole[:end]).decode())
    assert "tally" not in modules("tallyOf", base64.b64encode(whole + bytes(512)).decode())


# QR codes


# One of each version, as read back by OpenCV 5.0: the digest of its modules.
codes_read = {
    "a": "e8ab680854e4019c4ac89bd0e19dfe1f7e967f3cafd048091b3e3ec474b6f431",
    "hola mundo ñandú": "88fa8ee4158479499c1c3bcf9926b2615b88464c0610e9060121d794146d14ad",
    "x" * 40: "e2254b71096d55259e245c2eaa6f3338bd8c1c93ed793fa56da96a3e35265d6c",
    "y" * 60: "9d7b0def2a78f7bf2b27e42f21bf90f5d69286c02d0bf43391e40e219a502656",
    "z" * 84: "65f33d8709c7d4cc094c95558eb666c6f0907381a1a7ac1f617431eb85d06af3",
    "w" * 106: "d70cc1ee8e64ed2bfaad0c838317c2fdd6daa5f23ee36b812df02ea551d127b8",
    "AbC9" * 30: "e761be806ce9164a2f105ae8bf5fd3096fdc397ad1cda3e1e83686eeec3a7126",
    "pq/" * 50: "e6a104e7e0dd10109fa72793f3cf7b7150e0748c6668145aab021e835a73451b",
    "k" * 180: "f9561cfe02baa2c26ef8b2687b92aaca8ab0b44c4e1661917cffbb2155fa7c26",
}


def test_qr_codes_are_those_that_a_reader_of_another_make_read(modules):
    for text, known in codes_read.items():
        assert digest(modules("qr", text)) == known, text
    with pytest.raises(Exception, match="180 bytes"):
        modules("qr", "k" * 181)


@pytest.mark.parametrize("votes", [[0, 0], [1, 1], [2, 0], [1], [1, 0, 0], [0.5, 0.5]])
def test_a_vote_that_its_question_does_not_allow_makes_no_ballot(modules, votes):
    election = Election(modules, "Ed25519", [yes_or_no], 1, 1, voters=1)
    with pytest.raises(Exception, match="not allowed"):
        election.cast([(0, [votes])])


def test_a_tracker_is_that_of_the_ballot_that_was_sent(modules):
    text = '{"ballot":"ñ"}'
    told = tool("sha256-b64", input=text).stdout.strip()
    assert modules("tracker", text, told) is True
    assert modules("tracker", text + " ", told) is False


def test_a_ballot_of_the_tool_and_ours_stand_in_one_archive(modules, tmp_path):
    # The tool of Debian 12 derives its credentials in the older way; nobody who verifies sees the difference.
    election = Election(modules, "BELENIOS-2048", [yes_or_no], 1, 1, voters=1)
    made = tool(
        *("setup", "generate-credentials", "--group", "BELENIOS-2048", "--count", "1", "--uuid", election.uuid),
        cwd=tmp_path,
    )
    assert made.returncode == 0, made.stderr
    _, private = next(tmp_path.glob("*.privcreds")).read_text().split()
    [public] = json.loads(next(tmp_path.glob("*.pubcreds")).read_text())
    election.credentials = canonical(sorted([*json.loads(election.credentials), public.partition(",")[0]], key=int))
    [ours] = election.cast([(0, [[1, 0]])])
    folders = [tmp_path / "before", tmp_path / "after"]
    for folder in folders:
        folder.mkdir()
    election.archive(folders[0], [ours], {}, None, None)
    (tmp_path / "private").write_text(private)
    (tmp_path / "choice").write_text("[[0,1]]")
    theirs = tool(
        *("election", "generate-ballot", "--dir", str(folders[0]), "--privcred", "private", "--ballot", "choice"),
        cwd=tmp_path,
    )
    assert theirs.returncode == 0, theirs.stderr
    assert modules("isBallotValid", election.text, theirs.stdout.strip())
    tally = election.checker.tally([ours, theirs.stdout.strip()])
    parts, result = election.count(tally, [1])
    assert result == [[1, 1]]
    told = verified(election.archive(folders[1], [ours, theirs.stdout.strip()], parts, tally, result))
    assert told.returncode == 0, told.stderr
