"""deploy/run itself, on a machine that has what it installs."""

import signal

from server import repository

command = (repository / "deploy" / "run",)


def test_starts_stops_and_keeps_the_data(installation):
    # Built already by the tests, so that this is about the script.
    installation.start(command)
    assert f"http://127.0.0.1:{installation.port}" in installation.output()
    installation.psql("create table public.kept as select 42 as value")
    assert installation.stop(signal.SIGINT) == 0
    assert not installation.servers()

    installation.start(command)
    output = installation.output()
    # Nothing is installed or built again, and the scripts themselves complain of nothing.
    for sign in ["compila", "instalan", "Python", "deploy/"]:
        assert sign not in output, output
    assert installation.psql("select value from public.kept").stdout == "42\n"
    assert installation.stop(signal.SIGTERM) == 0
    assert not installation.servers()
