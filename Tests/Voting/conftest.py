"""What the tests of the voting pages share: a small site, and the modules run in Chromium."""

import pytest

from voting_site import Site


@pytest.fixture(scope="session")
def site():
    made = Site()
    yield made
    made.close()


@pytest.fixture(scope="module")
def modules(browser, site):
    """A function that calls one of `harness.js` in a page."""
    site.pages["/modulos"] = "<!doctype html><title>Módulos</title>"
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/modulos")

    def call(name, *arguments):
        return page.evaluate(
            "async ([name, given]) => (await import('/pruebas/harness.js'))[name](...given)", [name, list(arguments)]
        )

    yield call
    context.close()
