"""The manual's pictures: the journeys take them as they pass, so that a picture shows a page that was really there.

They are kept in `Documentation/manual/imagenes`. `ALIANZAS_WRITE_PICTURES=1` takes those anew that a run passes by; any
other run sees that they are there.
"""

import base64
import os

from server import repository

folder = repository / "Documentation" / "manual" / "imagenes"


def take(page, name, width=960, height=900):
    """Takes the picture of a page's own part: as wide as told, and no higher."""
    kept = folder / f"{name}.webp"
    if not os.environ.get("ALIANZAS_WRITE_PICTURES"):
        assert kept.exists(), f"the manual has no picture «{name}»: ALIANZAS_WRITE_PICTURES=1 takes it"
        return
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("window.scrollTo(0, 0)")
    area = page.locator("main").bounding_box()
    session = page.context.new_cdp_session(page)
    shot = session.send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": 70,
            "clip": {**area, "height": min(area["height"], height), "scale": 1},
            "captureBeyondViewport": True,
        },
    )
    session.detach()
    page.set_viewport_size(before)
    folder.mkdir(exist_ok=True)
    kept.write_bytes(base64.b64decode(shot["data"]))
