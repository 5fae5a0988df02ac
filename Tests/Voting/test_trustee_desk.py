"""The trustee's page against a server that tells what it likes."""

import json
import re
from hashlib import sha256
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from archive import Archive
from election import Election
from reference import canonical

yes_or_no = {"answers": ["Sí", "No"], "min": 1, "max": 1, "question": "¿Aprueba el informe?"}
sentences = """offline refused not_a_key_file other_key_file old_key_file file_missing key_missing sheet_differs code_missing
code_length code_letter old_code key_unfinished key_remade other_certificates other_election other_tally certificate
not_own_certificate polynomial wrong_share part_missing key_for_part not_a_part part_refused excluded unexpected""".split()


def asks(name, content):
    return f'<div data-asks="{name}"><p data-problem></p>{content}</div>'


def button(act):
    return f'<button type="button" data-act="{act}">{act}</button>'


def markup():
    """What the module looks for, without the words (`TrusteeDeskPage`)."""
    file = asks("file", '<input type="file" data-key-file>')
    code = asks("sheet", "<input data-typed-code>")
    either = f"{file}{code}{button('type')}<p data-ready hidden>ready</p>"
    steps = {
        "make": f"<p data-void></p>{asks('make', button('make'))}",
        "save": f"""{button('save')}<span data-saved="file" hidden></span>{button('print')}<span data-saved="sheet" hidden></span>
            <div data-sheet><span data-made></span><span data-code></span><div data-qr></div></div>{asks('send', button('send'))}""",
        "wait": "", "resume": either, "ready": "<div data-standing></div>", "done": "<div data-standing></div>",
        "agree": f"<p data-ceremony></p><p data-threshold></p>{asks('agree', button('agree'))}",
        "try": f"<p data-election></p>{file}{code}{asks('renew', button('renew'))}{asks('try', button('try'))}",
        "sum": f"""{either}<progress hidden></progress>{asks('sum', button('sum'))}
            {asks('part', '<input type="file" data-part>' + button('hand'))}""",
        "decrypt": f"""<p data-sum="ballots"></p><p data-sum="voters"></p><p data-sum="closing"></p><p data-excluded hidden></p>
            {asks('decrypt', button('decrypt'))}""",
    }
    return f"""<!doctype html><html lang="es"><title>Custodio</title><body>
<div data-trustee-desk data-state="/estado" data-post="/mensaje">
<span data-progress="1"></span><span data-progress="2"></span><span data-progress="3"></span>
<div data-problem></div>
{"".join(f'<section data-step="{name}" hidden><h2 tabindex="-1">{name}</h2>{content}</section>' for name, content in steps.items())}
<section data-renew hidden>{button('save')}<span data-saved="file" hidden></span></section>
<div hidden>{"".join(f'<span data-sentence="{name}">{name} {{member}}{{count}}</span>' for name in sentences)}</div>
<form><input name="_prueba" value="x"></form>
</div><script type="module" src="/recursos/voting/trustee-desk.js"></script></body></html>"""


class Desk:
    """The page of the first trustee, what the server tells it, and what came of it."""

    def __init__(self, page, site):
        self.page, self.site, self.posted = page, site, []
        site.pages["/custodio"] = markup()
        site.cast = self._take

    def _take(self, body):
        message = {name: values[0] for name, values in parse_qs(body).items()}
        self.tell(**{**self.state, "sent": [*self.state["sent"], message["kind"]]})
        self.posted.append(message)
        return 200, "{}"

    def tell(self, **state):
        self.state = {
            "uuid": "u", "group": "Ed25519", "size": 1, "threshold": 1, "number": 1, "ceremony": 1, "stage": "key",
            "sent": [], "people": [], "progress": [], "standing": [], "excluded": 0, "certificates": [None], "polynomials": [None],
            "election": None, "trustees": None, "trial": None, "archive": "/archivo", **state}
        self.site.pages["/estado"] = json.dumps(self.state)

    def open(self):
        self.page.goto(f"{self.site.url}/custodio")

    @property
    def step(self):
        return self.page.locator("[data-step]:visible")

    def press(self, act):
        self.step.locator(f'[data-act="{act}"]').click()

    def type(self, code):
        self.step.locator("[data-typed-code]").fill(code)

    def reached(self, step):
        expect(self.page.locator(f'[data-step="{step}"]')).to_be_visible(timeout=15_000)

    def refuses(self, why, beside=None):
        """Waits for a sentence beside a question, or above all."""
        place = self.step.locator(f'[data-asks="{beside}"]') if beside else self.page.locator("[data-trustee-desk]")
        expect(place.locator("[data-problem]").first).to_have_text(re.compile(rf"^{why}\b"), timeout=15_000)

    def sends(self, *kinds):
        """Waits until the page has sent these, and nothing else."""
        while len(self.posted) < len(kinds):
            self.page.wait_for_timeout(100)
        assert [message["kind"] for message in self.posted] == list(kinds)

    def choose(self, folder, code, ceremony=1):
        file = folder / "llave.json"
        file.write_text(json.dumps({
            "kind": "alianzas-trustee-key", "version": 1, "uuid": self.state["uuid"], "group": "Ed25519", "number": 1,
            "ceremony": ceremony, "code": code}))
        self.step.locator("[data-key-file]").set_input_files(file)


