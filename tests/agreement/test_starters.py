"""The starter list: keys that never change, examples that show what a request can be (rule A3)."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.agreement.listed import LISTED, STARTERS
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import Heading
from couples.hints import hint_for
from tests.agreement.road import text, topic_ids, write
from tests.agreement.test_topics import merge, open_topics
from tests.cast import Cast

# They stand in signed texts.
KEYS = {
    "time", "notice", "home", "heard", "affection", "closeness", "phones", "money",
    "alone", "family", "children", "trust", "work", "decisions", "thanks", "plans",
}  # fmt: skip
# What a camera does not see, and what asks for less of something instead of for something.
VAGUE = (
    r"\b(more|better|nicer|properly|proper|sometimes|often|try|support|respect|attention|effort)\b"
)
NEGATIVE = r"\b(never|don’t|without|stop|less|no longer)\b"


def test_A3_keys_of_listed_topics_never_change() -> None:
    assert set(LISTED) >= KEYS
    assert set(STARTERS) <= set(LISTED)


@pytest.mark.parametrize("key", sorted(LISTED))
def test_A3_each_example_can_be_done_and_seen(app: Flask, key: str) -> None:
    with app.test_request_context():
        example = str(LISTED[key].example)
    assert not re.search(VAGUE, example, re.IGNORECASE), example
    assert not re.search(NEGATIVE, example, re.IGNORECASE), example
    assert hint_for(example, "request") is None
    assert len(example) <= 100


def test_A3_the_guides_own_example_stands_among_them(app: Flask) -> None:
    with app.test_request_context():
        example = str(LISTED["notice"].example)
    assert example == "At least five hours’ notice before going out on a weeknight."


def choices(page: str) -> set[str]:
    return set(re.findall(r'name="listed" value="(\w+)"', page))


def test_A1_own_words_come_first_and_each_topic_is_one_press(maya: FlaskClient, cast: Cast) -> None:
    page = text(maya, "/doc/mine/new")
    assert page.index('name="own_words"') < page.index('name="listed"')
    assert choices(page) == set(LISTED)
    answer = maya.post("/doc/mine/new", data={"listed": "notice"})
    (need,) = services_needs.my_needs(cast.maya).drafts
    assert answer.headers["Location"] == f"/doc/mine/{need.id}"


def test_A1_what_is_being_written_is_gone_on_with(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    need_id = write(cast.maya, now, "money")
    page = text(maya, "/doc/mine/new")
    assert choices(page) == set(LISTED) - {"money"}
    assert f'href="/doc/mine/{need_id}"' in page
    assert choices(text(jonas, "/doc/mine/new")) == set(LISTED)


def test_A3_topics_that_are_open_lead_to_writing_under_them(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    first, second, _third = open_topics(cast, now)
    own = write(cast.jonas, now, own="Roses")
    garden = services_opening.open_need(cast.jonas, own, now)
    page = text(maya, "/doc/mine/new")
    assert set(re.findall(r'name="topic" value="([^"]+)"', page)) == set(topic_ids(cast.maya))
    assert choices(page) == set(LISTED) - {"time", "money", "home"}
    maya.post("/doc/mine/new", data={"topic": garden})
    (mine,) = services_needs.my_needs(cast.maya).drafts
    assert (mine.name, mine.topic_id) == ("Roses", garden)
    merge(cast, first, second, now)
    assert choices(text(maya, "/doc/mine/new")) == set(LISTED) - {"time", "money", "home"}


def test_A3_writing_under_a_topic_that_is_part_of_another_begins_under_that(
    cast: Cast, now: datetime
) -> None:
    first, second, _third = open_topics(cast, now)
    merge(cast, first, second, now)
    services_needs.begin_need(cast.jonas, Heading(topic_id=first), now)
    (mine,) = services_needs.my_needs(cast.jonas).drafts
    assert mine.listed == "money"
