"""From a card on the overview to a talk, the talk itself, and what came of it, in two browsers."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from couples import clock
from tests.journeys.road import sign_in
from tests.journeys.story import Reader, Story
from tests.journeys.test_own_pages import half_a_year_of

pytestmark = pytest.mark.browser

WORDS = "How evenings go when one of us comes home late."
STEP = "We cook together on Wednesday."


def both_at_talks(story: Story, *, scripts: bool) -> tuple[Reader, Reader]:
    """Return two people who have answered for half a year, each at their own browser."""
    story.looked_at.add("signin")
    name = half_a_year_of(story)
    one, other = story.reader(scripts=scripts), story.reader(scripts=scripts)
    sign_in(one, name)
    sign_in(other, f"Other{name}")
    return one, other


def next_sunday(story: Story) -> datetime:
    """Return a Sunday evening ahead of the service's clock."""
    with story.service.inside():
        now = clock.now()
    return now + timedelta(days=7 + (6 - now.weekday()))


def bring(one: Reader) -> None:
    """The card's own button leads to the very words the other will read."""
    one.open("/overview")
    one.sees("You see this one differently")
    one.follow("Add to our next talk", one.page.locator(".gapc"))
    one.look("talk-add")
    one.page.locator("textarea").fill(WORDS)
    one.press(re.compile("^Read it as"))
    one.look("talk-preview")
    one.press("Add it to our next talk")
    one.sees(WORDS)


def plan(one: Reader, other: Reader, on: datetime) -> None:
    """One proposes, the other says yes."""
    one.follow(re.compile("^(Plan a talk|Propose)"))
    one.look("talk-plan")
    one.page.locator("[name=day_1]").fill(on.date().isoformat())
    one.page.locator("[name=clock_1]").fill("19:30")
    one.press("Propose")
    one.look("talks-proposed")
    other.open("/talks")
    other.sees(WORDS)
    other.look("talks-asked")
    other.press(re.compile("Yes, this one"))
    other.look("talks-agreed")


def listen(reader: Reader) -> None:
    """Through all four turns, face to face and then side by side."""
    reader.follow("Begin listening")
    reader.look("talk-listening")
    reader.follow("We sit side by side")
    reader.show("talk-side-by-side")
    for turn in range(1, 4):
        reader.page.locator(f'main a[href*="turn={turn + 1}"]').first.click()
        reader.sees(f"Listening, part {turn + 1} of 4")


@pytest.mark.parametrize("scripts", [True, False])
def test_O5_from_a_card_to_a_talk_and_the_step_that_came_of_it(
    signed_story: Story, scripts: bool
) -> None:
    one, other = both_at_talks(signed_story, scripts=scripts)
    bring(one)
    plan(one, other, next_sunday(signed_story))
    other.follow(re.compile("talk page"))
    other.look("talk-page")
    listen(other)
    other.open("/talks")
    other.follow(re.compile("talk page"))
    other.follow("We talked")
    other.look("talk-after")
    other.watch.expected = {422}
    other.press("Write it down")
    other.look("talk-after-asked-again")
    other.watch.expected = set()

    other.tick("Talked about")
    other.tick("Yes, this one")
    other.page.locator("[name=words]").fill(STEP)
    other.tick(re.compile("^Both of us"))
    other.press("Write it down")
    other.sees(STEP)
    other.look("talk-over")
    one.open("/talks/past")
    one.look("talks-past")
    one.page.locator("main a[href^='/talks/']").first.click()
    one.sees(STEP)
