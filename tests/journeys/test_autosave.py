"""Drafts that save themselves: what they say when they cannot, two tabs at once, sudden ends."""

from __future__ import annotations

import itertools
import os
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Route, expect

from couples.accounts.models import LoginSession
from couples.agreement.models import Need
from couples.db import db, transaction
from tests.journeys.prepared import signed_couple
from tests.journeys.road import sign_in
from tests.journeys.service import until
from tests.journeys.story import Reader, Story
from tests.journeys.writing import REQUEST, writing

pytestmark = pytest.mark.browser

# What may be lost at most, whatever ends (issue 3, Show).
SECONDS = 5.0


@dataclass
class Typing:
    """A person who types without a pause, and what stood there at which moment."""

    reader: Reader
    words: Iterator[str]
    text: str = ""
    stood: list[tuple[float, str]] = field(default_factory=list)

    def go_on(self, seconds: float) -> None:
        """Type key after key, each a moment after the one before."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for key in next(self.words):
                self.reader.page.keyboard.press(key)
                self.text += key
                self.stood.append((time.monotonic(), self.text))
                self.reader.page.wait_for_timeout(60)

    def before(self, moment: float) -> str:
        """Return what stood there so many seconds before a moment."""
        return max((text for when, text in self.stood if when <= moment - SECONDS), key=len)


def typing(reader: Reader) -> Typing:
    """Put the caret into an empty field."""
    expect(reader.page.get_by_label(REQUEST)).to_have_value("")
    reader.page.get_by_label(REQUEST).focus()
    return Typing(reader, (f"word{number};" for number in itertools.count(1)))


def stored(story: Story, page: Page) -> str:
    """Return what the database holds of the need on a page."""
    with story.service.inside():
        need = db.session.get(Need, page.url.rpartition("/")[2])
        assert need is not None
        return need.request or ""


def forgive_the_fall(reader: Reader) -> None:
    """Let the browser have complained of connections that were refused, and of nothing else."""
    faults = reader.watch.faults
    assert all(re.search(r"ERR_(CONNECTION|EMPTY|FAILED|ABORTED)", one) for one in faults), faults
    faults.clear()


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
    expect(first.page.locator("[data-saved-too]")).to_contain_text("Saved somewhere else")
    first.press("Save and read it through")
    first.sees("From the second tab.")
    expect(first.page.get_by_label(REQUEST)).to_have_value("From the first tab.")


def renderers(story: Story) -> set[int]:
    """Return the processes in which our own browser runs its tabs."""
    answer = story.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    return {int(one["id"]) for one in answer["processInfo"] if one["type"] == "renderer"}


def test_of_a_killed_tab_at_most_five_seconds_of_typing_are_missing(signed_story: Story) -> None:
    before = renderers(signed_story)
    reader = writing(signed_story, "A walk by the river")
    typed = typing(reader)
    typed.go_on(8)
    with reader.page.expect_event("crash"):
        for process in renderers(signed_story) - before:
            os.kill(process, signal.SIGKILL)
    end, again = time.monotonic(), reader.context.new_page()
    again.goto(reader.page.url)
    found = again.get_by_label(REQUEST).input_value()
    assert typed.text.startswith(found)
    assert found.startswith(typed.before(end))


def test_of_a_killed_server_nothing_older_is_lost_and_the_page_goes_on_by_itself(
    story: Story,
) -> None:
    signed_couple(story.service)
    reader = writing(story, "A walk by the river")
    says, typed = reader.page.locator("[data-saved]"), typing(reader)
    typed.go_on(7)
    story.service.kill()
    end = time.monotonic()
    assert stored(story, reader.page).startswith(typed.before(end))
    typed.go_on(2)
    expect(says).to_contain_text("Not saved yet")
    story.service.start()
    typed.go_on(1)
    until(lambda: stored(story, reader.page) == typed.text, "all that was typed", seconds=12)
    expect(says).to_contain_text("Saved at")
    forgive_the_fall(reader)


def test_a_save_whose_answer_is_lost_is_no_conflict_with_oneself(signed_story: Story) -> None:
    reader = writing(signed_story, "A walk in the rain")
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().text())
        route.abort()

    reader.page.route("**/save", lose, times=1)
    reader.write(REQUEST, "Kept, but nobody said so.")
    expect(reader.page.locator("[data-saved]")).to_contain_text("Not saved yet")
    assert "Saved at" in lost[0]
    reader.write(REQUEST, "Kept, and more was written.")
    expect(reader.page.locator("[data-saved]")).to_contain_text("Saved at")
    until(
        lambda: stored(signed_story, reader.page) == "Kept, and more was written.",
        "the newer words",
    )
    forgive_the_fall(reader)


def test_without_scripts_the_button_saves(signed_story: Story) -> None:
    reader = writing(signed_story, "A walk in the rain", scripts=False)
    reader.write(REQUEST, "By the button.")
    reader.press("Save and leave")
    reader.open("/doc/mine")
    reader.follow(re.compile("A walk in the rain"))
    expect(reader.page.get_by_label(REQUEST)).to_have_value("By the button.")


def test_signed_out_elsewhere_it_says_what_helps_and_no_word_is_lost(signed_story: Story) -> None:
    reader = writing(signed_story, "A letter each")
    with signed_story.service.inside(), transaction():
        db.session.execute(db.update(LoginSession).values(ended_at=signed_story.service.now()))
    reader.watch.expected = {400, 401}
    reader.write(REQUEST, "Said on paper.")
    says = reader.page.locator("[data-saved]")
    expect(says).to_contain_text("Sign in in another tab, then press Save.")
    reader.press("Save and leave")
    reader.sees("You’re signed out here")
    reader.look("signed-out")
    with reader.context.expect_page() as opened:
        reader.page.get_by_role("link", name="Sign in (in a new tab)").click()
    tab = Reader(signed_story, reader.context, opened.value, reader.watch, scripts=True)
    sign_in(tab, "Maya")
    opened.value.close()
    for _twice in range(2):
        reader.press("Send again")
    reader.open("/doc/mine")
    reader.follow(re.compile("A letter each"))
    expect(reader.page.get_by_label(REQUEST)).to_have_value("Said on paper.")
