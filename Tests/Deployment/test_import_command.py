"""The import of affiliates at the terminal: every file that the offices send, good and bad, through the program."""

import contextlib
import csv
import json
import re
import signal
import subprocess
import time

import pytest

from server import Installation, program, wait_until

columns = [
    "tipo_documento", "numero_documento", "primer_apellido", "segundo_apellido", "primer_nombre", "segundo_nombre",
    "fecha_nacimiento", "sexo", "codigo_municipio", "regimen", "estado_afiliacion", "telefono", "correo", "eps",
]
counts = ("read", "new", "changed", "unchanged", "refused")


def values(number, **others):
    """The values of an invented person; `others` replace those of a column."""
    row = dict(zip(columns, [
        "CC", str(number), "Negrete", "Plaza", "Edelmira", "", "02/01/1980", "F", "23672", "S", "AC",
        "+57 300 000 0000", "", "ESS207",
    ]))
    return row | others


def person(number, **others):
    """A row of an invented person."""
    return ",".join(values(number, **others).values())


def text(*rows, head=",".join(columns)):
    return "\n".join([head, *rows, ""])


@pytest.fixture(scope="module")
def office():
    """An installation with the demonstration's entities, serving, so that its database can be looked into."""
    made = Installation()
    made.demonstrate()
    made.start()
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
        summary = json.loads(ended.stdout)
        if "error" in summary:
            return ended.returncode, summary["message"], []
        assert set(summary) == {*counts, "report"}
        assert summary["read"] == sum(summary[each] for each in counts[1:]), summary
        assert (ended.returncode == 1) == (summary["refused"] > 0)
        assert (summary["report"] is None) == (summary["refused"] == 0)
        refused = []
        if summary["report"]:
            with open(summary["report"], encoding="utf-8", newline="") as report:
                assert report.read(1) == "\ufeff"
                lines = csv.DictReader(report, delimiter=";")
                refused = list(lines)
                assert lines.fieldnames == ["linea", "columna", "valor", "motivo"]
        return ended.returncode, {each: summary[each] for each in counts}, refused

    return run


@pytest.fixture
def told(office):
    """A function that returns what the register tells of a document."""

    def ask(number, what):
        return office.psql(
            f"select {what} from membership.affiliates where document_number = '{number}'"
            " order by document_type").stdout.strip()

    return ask


# What is read.


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_separator_encoding_and_end_of_line_is_read(imported, separator, encoding, end):
    content = text(person(900100, primer_apellido="Núñez"), person(900101, primer_apellido="Peña"))
    content = content.replace(",", separator).replace("\n", end)
    status, summary, refused = imported(content.encode(encoding), "--dry-run")
    assert (status, summary["read"], refused) == (0, 2, [])


def test_letters_with_accents_are_the_same_from_both_encodings(imported, told):
    content = text(person(900111, primer_apellido="Núñez", primer_nombre="José Ángel"))
    assert imported(content.encode("cp1252"))[1]["new"] == 1
    assert told(900111, "first_surname || '|' || first_name") == "Núñez|José Ángel"
    assert imported(content.encode("utf-8"))[1]["unchanged"] == 1


def test_columns_come_in_any_order_and_the_last_line_needs_no_end(imported):
    reverse = ",".join(reversed(columns)) + "\n" + ",".join(reversed(person(900121).split(",")))
    assert imported(reverse, "--dry-run")[:2] == (
        0, {"read": 1, "new": 1, "changed": 0, "unchanged": 0, "refused": 0})


def test_dates_are_written_both_ways(imported, told):
    assert imported(text(person(900131, fecha_nacimiento="13/03/1980")))[1]["new"] == 1
    assert told(900131, "birth_date") == "1980-03-13"
    assert imported(text(person(900131, fecha_nacimiento="1980-03-13")))[1]["unchanged"] == 1


def test_states_are_known_by_their_codes(imported, told):
    states = {"AC": "active", "SU": "suspended", "RE": "retired", "AF": "deceased"}
    rows = [person(900140 + place, estado_afiliacion=code) for place, code in enumerate(states)]
    assert imported(text(*rows))[1]["new"] == 4
    for place, state in enumerate(states.values()):
        assert told(900140 + place, "affiliation_state") == state


def test_quotes_hold_separators_doubled_quotes_and_breaks_and_lines_are_counted_as_they_stand(imported, told):
    content = text(
        person(900151, segundo_nombre='"de la, Cruz"'),
        person(900152, segundo_nombre='"María\nElena"', segundo_apellido='"O""Neill"'),
        person(900153, sexo="?"))
    status, summary, refused = imported(content)
    assert (status, summary["new"], [each["linea"] for each in refused]) == (1, 2, ["5"])
    assert told(900151, "second_name") == "de la, Cruz"
    assert told(900152, "second_name || '|' || second_surname") == 'María Elena|O"Neill'


