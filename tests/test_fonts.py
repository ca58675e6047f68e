"""The fonts of our pages: each page fetches the small parts; a rare letter brings the other one."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from web_fonts import BASIC, CUTS, MORE, points

from couples.formats import STATIC

HOME = STATIC.parent.parent
FACE = re.compile(r"@font-face\{([^}]*url\(fonts/([a-z-]+)\.woff2\)[^}]*)\}")
FACES = {name: rules for rules, name in FACE.findall((STATIC / "app.css").read_text())}
# What may be drawn from a font of the machine: these are in none of ours.
NOT_OURS = set("\n\t→")
MOST = {"literata-display": 26_000, "facing-sans": 17_000, "literata-text": 15_000}


@pytest.mark.parametrize("name", CUTS)
def test_a_browser_is_told_which_part_of_a_font_holds_what(name: str) -> None:
    whole, more = FACES[name], FACES[f"{name}-more"]

    assert whole.endswith(f";unicode-range:{BASIC}") and more.endswith(f";unicode-range:{MORE}")
    assert whole.replace(BASIC, MORE) == more.replace("-more", "")
    assert "font-display:swap" in whole


def test_every_font_that_is_shipped_is_named_and_none_else() -> None:
    assert sorted(FACES) == sorted(one.stem for one in (STATIC / "fonts").glob("*.woff2"))
    assert not points(BASIC) & points(MORE)


@pytest.mark.parametrize(("name", "most"), MOST.items())
def test_what_most_pages_need_of_a_font_stays_small(name: str, most: int) -> None:
    assert (STATIC / "fonts" / f"{name}.woff2").stat().st_size <= most


def test_our_own_texts_need_no_second_part() -> None:
    used = {
        letter
        for file in (HOME / "templates").rglob("*.html")
        if file.name != "exit.html"
        for letter in file.read_text()
    }

    assert {letter for letter in used - NOT_OURS if ord(letter) not in points(BASIC)} == set()


def test_only_the_first_part_of_the_display_face_is_fetched_early(client: FlaskClient) -> None:
    page = client.get("/signin").text

    assert re.findall(r'rel="preload" href="([^"]+)"', page) == [
        "/static/fonts/literata-display.woff2"
    ]
