"""Claiming letters: by one statement, for a while, so that no two workers hold the same one.

A claim writes to the narrow table of times alone: that the letter is held, and until when. The
instant at which a claim ends is its name: whoever begins or puts back a letter says it, and another
worker's claim, which can only have come later, ends later.

Whoever changes both a letter and its time does the time first: every transaction waits for locks
in the same order. On PostgreSQL each statement sees what was committed when it began, and one that
waited still judges other tables by that: what must not have changed meanwhile is asked again once
the locks are held.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Table,
    case,
    delete,
    exists,
    literal,
    select,
    update,
)

from couples.db import UNSYNCHRONIZED, db, found_free, is_postgres, outside, transaction
from couples.mail.models import UNFINISHED, WAITING, LetterState, LetterTime, OutboxLetter
from couples.many_rows import place_of

BATCH = 100
SENDING = LetterState.SENDING

# The bare tables: through the mapped classes one update costs four times as much.
LETTERS: Table = OutboxLetter.metadata.tables[OutboxLetter.__tablename__]
TIMES: Table = LetterTime.metadata.tables[LetterTime.__tablename__]


def anything_due(now: datetime, *which: ColumnElement[bool]) -> bool:
    """Look before claiming: nearly every tick finds nothing, and then takes no lock."""
    due = select(TIMES.c.letter_id).where(TIMES.c.at <= now, *which)
    # In order, though any would do: else PostgreSQL reads the whole table where many were due.
    return db.session.scalar(due.order_by(TIMES.c.at).limit(1)) is not None


@transaction()
def take(now: datetime, until: datetime, most: int = BATCH, rest: int = BATCH) -> list[str]:
    """Take due letters until then, those whose worker has vanished included; return their ids.

    Urgent ones come first; of the others it takes so many as `rest` says at most.
    """
    is_urgent = TIMES.c.urgent
    urgent = _take(now, until, most, is_urgent) if anything_due(now, is_urgent) else []
    return urgent + _take(now, until, min(rest, most - len(urgent)))


def _take(now: datetime, until: datetime, most: int, *which: ColumnElement[bool]) -> list[str]:
    """Move the times of so many due letters to the end of the claim; return which."""
    if most <= 0:
        return []
    taken = update(TIMES).where(_is_due(now, most, *which)).values(at=until, held=True)
    return list(
        db.session.scalars(taken.returning(TIMES.c.letter_id), execution_options=UNSYNCHRONIZED)
    )


def _is_due(now: datetime, most: int, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition of being among the first that nobody else holds right now."""
    place = place_of(LetterTime.__tablename__)
    due = select(place).select_from(TIMES).where(TIMES.c.at <= now, *which)
    return found_free(place, due.order_by(TIMES.c.at).limit(most))


def read(ids: Collection[str], now: datetime) -> list[OutboxLetter]:
    """Return the letters of a claim that wait, urgent ones first, as they were found.

    The rest is settled, or its worker vanished while it sent them.
    """
    query = select(OutboxLetter, TIMES.c.urgent).join(TIMES, TIMES.c.letter_id == OutboxLetter.id)
    found = db.session.execute(query.where(is_one_of(OutboxLetter.id, ids))).all()
    # They outlive this look: what they say is what was found.
    db.session.expunge_all()
    outside()
    waiting = [(row, urgent) for row, urgent in found if row.state in WAITING]
    if len(waiting) < len(ids):
        _tell_fates(set(ids) - {row.id for row, _urgent in waiting}, now)
    waiting.sort(key=lambda each: (not each[1], each[0].due_at, each[0].id))
    return [row for row, _urgent in waiting]


@transaction()
def _tell_fates(ids: Collection[str], now: datetime) -> None:
    """Of what a vanished worker was sending nobody knows the fate; what is settled has no time."""
    # Times first, as everywhere.
    _lock(is_one_of(TIMES.c.letter_id, ids))
    lock_letters(is_one_of(LETTERS.c.id, ids) & LETTERS.c.state.in_(UNFINISHED))
    sending = is_one_of(LETTERS.c.id, ids) & (LETTERS.c.state == SENDING)
    execute(update(LETTERS).where(sending).values(state=LetterState.UNKNOWN, settled_at=now))
    _free(ids, now)
    forget_times(ids)


