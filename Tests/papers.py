"""What every document that the server prints has to be: whole, tagged, titled, in Spanish, with text on each page.

The servers under test print through this file in place of WeasyPrint, which it calls: no journey can come to a document
that was not looked at. A document with a fault is not given out, and its faults fail the run that printed it.
"""

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

weasyprint = Path(__file__).resolve().parent.parent / ".venv" / "bin" / "weasyprint"


def install(folder, kept=None):
    """Writes the program that a server is to print with, and returns it; what it finds stands beside it."""
    made = folder / "weasyprint"
    kept = f"PAPERS={kept} " if kept else ""
    made.write_text(f'#!/bin/sh\n{kept}exec "{sys.executable}" "{Path(__file__).resolve()}" "$@" 2>>"$0.faults"\n')
    made.chmod(0o755)
    return made


def faults_of(folder):
    """What was found in the documents that a server printed."""
    found = folder / "weasyprint.faults"
    return found.read_text() if found.exists() else ""


def said(*command):
    """What a program says of a document."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def text_of(pdf):
    """The words of a document that a journey got, laid out as on its pages."""
    assert pdf.startswith(b"%PDF-"), f"not a document, but {pdf[:2000]!r}"
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()


def checked(path, bare=False):
    """What a document lacks.

    Whether it conforms to PDF/A cannot be told by these programs in full (that takes veraPDF, which Debian does not
    have): they show that it says so, and what a reader with a screen reader needs.
    """
    whole = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    if whole.returncode != 0:
        yield f"qpdf: {whole.stdout} {whole.stderr}"
        return
    facts = dict(line.split(":", 1) for line in said("pdfinfo", path).splitlines() if ":" in line)
    if facts["Tagged"].strip() != "yes":
        yield "no tags"
    for fact in ("Title", "Author"):
        if not facts.get(fact, "").strip():
            yield f"no {fact}"
    objects = [
        each.get("value") for each in json.loads(said("qpdf", "--json", path))["qpdf"][1].values() if "value" in each
    ]
    parts = [each for each in objects if isinstance(each, dict)]
    catalogue = next(each for each in parts if each.get("/Type") == "/Catalog")
    if catalogue.get("/Lang") != "u:es-CO" or not catalogue.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "no language, or its title is not shown"
    if not any(intent.get("/S") == "/GTS_PDFA1" for intent in catalogue.get("/OutputIntents", [])):
        yield "no colours to print it by"
    if any(each.get("/S") == "/Figure" and not each.get("/Alt") for each in parts):
        yield "a picture without words"
    if 'pdfaid:part="3" pdfaid:conformance="A"' not in said("pdfinfo", "-meta", path):
        yield "it does not say that it is PDF/A-3a"
    for font in said("pdffonts", path).splitlines()[2:]:
        # The columns of what is embedded, made smaller, and turned to text are counted from the right.
        if font.split()[-5:-2] != ["yes", "yes", "yes"]:
            yield f"a font of its reader's: {font}"
    yield from misbuilt(said("pdfinfo", "-struct", path), bare)
    words = said("pdftotext", "-layout", path, "-")
    for number, page in enumerate(words.rstrip("\f").split("\f"), 1):
        if len(page.split()) < 3:
            yield f"nothing on page {number}"
    for leak in ("Optional(", "nil", "undefined", "\ufffd"):
        if re.search(rf"(?<!\w){re.escape(leak)}(?!\w)", words):
            yield f"«{leak}» in its text"


def misbuilt(structure, bare):
    """What is wrong in how a document is built, by the outline of its tags."""
    tags = re.findall(r"^ *(\w+)", structure, re.MULTILINE)
    if not bare and tags.count("H1") != 1:
        yield f"{tags.count('H1')} main titles"
    if tags.count("Table") > 0 and "TH" not in tags:
        yield "a table without heads"


def printed():
    """Prints what the server asks, keeps it where somebody wants to see it, and tells what it lacks."""
    ended = subprocess.run([weasyprint, *sys.argv[1:]])
    markup, made = sys.argv[-2:]
    if ended.returncode < 0:
        # It crashed, which the server is to see as it would without this program between them.
        os.kill(os.getpid(), -ended.returncode)
    if ended.returncode != 0:
        return ended.returncode
    if folder := os.environ.get("PAPERS"):
        title = re.search("<title>(.*?)</title>", Path(markup).read_text(), re.DOTALL).group(1)
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        name = re.sub(r"[^a-z]+", "-", plain).strip("-")[:80]
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{name}.pdf").write_bytes(Path(made).read_bytes())
    bare = '<body class="bare">' in Path(markup).read_text()
    faults = list(checked(made, bare))
    for fault in faults:
        print(f"{Path(markup).read_text()[:300]}: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(printed())
