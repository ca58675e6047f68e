"""The later part of the road: answering, and what the overview then shows."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.journeys.road import (
    FIRST_WORDS,
    OPEN_LETTER,
    TIME,
    WORDS,
    Road,
    address,
    open_topic,
)
from tests.journeys.story import DESKTOP, Reader, link_in


def answer_by_letter(road: Road, name: str, overall: str, topic: str, nth: int = 1) -> Reader:
    """Open the mailed page in a fresh browser, without a session, and share."""
    letter = road.story.letter(address(name), OPEN_LETTER, nth)
    reader = road.story.reader(scripts=road.maya.scripts)
    reader.open(link_in(letter, "/week/"))
    reader.does_not_see("Maya", "Jonas", WORDS, FIRST_WORDS)
    reader.look("by-link")
    answer(reader, overall, topic)
    reader.press("Share when it opens")
    reader.sees("Your answers are in")
    reader.look("by-link-done")
    assert reader.context.cookies() == [], "the mailed page needs no cookie"
    return reader


def answer(reader: Reader, overall: str, topic: str) -> None:
    """Choose the numbers, taking as long as a person does at the least."""
    reader.tick(overall, within=question(reader, "Overall, how satisfied"))
    reader.tick(topic, within=question(reader, TIME))
    reader.page.wait_for_timeout(1100)


def question(reader: Reader, name: str) -> Locator:
    """Return one question's group."""
    return reader.page.get_by_role("group", name=re.compile(f"^{name}"))


def answer_signed_in(jonas: Reader) -> None:
    """Answer from the overview, and change one's mind before the close."""
    jonas.open("/overview")
    jonas.sees("Your page for this week is open")
    jonas.look("overview-open")
    jonas.follow("Answer")
    jonas.look("week")
    answer(jonas, "2, a little", "4, in between")
    jonas.write(re.compile("put into words"), "A long week at work.")
    jonas.press("Share when it opens")
    jonas.sees("Your answers are in")
    jonas.look("week-done")
    jonas.follow("Change my answers")
    expect(question(jonas, "Overall").get_by_role("radio", name="2, a little")).to_be_checked()
    answer(jonas, "4, in between", "4, in between")
    jonas.press("Share when it opens")


def points(reader: Reader) -> list[list[str]]:
    """Return the rounds of the overview's table: day, and a number for each person by name."""
    table = reader.page.locator("table.data").first
    heads = table.locator("thead th").all_text_contents()
    order = [0, heads.index("Maya"), heads.index("Jonas")]
    rows = [row.locator("th, td").all_text_contents() for row in table.locator("tbody tr").all()]
    return [[row[place] for place in order] for row in rows if len(row) == 3]


def key_pages_wide(road: Road) -> None:
    """Look at the main pages at desktop size, in the same session."""
    wide = road.story.reader(scripts=road.maya.scripts, size=DESKTOP)
    wide.context.add_cookies(road.jonas.context.cookies())  # type: ignore[arg-type]
    for path in ("/overview", "/doc", "/doc/open", "/doc/mine", "/week", "/settings", "/private"):
        wide.open(path)
        wide.look(f"wide{path.replace('/', '-')}")
    open_topic(wide)
    wide.look("wide-side")
