"""Every page in a language 40 % longer than English, on a phone and on a desk, and mirrored."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import update
from werkzeug.serving import make_server

from couples.accounts.models import Person
from couples.db import db
from tests import pseudo
from tests.journeys.test_wide_names import LINKS, NO_PAGES, OPEN_ALL
from tests.stage import Stage
from tests.test_pseudo_locale import ROOMS, kind

pytestmark = pytest.mark.browser

PHONE, DESK = (320, 700), (1280, 800)
AMISS = Path(__file__).with_name("amiss.js").read_text(encoding="utf-8").partition("\n")[2]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Answer on a port of this machine, in a thread."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def reading(stage: Stage, folder: Path, chromium: Browser, language: str) -> Iterator[Page]:
    """Open Maya's browser, in which everything is in a language nobody speaks."""
    with pseudo.spoken_in(stage.app, folder, language), served(stage.app) as address:
        db.session.execute(update(Person).values(language=language))
        db.session.commit()
        cookie = stage.browser("Maya").get_cookie("pages")
        assert cookie is not None
        context = chromium.new_context(base_url=address)
        context.add_cookies([{"name": "pages", "value": cookie.value, "url": address}])
        yield context.new_page()
        context.close()


def amiss(page: Page, path: str, *sizes: tuple[int, int]) -> list[str]:
    """Return what does not fit on one page."""
    found = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{path} at {width}: {one}" for one in page.evaluate(AMISS)]
    return found


def test_every_page_has_room_for_a_longer_language(
    stage: Stage, tmp_path: Path, chromium: Browser
) -> None:
    seen, found, waiting = set[str](), list[str](), list(ROOMS)
    with reading(stage, tmp_path, chromium, pseudo.LEFT) as page:
        while waiting:
            path = waiting.pop(0)
            if kind(path) in seen or NO_PAGES.search(path):
                continue
            seen.add(kind(path))
            page.goto(path)
            page.evaluate(OPEN_ALL)
            # There is room on a desk: a look at the rooms themselves is enough.
            found += amiss(page, path, PHONE, *([DESK] if path in ROOMS else []))
            waiting += page.evaluate(LINKS)
    assert len(seen) > 40, seen
    assert not found, "\n".join(found)


def test_every_room_turns_round_for_a_language_read_from_the_right(
    stage: Stage, tmp_path: Path, chromium: Browser
) -> None:
    found = list[str]()
    with reading(stage, tmp_path, chromium, pseudo.RIGHT) as page:
        for path in ROOMS:
            page.goto(path)
            assert page.locator("html").get_attribute("dir") == "rtl"
            found += amiss(page, path, PHONE, DESK)
            brand, end = page.locator(".brand"), page.locator(".top__end")
            left, right = brand.bounding_box(), end.bounding_box()
            assert left is not None and right is not None and left["x"] > right["x"], path
    assert not found, "\n".join(found)


def test_what_does_not_fit_is_seen(chromium: Browser) -> None:
    nav = "<nav style='display:flex;width:90px'>{}</nav>"
    labels = "<a style='width:40px'>Agreement</a><a>Talks</a>"
    clipped = "<p style='width:40px;overflow:hidden;white-space:nowrap'>An agreement</p>"
    page = chromium.new_page(viewport={"width": 320, "height": 700})
    for body, said in (
        (nav.format(labels.replace(" style='width:40px'", "")), ""),
        (nav.format(labels), "one on the other"),
        (clipped, "cut off"),
        ("<p style='width:400px'>Wide</p>", "sideways"),
    ):
        page.set_content(f"<body>{body}</body>")
        found = page.evaluate(AMISS)
        assert [one.partition(":")[0].partition(",")[0] for one in found] == [said] * bool(said)
    page.close()
