"""What a phone is told: a dull name and icon, colours of both schemes, nothing kept by a worker."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from flask.testing import FlaskClient

STATIC = Path(__file__).parent.parent / "couples" / "static"
TOKENS = (STATIC / "app.css").read_text(encoding="utf-8")


def manifest() -> dict[str, object]:
    return json.loads((STATIC / "manifest.webmanifest").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_S4_the_name_on_a_home_screen_is_dull_and_the_pages_keep_their_address_bar() -> None:
    found = manifest()
    assert (found["name"], found["short_name"]) == ("Pages", "Pages")
    assert (found["id"], found["start_url"], found["scope"]) == ("/", "/", "/")
    # Installable, and whoever leaves by Quick exit sees where they are.
    assert found["display"] == "minimal-ui"
    assert not {"description", "categories", "screenshots", "shortcuts"} & set(found)


def test_every_icon_is_there_in_the_size_that_is_said_and_one_may_be_cut_round() -> None:
    icons = manifest()["icons"]
    assert isinstance(icons, list)
    sizes = set()
    for icon in icons:
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", (STATIC / icon["src"]).read_bytes()[16:24])
            assert icon["sizes"] == f"{width}x{height}"
            sizes.add((width, icon.get("purpose", "any")))
    assert {(192, "any"), (512, "any"), (512, "maskable")} <= sizes


def test_the_bars_of_a_phone_have_the_colour_of_the_page_light_and_dark(
    client: FlaskClient,
) -> None:
    page = client.get("/").text
    light, dark = (part.partition(";")[0] for part in TOKENS.split("--mist:")[1:3])
    for scheme, colour in (("light", light), ("dark", dark)):
        media = f'media="(prefers-color-scheme: {scheme})"'
        assert f'<meta name="theme-color" content="{colour}" {media}>' in page
    assert '<meta name="apple-mobile-web-app-title" content="Pages">' in page
    assert manifest()["theme_color"] == light


def test_S4_no_worker_of_ours_keeps_pages() -> None:
    for script in STATIC.glob("*.js"):
        assert "serviceWorker" not in script.read_text(encoding="utf-8")
