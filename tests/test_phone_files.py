"""What a phone is told: a dull name and icon, colours of both schemes, nothing kept by a worker."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from couples.app import create_app
from couples.settings import Settings

STATIC = Path(__file__).parent.parent / "couples" / "static"
TOKENS = (STATIC / "app.css").read_text(encoding="utf-8")


def manifest(client: FlaskClient) -> dict[str, Any]:
    """Return what the page leads to, as a phone asks for it."""
    (address,) = re.findall(r'<link rel="manifest" href="([^"]+)">', client.get("/").text)
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "application/manifest+json")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in answer.headers
    return json.loads(answer.text)  # type: ignore[no-any-return]


def test_S4_the_name_on_a_home_screen_is_dull_and_the_pages_keep_their_address_bar(
    client: FlaskClient,
) -> None:
    found = manifest(client)
    assert (found["name"], found["short_name"]) == ("Pages", "Pages")
    assert (found["id"], found["start_url"], found["scope"]) == ("/", "/", "/")
    # Installable, and whoever leaves by Quick exit sees where they are.
    assert found["display"] == "minimal-ui"
    assert not {"description", "categories", "screenshots", "shortcuts"} & set(found)


def test_S4_the_name_on_a_home_screen_is_the_short_one_that_an_operator_chose(
    settings_for: Callable[..., Settings], sqlite_url: str
) -> None:
    chosen = replace(settings_for(sqlite_url), short_name="Notes", product_name="Paper Notes")
    client = create_app(chosen).test_client()
    found = manifest(client)
    assert (found["name"], found["short_name"]) == ("Notes", "Notes")
    assert '<meta name="apple-mobile-web-app-title" content="Notes">' in client.get("/").text
    assert "Pages" not in json.dumps(found) and "Paper" not in json.dumps(found)


def test_every_icon_is_there_in_the_size_that_is_said_and_one_may_be_cut_round(
    client: FlaskClient,
) -> None:
    icons = manifest(client)["icons"]
    sizes = set()
    for icon in icons:
        if icon["type"] == "image/png":
            # With a fingerprint, so that a browser that keeps it notices a new one.
            assert re.fullmatch(r"/static/[\w.-]+\?v=[0-9a-f]{12}", icon["src"])
            width, height = struct.unpack(">II", client.get(icon["src"]).data[16:24])
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
    found = manifest(client)
    assert found["theme_color"] == found["background_color"] == light


def test_S4_no_worker_of_ours_keeps_pages() -> None:
    for script in STATIC.glob("*.js"):
        assert "serviceWorker" not in script.read_text(encoding="utf-8")
