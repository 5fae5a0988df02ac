"""Files that people send, where a program of the installation looks at them first."""

import pytest

from server import Installation, sign_in

LOGO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005000"
    "1ff56c72c0d0000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server whose scanner, a script, knows one harmful word and fails at another."""
    scanner = tmp_path_factory.mktemp("scan") / "look"
    scanner.write_text(
        '#!/bin/sh\ngrep --quiet harmful "$2" && exit 1\ngrep --quiet broken "$2" && exit 2\n[ "$1" = --now ]\n'
    )
    scanner.chmod(0o755)
    made = Installation(ALIANZAS_SCAN=f"{scanner} --now")
    made.demonstrate()
    made.start()
    yield made
    made.remove()


def test_a_harmful_file_is_kept_out_and_what_was_typed_is_not_lost(enter, look):
    page = enter("administracion")
    page.goto("/o/mutual-ser/configuracion")
    page.get_by_role("link", name="Editar imagen y contacto").click()
    for content, words in (
        (b"harmful", "trae un programa dañino"),
        (b"broken", "no se pudo revisar"),
    ):
        page.get_by_label("Teléfono").fill("6045550000")
        page.locator("input[type=file]").set_input_files(
            {"name": "logo.png", "mimeType": "image/png", "buffer": LOGO + content}
        )
        page.get_by_role("button", name="Guardar").click()
        assert f"«logo.png» {words}" in page.inner_text(".problem-summary")
        assert page.get_by_label("Teléfono").input_value() == "6045550000"
        look(page)
    page.locator("input[type=file]").set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": LOGO})
    page.get_by_role("button", name="Guardar").click()
    assert "quedaron guardados" in page.inner_text(".notice")


def test_a_scanner_that_is_not_there_is_told_at_the_start():
    made = Installation(ALIANZAS_SCAN="clamdscan --fdpass")
    ended = made.run("serve", check=False)
    assert ended.returncode != 0 and "ALIANZAS_SCAN dice «clamdscan --fdpass»" in ended.stdout + ended.stderr
    made.remove()
