"""What happened to an account's safety, for its person alone (rule S5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast, get_args

from sqlalchemy import delete, select

from couples.accounts.models import AccountEvent
from couples.db import db, transaction

Kind = Literal[
    "signed_in", "signed_out_elsewhere", "password_changed", "password_reset", "address_asked",
    "address_changed",
    "passkey_added", "passkey_removed", "passkey_refused", "codes_on", "codes_off",
    "codes_off_by_operator",
    "codes_wrong", "reset_codes_wrong",
    "recovery_codes_made", "recovery_code_used", "notes_locked", "notes_unlocked", "exported",
    "taken_in", "erasing_planned", "erasing_taken_back",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
KEPT = timedelta(days=90)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened, and when; no address, no device (nobody's trail)."""

    kind: Kind
    happened_at: datetime


@transaction()
def note(person_id: str, kind: Kind, now: datetime) -> None:
    """Write down what happened."""
    db.session.add(AccountEvent(person_id=person_id, kind=kind, happened_at=now))


@transaction()
def note_daily(person_id: str, kind: Kind, now: datetime) -> None:
    """Write down, once in a day, what somebody else may make happen again and again."""
    lately = select(AccountEvent.id).where(
        AccountEvent.person_id == person_id,
        AccountEvent.kind == kind,
        AccountEvent.happened_at > now - DAY,
    )
    if db.session.scalar(lately.limit(1)) is None:
        note(person_id, kind, now)


def events_of(person_id: str, now: datetime) -> list[EventView]:
    """Return what happened in the last ninety days, the newest first."""
    mine = select(AccountEvent).where(
        AccountEvent.person_id == person_id, AccountEvent.happened_at > now - KEPT
    )
    rows = db.session.scalars(mine.order_by(AccountEvent.happened_at.desc(), AccountEvent.id))
    return [EventView(cast(Kind, row.kind), row.happened_at) for row in rows]


@transaction()
def sweep(now: datetime) -> None:
    """Forget what happened more than ninety days ago."""
    db.session.execute(delete(AccountEvent).where(AccountEvent.happened_at <= now - KEPT))
