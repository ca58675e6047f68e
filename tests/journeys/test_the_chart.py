"""The chart in a real browser: each round is read by keyboard, by touch, and without a script."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from couples import clock
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import Answer, after, write

pytestmark = pytest.mark.browser
Opened = Callable[..., Page]
READ = "23 April: Maya 3, Jonas no answer. Version 1 of your agreement held then."
# What is shown of the round that has the focus.
SHOWN = """() => [...document.activeElement.querySelectorAll('text')]
  .filter((one) => getComputedStyle(one).display !== 'none').map((one) => one.textContent)"""


@pytest.fixture
def opened(
    app: Flask,
    client: FlaskClient,
    cast: Cast,
    chromium: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Opened]:
    """Serve eight weeks, of which only the last was left without Jonas's answer; open them."""
    write(cast, [*[(Answer(4), Answer(5))] * 7, (Answer(3, 3), None)])
    monkeypatch.setattr(clock, "now", lambda: after(8))
    sign_in(client, cast.maya, after(8))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    contexts: list[BrowserContext] = []

    def open_page(*, scripts: bool = True, width: int = 1280) -> Page:
        context = chromium.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900}, has_touch=True
        )
        contexts.append(context)
        kept = client.get_cookie("pages")
        assert kept
        url = f"http://127.0.0.1:{server.port}"
        context.add_cookies([{"name": kept.key, "value": kept.value, "url": url}])
        page = context.new_page()
        page.goto(f"{url}/overview")
        return page

    yield open_page
    for context in contexts:
        context.close()
    server.shutdown()
    server.server_close()


def test_the_chart_is_one_stop_and_arrows_lead_from_round_to_round(opened: Opened) -> None:
    page = opened()
    rounds = page.locator("svg.chart.wide a")

    assert page.locator("svg.chart.wide a[tabindex='0']").count() == 1
    rounds.last.focus()
    assert rounds.last.get_attribute("aria-label") == READ.replace("3,", "3 (only you see this),")
    assert page.evaluate(SHOWN) == ["23 April, version 1", "Maya 3, Jonas no answer"]
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(SHOWN) == ["16 April, version 1", "Maya 4, Jonas 5"]
    page.keyboard.press("Enter")
    assert page.locator("tr:target").inner_text().split("\t") == ["16 Apr", "4", "5"]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_touch_shows_a_round_and_stays_where_it_is(opened: Opened, width: int) -> None:
    page = opened(width=width)
    name = "wide" if width > 860 else "narrow"

    page.locator(f"svg.chart.{name} a").nth(2).tap()

    assert page.locator(f"svg.chart.{name} a").nth(2).locator("text").last.is_visible()
    assert "#" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert not [(one["id"], one["nodes"][0]["html"]) for one in found]


@pytest.mark.parametrize(
    ("pointer", "goes"),
    [
        (None, True),  # what a screen reader presses, as some send it
        ({"pointerType": "touch", "width": 0, "height": 0}, True),
        ({"pointerType": "mouse", "width": 1, "height": 1, "pressure": 0}, True),
        ({"pointerType": "mouse", "width": 1, "height": 1, "pressure": 0.5}, False),
        ({"pointerType": "touch", "width": 20, "height": 20, "pressure": 1}, False),
    ],
)
def test_a_press_that_no_hand_made_goes_to_the_row_and_unfolds_it(
    opened: Opened, pointer: dict[str, object] | None, goes: bool
) -> None:
    page = opened()
    page.locator("svg.chart.wide a").nth(2).evaluate(
        """(round, pointer) => {
          const about = { bubbles: true, cancelable: true };
          const down = new PointerEvent('pointerdown', { ...about, ...pointer });
          if (pointer) round.dispatchEvent(down);
          round.dispatchEvent(new MouseEvent('click', { ...about, detail: 1 }));
        }""",
        pointer,
    )
    assert ("#d2026-03-19" in page.url) is goes
    assert page.locator("#d2026-03-19").is_visible() is goes


def test_without_a_script_each_round_is_a_link_to_its_row(opened: Opened) -> None:
    page = opened(scripts=False)
    rounds = page.locator("svg.chart.wide a")

    rounds.nth(0).focus()
    for _step in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.url.endswith("#d2026-03-26")
    assert page.locator("tr#d2026-03-26").is_visible()
