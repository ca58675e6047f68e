"""Claiming letters: by one statement, for a while, so that no two workers hold the same one.

Workers look through the narrow table of times alone. Whoever changes both a letter and its time
does the time first: every transaction waits for locks in the same order. On PostgreSQL each
statement sees what was committed when it began, and one that waited still judges other tables by
that: what must not have changed meanwhile is asked again once the locks are held.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, Table, delete, exists, select, update

from couples.db import UNSYNCHRONIZED, db, found_free, transaction
from couples.mail.models import UNFINISHED, WAITING, LetterState, LetterTime, OutboxLetter

BATCH = 100
SOON = timedelta(seconds=10)
CLAIMED, SENDING = LetterState.CLAIMED, LetterState.SENDING

# The bare tables: through the mapped classes one update costs four times as much.
LETTERS: Table = OutboxLetter.metadata.tables[OutboxLetter.__tablename__]
TIMES: Table = LetterTime.metadata.tables[LetterTime.__tablename__]


def anything_due(now: datetime, *which: ColumnElement[bool]) -> bool:
    """Look before claiming: nearly every tick finds nothing, and then takes no lock."""
    due = select(TIMES.c.letter_id).where(TIMES.c.at <= now, *which)
    return db.session.scalar(due.limit(1)) is not None


@transaction()
def claim(
    now: datetime, worker_id: str, lease: timedelta, most: int = BATCH, rest: int = BATCH
) -> list[OutboxLetter]:
    """Take due letters for this worker alone, those whose worker has vanished included.

    Urgent ones come first; of the others it takes so many as `rest` says at most.
    """
    urgent = _take(now, lease, most, TIMES.c.urgent) if anything_due(now, TIMES.c.urgent) else []
    ids = urgent + _take(now, lease, min(rest, most - len(urgent)))
    # Of what a vanished worker was sending nobody knows the fate.
    execute(
        update(LETTERS)
        .where(is_one_of(LETTERS.c.id, ids), LETTERS.c.state == SENDING)
        .values(state=LetterState.UNKNOWN, settled_at=now)
    )
    held = (
        update(OutboxLetter)
        .where(_is_free(ids))
        .values(state=CLAIMED, claimed_by=worker_id)
        .returning(OutboxLetter)
    )
    rows = list(db.session.scalars(held, execution_options=UNSYNCHRONIZED))
    _let_go(set(ids) - {row.id for row in rows}, now)
    # They outlive this transaction: what they say is what was claimed.
    db.session.expunge_all()
    first = set(urgent)
    return sorted(rows, key=lambda row: (row.id not in first, row.due_at, row.id))


def _take(now: datetime, lease: timedelta, most: int, *which: ColumnElement[bool]) -> list[str]:
    """Move the times of so many due letters to the end of the lease; return which."""
    if most <= 0:
        return []
    taken = update(TIMES).where(_is_due(now, most, *which)).values(at=now + lease)
    return list(
        db.session.scalars(taken.returning(TIMES.c.letter_id), execution_options=UNSYNCHRONIZED)
    )


def _is_free(ids: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a letter may be held, and is nobody's to change at this moment.

    One that its worker has begun since our statement before is not ours: the next look tells its
    fate. Who cancels letters may hold one of them and wait for another that we hold.
    """
    unbegun = is_one_of(LETTERS.c.id, ids) & LETTERS.c.state.in_([*WAITING, CLAIMED])
    return found_free(LETTERS.c.id, select(LETTERS.c.id).where(unbegun))


def _let_go(ids: Collection[str], now: datetime) -> None:
    """Forget the times of what is settled; the rest somebody is at: it is looked at again soon."""
    if ids:
        forget_times(ids)
        execute(update(TIMES).where(is_one_of(TIMES.c.letter_id, ids)).values(at=now + SOON))


def _is_due(now: datetime, most: int, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition of being among the first that nobody else holds right now."""
    due = select(TIMES.c.letter_id).where(TIMES.c.at <= now, *which)
    return found_free(TIMES.c.letter_id, due.order_by(TIMES.c.at).limit(most))


def is_one_of(column: Any, ids: Collection[str]) -> ColumnElement[bool]:
    """Return the condition of being one of these ids."""
    found: ColumnElement[bool] = column.in_(list(ids))
    return found


@transaction()
def renew(ids: Collection[str], until: datetime) -> None:
    """Hold letters longer; one taken over by somebody else meanwhile is theirs all the same."""
    held = _lock(is_one_of(TIMES.c.letter_id, ids))
    execute(update(TIMES).where(is_one_of(TIMES.c.letter_id, held)).values(at=until))


@transaction()
def forget_times(ids: Collection[str]) -> None:
    """Take letters whose fate is settled out of the table of times."""
    settled = select(LETTERS.c.id).where(
        is_one_of(LETTERS.c.id, ids), LETTERS.c.state.not_in(UNFINISHED)
    )
    if wanted := db.session.scalars(settled).all():
        remove_times(is_one_of(TIMES.c.letter_id, wanted))


def remove_times(matching: ColumnElement[bool]) -> None:
    """Remove times in the caller's transaction."""
    if ids := _lock(matching):
        execute(delete(TIMES).where(is_one_of(TIMES.c.letter_id, ids)))


def _lock(matching: ColumnElement[bool]) -> list[str]:
    """Lock times in an order that is the same for all, lest two wait for each other."""
    times = select(TIMES.c.letter_id).where(matching).order_by(TIMES.c.letter_id)
    return list(db.session.scalars(times.with_for_update()))


def move_time(letter: ColumnElement[bool], at: datetime) -> None:
    """Let letters that wait and match go at another time, in the caller's transaction."""
    found = select(LETTERS.c.id).where(letter, LETTERS.c.state.in_(WAITING))
    ids = _lock(TIMES.c.letter_id.in_(found))
    # Nobody claims them now; but who held a time before us may have claimed its letter.
    waits = is_one_of(LETTERS.c.id, ids) & LETTERS.c.state.in_(WAITING)
    mine = exists().where(LETTERS.c.id == TIMES.c.letter_id, waits)
    execute(update(TIMES).where(is_one_of(TIMES.c.letter_id, ids), mine).values(at=at))
    execute(update(LETTERS).where(waits).values(due_at=at))


def is_held_too_long(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """Return the condition that a claim ends later than any can: a clock was ahead, or ours is."""
    held = select(LETTERS.c.id).where(LETTERS.c.state.in_([CLAIMED, SENDING]))
    return (TIMES.c.at > now + 2 * lease) & TIMES.c.letter_id.in_(held)


def end_too_long_claims(now: datetime, lease: timedelta) -> None:
    """Let such claims end now; a worker that lives all the same begins no letter it has lost."""
    ids = _lock(is_held_too_long(now, lease))
    execute(update(TIMES).where(is_one_of(TIMES.c.letter_id, ids)).values(at=now))


def execute(statement: Executable, values: Mapping[str, Any] | None = None) -> int:
    """Run one statement; return how many rows it changed."""
    result: Any = db.session.execute(statement, values, execution_options=UNSYNCHRONIZED)
    return int(result.rowcount)
