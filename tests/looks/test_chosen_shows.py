"""With forced colours, what is chosen looks different from what is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gallery.states import BY_KEY
from gallery.worlds import Gallery
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
# A page, and the box of an answer on it with what is drawn for it.
ANSWERS = [
    ("week", ".band label:has([value='5'])"),
    ("week", ".skip"),
    ("settings", ".days label:nth-child(3)"),
    ("settings", ".check:has([type=checkbox])"),
    ("settings", ".check:has([type=radio]:not(:checked))"),
]


@pytest.fixture(scope="module")
def pages(gallery: Gallery, window: BrowserContext) -> Iterator[dict[str, Page]]:
    """Return each page with forced colours."""
    found = {}
    for key in dict(ANSWERS):
        found[key] = gallery.visit(BY_KEY[key], window)
        found[key].emulate_media(forced_colors="active", reduced_motion="reduce")
    yield found
    for page in found.values():
        page.close()


@pytest.mark.parametrize(("key", "answer"), ANSWERS)
def test_a_chosen_answer_shows_with_forced_colours(
    pages: dict[str, Page], key: str, answer: str
) -> None:
    box = pages[key].locator(answer).first
    field = box.locator("input")
    pages[key].bring_to_front()
    field.evaluate("one => { one.checked = false; }")
    before = box.screenshot()
    assert box.screenshot() == before, "nothing moves by itself"
    field.evaluate("one => { one.checked = true; }")
    assert box.screenshot() != before
