"""What a page offers, the person who reads it may open: every sort of link that an account comes to answers."""

import re
from html.parser import HTMLParser

import pytest

ACCOUNTS = [
    None, "administracion", "oficina", "junta", "comite", "jurado1", "garante", "asociada", "aliansalud", "clinica",
    "personeria",
]
# What tells two addresses of one sort apart: identifiers, codes, numbers and names of tenants and alliances.
PARTICULARS = [
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "ID"), (r"(?<=/o/)[^/]+|(?<=/publico/)[^/]+", "T"),
    (r"(?<=/T/alianzas/)[^/]+", "A"), (r"/[CER]\d\d(?=/|$)", "/C"), (r"/\d+(?=/|$)", "/N"),
]


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        address = dict(attributes).get("href", "") if tag == "a" else ""
        if address.startswith("/"):
            self.found.append(address.split("#")[0])


def sort_of(address):
    """An address without what is particular to it; of a query, only which questions it has."""
    path, _, query = address.partition("?")
    for pattern, name in PARTICULARS:
        path = re.sub(pattern, name, path)
    return path, tuple(sorted(item.split("=")[0] for item in query.split("&") if item))


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account or "nobody")
def test_every_link_that_is_offered_opens(account, enter, page):
    if account:
        enter(account)
        start = "/" + page.url.split("/", 3)[3]
    else:
        start = "/"
    waiting, seen, refused = [(start, "")], {sort_of(start)}, []
    while waiting:
        address, origin = waiting.pop()
        answer = page.request.get(address)
        if answer.status != 200:
            refused.append(f"{answer.status} {address}, offered by {origin}")
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for link in Links(answer.text()).found:
            if (sort := sort_of(link)) not in seen:
                seen.add(sort)
                waiting.append((link, address))
    assert len(seen) > 10
    assert not refused, "\n".join(refused)
