"""Claiming letters: by one statement, for a while, so that no two workers hold the same one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, any_, func, select, update

from couples.db import db, transaction
from couples.mail.models import LetterState, OutboxLetter

BATCH = 100
OPTIONS = {"synchronize_session": False}


@transaction()
def claim(
    now: datetime, worker_id: str, lease_seconds: int, most: int = BATCH
) -> list[OutboxLetter]:
    """Take due letters for this worker alone, those whose worker has vanished included."""
    _settle_abandoned(now)
    due = (OutboxLetter.state == LetterState.PENDING) & (OutboxLetter.due_at <= now)
    statement = (
        update(OutboxLetter)
        .where(_is_one_of(due, most))
        .values(
            state=LetterState.CLAIMED,
            claimed_by=worker_id,
            claimed_until=now + timedelta(seconds=lease_seconds),
        )
    )
    rows = list(db.session.scalars(statement.returning(OutboxLetter), execution_options=OPTIONS))
    # They outlive this transaction: what they say is what was claimed.
    db.session.expunge_all()
    return sorted(rows, key=lambda row: (row.due_at, row.id))


def _settle_abandoned(now: datetime) -> None:
    """Free what vanished workers had claimed; of what they were sending nobody knows the fate."""
    for state, values in (
        (LetterState.CLAIMED, {"state": LetterState.PENDING}),
        (LetterState.SENDING, {"state": LetterState.UNKNOWN, "settled_at": now}),
    ):
        expired = (OutboxLetter.state == state) & (OutboxLetter.claimed_until <= now)
        execute(update(OutboxLetter).where(_is_one_of(expired)).values(values))


def _is_one_of(wanted: ColumnElement[bool], most: int | None = None) -> ColumnElement[bool]:
    """Return the condition of being among the first letters that nobody else holds right now."""
    ids = select(OutboxLetter.id).where(wanted).order_by(OutboxLetter.due_at).limit(most)
    if db.session.get_bind().dialect.name != "postgresql":
        return OutboxLetter.id.in_(ids)
    # A generic plan would scan the whole table for `id IN (...)`, not for an array.
    ids = ids.with_for_update(skip_locked=True)
    return OutboxLetter.id == any_(func.array(ids.scalar_subquery()))


def execute(statement: Update) -> int:
    """Run one statement; return how many rows it changed."""
    result: Any = db.session.execute(statement, execution_options=OPTIONS)
    return int(result.rowcount)
