"""The agreement to its full depth in a real browser, and each state of it looked at."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import in_force, in_full
from tests.journeys.road import NOTICE, TIME, sign_in
from tests.journeys.story import Story

pytestmark = pytest.mark.browser


def test_two_people_take_an_agreement_to_its_full_depth(story: Story) -> None:
    road = in_full.arrive(story)
    in_full.before_they_begin(road)
    in_full.clear_the_air(road)
    in_full.write(road)
    in_full.open_together(road)
    in_full.hear(road)
    in_full.suggest(road)
    in_force.move_topics(road)
    in_force.choose_terms(road)
    in_force.sign_both(road, 1)
    in_force.files(road.jonas)
    in_force.agree(road, NOTICE, in_force.GOING_OUT)
    in_force.sign_both(road, 2)
    in_force.compare(road)
    in_force.trial_ends(road)
    in_force.read_again(road)
    in_force.sign_both(road, 3)
    in_force.leave(road)


def test_without_scripts_buttons_look_at_words_and_keep_them(signed_story: Story) -> None:
    reader = signed_story.reader(scripts=False)
    sign_in(reader, "Jonas")
    for way, label in (
        (re.compile("^Suggest a change"), in_full.PROMISE),
        (re.compile("^Say what you hear"), "What I hear"),
    ):
        in_full.topic(reader, TIME)
        reader.follow(way)
        reader.write(label, "You never come home.")
        reader.press("Look at my wording")
        reader.sees("can sound like a verdict")
        reader.press("Keep for later")
        in_full.topic(reader, TIME)
        reader.follow(re.compile("^Keep writing"))
        expect(reader.page.get_by_label(label)).to_have_value("You never come home.")


def test_with_scripts_no_page_shows_what_stands_there_for_those_without(
    signed_story: Story,
) -> None:
    reader = signed_story.reader()
    sign_in(reader, "Jonas")
    in_full.topic(reader, TIME)
    reader.follow(re.compile("what you hear"))
    expect(reader.page.locator("noscript")).to_be_hidden()
    expect(reader.page.locator("form.leaf")).not_to_contain_text("<")