@pytest.fixture
def desk(browser, site):
    context = browser.new_context()
    yield Desk(context.new_page(), site)
    context.close()


@pytest.fixture(scope="module")
def election(modules):
    """Sealed, with the ballots of six voters."""
    made = Election(modules, "Ed25519", [yes_or_no], 1, 1, voters=6)
    return made, made.cast([(voter, [[1, 0]]) for voter in range(6)])


def shown(desk, made, folder, ballots, **more):
    """Hands the page an archive of these ballots."""
    folder.mkdir()
    path = made.archive(folder, ballots, {}, made.checker.tally(ballots), None)
    desk.site.pages["/archivo"] = path.read_bytes()
    desk.tell(
        uuid=made.uuid, stage="decrypt", sent=["single_key", "trial"], election=made.text, trustees=made.trustees,
        **more)


def test_what_is_decrypted_is_shown_before_and_no_second_sum_is(desk, election, tmp_path):
    made, ballots = election
    shown(desk, made, tmp_path / "todos", ballots)
    closing = Archive(tmp_path / "cierre.bel")
    closing.set_up(made.text, made.trustees, made.credentials)
    for ballot in ballots:
        closing.event("Ballot", ballot)
    closing.event("EndBallots")
    desk.open()
    desk.choose(tmp_path, made.seeds[0])
    desk.reached("sum")
    desk.press("sum")
    desk.reached("decrypt")
    told = [desk.page.locator(f'[data-sum="{name}"]').inner_text() for name in ("ballots", "voters", "closing")]
    assert told == ["6", "6", " ".join(closing.parent[place : place + 4] for place in range(0, 32, 4))]
    assert not desk.page.locator("[data-excluded]").is_visible()
    # Nothing left the page before the trustees had read it to each other.
    assert desk.posted == []
    desk.press("decrypt")
    desk.sends("partial_decryption")

    # The server says that it came to nothing, and asks again with an archive that lacks one voter's ballot.
    shown(desk, made, tmp_path / "menos-uno", ballots[1:])
    desk.page.reload()
    desk.reached("sum")
    desk.choose(tmp_path, made.seeds[0])
    desk.press("sum")
    desk.reached("decrypt")
    desk.press("decrypt")
    desk.refuses("other_tally", "decrypt")
    assert len(desk.posted) == 1

    # The same sum is sent anew; that a vote was left out is told with it.
    shown(desk, made, tmp_path / "otra-vez", ballots, excluded=1)
    desk.page.reload()
    desk.reached("sum")
    desk.choose(tmp_path, made.seeds[0])
    desk.press("sum")
    desk.reached("decrypt")
    assert desk.page.inner_text("[data-excluded]") == "excluded 1"
    desk.press("decrypt")
    desk.sends("partial_decryption", "partial_decryption")


