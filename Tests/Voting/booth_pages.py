"""The page that holds the booth, as the server gives it. The booth as one file is tested as the server makes it
(`Tests/Journeys/test_remote_vote.py`)."""

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
