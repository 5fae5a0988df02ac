"""How the server comes and goes: nothing that it started outlives it, and nothing that was kept is lost."""

import os
import re
import signal
import urllib.error
import urllib.request

import pytest

from server import Installation, repository, wait_until

kept = "create table public.kept as select 42 as value"


def test_stops_what_it_started(installation):
    installation.run("migrate")
    installation.start()
    assert installation.servers()
    assert installation.stop(signal.SIGINT) == 0
    assert not installation.servers()


def test_a_killed_server_takes_its_cluster_along_and_the_next_one_starts_at_once(installation):
    installation.run("migrate")
    installation.start()
    installation.psql(kept)
    installation.stop(signal.SIGKILL)
    # Without a pause: the next one has to wait for what is still ending.
    installation.start()
    assert installation.psql("select value from public.kept").stdout == "42\n"


def test_a_server_whose_cluster_was_killed_ends_and_says_why(installation):
    installation.run("migrate")
    installation.start()
    installation.psql(kept)
    postmaster = int((installation.data / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    assert installation.process.wait(timeout=60) == 1
    assert "PostgreSQL se detuvo" in installation.output()
    installation.process = None
    installation.start()
    assert installation.psql("select value from public.kept").stdout == "42\n"


def test_is_refused_where_another_one_serves(installation):
    installation.run("migrate")
    installation.start()
    refused = installation.run("serve", check=False)
    assert refused.returncode == 1
    assert "ocupado" in refused.stderr
    installation.environment["ALIANZAS_PORT"] = str(1 + installation.port)
    refused = installation.run("serve", check=False)
    assert refused.returncode == 1
    assert f"proceso {installation.process.pid}" in refused.stderr


def test_serves_no_schema_that_is_behind(installation):
    refused = installation.run("serve", check=False)
    assert refused.returncode == 1
    assert "alianzas migrate" in refused.stderr
    assert not installation.servers()


def test_commands_share_the_running_cluster(installation):
    refused = installation.run("database", "url", check=False)
    assert refused.returncode == 1 and "alianzas serve" in refused.stderr
    installation.run("migrate")
    installation.start()
    before = installation.servers()
    assert "ya estaba al día" in installation.run("migrate").stdout
    assert set(before) & set(installation.servers())
    assert installation.psql("select current_user", role="app").stdout == "alianzas_app\n"


@pytest.mark.parametrize("installation", ["con espacios y ñ", "carpeta-muy-larga/" * 12 + "fin"], indirect=True)
def test_lives_under_any_path(installation):
    installation.run("migrate")
    installation.start()
    installation.psql(kept)
    assert installation.stop() == 0
    installation.start()
    assert installation.psql("select value from public.kept").stdout == "42\n"


def test_two_commands_at_once_on_a_new_folder_both_succeed(installation):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor() as pool:
        ended = list(pool.map(lambda _: installation.run("migrate", "--json"), range(4)))
    assert sum(answer.stdout != '{"applied":[]}\n' for answer in ended) == 1
    wait_until(lambda: not installation.servers(), "the end of the cluster", seconds=10)


def status_of(url):
    """The status that an address answers with, 0 where nobody answers."""
    try:
        return urllib.request.urlopen(url, timeout=30).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.fixture
def outside(installation):
    """A server of somebody else's, and an installation that is told to use it."""
    installation.run("migrate")
    installation.start()
    # As the administrator of a server of their own would.
    bootstrap = (repository / "sql" / "bootstrap.sql").read_text()
    installation.psql("\\set database ajena\n" + bootstrap, role="superuser", database="postgres")
    url = installation.url_of("owner").replace("/alianzas?", "/ajena?")
    other = Installation(ALIANZAS_DATABASE_URL=url)
    yield other
    other.remove()


def test_a_refusal_is_found_in_the_log_by_the_number_that_it_cites(installation):
    installation.run("migrate")
    installation.start()
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(installation.url + "/no/hay/tal")
    number = re.search(r"<strong>([2-9A-Z]{4}-[2-9A-Z]{4})</strong>", refusal.value.read().decode()).group(1)
    lines = [line for line in installation.output().splitlines() if number in line]
    assert len(lines) == 1 and "reason=" in lines[0] and "status=404" in lines[0]


def test_serves_no_schema_but_its_own_from_the_server_of_somebody_else(installation, outside):
    def refused():
        ended = outside.run("serve", check=False)
        assert ended.returncode == 1
        return ended.stderr

    # Nothing there yet; a schema from before the serving role could read of it; one behind; one ahead.
    assert "alianzas migrate" in refused()
    outside.run("migrate")
    ours = {"role": "owner", "database": "ajena"}
    installation.psql("revoke select on public.migrations from alianzas_app", **ours)
    assert "versión anterior" in refused()
    installation.psql("grant select on public.migrations to alianzas_app", **ours)
    last = installation.psql("select max(number) from public.migrations", **ours).stdout.strip()
    installation.psql(f"create table public.kept as select * from public.migrations where number = {last}", **ours)
    installation.psql(f"delete from public.migrations where number = {last}", **ours)
    assert "le falta 1 migración" in refused()
    installation.psql("insert into public.migrations select * from public.kept", **ours)
    installation.psql(
        "insert into public.migrations select 9999, '9999_later', fingerprint, applied_at from public.kept", **ours
    )
    assert "9999_later" in refused() and "Instale la versión" in refused()
    installation.psql("delete from public.migrations where number = 9999", **ours)
    outside.start()


def test_tells_of_a_server_that_cuts_no_statement_off(installation, outside):
    outside.run("migrate")
    outside.start()
    outside.stop()
    assert "límite de tiempo" not in outside.output()
    installation.psql("alter role alianzas_public in database ajena set statement_timeout = 0", role="superuser")
    outside.start()
    assert "límite de tiempo a las consultas de alianzas_public" in outside.output()


def test_uses_the_server_that_it_is_told(installation, outside):
    outside.run("migrate")
    # Invented people are for a cluster of one's own.
    refused = outside.run("demo", check=False)
    assert refused.returncode == 1 and "ajeno" in refused.stderr
    outside.start()
    assert not outside.servers() and not (outside.data / "postgres").exists()
    # The other server's end is told to who asks, and its return needs nothing.
    assert installation.stop() == 0
    assert status_of(outside.url + "/salud") == 503
    installation.start()
    wait_until(lambda: status_of(outside.url + "/salud") == 200, "the server's return")
    # It stops what it started, and nothing else.
    assert outside.stop() == 0
    assert status_of(installation.url + "/salud") == 200
