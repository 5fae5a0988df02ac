"""The import of affiliates at the terminal: every file that the offices send, good and bad, through the program."""

import csv
import json

import pytest

from server import Installation

header = (
    "tipo_documento,numero_documento,primer_apellido,segundo_apellido,primer_nombre,segundo_nombre,"
    "fecha_nacimiento,sexo,codigo_municipio,regimen,estado_afiliacion,telefono,correo,eps"
)
counts = ("read", "new", "changed", "unchanged", "refused")


def person(number, **values):
    """A row of an invented person; `values` replace those of a column."""
    row = dict(zip(header.split(","), [
        "CC", str(number), "Negrete", "Plaza", "Edelmira", "", "02/01/1980", "F", "23672", "S", "AC",
        "+57 300 000 0000", "", "ESS207",
    ]))
    return ",".join((row | values).values())


def text(*rows, head=header):
    return "\n".join([head, *rows, ""])


@pytest.fixture(scope="module")
def office():
    """An installation with the demonstration's entities."""
    made = Installation()
    made.run("migrate")
    made.run("demo")
    yield made
    made.remove()


@pytest.fixture
def imported(office, tmp_path):
    """A function that imports bytes and returns the exit status, the summary and the refused rows."""

    def run(content, *options, name="padron.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        ended = office.run(
            "import", "affiliates", str(file), "--organization", "ESS207", "--json", *options, check=False)
        if not ended.stdout.startswith("{"):
            return ended.returncode, ended.stderr, []
        summary = json.loads(ended.stdout)
        assert summary["read"] == sum(summary[each] for each in counts[1:]), summary
        refused = []
        if summary["report"]:
            with open(summary["report"], encoding="utf-8", newline="") as report:
                assert report.read(1) == "\ufeff"
                refused = list(csv.DictReader(report, delimiter=";"))
        return ended.returncode, {each: summary[each] for each in counts}, refused

    return run


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_separator_encoding_and_end_of_line_is_read(imported, separator, encoding, end):
    content = text(person(900100, primer_apellido="Núñez"), person(900101, primer_apellido="Peña"))
    content = content.replace(",", separator).replace("\n", end)
    status, summary, refused = imported(content.encode(encoding), "--dry-run")
    assert (status, summary["read"], refused) == (0, 2, [])


refusals = {
    "unknown type": (person(900201, tipo_documento="ZZ"), "tipo_documento"),
    "letter in a cédula": (person("9002A2"), "numero_documento"),
    "impossible date": (person(900203, fecha_nacimiento="31/02/1980"), "fecha_nacimiento"),
    "future date": (person(900204, fecha_nacimiento="2999-01-01"), "fecha_nacimiento"),
    "unknown municipality": (person(900205, codigo_municipio="99998"), "codigo_municipio"),
    "lost zero": (person(900206, codigo_municipio="5001"), "codigo_municipio"),
    "empty surname": (person(900207, primer_apellido=""), "primer_apellido"),
    "long surname": (person(900208, primer_apellido="A" * 61), "primer_apellido"),
    "formula": (person(900209, primer_nombre="=1+1"), "primer_nombre"),
    "formula behind +": (person(900210, primer_nombre="+Ana"), "primer_nombre"),
    "null byte": (person(900211, primer_nombre="A\0na"), "primer_nombre"),
    "missing column": (person(900212).rsplit(",", 1)[0], ""),
    "extra column": (person(900213) + ",x", ""),
}


@pytest.mark.parametrize("kind", refusals)
def test_a_bad_row_is_refused_with_its_line_and_the_others_enter(imported, kind):
    row, column = refusals[kind]
    status, summary, refused = imported(text(person(900299), row), "--dry-run")
    assert (status, summary["read"], summary["refused"]) == (1, 2, 1)
    assert [(each["linea"], each["columna"]) for each in refused] == [("3", column)]
    assert refused[0]["motivo"]
    assert kind != "lost zero" or "05001" in refused[0]["motivo"]


def test_a_document_seen_before_in_the_file_is_refused_and_names_its_line(imported):
    status, _, refused = imported(text(person(900301), person("900.301")), "--dry-run")
    assert status == 1 and refused[0]["linea"] == "3" and "línea 2" in refused[0]["motivo"]


def test_bytes_of_another_encoding_in_a_utf8_file_are_bad_rows(imported):
    content = text(person(900401, primer_apellido="Núñez")).encode() + person(900402).encode().replace(
        b"Negrete", b"N\xfa\xf1ez") + b"\n"
    status, summary, refused = imported(content, "--dry-run")
    assert (status, summary["read"], summary["refused"], refused[0]["linea"]) == (1, 2, 1, "3")


def test_quotes_hold_separators_and_breaks_and_lines_are_counted_as_they_stand(imported):
    content = text(person(900501, segundo_nombre='"de la, Cruz"'), person(900502, correo='"a\nb"'), person(900503, sexo="?"))
    _, summary, refused = imported(content, "--dry-run")
    assert summary["read"] == 3 and [each["linea"] for each in refused] == ["3", "5"]


def test_columns_come_in_any_order_and_the_last_line_needs_no_end(imported):
    columns = header.split(",")
    reverse = ",".join(reversed(columns)) + "\n" + ",".join(reversed(person(900601).split(",")))
    assert imported(reverse, "--dry-run")[:2] == (
        0, {"read": 1, "new": 1, "changed": 0, "unchanged": 0, "refused": 0})


@pytest.mark.parametrize(("content", "says"), [
    (b"", "vacío"), (b"\n\n", "vacío"), (b"PK\x03\x04" + bytes(100), "libro de cálculo"),
    ("hola".encode("utf-16"), "UTF-16"), (b"uno;dos\n1;2\n", "encabezado"),
], ids=["nothing", "blank lines", "workbook", "utf-16", "no header"])
def test_what_is_no_list_of_affiliates_is_told_so(imported, content, says):
    status, message, _ = imported(content)
    assert status in (1, 2) and says in message


def test_a_header_alone_is_a_list_of_nobody(imported):
    assert imported(text()) == (0, dict.fromkeys(counts, 0), [])


def test_the_same_file_again_changes_nothing_and_a_dry_run_never_does(imported):
    content = text(person(900701), person(900702))
    assert imported(content, "--dry-run")[1]["new"] == 2
    assert imported(content)[1]["new"] == 2
    assert imported(content)[1]["unchanged"] == 2
    assert imported(content.replace("Plaza", "Pico", 1))[1] == {
        "read": 2, "new": 0, "changed": 1, "unchanged": 1, "refused": 0}


def test_wrong_calls_end_with_two(office, tmp_path):
    assert office.run("import", "affiliates", "--organization", "ESS207", check=False).returncode == 2
    assert office.run("import", "affiliates", "x.csv", check=False).returncode == 2
