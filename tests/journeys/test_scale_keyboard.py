"""The published scale under a finger and by the keyboard, on both pages that ask it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.story import Reader, Story
from tests.journeys.test_keyboard import tab_to
from tests.journeys.test_six_taps import at_week, couple_with_an_open_page, stored
from tests.journeys.watching import check_accessibility, check_width

pytestmark = pytest.mark.browser

ANSWERS = ".scale .check, .scale .skip, .scale .days label"


def check_answers(reader: Reader, least: int) -> None:
    """Fail where an answer is smaller than a fingertip on a phone."""
    reader.page.set_viewport_size({"width": 390, "height": 844})
    boxes = [one.bounding_box() for one in reader.page.locator(ANSWERS).all()]
    assert len(boxes) >= least
    small = [box for box in boxes if not box or min(box["width"], box["height"]) < 44]
    assert not small, small[:3]
    check_accessibility(reader.page)
    check_width(reader.page)


def test_the_keyboard_alone_answers_both_scales(signed_story: Story) -> None:
    name, response_id, _path = couple_with_an_open_page(signed_story)
    reader = at_week(signed_story, name)
    keyboard = reader.page.keyboard
    check_answers(reader, 25 + 4)
    tab_to(reader, name="s1")
    keyboard.press("Space")
    tab_to(reader, name="s12")
    keyboard.press("Space")
    keyboard.press("ArrowDown")
    tab_to(reader, name="decision", value="keep")
    keyboard.press("Enter")
    reader.sees("Kept to yourself")
    assert stored(signed_story, response_id).scale == {"1": 0, "12": 1}
    reader.look("week-done-with-an-offer")
    reader.open("/week/longer")
    check_answers(reader, 16 * 6 + 1 + 16)
    tab_to(reader, name="s26")
    keyboard.press("Space")
    keyboard.press("ArrowRight")
    expect(reader.page.locator("[data-saved]")).to_contain_text("Saved at")
    reader.press("Finish")
    reader.sees("There is no total: it takes all sixteen answers.")
    reader.look("week-longer-finished")
