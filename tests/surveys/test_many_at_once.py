"""Many couples at once: few statements, and nobody waits for what another does (rule S2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from couples.db import db, is_postgres, transaction
from couples.surveys.letters.services import Wishes, save_letters
from couples.surveys.letters.services_look_ins import post_look_ins
from couples.surveys.rounds.services_clock import (
    close_due_rounds,
    open_due_rounds,
    open_together,
    settle_together,
)
from tests.cast import link, make_person
from tests.counting import asked
from tests.surveys.agreed import CLOSES, OPENS, letters, rounds_of, sign

WEEKLY = Wishes(None, None, False, False, True)
SUNDAY_EVENING = OPENS + timedelta(days=3, hours=6)


def couples_of(now: datetime, count: int, called: str) -> list[str]:
    with transaction():
        people = [make_person(f"{called}{n}", now) for n in range(2 * count)]
        for person in people:
            save_letters(person, WEEKLY, now)
        found = [link(*pair, now) for pair in zip(people[::2], people[1::2], strict=True)]
        for couple in found:
            sign(couple, now)
    return found


def close(at: datetime) -> int:
    """Open what is due, and close it again."""
    open_due_rounds(at)
    return close_due_rounds(at + (CLOSES - OPENS))


def look_in(at: datetime) -> int:
    return post_look_ins(at + (SUNDAY_EVENING - OPENS))


def statements(act: Callable[[datetime], int], at: datetime) -> tuple[int, int]:
    """Return how many were dealt with, and with how many statements."""
    with asked() as found:
        done = act(at)
    return done, len(found.all)


@pytest.mark.parametrize("act", [open_due_rounds, close, look_in], ids=lambda one: one.__name__)
def test_ten_couples_take_no_more_statements_than_two(
    database_app: Flask, now: datetime, act: Callable[[datetime], int]
) -> None:
    counted = []
    for count, weeks in ((2, 0), (10, 2)):
        couples_of(now, count, f"N{count}")
        at = OPENS + timedelta(weeks=weeks)
        act(at)
        counted.append(statements(act, at + timedelta(weeks=1)))
    (few, asked_few), (many, asked_many) = counted
    assert many > 2 * few > 0
    assert asked_many <= asked_few <= 40


@contextmanager
def held(statement: str, value: str) -> Iterator[None]:
    """Hold a row as somebody does who is at it at this very moment."""
    with db.engine.connect() as elsewhere:
        elsewhere.execute(text(statement), {"value": value})
        yield
        elsewhere.rollback()


def test_S2_a_couple_somebody_is_at_holds_up_no_other(database_app: Flask, now: datetime) -> None:
    if not is_postgres():
        return  # one writer at a time: nobody can hold a row of theirs alone
    first, *others = couples_of(now, 3, "A")
    db.session.commit()
    with held("SELECT id FROM plans WHERE couple_id = :value FOR UPDATE", first):
        assert open_together([first, *others], OPENS) == (2, {first})
    assert [len(rounds_of(one)) for one in (first, *others)] == [0, 1, 1]
    assert len(letters("open")) == 4
    assert open_due_rounds(OPENS) == 1
    ids = [rounds_of(one)[0].id for one in (first, *others)]
    db.session.commit()
    with held("SELECT id FROM rounds WHERE id = :value FOR UPDATE", ids[0]):
        assert settle_together(ids, CLOSES) == (2, [ids[0]])
    assert close_due_rounds(CLOSES) == 1
