"""Quick exit: it ends the session, leaves, and Back shows nothing (rule S4)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.story import Reader, Story

pytestmark = pytest.mark.browser

ELSEWHERE = "Kitchen measures"


def signed_in(story: Story, scripts: bool) -> Reader:
    """Return Maya's browser on her agreement, signed in through the form."""
    reader = story.reader(scripts=scripts)
    reader.open("/signin")
    reader.write("Email", "maya@example.org")
    reader.write("Password", "tulips on the landing")
    reader.press("Sign in")
    reader.open("/doc")
    reader.sees("Version 1, signed by both")
    return reader


def assert_gone(reader: Reader, copied: list[dict[str, object]]) -> None:
    """Fail where Back, a reload or a copied cookie still shows anything."""
    expect(reader.page).to_have_title(ELSEWHERE)
    reader.page.go_back()
    reader.page.wait_for_load_state("load")
    reader.does_not_see("Version 1", "Jonas", "Laptops")
    reader.open("/doc")
    reader.at("/signin")
    other = reader.story.reader(scripts=False)
    other.context.add_cookies(copied)  # type: ignore[arg-type]
    other.open("/doc")
    other.at("/signin")


def test_S4_without_scripts_the_link_ends_the_session_and_leaves(signed_story: Story) -> None:
    reader = signed_in(signed_story, scripts=False)
    copied = [dict(one) for one in reader.context.cookies()]
    reader.page.locator("a.exit").click()
    assert_gone(reader, copied)


def test_S4_with_scripts_the_page_is_covered_before_it_leaves(signed_story: Story) -> None:
    reader = signed_in(signed_story, scripts=True)
    copied = [dict(one) for one in reader.context.cookies()]
    reader.page.locator("a.exit").click()
    assert_gone(reader, copied)


def test_S4_shift_three_times_leaves_from_anywhere(signed_story: Story) -> None:
    reader = signed_in(signed_story, scripts=True)
    reader.open("/private/new")
    copied = [dict(one) for one in reader.context.cookies()]
    field = reader.page.get_by_label("Your note")
    field.focus()
    field.press_sequentially("Three Capital Letters Leave Nowhere")
    reader.at("/private/new")
    for _press in range(3):
        reader.page.keyboard.press("Shift")
    assert_gone(reader, copied)


def test_S4_two_presses_and_a_letter_stay(signed_story: Story) -> None:
    reader = signed_in(signed_story, scripts=True)
    for key in ("Shift", "Shift", "a", "Shift"):
        reader.page.keyboard.press(key)
    reader.page.wait_for_timeout(300)
    reader.at("/doc")