def test_what_arrived_and_what_is_missing_is_told_while_nothing_is_asked(desk):
    waiting = {"uuid": "u", "people": ["Ana"], "sent": ["single_key", "trial"]}
    desk.tell(**waiting, stage="trial", progress=["Llave probada"], standing=["Su llave quedó probada.", "Falta Luis."])
    desk.open()
    desk.reached("ready")
    assert desk.step.locator("[data-standing] p").all_inner_texts() == ["Su llave quedó probada.", "Falta Luis."]
    assert desk.page.inner_text('[data-progress="1"]') == "Llave probada"
    desk.tell(**waiting, stage="wait", progress=["Llave probada"], standing=["La urna está abierta."])
    expect(desk.step.locator("[data-standing] p")).to_have_text(["La urna está abierta."], timeout=15_000)
    # Of who had not made a key when the box was annulled nothing is asked any more.
    desk.tell(**{**waiting, "sent": []}, stage="done", progress=["Urna anulada"], standing=["La urna se anuló."])
    desk.reached("done")
    assert desk.step.locator("[data-standing]").inner_text() == "La urna se anuló."


def test_a_wrong_file_is_told_until_another_is_chosen(desk, election, tmp_path):
    made, ballots = election
    shown(desk, made, tmp_path / "urna", ballots)
    desk.open()
    desk.reached("sum")

    def choose(**more):
        file = tmp_path / "de-otro.json"
        file.write_text(json.dumps({
            "kind": "alianzas-trustee-key", "version": 1, "uuid": made.uuid, "number": 1, "ceremony": 1, **more}))
        desk.step.locator("[data-key-file]").set_input_files(file)

    choose(number=2)
    for _ in range(2):
        desk.refuses("other_key_file", "file")
        desk.press("sum")
    desk.refuses("other_key_file", "file")
    # The right one first and a wrong one after it: what the field shows is what counts.
    desk.choose(tmp_path, made.seeds[0])
    expect(desk.step.locator('[data-asks="file"] [data-problem]')).to_have_text("")
    choose(ceremony=2)
    desk.refuses("old_key_file", "file")
    desk.press("sum")
    desk.refuses("old_key_file", "file")
    desk.choose(tmp_path, made.seeds[0])
    desk.press("sum")
    desk.reached("decrypt")


@pytest.mark.parametrize("size, threshold", [(1, 1), (3, 2)])
def test_a_key_of_the_servers_own_is_refused_at_the_trial(desk, modules, tmp_path, size, threshold):
    """It shows each trustee the keys that it keeps in their places, and has sealed the box with them."""
    own, kept = (Election(modules, "Ed25519", [yes_or_no], threshold, size, voters=1) for _ in range(2))

    def tell(made):
        messages = made.made if size > 1 else {"certificates": [None], "polynomials": [None]}
        texts = {name: [each and canonical(each) for each in messages[name]] for name in ("certificates", "polynomials")}
        desk.tell(
            uuid=made.uuid, size=size, threshold=threshold, stage="trial", election=made.text, trustees=made.trustees,
            sent=["single_key", "certificate", "verification_key"], trial="7", **texts)

    tell(kept)
    desk.open()
    desk.reached("try")
    desk.press("try")
    desk.refuses("file_missing", "file")
    desk.choose(tmp_path, own.seeds[0])
    desk.type(own.seeds[0])
    desk.press("try")
    desk.refuses("other_election" if size == 1 else "not_own_certificate", "try")
    assert desk.posted == []

    # With the key that the trustee made it goes on.
    tell(own)
    desk.page.reload()
    desk.reached("try")
    # What is read aloud is of the election that the key will count.
    digits = sha256(own.text.encode()).hexdigest()[:32]
    assert desk.step.locator("[data-election]").inner_text() == " ".join(re.findall("....", digits))
    desk.choose(tmp_path, own.seeds[0])
    desk.type(own.seeds[0])
    desk.press("try")
    desk.sends("trial")


# MARK: The ceremony


@pytest.fixture(scope="module")
def ceremony(modules):
    """A key of which two of three decrypt, with the messages of all."""
    return Election(modules, "Ed25519", [yes_or_no], 2, 3, voters=1)


def telling(desk, made, *sent, certificates=None, stage="key", **more):
    """Shows the page the messages of a ceremony so far."""
    shown = {
        "certificates": certificates or made.made["certificates"],
        "polynomials": made.made["polynomials"] if "polynomial" in sent else [None] * 3}
    desk.tell(
        uuid=made.uuid, size=3, threshold=2, stage=stage, sent=list(sent), people=["Ana", "Luis", "Marta"],
        **{name: [each and canonical(each) for each in texts] for name, texts in shown.items()}, **more)