def test_telephones_may_begin_with_plus_and_nothing_else_may(imported, told):
    status, summary, refused = imported(text(
        person(900161, telefono="+57 (300) 111-2233"), person(900162, telefono="+cmd|calc"),
        person(900163, primer_nombre="+57300")))
    assert (status, summary["new"], [each["linea"] for each in refused]) == (1, 1, ["3", "4"])
    assert told(900161, "phone").startswith("+57")


# What is refused: line, column, value and reason.

refusals = {
    "unknown type": (dict(tipo_documento="ZZ"), "tipo_documento", "ZZ", "tipo"),
    "letter in a cédula": (dict(numero_documento="9002A2"), "numero_documento", "9002A2", "dígitos"),
    "impossible date": (dict(fecha_nacimiento="31/02/1980"), "fecha_nacimiento", "31/02/1980", "no existe"),
    "29 February of no leap year": (dict(fecha_nacimiento="1900-02-29"), "fecha_nacimiento", "1900-02-29", "existe"),
    "words for a date": (dict(fecha_nacimiento="ayer"), "fecha_nacimiento", "ayer", "día/mes/año"),
    "future date": (dict(fecha_nacimiento="2999-01-01"), "fecha_nacimiento", "2999-01-01", "futuro"),
    "unknown municipality": (dict(codigo_municipio="99998"), "codigo_municipio", "99998", "municipio"),
    "lost zero": (dict(codigo_municipio="5001"), "codigo_municipio", "5001", "05001"),
    "retired municipality": (dict(codigo_municipio="27086"), "codigo_municipio", "27086", "27493"),
    "unknown sex": (dict(sexo="Z"), "sexo", "Z", "F (femenino)"),
    "unknown state": (dict(estado_afiliacion="VI"), "estado_afiliacion", "VI", "AC (activo)"),
    "unknown regime": (dict(regimen="Z"), "regimen", "Z", "subsidiado"),
    "no telephone": (dict(telefono="no tiene"), "telefono", "no tiene", "teléfono"),
    "no mail": (dict(correo="edelmira"), "correo", "edelmira", "correo"),
    "long surname": (dict(primer_apellido="A" * 61), "primer_apellido", "A" * 61, "60 caracteres"),
    "formula with =": (dict(primer_nombre="=1+1"), "primer_nombre", "'=1+1", "fórmula"),
    "formula with +": (dict(primer_nombre="+Ana"), "primer_nombre", "'+Ana", "fórmula"),
    "formula with -": (dict(segundo_nombre="-Ana"), "segundo_nombre", "'-Ana", "fórmula"),
    "formula with @": (dict(correo="@sum"), "correo", "'@sum", "fórmula"),
    "formula behind a tab": (dict(primer_nombre="\tAna"), "primer_nombre", "␉Ana", "fórmula"),
    "null byte": (dict(primer_nombre="A\0na"), "primer_nombre", "A␀na", "control"),
}
required = [
    "tipo_documento", "numero_documento", "primer_apellido", "primer_nombre", "fecha_nacimiento", "sexo",
    "codigo_municipio", "estado_afiliacion",
]
refusals |= {f"empty {column}": ({column: ""}, column, "", "vacío") for column in required}


@pytest.mark.parametrize("kind", refusals)
def test_a_bad_row_is_refused_with_line_column_value_and_reason_and_the_others_enter(imported, kind):
    others, column, value, reason = refusals[kind]
    status, summary, refused = imported(
        text(person(900299), person(900201, **others), person(900298)), "--dry-run")
    assert (status, summary["read"], summary["refused"]) == (1, 3, 1)
    assert [(each["linea"], each["columna"], each["valor"]) for each in refused] == [("3", column, value)]
    assert reason in refused[0]["motivo"]


def test_a_missing_and_an_extra_column_are_told_with_how_many_there_are(imported):
    _, summary, refused = imported(
        text(person(900311).rsplit(",", 1)[0], person(900312) + ",x", person(900313)), "--dry-run")
    assert (summary["read"], summary["refused"]) == (3, 2)
    assert [each["linea"] for each in refused] == ["2", "3"]
    assert "13" in refused[0]["motivo"] and "14" in refused[0]["motivo"]
    assert "15" in refused[1]["motivo"] and refused[1]["valor"] == "x"


def test_a_document_seen_before_in_the_file_is_refused_and_names_its_line(imported):
    status, _, refused = imported(
        text(person(900321), person("900.321"), person(900321, tipo_documento="CE")),
        "--dry-run")
    assert status == 1 and [each["linea"] for each in refused] == ["3"]
    assert refused[0]["columna"] == "numero_documento" and "línea 2" in refused[0]["motivo"]


