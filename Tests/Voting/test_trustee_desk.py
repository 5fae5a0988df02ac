"""The trustee's page against a server that tells what it likes."""

import json
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from archive import Archive
from election import Election
from reference import canonical

yes_or_no = {"answers": ["Sí", "No"], "min": 1, "max": 1, "question": "¿Aprueba el informe?"}
steps = ["make", "save", "wait", "resume", "agree", "ready", "done", "try", "sum", "decrypt"]
acts = ["make", "save", "print", "send", "agree", "try", "sum", "decrypt"]
sentences = ["file_missing", "sheet_differs", "not_own_certificate", "other_election", "other_tally", "old_key_file", "refused", "unexpected"]


def markup():
    """What the module looks for, without the words (`TrusteeDeskPage`)."""
    return f"""<!doctype html><html lang="es"><title>Custodio</title><body>
<div data-trustee-desk data-state="/estado" data-post="/mensaje">
<span data-progress="1"></span><span data-progress="2"></span><span data-progress="3"></span>
<div data-problem></div>
<div data-sheet><span data-code></span><div data-qr></div></div>
<span data-saved="file" hidden></span><span data-saved="sheet" hidden></span>
<p data-ceremony></p><input data-typed-code><progress hidden></progress>
<p data-sum="ballots"></p><p data-sum="voters"></p><p data-sum="closing"></p>
{"".join(f'<section data-step="{step}" hidden><h2 tabindex="-1">{step}</h2></section>' for step in steps)}
{"".join(f'<button type="button" data-act="{act}">{act}</button>' for act in acts)}
<input type="file" data-key-file>
<div hidden>{"".join(f'<span data-sentence="{name}">{name}</span>' for name in sentences)}</div>
<form><input name="_prueba" value="x"></form>
</div><script type="module" src="/recursos/voting/trustee-desk.js"></script></body></html>"""


class Desk:
    """The page of the first trustee, what the server tells it, and what came of it."""

    def __init__(self, page, site):
        self.page, self.site, self.posted = page, site, []
        site.pages["/custodio"] = markup()
        site.cast = self._take

    def _take(self, body):
        self.posted.append({name: values[0] for name, values in parse_qs(body).items()})
        return 200, "{}"

    def tell(self, **state):
        self.state = {
            "uuid": "u", "group": "Ed25519", "size": 1, "threshold": 1, "number": 1, "ceremony": 1, "stage": "key",
            "sent": [], "people": [], "progress": [], "certificates": [None], "polynomials": [None], "keys": [None],
            "election": None, "trustees": None, "trial": None, "archive": "/archivo", **state}
        self.site.pages["/estado"] = json.dumps(self.state)

    def open(self):
        self.page.goto(f"{self.site.url}/custodio")

    def press(self, act):
        self.page.locator(f'[data-act="{act}"]').click()

    def reached(self, step):
        expect(self.page.locator(f'[data-step="{step}"]')).to_be_visible(timeout=15_000)

    def refuses(self, why):
        expect(self.page.locator("[data-problem]")).to_have_text(why, timeout=15_000)

    def choose(self, folder, code, ceremony=1):
        file = folder / "llave.json"
        file.write_text(json.dumps({
            "kind": "alianzas-trustee-key", "version": 1, "uuid": self.state["uuid"], "group": "Ed25519", "number": 1,
            "ceremony": ceremony, "code": code}))
        self.page.locator("[data-key-file]").set_input_files(file)


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


def shown(desk, made, folder, ballots):
    """Hands the page an archive of these ballots."""
    folder.mkdir()
    path = made.archive(folder, ballots, {}, made.checker.tally(ballots), None)
    desk.site.pages["/archivo"] = path.read_bytes()
    desk.tell(
        uuid=made.uuid, stage="decrypt", sent=["single_key", "trial"], election=made.text, trustees=made.trustees,
        keys=[canonical(made.keys[0])])


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
    # Nothing left the page before the trustees had read it to each other.
    assert desk.posted == []
    desk.press("decrypt")
    desk.page.wait_for_function("() => !document.querySelector('[data-act=decrypt]').disabled")
    assert [message["kind"] for message in desk.posted] == ["partial_decryption"]

    # The server says that it came to nothing, and asks again with an archive that lacks one voter's ballot.
    shown(desk, made, tmp_path / "menos-uno", ballots[1:])
    desk.page.reload()
    desk.reached("sum")
    desk.choose(tmp_path, made.seeds[0])
    desk.press("sum")
    desk.reached("decrypt")
    desk.press("decrypt")
    desk.refuses("other_tally")
    assert len(desk.posted) == 1

    # The same sum is sent anew.
    shown(desk, made, tmp_path / "otra-vez", ballots)
    desk.page.reload()
    desk.reached("sum")
    desk.choose(tmp_path, made.seeds[0])
    desk.press("sum")
    desk.reached("decrypt")
    desk.press("decrypt")
    desk.page.wait_for_function("() => !document.querySelector('[data-act=decrypt]').disabled")
    assert [message["kind"] for message in desk.posted] == ["partial_decryption"] * 2


@pytest.mark.parametrize("size, threshold", [(1, 1), (3, 2)])
def test_a_key_of_the_servers_own_is_refused_at_the_trial(desk, modules, tmp_path, size, threshold):
    """It shows each trustee the keys that it keeps in their places, and has sealed the box with them."""
    own, kept = (Election(modules, "Ed25519", [yes_or_no], threshold, size, voters=1) for _ in range(2))

    def tell(made):
        messages = made.made if size > 1 else {"certificates": [None], "polynomials": [None]}
        texts = {name: [each and canonical(each) for each in messages[name]] for name in ("certificates", "polynomials")}
        desk.tell(
            uuid=made.uuid, size=size, threshold=threshold, stage="trial", election=made.text, trustees=made.trustees,
            sent=["single_key", "certificate", "verification_key"], keys=list(map(canonical, made.keys)), trial="7", **texts)

    tell(kept)
    desk.open()
    desk.reached("try")
    desk.press("try")
    desk.refuses("file_missing")
    desk.choose(tmp_path, own.seeds[0])
    desk.page.locator("[data-typed-code]").fill(own.seeds[0])
    desk.press("try")
    desk.refuses("other_election" if size == 1 else "not_own_certificate")
    assert desk.posted == []

    # With the key that the trustee made it goes on.
    tell(own)
    desk.page.reload()
    desk.reached("try")
    desk.choose(tmp_path, own.seeds[0])
    desk.page.locator("[data-typed-code]").fill(own.seeds[0])
    desk.press("try")
    desk.page.wait_for_function("() => !document.querySelector('[data-act=try]').disabled")
    assert [message["kind"] for message in desk.posted] == ["trial"]