def _free(ids: Collection[str], now: datetime) -> None:
    """Let letters wait again that a vanished worker of an older version has claimed.

    It said so in the letter's own row, and begins none that says anything else.
    """
    claimed = is_one_of(LETTERS.c.id, ids) & (LETTERS.c.state == LetterState.CLAIMED)
    pending, retry = (literal(state, LETTERS.c.state.type) for state in WAITING)
    waiting = case((LETTERS.c.attempts > 0, retry), else_=pending)
    freed = update(LETTERS).where(claimed).values(state=waiting)
    found = db.session.scalars(freed.returning(LETTERS.c.id), execution_options=UNSYNCHRONIZED)
    if free := found.all():
        mine = is_one_of(TIMES.c.letter_id, free)
        execute(update(TIMES).where(mine).values(at=now, held=False))


def is_one_of(column: Any, ids: Collection[str] | Collection[datetime]) -> ColumnElement[bool]:
    """Return the condition of being one of these."""
    found: ColumnElement[bool] = column.in_(list(ids))
    return found


@transaction()
def renew(ids: Collection[str], held_until: datetime, until: datetime) -> None:
    """Hold letters longer; one taken over by somebody else meanwhile is theirs."""
    held = _lock(is_one_of(TIMES.c.letter_id, ids) & TIMES.c.held & (TIMES.c.at == held_until))
    execute(update(TIMES).where(is_one_of(TIMES.c.letter_id, held)).values(at=until))


@transaction()
def give_back(ids: Collection[str], ends: Collection[datetime], now: datetime) -> None:
    """End a claim early: what still waits may go at once, of what was being sent nobody knows.

    `ends` are the ends it may have: whether it was renewed is not known where the answer was lost.
    """
    is_mine = TIMES.c.held & is_one_of(TIMES.c.at, ends)
    held = _lock(is_one_of(TIMES.c.letter_id, ids) & is_mine)
    execute(update(TIMES).where(is_one_of(TIMES.c.letter_id, held)).values(at=now, held=False))


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


def lock_letters(matching: ColumnElement[bool]) -> None:
    """Lock letters in one order as well, before many of them change; after their times, if both.

    SQLite has one writer, for whom all are locked.
    """
    if is_postgres():
        letters = select(LETTERS.c.id).where(matching).order_by(LETTERS.c.id)
        db.session.execute(letters.with_for_update())


def move_time(letter: ColumnElement[bool], at: datetime) -> None:
    """Let letters that wait and match go at another time, in the caller's transaction."""
    found = select(LETTERS.c.id).where(letter, LETTERS.c.state.in_(WAITING))
    _lock(TIMES.c.letter_id.in_(found))
    # Nobody claims them now; but who held a time before us may have claimed its letter.
    free = select(TIMES.c.letter_id).where(TIMES.c.letter_id.in_(found), ~TIMES.c.held)
    ids = list(db.session.scalars(free))
    waits = is_one_of(LETTERS.c.id, ids) & LETTERS.c.state.in_(WAITING)
    mine = exists().where(LETTERS.c.id == TIMES.c.letter_id, waits)
    execute(update(TIMES).where(is_one_of(TIMES.c.letter_id, ids), mine).values(at=at))
    execute(update(LETTERS).where(waits).values(due_at=at))


def is_held_too_long(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """Return the condition that a claim ends later than any can: a clock was ahead, or ours is."""
    found: ColumnElement[bool] = TIMES.c.held & (TIMES.c.at > now + 2 * lease)
    return found


def end_too_long_claims(now: datetime, lease: timedelta) -> None:
    """Let such claims end now; a worker that lives all the same begins no letter it has lost."""
    ids = _lock(is_held_too_long(now, lease))
    execute(update(TIMES).where(is_one_of(TIMES.c.letter_id, ids)).values(at=now))


def execute(statement: Executable, values: Mapping[str, Any] | None = None) -> int:
    """Run one statement; return how many rows it changed."""
    result: Any = db.session.execute(statement, values, execution_options=UNSYNCHRONIZED)
    return int(result.rowcount)
