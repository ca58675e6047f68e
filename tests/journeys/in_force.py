"""The agreement to its full depth, from the promises on: topics, signing, review, leaving."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.in_full import HOME, IF_THEN, PHONES, PROMISE, topic
from tests.journeys.road import BERLIN, NOTICE, TIME, Road, sign_in
from tests.journeys.story import Reader

GOING_OUT = "On weeknights we say by noon that we go out."
LATER = "If one of us is late, then we name another evening within a day."
PAPERS = {"PDF, A4": (595, 842), "PDF, Letter": (612, 792)}
TRIAL_OVER = datetime(2027, 3, 30, 12, tzinfo=BERLIN)
TO_READ_AGAIN = datetime(2027, 5, 26, 12, tzinfo=BERLIN)


def move_topics(road: Road) -> None:
    """One topic becomes part of another, one is put aside, and the rest change places."""
    maya, jonas = road.maya, road.jonas
    topic(maya, HOME)
    maya.follow("Make it part of another topic")
    maya.look("full-move-merge")
    maya.tick(NOTICE)
    maya.press("Suggest it")
    maya.show("full-side-move-mine")
    topic(jonas, HOME)
    jonas.look("full-side-move-theirs")
    jonas.press("Yes, do this")
    jonas.show("full-side-merged")
    topic(jonas, PHONES)
    jonas.follow("Put this topic aside")
    jonas.show("full-move-retire")
    jonas.press("Suggest it")
    maya.open("/doc/open")
    maya.show("full-open-moving")
    topic(maya, PHONES)
    maya.press("Yes, do this")
    topic(maya, PHONES)
    maya.look("full-side-retired")
    maya.open("/doc/order")
    first = maya.page.locator(".list h2").first.inner_text()
    maya.look("full-order")
    maya.press(re.compile("^Down"))
    expect(maya.page.locator(".list h2").first).not_to_have_text(first)


def agree(road: Road, name: str, words: str) -> None:
    """Jonas suggests words under a topic, and Maya uses them."""
    topic(road.jonas, name)
    road.jonas.follow(re.compile("^Suggest (words|a change)"))
    road.jonas.write(PROMISE, words)
    road.jonas.press("Send to Maya")
    topic(road.maya, name)
    road.maya.show(f"full-side-change-{name[:5].lower()}")
    road.maya.press("Use this wording")


def choose_terms(road: Road) -> None:
    """The terms as they are offered: what is signed has to have some."""
    maya = road.maya
    maya.open("/doc")
    maya.look("full-doc-working")
    maya.follow("Choose how often")
    maya.tick("Every four weeks")
    maya.look("full-terms")
    maya.press("Save")


def sign_both(road: Road, version: int) -> None:
    """Each reads the whole text and signs; it is in force with the second name."""
    for reader, name, state in ((road.maya, "Maya", "mine"), (road.jonas, "Jonas", "theirs")):
        reader.open("/doc")
        if version < 3:
            reader.show(f"full-doc-to-sign-{version}-{state}")
        reader.open("/doc/sign")
        reader.write("Your name", name)
        reader.look("full-sign")
        reader.press("Sign")
        if reader is road.maya and version < 3:
            reader.open("/doc/sign")
            reader.look("full-sign-signed")
            reader.open("/doc")
            reader.show(f"full-doc-i-signed-{version}")
    road.jonas.open("/doc")
    road.jonas.sees(f"Version {version}, signed by both")
    road.jonas.show(f"full-doc-signed-{version}")


def files(reader: Reader, *, words: str = IF_THEN) -> str:
    """Download both files and open them; return the text of the second."""
    text = ""
    for link, size in PAPERS.items():
        with reader.page.expect_download() as found:
            reader.page.get_by_role("link", name=link).click()
        assert re.fullmatch(r"document-v\d+\.pdf", found.value.suggested_filename)
        pages = PdfReader(BytesIO(Path(found.value.path()).read_bytes())).pages
        page = pages[0].mediabox
        assert (float(page.width), float(page.height)) == pytest.approx(size, abs=1)
        text = " ".join(" ".join(one.extract_text() for one in pages).split())
        assert words in text
    return text


def compare(road: Road) -> None:
    """All versions, and any two of them side by side."""
    maya = road.maya
    maya.open("/doc/versions")
    maya.look("full-versions")
    maya.press("Compare")
    maya.sees(GOING_OUT)
    maya.look("full-compare")


def be_back(road: Road, instant: datetime) -> None:
    """Time moves on; both sign in again."""
    road.story.move_to(instant)
    for reader, name in ((road.maya, "Maya"), (road.jonas, "Jonas")):
        reader.context.clear_cookies()
        sign_in(reader, name)


def answer(reader: Reader, answers: dict[str, str]) -> None:
    """Answer what is asked about each promise."""
    reader.open("/doc/review")
    for about, said in answers.items():
        reader.tick(said, within=reader.page.locator("section", has_text=about).first)
    reader.press("Save my answers")


def trial_ends(road: Road) -> None:
    """The trial is over; the two see it differently, and what is in force stays."""
    be_back(road, TRIAL_OVER)
    maya, jonas = road.maya, road.jonas
    maya.open("/doc")
    maya.show("full-doc-trial")
    maya.follow(re.compile("What becomes of it"))
    maya.show("full-review-trial")
    answer(maya, {TIME: "It goes on as it is"})
    maya.show("full-review-alone")
    answer(jonas, {TIME: "I’d word it differently"})
    jonas.sees("You see this one differently.")
    jonas.look("full-review-differ")
    jonas.open("/doc")
    jonas.show("full-doc-settled")


def read_again(road: Road) -> None:
    """Twelve weeks have passed: one answer the same, one not, and a next version."""
    be_back(road, TO_READ_AGAIN)
    kept = "It goes on as it is"
    road.maya.open("/doc")
    road.maya.look("full-doc-review")
    road.maya.open("/doc/review")
    road.maya.look("full-review-asked")
    talking = "How we’ll keep talking"
    differently = "I’d word it differently"
    answer(road.maya, {NOTICE: kept, talking: kept, TIME: differently})
    answer(road.jonas, {NOTICE: kept, talking: kept, TIME: differently})
    road.jonas.sees("You both keep this one.")
    road.jonas.look("full-review-settled")
    agree(road, TIME, LATER)


def leave(road: Road) -> None:
    """Jonas unlinks, and later erases his account; what Maya keeps then reads “removed”."""
    maya, jonas = road.maya, road.jonas
    jonas.open("/settings/link/end")
    jonas.look("full-unlink")
    jonas.press("Unlink from Maya")
    maya.open("/doc")
    maya.look("full-doc-unlinked")
    maya.open("/doc/mine")
    maya.look("full-mine-unlinked")
    maya.follow(re.compile("Version 3, signed by Jonas"))
    maya.show("full-kept")
    copy = maya.page.url
    files(maya, words=LATER)
    jonas.open("/settings/erase")
    jonas.look("full-erase")
    jonas.page.get_by_label("At once").check()
    jonas.press("Erase my account")
    jonas.show("full-erased")
    maya.open(copy)
    maya.sees("removed")
    maya.does_not_see("Jonas")
    maya.look("full-kept-removed")
    assert "Jonas" not in files(maya, words=LATER)
