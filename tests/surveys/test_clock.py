"""Rounds open and close by themselves: once, in time, and one failure spoils one couple."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from couples.db import db, transaction
from couples.surveys.letters.services import Wishes, save_letters
from couples.surveys.models import Plan
from couples.surveys.readers import choices_of
from couples.surveys.rounds import services_clock
from couples.surveys.rounds.services_clock import (
    claim_due,
    close_due_rounds,
    next_opening_of,
    open_due_rounds,
)
from couples.surveys.terms import from_rows
from tests.cast import Cast, link, make_person
from tests.surveys.agreed import (
    AFTER,
    CLOSES,
    DAY,
    HOUR,
    INSIDE,
    OPENS,
    WEEK,
    letters,
    opened,
    plan_of,
    response_of,
    round_of,
    rounds_of,
    sign,
)


def test_C1_a_round_opens_when_its_time_comes_and_no_second_sooner(
    database_cast: Cast, now: datetime
) -> None:
    couple = database_cast.couple
    sign(couple, now)
    assert open_due_rounds(OPENS - timedelta(seconds=1)) == 0
    assert open_due_rounds(OPENS) == 1
    assert open_due_rounds(OPENS) == 0
    found = round_of(couple)
    assert (found.opens_at, found.closes_at, found.number) == (OPENS, CLOSES, 1)
    for person in (database_cast.maya, database_cast.jonas):
        assert response_of(found.id, person).payload_sealed is None


def test_C1_a_late_tick_changes_neither_times_nor_number(cast: Cast, now: datetime) -> None:
    opened(cast.couple, now, at=OPENS + 40 * HOUR)
    assert round_of(cast.couple).opens_at == OPENS
    assert round_of(cast.couple).closes_at == CLOSES


def test_C1_after_three_weeks_of_outage_only_the_current_round_exists(
    database_cast: Cast, now: datetime
) -> None:
    couple = database_cast.couple
    opened(couple, now)
    assert open_due_rounds(OPENS + 3 * WEEK + 10 * HOUR) == 1
    assert [one.opens_at for one in rounds_of(couple)] == [OPENS, OPENS + 3 * WEEK]
    assert [one.number for one in rounds_of(couple)] == [1, 2]
    assert len(letters("open")) == 4


@pytest.mark.parametrize(("left", "count"), [(12 * HOUR, 1), (12 * HOUR - HOUR / 3600, 0)])
def test_C1_a_round_with_less_than_twelve_hours_left_is_not_made_any_more(
    cast: Cast, now: datetime, left: timedelta, count: int
) -> None:
    sign(cast.couple, now)
    assert open_due_rounds(CLOSES - left) == count
    plan = plan_of(cast.couple)
    assert plan is not None and plan.due_at == OPENS + WEEK


def test_C1_questions_are_fixed_when_the_round_opens(cast: Cast, now: datetime) -> None:
    opened(cast.couple, now)
    sign(cast.couple, INSIDE, topics=(("t-new", "money", ""),))
    assert [one.id for one in from_rows(round_of(cast.couple).questions)] == ["t-time", "t-own"]


def test_C2_of_more_than_six_topics_those_asked_longest_ago_are_asked(
    cast: Cast, now: datetime
) -> None:
    names = ("time", "notice", "home", "heard", "affection", "money", "alone", "family")
    sign(cast.couple, now, topics=tuple((f"t-{name}", name, "") for name in names))
    for week in range(3):
        open_due_rounds(OPENS + week * WEEK)
    asked = [[row.listed for row in from_rows(one.questions)] for one in rounds_of(cast.couple)]
    assert asked[0] == list(names[:6])
    assert asked[1] == [*names[:4], "alone", "family"]
    assert asked[2] == list(names[:6]), "affection and money again, then the first four"


def test_C1_with_no_clock_at_all_the_next_opening_is_still_ahead(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    assert next_opening_of(cast.couple, INSIDE) == OPENS + WEEK
    assert next_opening_of(cast.couple, OPENS + 5 * WEEK - DAY) == OPENS + 5 * WEEK
    assert [one.opens_at for one in rounds_of(cast.couple)] == [OPENS]


def test_one_failing_couple_leaves_the_others_rounds_alone(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    sign(cast.couple, now)
    sign(cast.other_couple, now)
    with transaction():
        plan = plan_of(cast.couple)
        assert plan is not None
        sick = db.session.get_one(Plan, plan.id)
        version = sick.version_id
        db.session.execute(
            db.text("UPDATE versions SET content_sealed = :x WHERE id = :id"),
            {"x": b"\x01nonsense", "id": version},
        )
    assert open_due_rounds(OPENS) == 1
    assert rounds_of(cast.couple) == []
    assert len(rounds_of(cast.other_couple)) == 1
    sick_plan = plan_of(cast.couple)
    assert sick_plan is not None and sick_plan.due_at == OPENS, "it is tried again after the lease"
    assert claim_due(OPENS) == []
    assert claim_due(OPENS + HOUR) == [cast.couple]


def test_C8_two_clocks_at_once_open_every_round_once(database_app: Flask, now: datetime) -> None:
    couples = []
    for n in range(12):
        one, two = make_person(f"A{n}", now), make_person(f"B{n}", now)
        couples.append(link(one, two, now))
        sign(couples[-1], now)
    counts: list[int] = []
    at_once(database_app, 3, lambda: counts.append(open_due_rounds(OPENS)))
    assert sum(counts) == 12
    assert all(len(rounds_of(couple)) == 1 for couple in couples)
    assert len(letters("open")) == 24


def at_once(app: Flask, count: int, act: Callable[[], object]) -> None:
    """Run the same act in several threads, each with its own session."""
    gate = threading.Barrier(count)
    failures: list[BaseException] = []

    def run() -> None:
        with app.app_context():
            try:
                gate.wait(10)
                act()
            except BaseException as problem:
                failures.append(problem)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    db.session.rollback()  # what was read before is an older snapshot


def test_C1_a_page_opened_before_the_tick_and_the_tick_make_one_round(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    couple = database_cast.couple
    sign(couple, now)
    acts = iter([services_clock.open_due_round, services_clock.make_due_round] * 2)
    at_once(database_app, 4, lambda: next(acts)(couple, OPENS))
    assert len(rounds_of(couple)) == 1
    assert len(letters("open")) == 2


def test_the_close_is_settled_once(database_cast: Cast, now: datetime) -> None:
    opened(database_cast.couple, now)
    assert close_due_rounds(CLOSES - timedelta(seconds=1)) == 0
    assert close_due_rounds(CLOSES) == 1
    assert close_due_rounds(AFTER) == 0


def test_letters_of_a_round_wait_for_each_readers_own_hour(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    save_letters(cast.maya, Wishes(5, 10, False, False, False), now)
    opened(cast.couple, now)
    (mine,), (theirs,) = letters("open", cast.maya), letters("open", cast.jonas)
    assert mine.due_at == OPENS + 39 * HOUR  # Saturday 10:00
    assert theirs.due_at == OPENS
    assert mine.not_after == theirs.not_after == CLOSES
    (closed,) = letters("closed", cast.maya)
    assert closed.due_at == CLOSES + 11 * HOUR, "21:00 is night already"
    assert closed.not_after == CLOSES + DAY


def test_S2_the_rows_of_a_round_do_not_tell_who_wants_a_reminder(cast: Cast, now: datetime) -> None:
    save_letters(cast.maya, Wishes(None, None, False, True, True), now)
    opened(cast.couple, now)
    kinds = [
        sorted(row.kind for kind in ("open", "reminder", "closed") for row in letters(kind, who))
        for who in (cast.maya, cast.jonas)
    ]
    assert kinds[0] == kinds[1] == ["closed", "open", "reminder"]


def test_somebody_who_moved_during_the_round_is_not_woken(cast: Cast, now: datetime) -> None:
    from couples.accounts.models import Person

    opened(cast.couple, now)
    with transaction():
        db.session.get_one(Person, cast.maya).zone = "Asia/Tokyo"
    close_due_rounds(CLOSES)
    (closed,) = letters("closed", cast.maya)
    assert closed.due_at.hour == 23, "8:00 in Tokyo"


def test_choices_missing_for_both_are_added_once(database_app: Flask, now: datetime) -> None:
    one, two = make_person("One", now), make_person("Two", now)

    def add() -> None:
        with transaction():
            choices_of([one, two])

    at_once(database_app, 4, add)
    assert len(choices_of([one, two])) == 2
