"""The gentle hint in a browser: live under its field, by a button without scripts, kept nowhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.story import Reader, Story
from tests.journeys.writing import BEFORE, REQUEST, writing

pytestmark = pytest.mark.browser

NEVER = "You never had time for me."
AFRAID = "You hit me, and I am afraid of you."


def box(reader: Reader, label: str) -> Locator:
    """Return the box under a field."""
    inside = reader.page.locator(".field", has=reader.page.get_by_label(label))
    return inside.locator(".gentle")


def type_in(reader: Reader, label: str, text: str) -> None:
    """Type into an empty field key by key, as people do."""
    reader.write(label, "")
    reader.page.get_by_label(label).press_sequentially(text)


def test_a_hint_appears_under_the_field_and_its_starter_keeps_every_word(
    signed_story: Story,
) -> None:
    reader = writing(signed_story, "Evenings by the fire")
    type_in(reader, BEFORE, NEVER)
    hint, field = box(reader, BEFORE), reader.page.get_by_label(BEFORE)
    expect(hint).to_contain_text("can sound like a verdict")
    expect(field).to_be_focused()
    reader.look("hint")
    hint.get_by_role("button", name="I missed").click()
    expect(field).to_have_value(f"I missed … {NEVER}")
    expect(field).to_be_focused()
    at = field.evaluate("one => one.selectionStart")
    assert at == len(f"I missed … {NEVER}"), "the caret stays in one's own words"
    expect(reader.page.locator("[data-preview-of=before]")).to_have_text(f"I missed … {NEVER}")
    expect(reader.page.locator("[data-saved]")).to_contain_text("Saved at")
    field.fill("I missed an evening with you.")
    expect(hint).to_be_hidden()
    assert "never" not in signed_story.service.log().lower()


def test_keeping_ones_words_ends_the_hint_for_them_until_the_page_is_left(
    signed_story: Story,
) -> None:
    reader = writing(signed_story, "Evenings by the fire")
    type_in(reader, BEFORE, NEVER)
    box(reader, BEFORE).get_by_role("button", name="Keep my words").click()
    expect(box(reader, BEFORE)).to_be_hidden()
    expect(reader.page.get_by_label(BEFORE)).to_be_focused()
    with reader.page.expect_response("**/hint"):
        reader.page.keyboard.type(" So it was.")
    expect(box(reader, BEFORE)).to_be_hidden()
    expect(reader.page.locator("[data-saved]")).to_contain_text("Saved at")
    reader.page.reload()
    type_in(reader, BEFORE, NEVER)
    expect(box(reader, BEFORE)).to_be_visible()


def test_one_hint_at_a_time_and_a_request_is_asked_what_one_would_see(
    signed_story: Story,
) -> None:
    reader = writing(signed_story, "Evenings by the fire")
    type_in(reader, BEFORE, NEVER)
    expect(box(reader, BEFORE)).to_be_visible()
    type_in(reader, REQUEST, "I want more closeness.")
    expect(box(reader, REQUEST)).to_contain_text("What would I see?")
    expect(box(reader, BEFORE)).to_be_hidden()


def test_a_text_of_fear_gets_the_way_to_help_and_no_hint(signed_story: Story) -> None:
    reader = writing(signed_story, "Evenings by the fire")
    type_in(reader, BEFORE, f"{NEVER} {AFRAID}")
    hint = box(reader, BEFORE)
    expect(hint.get_by_role("link", name="Is this safe for me?")).to_be_visible()
    expect(hint.get_by_role("button")).to_have_count(0)
    expect(hint.get_by_text("verdict")).to_have_count(0)
    reader.look("hint-care")


def test_without_scripts_a_button_shows_the_hints_and_stores_nothing(signed_story: Story) -> None:
    reader = writing(signed_story, "Evenings without a lamp", scripts=False)
    reader.write(BEFORE, NEVER)
    reader.write(REQUEST, "I want more closeness.")
    reader.press("Look at my wording")
    expect(box(reader, BEFORE)).to_contain_text("can sound like a verdict")
    expect(box(reader, BEFORE)).to_be_focused()
    expect(box(reader, REQUEST)).to_contain_text("What would I see?")
    expect(reader.page.get_by_label(BEFORE)).to_have_value(NEVER)
    reader.page.goto(reader.page.url)
    expect(reader.page.get_by_label(BEFORE)).to_have_value("")
