"""When the next round opens, after a new version and after parting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from couples.mail.models import LetterState
from couples.pairing import services_leaving
from couples.surveys.answering.services import stored_of
from couples.surveys.rounds.services_clock import open_due_rounds
from couples.surveys.terms import from_rows
from tests.cast import Cast
from tests.surveys.agreed import (
    CLOSES,
    DAY,
    HOUR,
    INSIDE,
    OPENS,
    RHYTHM,
    WEEK,
    answer,
    letters,
    opened,
    plan_of,
    response_of,
    round_of,
    rounds_of,
    sign,
)


def due(couple_id: str) -> datetime:
    plan = plan_of(couple_id)
    assert plan is not None
    return plan.due_at


def test_A7_the_second_signature_plans_the_first_round(database_cast: Cast, now: datetime) -> None:
    sign(database_cast.couple, now)
    assert due(database_cast.couple) == OPENS


@pytest.mark.parametrize(
    ("before", "opens"), [(24 * HOUR, OPENS), (24 * HOUR - 1 * DAY / 86400, OPENS + WEEK)]
)
def test_A7_the_first_round_opens_at_least_24_hours_later(
    cast: Cast, before: timedelta, opens: datetime
) -> None:
    sign(cast.couple, OPENS - before)
    assert due(cast.couple) == opens


def test_A6_without_a_signed_agreement_there_are_no_rounds(cast: Cast, now: datetime) -> None:
    assert open_due_rounds(now + 52 * WEEK) == 0
    assert plan_of(cast.couple) is None


def test_C1_a_new_versions_rhythm_begins_after_the_close_of_the_open_round(
    database_cast: Cast, now: datetime
) -> None:
    couple = database_cast.couple
    first = opened(couple, now)
    tomorrow = replace(RHYTHM, opens_weekday=5, opens_hour=20, closes_weekday=0, closes_hour=20)
    sign(couple, INSIDE, tomorrow)
    assert due(couple) == datetime(2026, 9, 12, 18, tzinfo=UTC)
    assert round_of(couple).closes_at == first.closes_at == CLOSES


def test_C1_an_unchanged_rhythm_keeps_its_phase(cast: Cast, now: datetime) -> None:
    every_four = replace(RHYTHM, every_weeks=4)
    sign(cast.couple, now, every_four)
    open_due_rounds(OPENS)
    sign(cast.couple, OPENS + WEEK, every_four)
    assert due(cast.couple) == OPENS + 4 * WEEK


@pytest.mark.parametrize("before", [10 * HOUR, HOUR, 2 * DAY])
def test_C1_new_words_under_an_unchanged_rhythm_cancel_no_announced_round(
    cast: Cast, now: datetime, before: timedelta
) -> None:
    every_four = replace(RHYTHM, every_weeks=4)
    sign(cast.couple, now, every_four)
    open_due_rounds(OPENS)
    announced = OPENS + 4 * WEEK
    sign(cast.couple, announced - before, every_four, topics=(("t-new", "money", ""),))
    assert due(cast.couple) == announced
    assert open_due_rounds(announced) == 1
    assert [one.id for one in from_rows(round_of(cast.couple).questions)] == ["t-new"]


def test_A7_a_changed_rhythm_has_its_24_hours_even_shortly_before_an_opening(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    sign(cast.couple, OPENS - HOUR, replace(RHYTHM, opens_hour=20))
    assert due(cast.couple) == OPENS + WEEK + HOUR


def test_C1_a_round_whose_time_has_come_opens_under_the_old_version(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    sign(cast.couple, OPENS + HOUR, topics=(("t-new", "money", ""),))
    (found,) = rounds_of(cast.couple)
    assert [one.id for one in from_rows(found.questions)] == ["t-time", "t-own"]
    assert due(cast.couple) == OPENS + WEEK


def test_L6_parting_cancels_rounds_plans_and_letters_in_the_same_transaction(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    found = opened(cast.couple, now)
    answer(cast.maya, found.id, overall=4)
    before = response_of(found.id, cast.maya).generation
    services_leaving.end_link(cast.jonas, INSIDE)
    assert plan_of(cast.couple) is None
    assert round_of(cast.couple).cancelled_at == INSIDE
    assert response_of(found.id, cast.maya).generation == before + 1
    for kind in ("open", "reminder", "closed"):
        assert {row.state for row in letters(kind)} == {LetterState.CANCELLED}
    assert open_due_rounds(OPENS + WEEK) == 0


def test_L6_a_response_to_the_cancelled_round_stays_with_its_author(
    cast: Cast, now: datetime
) -> None:
    found = opened(cast.couple, now)
    answer(cast.maya, found.id, overall=4)
    services_leaving.end_link(cast.maya, INSIDE)
    assert stored_of(response_of(found.id, cast.maya)).answers == {"overall": 4}


def test_letters_of_the_review_date_go_to_both_in_their_own_morning(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    assert {row.person_id for row in letters("review")} == {cast.maya, cast.jonas}
    assert {row.due_at for row in letters("review")} == {datetime(2027, 1, 10, 8, tzinfo=UTC)}
