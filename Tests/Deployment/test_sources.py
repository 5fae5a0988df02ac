"""The list of what the source documents ask names pages that are there."""

import re
from pathlib import Path

repository = Path(__file__).parents[2]


def test_every_page_that_the_list_of_sources_names_is_declared():
    declared = {
        found
        for file in (repository / "Sources" / "Web").rglob("*.swift")
        for found in re.findall(r'"(/[^"\s]*)"', file.read_text())
    }
    text = (repository / "Documentation" / "Sources.md").read_text()
    tables = [line for line in text.splitlines() if line.startswith("|")]
    named = {
        address.replace("…", "/o/{tenant}/alianzas/{alliance}")
        for line in tables
        for address in re.findall(r"`((?:/|…)[^`]*)`", line)
    }
    assert len(named) > 60
    assert sorted(named - declared) == []
