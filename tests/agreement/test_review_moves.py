"""Reading again what has moved under another topic, or left, since it was signed (A6, A8, A9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from couples.agreement import rows
from couples.agreement.promises import services as services_wording
from couples.agreement.promises.services import Wording
from couples.agreement.promises.services_side import side
from couples.agreement.review import services as services_review
from couples.agreement.review.rules import TERMS
from couples.agreement.review.shapes import Settled
from couples.agreement.topics import services as services_topics
from couples.agreement.topics.services import Proposal
from couples.db import db
from tests.agreement import road
from tests.agreement.road import EVENINGS
from tests.agreement.road import TERMS as SIGNED_TERMS
from tests.agreement.test_review import (
    BERLIN,
    LATER,
    NINE,
    REVIEW,
    WEEK,
    asked,
    both_say,
    notice,
    page,
    promise_of,
    signed,
)
from tests.agreement.test_topics import open_topics, waiting
from tests.cast import Cast

SOON = date(2026, 10, 13)


def sign_topics(cast: Cast, now: datetime, *texts: str) -> list[str]:
    """Let both sign these words, each under a topic of its own; return all topics in order."""
    topics = open_topics(cast, now, "time", "money", "home")
    for topic_id, words in zip(topics, texts, strict=False):
        if words:
            road.promise(cast, topic_id, now, words)
    road.choose(cast.maya, now, replace(SIGNED_TERMS, review_on=REVIEW))
    road.sign_both(cast, now)
    return topics


def merge(cast: Cast, topic_id: str, into: str, now: datetime) -> None:
    """Let Maya suggest that a topic becomes part of another, and Jonas say yes."""
    assert services_topics.propose(cast.maya, topic_id, Proposal("merge", into), now) is None
    services_topics.use(cast.jonas, waiting(cast.jonas, topic_id), now)


def put_aside(cast: Cast, topic_id: str, now: datetime) -> None:
    """Let Maya suggest to put a topic aside, and Jonas say yes."""
    assert services_topics.propose(cast.maya, topic_id, Proposal("retire"), now) is None
    services_topics.use(cast.jonas, waiting(cast.jonas, topic_id), now)


def settled(cast: Cast) -> dict[str, Settled]:
    db.session.expire_all()
    return {each.about: each for each in page(cast.maya).settled}


def review_day(cast: Cast) -> date:
    db.session.expire_all()
    draft = rows.draft_of(cast.couple)
    assert draft is not None
    return draft.review_on


@pytest.mark.parametrize("words", ["B words", "A words"])
def test_A6_a_promise_that_gave_way_to_another_is_no_question_any_more(
    database_cast: Cast, now: datetime, words: str
) -> None:
    cast = database_cast
    first, second, _third = sign_topics(cast, now, "A words")
    road.promise(cast, second, now + WEEK, words)
    merge(cast, first, second, now + WEEK)
    assert asked(cast.maya) == [(TERMS, "")]
    promise = promise_of(second)
    assert promise is not None
    assert (promise.words, promise.under_review_at) == (words, None)


def test_A6_of_two_signed_promises_the_one_that_gave_way_leaves_and_the_other_stays(
    cast: Cast, now: datetime
) -> None:
    first, second, third = sign_topics(cast, now, "A words", "", "C words")
    merge(cast, first, second, now)
    merge(cast, third, second, now)
    assert asked(cast.maya) == [(first, ""), (TERMS, "")]
    both_say(cast, first, "kept", "changed")
    promise = promise_of(second)
    assert promise is not None
    assert (promise.words, promise.under_review_at) == ("A words", NINE)
    assert settled(cast).keys() == {first}


def test_A6_a_promise_let_go_where_it_moved_makes_room_for_the_next_one(
    cast: Cast, now: datetime
) -> None:
    first, second, third = sign_topics(cast, now, "A words", "", "C words")
    merge(cast, first, second, now)
    both_say(cast, first, "retired", "retired")
    merge(cast, third, second, LATER)
    assert asked(cast.maya) == [(third, ""), (TERMS, "")]
    both_say(cast, third, "kept", "kept", now=LATER)
    found = settled(cast)
    assert not found[first].in_draft
    assert found[third].in_draft
    assert found[third].topic_id == second


@pytest.mark.parametrize("moved", [True, False])
def test_A6_words_agreed_after_both_let_a_promise_go_are_another_promise(
    database_cast: Cast, now: datetime, moved: bool
) -> None:
    cast, trial = database_cast, date(2026, 9, 8)
    at_nine, ends = datetime(2026, 9, 8, 7, tzinfo=UTC), replace(EVENINGS, trial_until=trial)
    first, second, _third = open_topics(cast, now, "time", "money", "home")
    services_wording.suggest(cast.maya, first, Wording(ends, False, "", ""), now)
    services_wording.use(cast.jonas, side(cast.maya, first).seen, now)
    road.choose(cast.maya, now, replace(SIGNED_TERMS, review_on=REVIEW))
    road.sign_both(cast, now)
    there = second if moved else first
    if moved:
        merge(cast, first, second, now)
    else:
        # Words that wait keep the topic open: the promise is marked, and then gives way to them.
        road.suggest(cast.maya, first, now, "Other words")
    both_say(cast, first, "retired", "retired", now=at_nine, day=trial)
    road.promise(cast, there, at_nine + timedelta(hours=1), "Something new")
    found = settled(cast)[first]
    assert (found.outcome, found.in_draft, found.under_review) == ("retired", False, False)
    assert asked(cast.maya) == [(TERMS, "")]
    promise = promise_of(there)
    assert promise is not None
    assert (promise.words, promise.under_review_at) == ("Something new", None)


def test_A6_a_promise_that_moved_twice_and_was_reworded_is_still_the_one(
    cast: Cast, now: datetime
) -> None:
    first, second, third = sign_topics(cast, now, "A words")
    merge(cast, first, second, now)
    road.promise(cast, second, now + WEEK, "Newer words")
    merge(cast, second, third, now + WEEK)
    assert asked(cast.maya) == [(first, ""), (TERMS, "")]
    both_say(cast, first, "retired", "retired")
    promise = promise_of(third)
    assert promise is not None
    assert (promise.words, promise.under_review_at) == ("Newer words", NINE)


def test_A6_a_promise_that_moved_and_then_gave_way_is_no_question_any_more(
    cast: Cast, now: datetime
) -> None:
    first, second, third = sign_topics(cast, now, "A words")
    merge(cast, first, second, now)
    road.promise(cast, third, now + WEEK, "C words")
    merge(cast, second, third, now + WEEK)
    assert asked(cast.maya) == [(TERMS, "")]


def test_A9_words_that_were_agreed_stay_to_be_read_where_their_topic_went(
    cast: Cast, now: datetime
) -> None:
    first, second, third = sign_topics(cast, now, "A words", "B words")
    merge(cast, first, second, now)
    merge(cast, second, third, now)
    found = {each.words.words for each in side(cast.maya, third).history}
    assert found == {"A words", "B words"}


def test_A8_a_promise_let_go_takes_no_topic_along_under_which_it_was_not_signed(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, second, third = sign_topics(cast, now, "A words")
    merge(cast, first, second, now)
    road.choose(cast.maya, NINE, replace(SIGNED_TERMS, review_on=SOON))
    assert road.sign(cast.maya, NINE) == "signed"
    both_say(cast, first, "retired", "retired")
    assert promise_of(second) is None
    assert road.topic_ids(cast.maya) == [second, third]
    assert road.sign(cast.jonas, NINE) == "signed"


@pytest.mark.parametrize("chosen", [SOON, date(2027, 6, 1)])
def test_A9_a_review_day_the_two_chose_meanwhile_is_left_alone(
    cast: Cast, now: datetime, chosen: date
) -> None:
    topic_id = signed(cast, now)
    road.choose(cast.maya, NINE, replace(SIGNED_TERMS, review_on=chosen))
    both_say(cast, topic_id, "kept", "kept")
    both_say(cast, TERMS, "changed", "changed", now=LATER)
    assert review_day(cast) == chosen
    assert page(cast.maya, LATER).next_on == chosen


def test_A6_a_chosen_day_that_has_passed_by_then_gives_way_to_one_ahead(
    cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    road.choose(cast.maya, NINE, replace(SIGNED_TERMS, review_on=SOON))
    late = NINE + 10 * WEEK
    both_say(cast, topic_id, "kept", "kept", now=late)
    both_say(cast, TERMS, "kept", "kept", now=late)
    assert review_day(cast) == REVIEW + 22 * WEEK


@pytest.mark.parametrize("way", ["aside", "merged"])
def test_A6_a_review_whose_last_promise_leaves_is_settled_and_can_be_signed(
    database_cast: Cast, now: datetime, way: str
) -> None:
    cast = database_cast
    first, second, _third = sign_topics(cast, now, "A words")
    road.promise(cast, second, now + WEEK, "B words")
    both_say(cast, TERMS, "kept", "kept")
    assert page(cast.maya).next_on is None
    if way == "aside":
        put_aside(cast, first, NINE)
    else:
        merge(cast, first, second, NINE)
    assert asked(cast.maya) == []
    assert notice(cast.maya) == "settled"
    assert review_day(cast) == REVIEW + 12 * WEEK
    assert page(cast.jonas).next_on == REVIEW + 12 * WEEK
    road.sign_both(cast, LATER)


def test_A6_a_topic_that_leaves_while_questions_are_open_plans_nothing(
    cast: Cast, now: datetime
) -> None:
    first, *_others = sign_topics(cast, now, "A words")
    put_aside(cast, first, NINE)
    assert asked(cast.maya) == [(TERMS, "")]
    assert review_day(cast) == REVIEW


def test_A6_a_day_that_has_passed_is_not_named_as_the_next(cast: Cast, now: datetime) -> None:
    topic_id = signed(cast, now)
    both_say(cast, topic_id, "kept", "kept")
    both_say(cast, TERMS, "kept", "kept")
    assert page(cast.maya).next_on == REVIEW + 12 * WEEK
    long_after = NINE + timedelta(weeks=13)
    assert services_review.review_page(cast.maya, BERLIN, long_after).next_on is None