def test_a_row_with_several_faults_tells_each(imported):
    _, summary, refused = imported(text(person("A1", sexo="?", codigo_municipio="1")), "--dry-run")
    assert summary["refused"] == 1
    assert {(each["linea"], each["columna"]) for each in refused} == {
        ("2", "numero_documento"), ("2", "sexo"), ("2", "codigo_municipio")}


def test_a_file_with_one_sequence_of_utf8_is_utf8_and_its_other_bytes_are_bad_rows(imported):
    good = person(900331, primer_apellido="Núñez").encode()
    bad = person(900332).encode().replace(b"Negrete", b"N\xfa\xf1ez")
    plain = [person(900333 + place).encode() for place in range(3)]
    for rows, line in ([good, bad, *plain], "3"), ([bad, *plain, good], "2"):
        content = b"\n".join([",".join(columns).encode(), *rows, b""])
        status, summary, refused = imported(content, "--dry-run")
        assert (status, summary["read"], summary["refused"]) == (1, 5, 1)
        assert (refused[0]["linea"], refused[0]["columna"]) == (line, "primer_apellido")
        assert "codificación" in refused[0]["motivo"] and "FA" in refused[0]["motivo"]


def test_a_file_without_any_is_windows_1252_and_the_bytes_that_it_does_not_have_are_bad_rows(imported):
    content = text(person(900341), person(900342)).encode().replace(b"Negrete", b"N\x81grete", 1)
    status, summary, refused = imported(content, "--dry-run")
    assert (status, summary["read"], summary["refused"], refused[0]["linea"]) == (1, 2, 1, "2")
    assert "Windows-1252" in refused[0]["motivo"]


def test_a_stray_quote_costs_one_row(imported):
    _, summary, refused = imported(
        text(person(900351, primer_nombre='"Ana" Lucía'), person(900352), person(900353)), "--dry-run")
    assert (summary["read"], summary["new"], [each["linea"] for each in refused]) == (3, 2, ["2"])
    assert "comillas" in refused[0]["motivo"]


@pytest.mark.parametrize(("content", "says"), [
    (b"", "vacío"), (b"\n\n", "vacío"), (b"PK\x03\x04" + bytes(100), "libro de cálculo"),
    ("hola".encode("utf-16"), "UTF-16"), (b"uno;dos\n1;2\n", "encabezado"),
    (text(head=",".join(columns[1:])).encode(), "tipo_documento"),
    (text(head=",".join(columns + ["sexo"])).encode(), "sexo"),
], ids=["nothing", "blank lines", "workbook", "utf-16", "no header", "column missing", "column twice"])
def test_what_is_no_list_of_affiliates_is_told_so(imported, content, says):
    status, message, _ = imported(content)
    assert status in (1, 2) and says in message


def test_a_header_alone_is_a_list_of_nobody(imported):
    assert imported(text()) == (0, dict.fromkeys(counts, 0), [])


# What becomes of it.


def test_the_same_file_again_changes_nothing_and_a_dry_run_never_does(imported, told):
    content = text(person(900701), person(900702))
    assert imported(content, "--dry-run")[1]["new"] == 2
    assert told(900701, "person_id") == ""
    assert imported(content)[1]["new"] == 2
    rows = told(900701, "xmin::text || person_id")
    assert imported(content)[1]["unchanged"] == 2
    assert told(900701, "xmin::text || person_id") == rows
    assert imported(content.replace("Plaza", "Pico", 1), "--dry-run")[1]["changed"] == 1
    assert told(900701, "second_surname") == "Plaza"


def test_people_are_merged_by_type_and_number_and_what_was_said_before_is_kept(office, imported, told):
    first = text(person(900711), person(900711, tipo_documento="CE"))
    assert imported(first)[1]["new"] == 2
    person_id = told(900711, "person_id").splitlines()[0]
    assert imported(text(person("900.711", estado_afiliacion="SU", telefono="3001112233")))[1] == {
        "read": 1, "new": 0, "changed": 1, "unchanged": 0, "refused": 0}
    assert told(900711, "document_type || affiliation_state") == "CCsuspended\nCEactive"
    assert told(900711, "person_id").splitlines()[0] == person_id
    assert office.psql(
        "select affiliation_state || phone from membership.affiliate_versions"
        f" where person_id = '{person_id}'").stdout.strip() == "active+57 300 000 0000"


def test_a_file_older_than_the_register_or_of_tomorrow_is_refused(imported):
    assert imported(text(person(900721)), "--cutoff", "2020-01-01")[0] == 1
    assert "posterior" in imported(text(person(900721)), "--cutoff", "2020-01-01")[1]
    assert "aún no llega" in imported(text(person(900721)), "--cutoff", "2999-01-01")[1]


