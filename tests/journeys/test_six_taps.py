"""Answering takes six presses for a couple with four topics, and survives leaving the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from couples import tokens
from couples.db import db, new_id
from couples.surveys.answering.services import Stored, stored_of
from couples.surveys.models import Response
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import link, make_person
from tests.journeys.road import sign_in
from tests.journeys.story import Reader, Story
from tests.journeys.watching import check_accessibility, check_width
from tests.surveys.agreed import RHYTHM, WEEK, response_of, round_of, sign

pytestmark = pytest.mark.browser

TOPICS = tuple((f"t-{listed}", listed, "") for listed in ("time", "notice", "heard", "money"))
NUMBERS = ("5, fairly", "6, very", "3, somewhat", "4, in between", "7, completely")
ANSWERS = {"overall": 5, "t-time": 6, "t-notice": 3, "t-heard": 4, "t-money": 7}
# What a press lands on: the label around a radio, and every button of the form.
TARGETS = ".ci__form .band label, .ci__form .skip, .ci__form .btn"


def couple_with_an_open_page(story: Story) -> tuple[str, str, str]:
    """Make two people with four topics in force and a page open; return a name, an id, a path."""
    now, name = story.service.now(), f"Six{new_id()[:6]}"
    yesterday = (now - timedelta(days=1)).weekday()
    rhythm = replace(RHYTHM, opens_weekday=yesterday, closes_weekday=(yesterday + 4) % 7)
    with story.service.inside():
        person_id = make_person(name, now - WEEK)
        couple_id = link(person_id, make_person(f"Other{name}", now - WEEK), now - WEEK)
        sign(couple_id, now - WEEK, rhythm, TOPICS)
        open_due_rounds(now)
        response = response_of(round_of(couple_id).id, person_id)
        return name, response.id, f"/week/{tokens.make('week', response.id)}"


def at_week(story: Story, name: str, *, scripts: bool = True) -> Reader:
    """Return the browser of somebody signed in, on the page; other tests look at the way there."""
    story.looked_at.add("signin")
    reader = story.reader(scripts=scripts)
    sign_in(reader, name)
    reader.open("/week")
    return reader


def stored(story: Story, response_id: str) -> Stored:
    """Return what the database holds."""
    with story.service.inside():
        return stored_of(db.session.get_one(Response, response_id))


def questions(reader: Reader) -> list[Locator]:
    """Return the bands from 1 to 7 in the page's order."""
    return reader.page.locator(".band").all()[: len(NUMBERS)]


def check_targets(reader: Reader) -> None:
    """Fail where something to press is smaller than a fingertip, on two phones."""
    for width in (390, 360):
        reader.page.set_viewport_size({"width": width, "height": 844})
        boxes = [
            box
            for one in reader.page.locator(TARGETS).all()
            if one.is_visible() and (box := one.bounding_box())
        ]
        assert len(boxes) > 40
        small = [box for box in boxes if box["width"] < 44 or box["height"] < 44]
        assert not small, f"{width}: {small[:3]}"
    reader.page.set_viewport_size({"width": 390, "height": 844})


# How high on a phone's screen one thumb reaches without the hand moving: not the upper third.
REACH = 0.34
HIGHEST = """one => {
  one.scrollIntoView({block: 'center'});
  const box = one.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
  const hit = document.elementFromPoint(x, y);
  return hit && (one.contains(hit) || hit.contains(one)) ? y / innerHeight : -1;
}"""


def check_reach(reader: Reader) -> None:
    """Fail where one of the six presses cannot be brought under the thumb, or lies under a bar."""
    answers = [
        question.locator("label", has_text=number)
        for question, number in zip(questions(reader), NUMBERS, strict=True)
    ]
    buttons = reader.page.get_by_role("button", name=re.compile("^(Share when|Keep this)"))
    for target in (*answers, *buttons.all()):
        height = target.evaluate(HIGHEST)
        assert height >= REACH, f"{target} is at {height:.0%} of the screen"
    reader.page.evaluate("scrollTo(0, 0)")


@pytest.mark.parametrize("by_link", [True, False])
@pytest.mark.parametrize("scripts", [True, False])
def test_C2_six_presses_answer_a_page_with_four_topics(
    signed_story: Story, by_link: bool, scripts: bool
) -> None:
    name, response_id, path = couple_with_an_open_page(signed_story)
    if by_link:
        reader = signed_story.reader(scripts=scripts)
        reader.open(path)
    else:
        reader = at_week(signed_story, name, scripts=scripts)
    assert reader.page.locator(".band input[type=radio]:checked").count() == 0
    if scripts:
        check_targets(reader)
        check_reach(reader)
        check_accessibility(reader.page)
        check_width(reader.page)
    reader.page.wait_for_timeout(1100 if by_link else 0)
    presses = 0
    for question, number in zip(questions(reader), NUMBERS, strict=True):
        question.locator("label", has_text=number).click()
        presses += 1
    reader.press("Share when it opens")
    assert presses + 1 == 6
    reader.sees("Your answers are in")
    found = stored(signed_story, response_id)
    assert (found.answers, found.shared) == (ANSWERS, True)


def test_C4_what_is_chosen_is_kept_by_itself_and_enter_sends_nothing(signed_story: Story) -> None:
    name, response_id, _path = couple_with_an_open_page(signed_story)
    reader = at_week(signed_story, name)
    status = reader.page.locator("[data-saved]")
    expect(status).to_have_text("Nothing is sent until you press one of the two.")
    questions(reader)[0].locator("label", has_text="5, fairly").click()
    expect(status).to_contain_text("Not sent yet. Saved at")
    reader.page.keyboard.press("ArrowRight")
    expect(reader.page.get_by_role("radio", name="6, very").first).to_be_checked()
    reader.watch.expected = {422}
    reader.page.keyboard.press("Enter")
    reader.sees("Press one of the two buttons at the end")
    assert not stored(signed_story, response_id).answered
    reader.open("/week")
    reader.sees("Not sent yet. Only you can see it.")
    reader.look("week-begun")
    reader.press("Start over")
    assert reader.page.locator(".band input:checked").count() == 0


def test_offline_the_page_says_so_and_keeps_what_was_chosen_when_it_is_back(
    signed_story: Story,
) -> None:
    name, response_id, _path = couple_with_an_open_page(signed_story)
    reader = at_week(signed_story, name)
    reader.context.set_offline(True)
    questions(reader)[0].locator("label", has_text="5, fairly").click()
    expect(reader.page.locator("[data-offline]")).to_be_visible()
    reader.page.wait_for_timeout(1700)
    reader.context.set_offline(False)
    expect(reader.page.locator("[data-saved]")).to_contain_text("Not sent yet. Saved at")
    expect(reader.page.locator("[data-offline]")).to_be_hidden()
    with signed_story.service.inside():
        assert db.session.get_one(Response, response_id).draft == {"q0": "5"}
    reader.watch.faults = [one for one in reader.watch.faults if "ERR_INTERNET" not in one]


def test_a_round_is_left_out_and_taken_back_by_one_press_each(signed_story: Story) -> None:
    name, response_id, _path = couple_with_an_open_page(signed_story)
    reader = at_week(signed_story, name)
    reader.press("Skip this week")
    reader.sees("You’re leaving this one out")
    reader.look("week-left-out")
    reader.open("/overview")
    reader.sees("You’re leaving this one out")
    reader.open("/week")
    reader.press("Answer after all")
    expect(reader.page.get_by_role("button", name="Share when it opens")).to_be_visible()
    with signed_story.service.inside():
        assert db.session.get_one(Response, response_id).skipped_at is None
