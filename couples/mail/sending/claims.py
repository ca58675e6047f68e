"""Claiming letters: by one statement, for a while, so that no two workers hold the same one.

Workers look through the narrow table of times alone. Whoever changes both a letter and its time
does the time first: every transaction waits for locks in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, Table, any_, delete, func, select, update

from couples.db import db, is_postgres, transaction
from couples.mail.models import UNFINISHED, WAITING, LetterState, LetterTime, OutboxLetter

BATCH = 100
SOON = timedelta(seconds=10)
OPTIONS = {"synchronize_session": False}

# The bare tables: through the mapped classes one update costs four times as much.
LETTERS: Table = OutboxLetter.metadata.tables[OutboxLetter.__tablename__]
TIMES: Table = LetterTime.metadata.tables[LetterTime.__tablename__]


def anything_due(now: datetime) -> bool:
    """Look before claiming: nearly every tick finds nothing, and then takes no lock."""
    return (
        db.session.scalar(select(TIMES.c.letter_id).where(TIMES.c.at <= now).limit(1)) is not None
    )


@transaction()
def claim(now: datetime, worker_id: str, lease: timedelta, most: int = BATCH) -> list[OutboxLetter]:
    """Take due letters for this worker alone, those whose worker has vanished included."""
    taken = update(TIMES).where(_is_due(now, most)).values(at=now + lease)
    ids = list(db.session.scalars(taken.returning(TIMES.c.letter_id), execution_options=OPTIONS))
    # Of what a vanished worker was sending nobody knows the fate.
    execute(
        update(LETTERS)
        .where(is_one_of(LETTERS.c.id, ids), LETTERS.c.state == LetterState.SENDING)
        .values(state=LetterState.UNKNOWN, settled_at=now)
    )
    held = (
        update(OutboxLetter)
        .where(_is_free(ids))
        .values(state=LetterState.CLAIMED, claimed_by=worker_id)
        .returning(OutboxLetter)
    )
    rows = list(db.session.scalars(held, execution_options=OPTIONS))
    _let_go(set(ids) - {row.id for row in rows}, now)
    # They outlive this transaction: what they say is what was claimed.
    db.session.expunge_all()
    return sorted(rows, key=lambda row: (row.due_at, row.id))


def _is_free(ids: Collection[str]) -> ColumnElement[bool]:
    """Return the condition of being unfinished, and nobody's to change at this moment.

    Who cancels letters may hold one of them and wait for another that we hold.
    """
    unfinished = is_one_of(LETTERS.c.id, ids) & LETTERS.c.state.in_(UNFINISHED)
    if not is_postgres():
        return unfinished
    free = select(LETTERS.c.id).where(unfinished).with_for_update(skip_locked=True)
    return LETTERS.c.id == any_(func.array(free.scalar_subquery()))


def _let_go(ids: Collection[str], now: datetime) -> None:
    """Forget the times of what is settled; what somebody is changing is looked at again soon."""
    if ids:
        forget_times(ids)
        execute(update(TIMES).where(is_one_of(TIMES.c.letter_id, ids)).values(at=now + SOON))


def _is_due(now: datetime, most: int) -> ColumnElement[bool]:
    """Return the condition of being among the first that nobody else holds right now."""
    ids = select(TIMES.c.letter_id).where(TIMES.c.at <= now).order_by(TIMES.c.at).limit(most)
    if not is_postgres():
        return TIMES.c.letter_id.in_(ids)
    # A generic plan would scan the whole table for `id IN (…)`, not for an array.
    ids = ids.with_for_update(skip_locked=True)
    return TIMES.c.letter_id == any_(func.array(ids.scalar_subquery()))


def is_one_of(column: Any, ids: Collection[str]) -> ColumnElement[bool]:
    """Return the condition of being one of these ids."""
    found: ColumnElement[bool] = column.in_(list(ids))
    return found


@transaction()
def renew(ids: Collection[str], until: datetime) -> None:
    """Hold letters longer; one taken over by somebody else meanwhile is theirs all the same."""
    execute(update(TIMES).where(is_one_of(TIMES.c.letter_id, ids)).values(at=until))


@transaction()
def forget_times(ids: Collection[str]) -> None:
    """Take letters whose fate is settled out of the table of times."""
    settled = select(LETTERS.c.id).where(
        is_one_of(LETTERS.c.id, ids), LETTERS.c.state.not_in(UNFINISHED)
    )
    if wanted := db.session.scalars(settled).all():
        execute(delete(TIMES).where(is_one_of(TIMES.c.letter_id, wanted)))


def move_time(letter: ColumnElement[bool], at: datetime) -> None:
    """Let letters that wait and match go at another time, in the caller's transaction."""
    waiting = select(LETTERS.c.id).where(letter, LETTERS.c.state.in_(WAITING))
    execute(update(TIMES).where(TIMES.c.letter_id.in_(waiting)).values(at=at))
    execute(update(LETTERS).where(letter, LETTERS.c.state.in_(WAITING)).values(due_at=at))


def execute(statement: Executable, values: Mapping[str, Any] | None = None) -> int:
    """Run one statement; return how many rows it changed."""
    result: Any = db.session.execute(statement, values, execution_options=OPTIONS)
    return int(result.rowcount)
