"""The pages of a talk: before it, while it lasts, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from couples.agreement.review.services_topics import add_topic
from couples.db import transaction
from couples.talks.agenda.services import add
from couples.talks.planning.services import call_off
from tests.agreement.road import open_both, text
from tests.cast import Cast, sign_in
from tests.pages import forms_of
from tests.surveys.agreed import at
from tests.talks.sittings import WALK, plan, talked, waits_for_review

DAY = timedelta(days=1)
# The quotes around it are of the reader’s language: the browser sets them.
QUOTED = re.compile(r"<q[^>]*>(.+?\?)</q>")


@pytest.fixture(autouse=True)
def _clock_stands_still(now: datetime) -> Iterator[None]:
    with at(now):
        yield


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    sign_in(client, cast.maya, now)
    return client


@pytest.fixture
def jonas(client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    browser = client.application.test_client()
    sign_in(browser, cast.jonas, now)
    return browser


def heading(page: str) -> str:
    """Return what a page is headed by."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert found
    return found.group(1)


def test_the_page_says_where_the_talk_stands(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    talk_id = plan(cast.couple, now, agreed=False)
    path = f"/talks/{talk_id}"
    assert heading(text(maya, path)) == "Your next talk"
    call_off(cast.jonas, talk_id, now)
    page = text(maya, path)
    assert heading(page) == "This talk was called off" and "We talked" not in page
    talk_id = plan(cast.couple, now)
    path = f"/talks/{talk_id}"
    for moment, said in (
        (now, "Wednesday 2 September at 14:00"),
        (now + DAY, "Today at 14:00"),
        (now + 2 * DAY, "You planned to talk on Wednesday 2 September"),
    ):
        with at(moment):
            page = text(maya, path)
            assert heading(page).replace("\N{NO-BREAK SPACE}", " ") == said
            assert "Begin listening" in page and "We talked" in page
    assert "<title>A talk ·" in page and not re.search(r"\btimer\b|countdown", page)


def test_what_each_brings_what_came_back_and_an_open_question(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    talked(cast.jonas, cast.couple, now, WALK)
    add(cast.jonas, "The <car>.", "", now)
    path = f"/talks/{plan(cast.couple, now)}"
    page = text(maya, path)
    assert "The &lt;car&gt;." in page and "One thing that felt good" in page and WALK in page
    questions = [QUOTED.findall(text(maya, f"{path}?prompt={n}"))[0] for n in range(3)]
    assert len(set(questions)) == 3 and "Another" in page


@pytest.mark.parametrize("facing", [True, False])
def test_the_listening_page_turn_by_turn(
    maya: FlaskClient, cast: Cast, now: datetime, facing: bool
) -> None:
    add(cast.jonas, "The car.", "", now)
    path = f"/talks/{plan(cast.couple, now)}/listen"
    side = "" if facing else "&facing=0"
    said = []
    for turn in range(1, 5):
        page = text(maya, f"{path}?turn={turn}{side}")
        assert page.count("away") == facing and '<nav class="top__nav"' not in page
        assert "Quick exit" in page and forms_of(page) == []
        said.append(re.findall(r"<h2[^>]*>.*?<span>(.*?)</span></h2>", page))
        more = f"turn={turn + 1}{side.replace('&', '&amp;')}"
        assert (more in page) == (turn < 4)
    assert said == [
        ["Maya, your turn", "Jonas, listen"],
        ["Jonas, what do you hear?", "Maya, is that it?"],
        ["Jonas, your turn", "Maya, listen"],
        ["Maya, what do you hear?", "Jonas, is that it?"],
    ]
    assert "The car." in text(maya, f"{path}?turn=3") and "The car." not in text(maya, path)
    assert text(maya, path) == text(maya, f"{path}?turn=99") == text(maya, f"{path}?turn=x")


def after(item: str = "", **fields: str) -> dict[str, str]:
    """Return what the form of what came of a talk sends."""
    lines = {f"q-{item}": "talked"} if item else {}
    return {**lines, "then": "save", **fields}


def test_nothing_is_chosen_for_anybody_and_nothing_typed_is_lost(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    item = add(cast.maya, "Time just us.", "", now)
    path = f"/talks/{plan(cast.couple, now)}/after"
    assert "checked" not in text(maya, path)
    one = {"wanted": "one", "words": WALK, "owner": "both"}
    for fields, said in (
        (after(**one), "Choose one for “Time just us.”"),
        (after(item, **{**one, f"q-{item}": "done"}), "Choose one for “Time just us.”"),
        (after(item, words=WALK, owner="me"), "Choose one next step, or none"),
        (after(item, **{**one, "wanted": "none"}), "There are words for a step."),
        (after(item, **{**one, "words": " "}), "Write what the step is"),
        (after(item, **{**one, "owner": "them"}), "Choose who does it"),
        (after(item, **one, when="2026-08-31"), "Choose today or a day within a year"),
        (after(item, **one, when="2027-09-03"), "Choose today or a day within a year"),
        (after(item, **one, when="soon"), "Write a day, a month and a year"),
        (after(item, **{**one, "words": "x" * 301}), "This holds 300 characters."),
    ):
        answer = maya.post(path, data=fields)
        assert answer.status_code == 422 and said in answer.text, said
        assert "<title>Error: " in answer.text
        typed = fields["words"].strip()
        assert typed in answer.text and fields.get("when", "") in answer.text
    assert maya.post(path, data={**after(item, **one), "then": "look"}).status_code == 200


def test_written_down_changed_and_settled(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    item = add(cast.maya, "Time just us.", "", now)
    path = f"/talks/{plan(cast.couple, now)}"
    fields = after(item, wanted="one", words=WALK, owner="both", when="2026-09-01")
    assert maya.post(f"{path}/after", data=fields).location == path
    page = text(jonas, path)
    assert "Your talk of Tuesday 1 September 2026" in page
    assert all(each in page for each in ("Time just us.", WALK, "Both of you", "Until "))
    assert jonas.get(f"{path}/after").location == jonas.get(f"{path}/listen").location == path
    assert WALK in text(jonas, "/talks/past")
    form = {"revision": "1", "words": "I cook.", "owner": "me", "when": ""}
    assert jonas.post(f"{path}/step", data=form).location == path
    late = maya.post(f"{path}/step", data={**form, "words": "We cook."})
    assert late.status_code == 409 and "I cook." in late.text and "We cook." in late.text
    (again,) = forms_of(late.text)
    chosen = dict(again.values())
    assert (chosen["revision"], chosen["words"]) == ("2", "We cook.")
    assert maya.post(f"{path}/step", data=chosen).location == path
    assert jonas.post(f"{path}/step/done").location == path
    assert "Done" in text(maya, path) and "step/let-go" not in text(maya, path)
    assert maya.get(f"{path}/step").location == path
    refused = maya.post(f"{path}/step", data={**chosen, "words": "Too late."})
    assert refused.status_code == 409 and "Too late." in refused.text


@pytest.mark.parametrize("mine", ["one", "none"])
def test_A9_whoever_comes_second_sees_both_texts(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime, mine: str
) -> None:
    path = f"/talks/{plan(cast.couple, now)}"
    fields = after(wanted="one", words=WALK, owner="both")
    assert maya.post(f"{path}/after", data=fields).status_code == 303
    other = {**fields, "words": "We cook."} if mine == "one" else after(wanted="none")
    answer = jonas.post(f"{path}/after", data=other)
    assert answer.status_code == 409 and WALK in answer.text
    assert "Use mine instead" in answer.text
    assert ("We cook." in answer.text) == (mine == "one")
    (form,) = forms_of(answer.text)
    assert jonas.post(form.action, data=dict(form.values())).location == path
    page = text(maya, path)
    assert WALK not in page and ("We cook." if mine == "one" else "None, this time.") in page


def test_what_was_typed_is_shown_where_the_talk_was_called_off(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk_id = plan(cast.couple, now)
    call_off(cast.jonas, talk_id, now)
    fields = after(wanted="one", words="Our words.", owner="me", when="2026-09-20")
    answer = maya.post(f"/talks/{talk_id}/after", data=fields)
    assert answer.status_code == 409 and "Our words." in answer.text
    assert maya.get(f"/talks/{talk_id}/after").location == f"/talks/{talk_id}"


def test_a_step_taken_to_a_topic_lies_there_unsent(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    path = f"/talks/{talked(cast.maya, cast.couple, now, WALK)}/step/promise"
    before = jonas.get(f"/doc/side/{topic_id}").data
    assert maya.post(path, data={"topic": ""}).status_code == 422
    words = f"/doc/side/{topic_id}/words"
    assert maya.post(path, data={"topic": topic_id}).location == words
    assert WALK in text(maya, words) and WALK not in text(jonas, words)
    assert jonas.get(f"/doc/side/{topic_id}").data == before
    again = f"/talks/{talked(cast.maya, cast.couple, now, 'Another.')}/step/promise"
    answer = maya.post(again, data={"topic": topic_id})
    assert answer.status_code == 409 and WALK in answer.text and "Another." in answer.text
    assert "Another." not in text(maya, words)


def test_left_over_from_talks_stands_on_the_review_until_either_puts_it_away(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    with transaction():
        add_topic(cast.couple, cast.jonas, "origin", "The spare room.", now)
        add_topic(cast.couple, cast.jonas, "origin", "The spare room.", now)
    for browser in (maya, jonas):
        page = text(browser, "/doc/review")
        assert page.count("The spare room.") == 1 and "Left over from your talks" in page
    (form,) = [each for each in forms_of(text(maya, "/doc/review")) if "topics" in each.action]
    assert maya.post(form.action).location == "/doc/review"
    assert waits_for_review(cast.jonas) == []
    assert "Left over" not in text(jonas, "/doc/review")


def test_past_talks_are_a_quiet_list(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    assert "No talk is behind you here yet" in text(maya, "/talks/past")
    call_off(cast.maya, plan(cast.couple, now), now)
    ids = [talked(cast.maya, cast.couple, now + n * DAY) for n in range(2)]
    page = text(maya, "/talks/past")
    assert re.findall(r"/talks/([\w-]{22})", page) == ids[::-1]


def test_a_talk_called_off_is_named_to_both_alike_until_a_time_is_proposed(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    call_off(cast.maya, plan(cast.couple, now, agreed=False), now)
    assert "was called off" not in text(jonas, "/talks")
    call_off(cast.maya, plan(cast.couple, now + DAY), now + DAY)
    said = "Your talk of Thursday 3 September was called off. Pick another time?"
    assert said in text(maya, "/talks") and said in text(jonas, "/talks")
    plan(cast.couple, now + 2 * DAY)
    assert said not in text(jonas, "/talks")


def test_the_talks_name_what_came_back_and_lead_to_what_is_left_over(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    before = text(maya, "/talks")
    assert "look back at" not in before and "/doc/review" not in before
    talk_id = talked(cast.jonas, cast.couple, now, "A <walk>.")
    page = text(maya, "/talks")
    assert f'href="/talks/{talk_id}"' in page and '<bdi dir="auto">A &lt;walk&gt;.</bdi>' in page
    assert QUOTED.findall(page) != QUOTED.findall(before) != []
    with transaction():
        add_topic(cast.couple, cast.jonas, "origin", "The spare room.", now)
    assert 'href="/doc/review"' in text(maya, "/talks")
