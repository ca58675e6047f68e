"""Every journey by keyboard alone: nothing is clicked, and every stop shows itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import road as steps
from tests.journeys import rounds
from tests.journeys.conftest import running
from tests.journeys.keyboard import KeyboardReader, KeyboardStory
from tests.journeys.road import CLOSES, MOMENT, MORNING, OPENS, Road
from tests.journeys.service import Service
from tests.journeys.story import PASSWORD, Story
from tests.journeys.test_talks import STEP, WORDS, both_at_talks, next_sunday
from tests.servers import SmtpPeer

pytestmark = pytest.mark.browser

NOTE = "What I’d like to say on Sunday."


@contextmanager
def told(service: Service, peer: SmtpPeer, chromium: Browser) -> Iterator[KeyboardStory]:
    """Tell a story of keyboards; at its end nothing must have gone wrong in any browser."""
    story = KeyboardStory(service, peer, chromium)
    try:
        yield story
    finally:
        for reader in story.readers:
            reader.context.close()
    for reader in story.readers:
        reader.watch.check()


@pytest.fixture
def by_keyboard(tmp_path: Path, smtp_peer: SmtpPeer, chromium: Browser) -> Iterator[Story]:
    """Return a story of keyboards with nobody in it yet."""
    with (
        running(tmp_path, smtp_peer.url) as service,
        told(service, smtp_peer, chromium) as story,
    ):
        yield story


@pytest.fixture
def signed_by_keyboard(signed: tuple[Service, SmtpPeer], chromium: Browser) -> Iterator[Story]:
    """Return a story of keyboards on the service where Maya and Jonas have signed."""
    with told(*signed, chromium) as story:
        yield story


def alone(one: object) -> KeyboardReader:
    """Return a reader who has a keyboard alone."""
    assert isinstance(one, KeyboardReader)
    return one


def test_two_people_walk_the_whole_road_by_keyboard_alone(by_keyboard: Story) -> None:
    story = by_keyboard
    road = Road(story, story.reader(), story.reader())
    maya, jonas = road.maya, road.jonas
    maya.open("/")
    maya.follow("Start your page")
    steps.sign_up(maya, "Maya", "Europe/Berlin")
    steps.write_need(maya, steps.TIME, steps.REQUEST)
    steps.join(jonas, steps.invite(maya))
    steps.write_need(jonas, steps.TIME, "A morning a week that is ours.")
    steps.open_together(road)
    steps.promise(road)
    choose_rhythm(alone(maya))
    steps.sign(maya, "Maya")
    steps.sign(jonas, "Jonas")
    story.move_to(OPENS + MOMENT)
    rounds.answer_by_letter(road, "Maya", "5, fairly", "6, very").close()
    steps.sign_in(jonas, "Jonas")
    rounds.answer_signed_in(jonas)
    story.move_to(max(CLOSES, MORNING) + MOMENT)
    steps.sign_in(maya, "Maya")
    maya.at("/overview")
    read_the_numbers(alone(maya))
    steps.sign_out(maya)


def choose_rhythm(maya: KeyboardReader) -> None:
    """Every week, Thursday evening to Sunday evening."""
    maya.open("/doc")
    maya.follow("Choose how often")
    maya.tick("Every week")
    chosen = {"opens_weekday": 3, "opens_hour": 19, "closes_weekday": 6, "closes_hour": 21}
    for name, value in chosen.items():
        maya.pick(maya.page.locator(f"#{name}"), str(value))
    maya.write(re.compile("How you’ll talk"), "Sundays, over coffee.")
    maya.press("Save")


def read_the_numbers(maya: KeyboardReader) -> None:
    """The chart's one stop leads into the table below it."""
    maya.open("/overview")
    maya.sees("You’ve both answered")
    maya.go_to(maya.page.locator("summary", has_text="See these numbers as a table"))
    maya.page.keyboard.press("Enter")
    assert rounds.points(maya) == [["4 Mar", "5", "4"]]


def test_a_talk_is_brought_planned_and_written_down_by_keyboard_alone(
    signed_by_keyboard: Story,
) -> None:
    first, second = both_at_talks(signed_by_keyboard, scripts=True)
    one, other = alone(first), alone(second)
    one.open("/overview")
    one.follow("Add to our next talk", one.page.locator(".gapc"))
    one.type_into(one.page.locator("textarea"), WORDS)
    one.press(re.compile("^Read it as"))
    one.press("Add it to our next talk")
    propose(one, next_sunday(signed_by_keyboard))
    other.open("/talks")
    other.press(re.compile("Yes, this one"))
    other.follow(re.compile("talk page"))
    other.follow("Begin listening")
    for turn in range(1, 4):
        other._click(other.page.locator(f'main a[href*="turn={turn + 1}"]').first)
        other.sees(f"Listening, part {turn + 1} of 4")
    other.open("/talks")
    other.follow(re.compile("talk page"))
    other.follow("We talked")
    other.tick("Talked about")
    other.tick("Yes, this one")
    other.type_into(other.page.locator("[name=words]"), STEP)
    other.tick(re.compile("^Both of us"))
    other.press("Write it down")
    other.sees(STEP)


def propose(one: KeyboardReader, on: datetime) -> None:
    """Propose one time."""
    one.follow(re.compile("^(Plan a talk|Propose)"))
    one.type_into(one.page.locator("[name=day_1]"), on.date().isoformat())
    one.type_into(one.page.locator("[name=clock_1]"), "19:30")
    one.press("Propose")


def test_settings_notes_export_and_the_end_by_keyboard_alone(signed_by_keyboard: Story) -> None:
    first, _other = both_at_talks(signed_by_keyboard, scripts=True)
    one = alone(first)
    one.open("/settings")
    one.tick(re.compile("^At a day and time of mine"))
    one.tick("Saturday")
    one.tick(re.compile("^One reminder"), role="checkbox")
    one.press("Save")
    one.open("/private")
    one.follow("Write")
    one.write("Your note", NOTE)
    one.press("Save")
    one.open("/private")
    one.sees(NOTE)
    one.open("/settings/export")
    with one.page.expect_download() as coming:
        one.go_to(one.page.get_by_role("button", name="Download to read"))
        one.page.keyboard.press("Enter")
    assert Path(coming.value.path()).read_text(encoding="utf-8").count(NOTE)
    one.open("/settings/link/end")
    one.press(re.compile("^Unlink from"))
    prove_if_asked(one)
    one.open("/settings/link")
    one.sees("Make a link and code")


def prove_if_asked(one: KeyboardReader) -> None:
    """Type the password once more where that is asked."""
    if one.page.url.endswith("/settings/prove"):
        one.write("Your password", PASSWORD)
        one.press("Go on")
