"""The server under test: the program itself, on a free port, with a data folder of its own."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path

import papers

repository = Path(__file__).resolve().parent.parent
# The variable that names the folder which the processes of a run of the tests share.
SHARED = "TESTS_SHARED"
program = repository / ".build" / os.environ.get("ALIANZAS_BUILD", "debug") / "alianzas"


def free_port():
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def today():
    """The day in Colombia, which is another than the machine's for some hours of each."""
    return datetime.now(timezone(timedelta(hours=-5))).date()


def wait_until(condition, what, seconds=60):
    """Waits until the condition holds, and returns what it gave."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"timed out: {what}")


def fits(page):
    """Whether nothing is wider than the window. A page that is still taking its fonts or its new width is given a moment; of one
    that does not fit, what reaches beyond the edge is printed.
    """
    page.wait_for_load_state()
    for _ in range(30):
        beyond = page.evaluate("""() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            if (scrollWidth <= clientWidth) return [];
            const beyond = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > clientWidth);
            return [`${scrollWidth} > ${clientWidth} px`, ...beyond.map((each) => each.outerHTML.slice(0, 160))];
        }""")
        if not beyond:
            return True
        page.wait_for_timeout(100)
    print(*beyond, sep="\n")
    return False


def shortcut(page, key):
    """Presses one of the keys of a session, once the page listens: a page is read before its scripts run, and a key pressed
    between the two is lost.
    """
    page.wait_for_load_state()
    page.locator("body").press(key)


def as_it_is(page):
    """Confirms what a session lacks when it is opened or closed, where the page asks."""
    if page.locator("main [name=confirmed]").count():
        page.check("main [name=confirmed]")


def move_anyway(page):
    """Moves a meeting to a day that asks for care, where the page says so: whichever day of the year this runs on."""
    button = page.get_by_role("button", name="Reprogramar de todos modos")
    if button.count():
        button.click()


def sign_in(page, installation, name):
    """Signs one of the demonstration's accounts in."""
    accounts = json.loads((installation.data / "demostracion.json").read_text())["accounts"]
    account = next(each for each in accounts if each["login"].startswith(f"{name}@"))
    page.goto("/entrar")
    page.fill("main input:not([type=hidden]) >> nth=0", account["login"])
    page.fill("input[type=password]", account["password"])
    page.click("main button[type=submit]")
    if account.get("secret"):
        # A code is good once, and the demonstration may have used the one of this half minute; few wrong ones are let
        # pass, so that each is tried once.
        tried = set()

        def confirmed():
            code = installation.run("demo", "code", account["login"]).stdout.strip()
            if code not in tried:
                tried.add(code)
                page.fill("main input:not([type=hidden]) >> nth=0", code)
                with page.expect_navigation():
                    page.click("main button[type=submit]")
            else:
                page.wait_for_timeout(1000)
            return "/o/" in page.url

        wait_until(confirmed, "the second factor", seconds=70)
    page.wait_for_url("**/o/**")
    return page


class Installation:
    """A data folder, and the program run on it."""

    def __init__(self, data=None, **environment):
        self.root = Path(tempfile.mkdtemp(prefix="alianzas-test-"))
        self.root.chmod(0o755)
        self.data = self.root / (data or "data")
        # What the program writes for a while stands beside its data: it goes with them, and a search finds it.
        self.temporary = self.root / "tmp"
        self.temporary.mkdir()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ALIANZAS_", "PG"))},
            "TMPDIR": str(self.temporary),
            "ALIANZAS_DATA": str(self.data),
            "ALIANZAS_HOME": str(repository),
            "ALIANZAS_PORT": str(self.port),
            "ALIANZAS_BUILD": program.parent.name,
            "ALIANZAS_WEASYPRINT": str(papers.install(self.root, os.environ.get("ALIANZAS_KEEP_PAPERS"))),
            **environment,
        }
        self.process = None

    def run(self, *arguments, check=True, **options):
        """Runs a command of the program to its end."""
        ended = subprocess.run(
            [program, *arguments], env=self.environment, text=True, capture_output=True, timeout=600, **options
        )
        assert not check or ended.returncode == 0, f"alianzas {arguments}: {ended.stdout}{ended.stderr}"
        return ended

    def demonstrate(self):
        """Makes the database with the demonstration's data. They are loaded once in a run of the tests, and copied for
        whoever asks after that: each has the same passwords."""
        kept = Path(os.environ[SHARED]) / "demonstration"
        with open(f"{kept}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if kept.exists():
                subprocess.run(["cp", "-a", "--reflink=auto", kept, self.data], check=True)
                return
            self.run("migrate")
            self.run("demo")
            wait_until(lambda: not self.servers(), "the end of the cluster")
            subprocess.run(["cp", "-a", "--reflink=auto", self.data, f"{kept}.new"], check=True)
            os.rename(f"{kept}.new", kept)

    def start(self, command=(program, "serve"), ready="/salud"):
        """Starts the server and waits until it answers."""
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True
        )

        def answers():
            assert self.process.poll() is None, f"the server ended: {self.output()}"
            try:
                return urllib.request.urlopen(self.url + ready, timeout=5).status == 200
            except OSError:
                return False

        try:
            wait_until(answers, "the server's first answer", seconds=600)
        except AssertionError:
            print(self.output())
            raise

    def output(self):
        """What the server has printed."""
        self.log.seek(0)
        return self.log.read()

    def stop(self, number=signal.SIGINT):
        """Ends the server as Ctrl-C does, or by another signal, and returns its exit status."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        status = self.process.wait(timeout=120)
        self.process = None
        return status

    def remove(self):
        """Ends what is running and removes the data; fails where a document that was printed had a fault."""
        self.stop()
        wait_until(lambda: not self.servers(), "the end of the cluster")
        faults = papers.faults_of(self.root)
        shutil.rmtree(self.root)
        assert not faults, faults

    def url_of(self, role):
        """The connection string of a role, which only works while the server runs."""
        return json.loads(self.run("database", "url", "--role", role, "--json").stdout)["url"]

    def psql(self, sql, role="owner", database=None, check=True):
        """Runs SQL from a text and returns how that ended."""
        connection = self.url_of(role)
        if database:
            connection = connection.replace("/alianzas?", f"/{database}?")
        # The cluster's superuser is whoever its server runs as.
        owner = (self.data / "postgres").stat()
        other = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        ended = subprocess.run(
            ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-f", "-", connection],
            input=sql, text=True, capture_output=True, timeout=600, cwd="/",
            **(other if role == "superuser" and os.geteuid() == 0 else {}),
        )
        assert not check or ended.returncode == 0, ended.stderr
        return ended

    def servers(self):
        """The processes of PostgreSQL whose data are in the folder."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if (process / "cwd").resolve().is_relative_to(self.data) and os.readlink(process / "cwd"):
                    found.append(int(process.name))
            except OSError:
                continue
        return found
