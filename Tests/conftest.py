"""What tests in Python share; Swift's own are in the folders beside."""

import functools
import os
import shutil
import tempfile

import pytest

import pictures
from server import SHARED, Installation, fits, sign_in


# Files of one long journey each. Begun last, as xdist would by their few tests, they would keep one process busy after all
# others have ended.
LONG = (
    "test_secrecy.py", "test_box_crash.py", "test_remote_vote.py", "test_box_count.py", "test_electronic_box.py",
    "test_table_booth.py", "test_main_job.py", "test_few_ballots.py", "test_thirty_months.py", "test_board_year.py")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


def pytest_configure(config):
    # The processes of a run find in it what the first of them made for all.
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="alianzas-tests-")


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)


@pytest.fixture
def installation(request):
    """A new data folder with nothing in it, which goes after the test."""
    made = Installation(getattr(request, "param", None))
    yield made
    made.remove()


@pytest.fixture(scope="session")
def server():
    """The server under test, with the demonstration's data; `server.url` is its address."""
    made = Installation()
    made.demonstrate()
    made.start()
    yield made
    # A server that ended by itself failed every test after that: its last words say why.
    assert made.process.poll() is None, f"the server ended: {made.output()}"
    made.remove()


def _waits_for_the_page(kind, name):
    """Makes an action end once the page that it led to is whole.

    Playwright waits until the answer begins; what is counted or listed right after may be half of a page.
    """
    act = getattr(kind, name)

    @functools.wraps(act)
    def waiting(self, *arguments, **options):
        done = act(self, *arguments, **options)
        page = getattr(self, "page", self)
        if not page.is_closed():
            page.wait_for_load_state("domcontentloaded")
        return done

    setattr(kind, name, waiting)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium."""
    from playwright.sync_api import Locator, Page, sync_playwright

    for kind in (Locator, Page):
        for name in ("click", "press"):
            _waits_for_the_page(kind, name)
    with sync_playwright() as playwright:
        # Its sandbox refuses root.
        started = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield started
        started.close()


@pytest.fixture
def page(browser, server):
    """A new visitor's page; addresses are relative to the server under test."""
    visitor = browser.new_context(
        base_url=server.url, locale="es-CO", timezone_id="America/Bogota", viewport={"width": 1280, "height": 800}
    )
    yield visitor.new_page()
    visitor.close()


@pytest.fixture
def look():
    """A function that looks at a page as it stands, wide and narrow: nothing is cut off, and axe finds no fault by the
    rules of WCAG 2.2 AA. With a name it takes the page's picture for the manual.
    """
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def check(page, picture=None, **options):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert fits(page), page.url
            assert page.locator("h1").count() == 1, page.url
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
            assert found.violations_count == 0, found.generate_report()
        page.set_viewport_size({"width": 1280, "height": 800})
        if picture:
            pictures.take(page, picture, **options)

    return check


@pytest.fixture
def enter(page, server):
    """A function that signs one of the demonstration's accounts in."""

    def enter_as(name, page=page):
        return sign_in(page, server, name)

    return enter_as
