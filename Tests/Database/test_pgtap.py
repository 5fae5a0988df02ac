"""Each file of sql/tests is one test, run by the superuser in a database as `alianzas migrate` leaves it."""

import re
import subprocess

import pytest

from server import Installation, program, repository

files = sorted((repository / "sql" / "tests").rglob("*.sql"))


@pytest.fixture(scope="module")
def database():
    made = Installation()
    made.run("migrate")
    made.start()
    # As the administrator of a server of their own would.
    bootstrap = (repository / "sql" / "bootstrap.sql").read_text()
    made.psql("\\set database pgtap\n" + bootstrap, role="superuser", database="postgres")
    url = made.url_of("owner").replace("/alianzas?", "/pgtap?")
    subprocess.run([program, "migrate"], env={**made.environment, "ALIANZAS_DATABASE_URL": url}, check=True)
    made.psql("create schema tap; create extension pgtap schema tap", role="superuser", database="pgtap")
    # Tests call its functions by their bare names, after they have become one of the product's roles.
    made.psql(
        "alter database pgtap set search_path = public, tap; grant usage on schema tap to public",
        role="superuser",
        database="pgtap",
    )
    yield made
    made.remove()


@pytest.mark.parametrize("file", files, ids=lambda file: str(file.relative_to(repository / "sql" / "tests")))
def test_database(database, file):
    ended = database.psql(file.read_text(), role="superuser", database="pgtap", check=False)
    text = ended.stdout + ended.stderr
    plan = re.search(r"^1\.\.(\d+)$", ended.stdout, re.MULTILINE)
    results = re.findall(r"^(ok|not ok) \d+", ended.stdout, re.MULTILINE)
    assert ended.returncode == 0 and plan, text
    assert results and "not ok" not in results, text
    assert len(results) == int(plan[1]), text
