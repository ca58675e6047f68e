"""What is stored of an answer, until when, and what opens to whom."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from couples import tokens
from couples.db import db
from couples.pairing import services_leaving
from couples.surveys.answering.services import (
    Answers,
    NothingAnswered,
    RoundClosed,
    save_answers,
    stored_of,
)
from couples.surveys.answering.services_link import LinkGone, page_by_link, save_by_link
from couples.surveys.answering.services_week import replace_link
from tests.cast import Cast
from tests.surveys.agreed import (
    CLOSES,
    INSIDE,
    OPENS,
    answer,
    opened,
    response_of,
)
from tests.surveys.test_clock import at_once

BOTH = {"overall": 5, "t-time": 6, "t-own": 2}


def token_of(round_id: str, person_id: str) -> str:
    response = response_of(round_id, person_id)
    return tokens.make("week", response.id, response.generation)


def test_C3_a_response_is_changed_freely_until_the_round_closes(
    database_cast: Cast, now: datetime
) -> None:
    found = opened(database_cast.couple, now)
    answer(database_cast.maya, found.id, overall=2)
    answer(database_cast.maya, found.id, CLOSES - timedelta(seconds=1), overall=3)
    with pytest.raises(RoundClosed):
        answer(database_cast.maya, found.id, CLOSES, overall=7)
    assert stored_of(response_of(found.id, database_cast.maya)).answers == {"overall": 3}


def test_C2_a_submission_without_any_answer_stores_nothing(cast: Cast, now: datetime) -> None:
    found = opened(cast.couple, now)
    with pytest.raises(NothingAnswered):
        save_answers(cast.maya, found.id, Answers({"overall": None}, True), INSIDE)
    with pytest.raises(NothingAnswered):
        save_by_link(token_of(found.id, cast.maya), Answers({}, True), INSIDE)
    assert response_of(found.id, cast.maya).payload_sealed is None


def test_answers_to_questions_that_were_not_asked_are_left_out(cast: Cast, now: datetime) -> None:
    found = opened(cast.couple, now)
    answer(cast.maya, found.id, **{"overall": 4, "t-elsewhere": 7})
    assert stored_of(response_of(found.id, cast.maya)).answers == {"overall": 4}


def test_C6_by_link_own_topics_are_neither_shown_nor_stored(cast: Cast, now: datetime) -> None:
    found = opened(cast.couple, now)
    token = token_of(found.id, cast.maya)
    page = page_by_link(token, INSIDE)
    assert [topic.id for topic in page.topics] == ["t-time"]
    assert page.asks_more
    assert {topic.promise + topic.own_name for topic in page.topics} == {""}
    save_by_link(token, Answers(dict(BOTH), True), INSIDE)
    stored = stored_of(response_of(found.id, cast.maya))
    assert stored.answers == {"overall": 5, "t-time": 6}


def test_C6_what_is_left_untouched_by_link_keeps_what_was_stored(cast: Cast, now: datetime) -> None:
    found = opened(cast.couple, now)
    words = Answers(dict(BOTH), True, words="Laundry.", words_shared=True)
    save_answers(cast.maya, found.id, words, INSIDE)
    save_by_link(token_of(found.id, cast.maya), Answers({"overall": 1}, False), INSIDE)
    stored = stored_of(response_of(found.id, cast.maya))
    assert stored.answers == {**BOTH, "overall": 1}
    assert (stored.words, stored.words_shared, stored.shared) == ("Laundry.", True, False)


def test_C6_the_link_is_void_when_replaced_closed_or_parted(cast: Cast, now: datetime) -> None:
    found = opened(cast.couple, now)
    mine, theirs = token_of(found.id, cast.maya), token_of(found.id, cast.jonas)
    page_by_link(theirs, CLOSES - timedelta(seconds=1))
    for at in (CLOSES, OPENS - timedelta(seconds=1)):
        with pytest.raises(LinkGone):
            page_by_link(theirs, at)
    replace_link(cast.maya, INSIDE)
    with pytest.raises(LinkGone):
        save_by_link(mine, Answers({"overall": 3}, True), INSIDE)
    page_by_link(token_of(found.id, cast.maya), INSIDE)
    page_by_link(theirs, INSIDE)
    services_leaving.end_link(cast.maya, INSIDE)
    with pytest.raises(LinkGone):
        page_by_link(theirs, INSIDE)


@pytest.mark.parametrize("purpose", ["stop", "confirm", "reset", "shown"])
def test_a_token_of_one_purpose_fails_for_the_other(
    cast: Cast, now: datetime, purpose: tokens.Purpose
) -> None:
    found = opened(cast.couple, now)
    token = tokens.make(purpose, response_of(found.id, cast.maya).id, 0)
    with pytest.raises(LinkGone):
        page_by_link(token, INSIDE)


def test_two_windows_at_once_merge_without_loss(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    found = opened(database_cast.couple, now)
    maya, token = database_cast.maya, token_of(found.id, database_cast.maya)
    turns = iter([*[("overall", None)] * 4, *[("t-time", token)] * 4, *[("t-own", None)] * 4])

    def act() -> None:
        key, link = next(turns)
        given: dict[str, int | None] = {key: 6}
        if link:
            save_by_link(link, Answers(given, True), INSIDE)
        else:
            save_answers(maya, found.id, Answers(given, True), INSIDE)

    at_once(database_app, 12, act)
    stored = stored_of(response_of(found.id, maya))
    assert stored.answers == {"overall": 6, "t-time": 6, "t-own": 6}


def test_fifty_submissions_at_once_are_one_response(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    found = opened(database_cast.couple, now)
    token = token_of(found.id, database_cast.maya)
    at_once(database_app, 10, lambda: many(token, 5))
    assert db.session.execute(db.text("SELECT count(*) FROM responses")).scalar() == 2
    assert stored_of(response_of(found.id, database_cast.maya)).answers == {"overall": 4}


def many(token: str, times: int) -> None:
    for _time in range(times):
        save_by_link(token, Answers({"overall": 4}, True), INSIDE)


def test_words_of_another_window_are_never_lost(cast: Cast, now: datetime) -> None:
    found = opened(cast.couple, now)
    first = Answers({}, True, words="First.", words_before="")
    assert save_answers(cast.maya, found.id, first, INSIDE) is None
    second = Answers({}, True, words="Second.", words_before="")
    clash = save_answers(cast.maya, found.id, second, INSIDE)
    assert clash is not None and clash.words == "First."
    chosen = Answers({}, True, words="Second.", words_before=clash.words)
    assert save_answers(cast.maya, found.id, chosen, INSIDE) is None
    assert stored_of(response_of(found.id, cast.maya)).words == "Second."
