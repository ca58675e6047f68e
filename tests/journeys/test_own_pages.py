"""One topic and one's own view in a real browser: axe, 320 pixels, and what a press does."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from tests.cast import Cast, link, make_person
from tests.dashboard.half_a_year import FIRST, Answer, Week, write
from tests.journeys.road import sign_in
from tests.journeys.story import Reader, Story
from tests.journeys.test_print import printed

pytestmark = pytest.mark.browser

ONE = Answer(3, 2, scale=(3, 3, 3, 3), words="A long week.", words_shared=True)
OTHER = Answer(5, 6, scale=(5, 5, 4, 4), words="A good one.", words_shared=True)
WEEKS: list[Week] = [(ONE, OTHER), (Answer(4, 4, shared=False), OTHER), (ONE, None), (ONE, OTHER)]


def half_a_year_of(story: Story) -> str:
    """Make two people who have answered for half a year; return the name of one."""
    # A name that is one word wider than a phone: where a page can't break it, the page is too wide.
    name = "".join("WM"[bit in "13579bdf"] for bit in uuid4().hex[:24])
    with story.service.inside():
        first, second = make_person(name, FIRST), make_person(f"Other{name}", FIRST)
        couple_id = link(first, second, FIRST)
        write(Cast(first, second, "", "", "", couple_id, ""), WEEKS * 7, versions=3)
    return name


def at_overview(story: Story, *, scripts: bool = True) -> Reader:
    """Return the browser of one of them, signed in; other tests look at the way there."""
    story.looked_at.add("signin")
    reader = story.reader(scripts=scripts)
    sign_in(reader, half_a_year_of(story))
    reader.open("/overview")
    return reader


def test_the_page_of_a_topic_passes_every_look(signed_story: Story) -> None:
    reader = at_overview(signed_story)

    reader.follow("Unhurried time together")

    reader.sees("Words from weeks that asked about this")
    reader.page.get_by_text("See these numbers as a table").click()
    reader.look("one-topic")


@pytest.mark.parametrize("scripts", [True, False])
def test_ones_own_view_passes_every_look_and_takes_a_new_usual(
    signed_story: Story, scripts: bool
) -> None:
    reader = at_overview(signed_story, scripts=scripts)

    reader.follow("Your own view")
    for table in reader.page.get_by_text("See these numbers as a table").all():
        table.click()
    reader.look("own-view")
    reader.press("Take a new usual from now on", reader.page.locator("section").first)

    reader.sees("A new usual begins.")
    reader.sees("Your usual begins after 6 more answers.")
    reader.look("own-view-anew")
    reader.press("Let the first usual count again")
    reader.does_not_see("Your usual begins after 6 more answers.")


def test_looking_back_passes_every_look_and_prints(signed_story: Story) -> None:
    reader = at_overview(signed_story)

    reader.follow("Looking back")
    reader.look("looking-back-list")
    reader.follow(re.compile("^From "))
    for table in reader.page.get_by_text("See these numbers as a table").all():
        table.click()
    reader.look("looking-back")

    text = "".join(printed(reader, "A4"))
    for told in ("What we agreed", "Satisfied with us, overall", "Need by need", "Our talks"):
        assert told in text
    assert "PDF, A4" not in text and "Private" not in text


def test_the_calendar_and_the_prompts_pass_every_look(signed_story: Story) -> None:
    reader = at_overview(signed_story)

    for path in ("/talks/prompts", "/talks/calendar"):
        reader.open(path)
        reader.look(path.removeprefix("/").replace("/", "-"))
    reader.press("Make an address")
    reader.look("talks-calendar-made")
