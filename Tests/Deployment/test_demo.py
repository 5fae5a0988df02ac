"""The demonstration: loaded once, and with a clock that goes forward."""

import datetime
import json
import subprocess
import time

import pytest

from server import program, today, wait_until


@pytest.fixture
def demonstration(installation):
    installation.run("migrate")
    installation.run("demo")
    return installation


def refused(installation, *arguments):
    ended = installation.run(*arguments, check=False)
    assert ended.returncode != 0
    return ended.stdout + ended.stderr


def test_the_clock_goes_forward_and_never_back(demonstration):
    ahead = (today() + datetime.timedelta(days=90)).isoformat()
    demonstration.run("demo", "clock", "--to", f"{ahead}T07:30")
    assert "7:30" in demonstration.run("demo", "clock").stdout
    assert "solo avanza" in refused(demonstration, "demo", "clock", "--to", today().isoformat())
    assert "Escríbalo como" in refused(demonstration, "demo", "clock", "--to", "mañana")
    # What is asked of today is asked of that day.
    told = demonstration.run("compliance", "--alliance", "alianza-de-usuarios-de-san-antero", "--json").stdout
    assert ahead in told


def test_only_a_demonstration_has_a_clock_of_its_own(installation):
    installation.run("migrate")
    (installation.data / "reloj").write_text("8640000")
    assert str(today().year) in installation.run("demo", "clock").stdout
    assert "reloj es el de verdad" in refused(installation, "demo", "clock", "--to", "2030-01-01")


def test_one_that_was_broken_off_is_made_again_by_the_next_start(installation):
    installation.run("migrate")
    loading = subprocess.Popen(
        [program, "demo"], env=installation.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_until((installation.data / "demostracion.en-curso").exists, "the beginning of the load")
    # While one loads, another one waits for its turn.
    assert "cargando" in refused(installation, "demo")
    time.sleep(2)
    loading.kill()
    loading.wait()
    assert not (installation.data / "demostracion.json").exists(), "it had ended before"
    assert "alianzas demo" in refused(installation, "serve")
    assert "oficina@ejemplo.invalid" in installation.run("demo", "--if-empty").stdout
    assert not (installation.data / "demostracion.en-curso").exists()
    assert "ya tiene entidades" in refused(installation, "demo", "load")
    installation.start()


def test_one_that_was_broken_off_is_left_alone_where_somebody_works(installation):
    installation.run("migrate")
    installation.run(
        "organization", "register", "--kind", "insurer", "--name", "EPS de verdad", "--short-name", "EPS", "--municipality",
        "13001",
    )
    (installation.data / "demostracion.en-curso").touch()
    assert "no se borra nada" in refused(installation, "demo", "--if-empty")


def test_one_whose_accounts_were_written_had_ended(demonstration):
    (demonstration.data / "demostracion.en-curso").touch()
    assert "oficina@ejemplo.invalid" in demonstration.run("demo", "--if-empty").stdout
    assert not (demonstration.data / "demostracion.en-curso").exists()


def test_is_loaded_into_an_empty_database_alone(demonstration):
    assert "ya tiene entidades" in refused(demonstration, "demo", "load")
    assert "oficina@ejemplo.invalid" in demonstration.run("demo", "--if-empty").stdout


def test_its_electronic_box_is_verified_by_two_programs(demonstration, browser):
    """Whoever looks at the demonstration can do with its box what a citizen does with a real one."""
    demonstration.start()
    address = demonstration.psql(
        "select process_id || '/urnas/' || box_id from elections.boxes", "superuser").stdout.strip()
    page = browser.new_page()
    page.goto(f"{demonstration.url}/publico/aliansalud/alianza-de-usuarios-de-bogota/elecciones/{address}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Descargar el archivo de la urna").click()
    archive = demonstration.root / "urna" / download.value.suggested_filename
    download.value.save_as(archive)
    assert json.loads(demonstration.run("verify", str(archive), "--json").stdout)["report"]["ballots"] == 15
    told = subprocess.run(
        ["belenios-tool", "election", "verify", "--dir", str(archive.parent)], capture_output=True, text=True)
    assert "all checks passed" in told.stdout + told.stderr
