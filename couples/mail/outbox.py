"""Letters waiting to be sent: rows, written in the same transaction as what they tell of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update

from couples.db import UNSYNCHRONIZED, db, new_id, transaction
from couples.mail.letter import is_account_letter, settings
from couples.mail.models import UNFINISHED, WAITING, LetterState, LetterTime, OutboxLetter
from couples.mail.restoring import restored_at
from couples.mail.sending.claims import (
    LETTERS,
    TIMES,
    end_too_long_claims,
    lock_letters,
    move_time,
    remove_times,
)
from couples.many_rows import among, insert_many

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A wish for one letter: ids and times only, never words or addresses."""

    kind: str
    key: str
    person_id: str | None = None
    about_id: str | None = None
    couple_id: str | None = None
    due_at: datetime | None = None
    not_after: datetime | None = None
    # For one that the clock makes: its time, had the clock not been late. One from before a backup
    # was put back may have gone already.
    meant_at: datetime | None = None


def post(
    kind: str,
    *,
    key: str,
    now: datetime,
    person_id: str | None = None,
    about_id: str | None = None,
    couple_id: str | None = None,
    due_at: datetime | None = None,
    not_after: datetime | None = None,
) -> None:
    """Post one letter in the caller's transaction; the same key posted again changes nothing.

    It is sent from `due_at` on (at once where none is given) and cancelled once `not_after` is
    past.
    """
    wish = Post(
        kind=kind,
        key=key,
        person_id=person_id,
        about_id=about_id,
        couple_id=couple_id,
        due_at=due_at,
        not_after=not_after,
    )
    post_all([wish], now)


def post_all(wishes: Iterable[Post], now: datetime) -> None:
    """Post many letters with two statements."""
    rows = _rows(list(wishes), now)
    posted = insert_many(LETTERS, rows, once="key")
    new = rows if posted == len(rows) else _stored(rows)
    insert_many(
        TIMES,
        [
            {"letter_id": row["id"], "at": row["due_at"], "urgent": is_account_letter(row["kind"])}
            for row in new
            if row["state"] is LetterState.PENDING
        ],
    )
    if any(row["due_at"] <= now for row in rows):
        # After the commit the application wakes the queue; letters due later wait for the clock.
        db.session.info["letters_posted"] = True


def _stored(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that are there: the others' keys had been posted before."""
    query = select(LETTERS.c.id).where(among(LETTERS.c.id, [row["id"] for row in rows]))
    stored = set(db.session.scalars(query))
    return [row for row in rows if row["id"] in stored]


def _rows(wishes: list[Post], now: datetime) -> list[dict[str, Any]]:
    is_past = any(wish.meant_at is not None and wish.meant_at <= now for wish in wishes)
    restored = restored_at() if is_past else None
    return [_row(wish, now, restored) for wish in wishes]


def _row(wish: Post, now: datetime, restored: datetime | None) -> dict[str, Any]:
    went = bool(restored and wish.meant_at and wish.meant_at <= restored)
    return {
        "id": new_id(),
        "kind": wish.kind,
        "key": wish.key,
        "person_id": wish.person_id,
        "about_id": wish.about_id,
        "couple_id": wish.couple_id,
        "state": LetterState.UNKNOWN if went else LetterState.PENDING,
        "settled_at": now if went else None,
        "due_at": wish.due_at or now,
        "not_after": wish.not_after,
        "attempts": 0,
        "posted_at": now,
    }


def move(key: str, due_at: datetime, now: datetime) -> None:
    """Let a letter that still waits go at another time, in the caller's transaction."""
    move_time(LETTERS.c.key == key, due_at)
    if due_at <= now:
        db.session.info["letters_posted"] = True


def move_all(times: Mapping[str, datetime], now: datetime) -> None:
    """Move many letters by their keys; those whose time stays, as most do, are not touched."""
    known = select(LETTERS.c.key, LETTERS.c.due_at).where(among(LETTERS.c.key, times))
    for key, due_at in db.session.execute(known) if times else ():
        if due_at != times[key]:
            move_time(LETTERS.c.key == key, times[key])
    if any(due_at <= now for due_at in times.values()):
        db.session.info["letters_posted"] = True


def cancel(
    *,
    couple_id: str | None = None,
    about_id: str | None = None,
    person_id: str | None = None,
    kinds: Collection[str] | None = None,
) -> None:
    """Cancel, in the caller's transaction, every matching letter whose sending has not begun.

    All conditions given must hold, and one id is needed at least. A worker that has claimed one
    of them finds so before it says anything to the mail server.
    """
    wanted = {"couple_id": couple_id, "about_id": about_id, "person_id": person_id}
    matches = [getattr(OutboxLetter, name) == value for name, value in wanted.items() if value]
    if not matches:
        raise ValueError("cancelling needs an id")
    if kinds is not None:
        matches.append(OutboxLetter.kind.in_(kinds))
    # Its row in the table of times stays: whoever looks at it next finds that it is cancelled.
    waiting = OutboxLetter.state.in_(WAITING)
    lock_letters(and_(waiting, *matches))
    statement = update(OutboxLetter).where(waiting, *matches).values(state=LetterState.CANCELLED)
    db.session.execute(statement, execution_options=UNSYNCHRONIZED)


@transaction()
def forget_settled(now: datetime) -> None:
    """Remove letters a month after their fate was settled; cancelled ones a month after their time.

    Until then the key of each keeps it from being posted again, and what comes back finds it.
    """
    end_too_long_claims(now, timedelta(seconds=settings().lease_seconds))
    old = now - KEPT_FOR
    never_tried = OutboxLetter.settled_at.is_(None) & (OutboxLetter.due_at < old)
    is_old = (OutboxLetter.settled_at < old) | never_tried
    forget(OutboxLetter.state.not_in(UNFINISHED) & is_old)


def forget(matching: ColumnElement[bool]) -> None:
    """Remove letters in the caller's transaction, whatever their fate."""
    # Times first, as claiming does: else two transactions could wait for each other.
    remove_times(LetterTime.letter_id.in_(select(OutboxLetter.id).where(matching)))
    lock_letters(matching)
    statement = delete(OutboxLetter).where(matching)
    db.session.execute(statement, execution_options=UNSYNCHRONIZED)