def looked(desk):
    """Waits until the page has looked at the state twice more."""
    asked = sum(path == "/estado" for _, path in desk.site.asked)
    while sum(path == "/estado" for _, path in desk.site.asked) < asked + 2:
        desk.page.wait_for_timeout(100)


def test_what_is_read_aloud_is_128_bits_and_tells_how_many_decrypt(desk, ceremony, tmp_path):
    telling(desk, ceremony, "certificate")
    # What the server says besides is not what is read.
    desk.tell(**{**desk.state, "threshold": 1})
    desk.open()
    desk.reached("resume")
    desk.choose(tmp_path, ceremony.seeds[0])
    desk.reached("agree")
    digest = sha256(canonical(ceremony.made["certificates"]).encode()).hexdigest()
    assert desk.page.inner_text("[data-ceremony]") == " ".join(digest[at : at + 4] for at in range(0, 32, 4))
    assert desk.page.inner_text("[data-threshold]") == "2 de 3"


@pytest.mark.parametrize("swapped", ["before the button", "after the button"])
def test_certificates_that_are_swapped_after_they_were_read_are_not_used(desk, modules, ceremony, tmp_path, swapped):
    others = modules("ceremony", "Ed25519", 2, [ceremony.seeds[0], *modules("codes", 2)])["certificates"]
    others[0] = ceremony.made["certificates"][0]
    telling(desk, ceremony, "certificate")
    desk.open()
    desk.choose(tmp_path, ceremony.seeds[0])
    desk.reached("agree")
    read = desk.page.inner_text("[data-ceremony]")
    if swapped == "before the button":
        telling(desk, ceremony, "certificate", certificates=others)
        desk.refuses("other_certificates")
        desk.press("agree")
        desk.refuses("other_certificates", "agree")
        assert desk.posted == [] and desk.page.inner_text("[data-ceremony]") == read
        return
    desk.press("agree")
    desk.sends("polynomial")
    # The server says that it came to nothing, and shows other partners.
    telling(desk, ceremony, "certificate", certificates=others)
    looked(desk)
    desk.refuses("other_certificates")
    looked(desk)
    desk.sends("polynomial")


def test_certificates_that_are_swapped_under_a_page_that_was_opened_anew_are_not_used(desk, modules, ceremony, tmp_path):
    """It read none aloud itself: the signature of its own polynomial tells which those were."""
    others = modules("ceremony", "Ed25519", 2, [ceremony.seeds[0], *modules("codes", 2)])
    others["certificates"][0] = ceremony.made["certificates"][0]
    others["polynomials"][0] = ceremony.made["polynomials"][0]
    telling(desk, ceremony, "certificate", "polynomial", certificates=others["certificates"])
    desk.tell(**{**desk.state, "polynomials": list(map(canonical, others["polynomials"]))})
    desk.open()
    desk.choose(tmp_path, ceremony.seeds[0])
    desk.refuses("polynomial Ana")
    assert desk.posted == []


def test_a_key_is_dropped_where_a_trustee_was_changed(desk, ceremony, tmp_path):
    desk.tell(uuid=ceremony.uuid, size=3, threshold=2, certificates=[None] * 3, polynomials=[None] * 3)
    desk.page.add_init_script("window.print = () => {};")
    desk.open()
    desk.reached("make")
    assert desk.page.inner_text("[data-void]") == ""
    desk.press("make")
    first = desk.page.inner_text("[data-code]")
    assert "por 1.ª vez" in desk.page.inner_text("[data-made]")
    desk.press("save")
    desk.press("print")
    desk.press("send")
    desk.sends("certificate")
    assert desk.posted[0]["ceremony"] == "1"
    desk.tell(**{**desk.state, "ceremony": 2, "sent": []})
    expect(desk.step.locator("[data-void]")).to_have_text(re.compile("^key_remade"), timeout=15_000)
    desk.press("make")
    assert desk.page.inner_text("[data-code]") != first and "por 2.ª vez" in desk.page.inner_text("[data-made]")
    # Nothing of the second is kept yet.
    assert desk.step.locator('[data-act="send"]').is_disabled()
    assert desk.step.locator("[data-saved]:visible").count() == 0


