"""The pages that hold the booth: as the server gives it, and as one file that needs no server."""

import base64
import hashlib
import html
import json
import re

from voting_site import assets

modules = assets / "voting"
statement = re.compile(r"^(?:import|export) .*;$")


def data_script(data):
    """The page's data in a script that a browser does not run; `<` is escaped so that it cannot end early."""
    return f'<script type="application/json">{json.dumps(data, ensure_ascii=False).replace("<", chr(92) + "u003c")}</script>'


def booth_element(data, **attributes):
    named = "".join(f' data-{name}="{html.escape(str(value))}"' for name, value in attributes.items())
    return f'<div class="booth" data-booth{named}>{data_script(data)}</div>'


def page(data, **attributes):
    """The page as the server renders it: the site's style, then the booth's."""
    return f"""<!doctype html>
<html lang="es-CO">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Votación</title>
<link rel="stylesheet" href="/bootstrap.css">
<link rel="stylesheet" href="/recursos/alianzas.css">
<link rel="stylesheet" href="/recursos/voting/booth.css">
<script type="module" src="/recursos/voting/booth.js"></script>
</head>
<body class="frame-bare">
<a class="skip" href="#contenido">Saltar al contenido</a>
<main id="contenido" class="frame" tabindex="-1">
{booth_element(data, **attributes)}
</main>
</body>
</html>"""


def imports_of(name):
    return re.findall(r'^import .* from "\./([^"]+)";$', (modules / name).read_text(), re.MULTILINE)


def in_order(name, seen=()):
    """A module after all that it needs."""
    order = list(seen)
    for other in imports_of(name):
        if other not in order:
            order = in_order(other, order)
    return [*order, name]


def joined(name):
    """One script of a module and all that it imports, by dropping the lines of import and export."""
    lines = [line for each in in_order(name) for line in (modules / each).read_text().splitlines()]
    return "\n".join(line for line in lines if not statement.match(line))


def source_hash(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def offline_file(data, **attributes):
    """The offline booth: one file whose own policy lets it run itself and reach nobody."""
    script, style = f"\n{joined('booth.js')}\n", f"\n{(modules / 'booth.css').read_text()}\n"
    policy = f"default-src 'none'; img-src data:; script-src {source_hash(script)}; style-src {source_hash(style)}"
    return f"""<!doctype html>
<html lang="es-CO">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Votación</title>
<style>{style}</style>
</head>
<body>
<main>
{booth_element(data, mode="offline", **attributes)}
</main>
<script type="module">{script}</script>
</body>
</html>"""
