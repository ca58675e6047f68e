"""Drafts that save themselves: what they say when they cannot, and two tabs at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.road import sign_in
from tests.journeys.story import Reader, Story

pytestmark = pytest.mark.browser

REQUEST = "What could you two do so you get it?"


def writing(story: Story, own_words: str) -> Reader:
    """Return Maya's browser on a new need in her own words."""
    reader = story.reader()
    sign_in(reader, "Maya")
    reader.open("/doc/mine/new")
    reader.write("Or in your own words", own_words)
    reader.press("Go on")
    return reader


def test_a_text_over_the_limit_is_said_to_be_and_stays(signed_story: Story) -> None:
    reader = writing(signed_story, "A short walk")
    reader.watch.expected = {422}
    reader.write(REQUEST, "x" * 2001)
    expect(reader.page.locator("[data-saved]")).to_contain_text("2000 characters")
    expect(reader.page.locator("[data-offline]")).to_be_hidden()
    reader.write(REQUEST, "x" * 2000)
    expect(reader.page.locator("[data-saved]")).to_contain_text("Saved at")


def test_A9_the_later_of_two_tabs_is_shown_both_texts(signed_story: Story) -> None:
    first = writing(signed_story, "A long walk")
    first.watch.expected = {409}
    second = first.context.new_page()
    second.goto(first.page.url)
    second.get_by_label(REQUEST).fill("From the second tab.")
    expect(second.locator("[data-saved]")).to_contain_text("Saved at")
    first.write(REQUEST, "From the first tab.")
    expect(first.page.locator("[data-saved]")).to_contain_text("Saved somewhere else")
    first.press("Save and read it through")
    first.sees("From the second tab.")
    expect(first.page.get_by_label(REQUEST)).to_have_value("From the first tab.")