def test_what_was_printed_before_a_reload_is_told_to_be_void(desk, ceremony):
    desk.tell(uuid=ceremony.uuid, size=3, threshold=2, certificates=[None] * 3, polynomials=[None] * 3)
    desk.page.add_init_script("window.print = () => {};")
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.open()
    desk.press("make")
    desk.press("print")
    desk.page.reload()
    desk.reached("make")
    assert desk.page.inner_text("[data-void]").startswith("key_unfinished")
    desk.press("make")
    assert "por 2.ª vez" in desk.page.inner_text("[data-made]")


# MARK: The sheet alone


def test_the_sheet_alone_goes_on_with_the_ceremony(desk, modules, ceremony):
    telling(desk, ceremony, "certificate")
    desk.open()
    desk.reached("resume")
    for typed, why in (("", "code_missing"), ("123", "code_length"), ("0" * 22, "code_letter"), (modules("codes", 1)[0], "old_code")):
        desk.type(typed)
        desk.press("type")
        desk.refuses(why, "sheet")
        assert desk.page.evaluate("document.activeElement.matches('[data-typed-code][aria-invalid]')")
    desk.type(ceremony.seeds[0].lower().replace("-", " "))
    desk.press("type")
    desk.reached("agree")
    # It offers the file again, which is that of the same key.
    with desk.page.expect_download() as download:
        desk.page.locator("[data-renew] [data-act=save]").click()
    content = json.loads(download.value.path().read_text())
    assert content["code"] == ceremony.seeds[0] and content["ceremony"] == 1
    desk.press("agree")
    desk.sends("polynomial")


def test_the_sheet_alone_passes_the_trial_with_a_new_file(desk, ceremony, modules, tmp_path):
    sent = ["certificate", "polynomial", "verification_key"]
    telling(desk, ceremony, *sent, stage="trial", election=ceremony.text, trustees=ceremony.trustees, trial="7")
    desk.open()
    desk.reached("try")
    desk.type(modules("codes", 1)[0])
    desk.press("renew")
    desk.refuses("old_code", "sheet")
    desk.type(ceremony.seeds[0])
    with desk.page.expect_download() as download:
        desk.press("renew")
    # Both ways of keeping the key are proven: that a file was written does not tell that it is there.
    desk.press("try")
    desk.refuses("file_missing", "file")
    desk.step.locator("[data-key-file]").set_input_files(download.value.path())
    desk.press("try")
    desk.sends("trial")


def test_the_sheet_alone_decrypts(desk, election, tmp_path):
    made, ballots = election
    shown(desk, made, tmp_path / "todos", ballots)
    desk.open()
    desk.reached("sum")
    desk.press("sum")
    desk.refuses("key_missing", "file")
    desk.type("1" * 22)
    desk.press("type")
    desk.refuses("old_code", "sheet")
    desk.type(made.seeds[0])
    desk.press("type")
    expect(desk.step.locator("[data-ready]")).to_be_visible()
    desk.press("sum")
    desk.reached("decrypt")
    desk.press("decrypt")
    desk.sends("partial_decryption")


def test_what_the_terminal_left_is_handed_in_and_a_key_in_its_place_stays(desk, election, tmp_path):
    made, ballots = election
    shown(desk, made, tmp_path / "todos", ballots)
    desk.open()
    desk.reached("sum")
    proofs = [[{"challenge": "1", "response": "2"}]] * 2
    part = {"decryption_factors": [["4", "7"]], "decryption_proofs": proofs, "bound_proofs": proofs}

    def choose(content):
        file = tmp_path / "archivo.json"
        file.write_text(content)
        desk.step.locator("[data-part]").set_input_files(file)
        desk.press("hand")

    desk.press("hand")
    desk.refuses("part_missing", "part")
    choose(json.dumps({"kind": "alianzas-trustee-key", "version": 1, "uuid": made.uuid, "code": made.seeds[0]}))
    desk.refuses("key_for_part", "part")
    as_archived = {name: part[name] for name in ("decryption_factors", "decryption_proofs")}
    for other in ("", "[1, 2]", "null", json.dumps(desk.state), json.dumps(as_archived)):
        choose(other)
        desk.refuses("not_a_part", "part")
    assert desk.posted == []
    choose(json.dumps(part, indent=2))
    desk.sends("partial_decryption")
    assert json.loads(desk.posted[0]["content"]) == part and desk.posted[0]["content"] == canonical(part)