def test_a_killed_import_leaves_nothing_half_done(office, tmp_path, imported, told):
    file = tmp_path / "grande.csv"
    office.run("generate", "affiliates", "--rows", "20000", "--seed", "4711", "--insurer", "ESS207", "--output", str(file))

    def people():
        return int(office.psql("select count(*) from membership.affiliates").stdout)

    before = people()
    command = [program, "import", "affiliates", str(file), "--organization", "ESS207", "--json"]
    for delay in (0.4, 1.2, 2.5):
        begun = subprocess.Popen(command, env=office.environment, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        time.sleep(delay)
        begun.send_signal(signal.SIGKILL)
        begun.wait()
        # All or nothing: the server of the database may still be finishing what it was told.
        assert people() in (before, before + 20_000)
    _, summary, _ = imported(file.read_bytes(), "--dry-run")
    assert summary["new"] in (0, 20_000) and summary["new"] + summary["unchanged"] == 20_000


@contextlib.contextmanager
def register_held(installation):
    """Lets nobody at the register, so that work on it stands still."""
    holder = subprocess.Popen(
        ["psql", "-XAtq", installation.url_of("owner"), "-c",
         "begin; lock table membership.affiliates; select pg_sleep(600)"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(
        lambda: installation.psql(
            "select count(*) from pg_locks where mode = 'AccessExclusiveLock' and granted"
            " and relation = 'membership.affiliates'::regclass").stdout.strip() == "1", "the lock")
    yield
    holder.kill()
    holder.wait()


def test_a_server_killed_while_it_works_on_a_file_goes_on_with_it(browser, tmp_path):
    made = Installation()
    page = browser.new_context(base_url=made.url).new_page()
    try:
        made.demonstrate()
        made.start()
        file = tmp_path / "padron.csv"
        made.run("generate", "affiliates", "--rows", "500", "--seed", "4711", "--insurer", "ESS207",
                 "--output", str(file))

        def people():
            return int(made.psql("select count(*) from membership.affiliates").stdout)

        def killed():
            wait_until(
                lambda: made.psql("select state from tenancy.jobs order by requested_at desc limit 1").stdout
                == "running\n", "the work")
            made.stop(signal.SIGKILL)

        before = people()
        account = next(
            each for each in json.loads((made.data / "demostracion.json").read_text())["accounts"]
            if each["login"].startswith("oficina@"))
        page.goto("/entrar")
        page.fill("main input:not([type=hidden]) >> nth=0", account["login"])
        page.fill("input[type=password]", account["password"])
        page.click("main button[type=submit]")
        page.wait_for_url("**/o/**")
        page.goto("/o/mutual-ser/afiliados/importar")
        page.get_by_label("Archivo").set_input_files(file)
        with register_held(made):
            page.get_by_role("button", name="Subir y revisar").click()
            page.wait_for_url("**/importaciones/*")
            killed()
        made.start()
        page.goto(page.url)
        assert "Revisando el archivo" in page.inner_text("h1")
        page.wait_for_selector(".work:has-text('se retoma solo')", timeout=60_000)
        # A server that cannot answer for a moment does not end the waiting.
        refused = []

        def unable(route):
            if route.request.resource_type != "fetch" or len(refused) == 2:
                return route.fallback()
            refused.append(route.request.url)
            route.fulfill(status=503)

        page.route("**/importaciones/*", unable)
        page.wait_for_selector("h1:text('Revise antes')", timeout=240_000)
        assert len(refused) == 2
        assert re.search(r"500\s+nuevas", page.inner_text(".figures"))
        assert people() == before
        with register_held(made):
            page.get_by_role("button", name="Importar el archivo").click()
            page.wait_for_selector("h1:text('Importando')", timeout=60_000)
            killed()
        made.start()
        assert people() == before
        page.goto(page.url)
        page.wait_for_selector("h1:text('terminada')", timeout=240_000)
        assert people() == before + 500
    except Exception:
        print(page.url, page.inner_text("body"), made.psql("select * from tenancy.jobs").stdout, made.output())
        raise
    finally:
        made.remove()


def test_wrong_calls_end_with_two(office, tmp_path):
    assert office.run("import", "affiliates", "--organization", "ESS207", check=False).returncode == 2
    assert office.run("import", "affiliates", "x.csv", check=False).returncode == 2
    assert office.run(
        "import", "affiliates", "x.csv", "--organization", "ESS207", "--cutoff", "ayer", check=False).returncode == 2


def test_the_summary_for_people_says_the_same_and_where_the_report_is(office, tmp_path):
    file = tmp_path / "padron.csv"
    file.write_text(text(person(900801), person("90080X")))
    ended = office.run("import", "affiliates", str(file), "--organization", "ESS207", "--dry-run", check=False)
    assert ended.returncode == 1
    assert "2 leídas" in ended.stdout and "1 rechazadas" in ended.stdout and "aún no" in ended.stdout
    assert str(tmp_path / "padron.rechazadas.csv") in ended.stdout
