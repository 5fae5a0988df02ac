"""A copy made as Documentation/Start.md says opens what it was made of, and nothing opens without its key."""

import http.cookiejar
import json
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from server import Installation


def sign_in(installation, name):
    """Signs one of the demonstration's accounts in without a browser, and returns the address that it comes to."""
    accounts = json.loads((installation.data / "demostracion.json").read_text())["accounts"]
    account = next(each for each in accounts if each["login"].startswith(f"{name}@"))
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = opener.open(installation.url + "/entrar").read().decode()
    hidden = dict(re.findall(r'name="(_[a-z]+)" value="([^"]+)"', page))
    fields = {**hidden, "login": account["login"], "secret.password": account["password"]}
    return opener.open(installation.url + "/entrar", urllib.parse.urlencode(fields).encode()).url


def test_a_copy_opens_what_it_was_made_of(installation, tmp_path):
    installation.run("migrate")
    installation.run("demo")
    installation.start()
    dump = tmp_path / "alianzas.dump"
    subprocess.run(
        ["pg_dump", "--format=custom", f"--file={dump}", installation.url_of("owner")], check=True, timeout=600
    )
    restored = Installation()
    try:
        restored.data.mkdir(mode=0o700)
        for name in ("llave", "anclas", "importaciones", "demostracion.json"):
            source = installation.data / name
            if source.is_dir():
                shutil.copytree(source, restored.data / name)
            elif source.exists():
                shutil.copy2(source, restored.data / name)
        if os.geteuid() == 0:
            owner = (installation.data / "postgres").stat()
            subprocess.run(["chown", "-R", f"{owner.st_uid}:{owner.st_gid}", restored.data], check=True)
        restored.run("migrate")
        restored.start()
        subprocess.run(
            ["pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction",
             f"--dbname={restored.url_of('owner')}", dump],
            check=True, timeout=600,
        )
        restored.stop()
        restored.run("migrate")
        restored.start()
        assert sign_in(restored, "administracion").endswith("/o/mutual-ser")
        assert "no concuerda" not in restored.run("audit", "verify").stdout
    finally:
        restored.remove()


def test_a_lost_key_is_told_and_not_replaced(installation):
    installation.run("migrate")
    installation.start()
    installation.stop()
    key = installation.data / "llave"
    kept = key.read_bytes()
    key.unlink()
    refused = installation.run("serve", check=False)
    assert refused.returncode == 1
    assert "Falta la clave del servidor" in refused.stderr
    assert not key.exists()
    key.write_bytes(kept)
    key.chmod(0o600)
    if os.geteuid() == 0:
        owner = (installation.data / "postgres").stat()
        os.chown(key, owner.st_uid, owner.st_gid)
    installation.start()


def test_behind_a_proxy_visitors_are_told_apart():
    made = Installation(ALIANZAS_PROXIES="1", ALIANZAS_ORIGIN="https://alianzas.example")
    try:
        made.run("migrate")
        made.start()
        assert "ALIANZAS_PROXIES" not in made.output()

        def attempt(address):
            opener = urllib.request.build_opener()
            page = opener.open(made.url + "/entrar")
            cookies = "; ".join(each.split(";")[0] for each in page.headers.get_all("Set-Cookie"))
            hidden = dict(re.findall(r'name="(_[a-z]+)" value="([^"]+)"', page.read().decode()))
            fields = {**hidden, "login": "ana@ejemplo.invalid", "secret.password": "otra"}
            request = urllib.request.Request(
                made.url + "/entrar", urllib.parse.urlencode(fields).encode(),
                # What a client writes itself stands to the left of what the proxy saw.
                headers={"Cookie": cookies, "X-Forwarded-For": f"198.51.100.1, {address}"},
            )
            try:
                return opener.open(request, timeout=60).status
            except urllib.error.HTTPError as error:
                return error.code

        assert [attempt("203.0.113.9") for _ in range(6)] == [422] * 5 + [429]
        assert attempt("203.0.113.10") == 422
    finally:
        made.remove()


def test_a_proxy_that_nobody_told_of_is_warned_of():
    made = Installation(ALIANZAS_ORIGIN="https://alianzas.example")
    try:
        made.run("migrate")
        made.start()
        assert "ALIANZAS_PROXIES=1" in made.output()
    finally:
        made.remove()
