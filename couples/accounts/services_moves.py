"""A new address that was typed and not taken yet: one for each person at most (rule P2)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from couples.accounts.models import AddressChange
from couples.db import db, transaction
from couples.mail import outbox


def waiting_move(person_id: str, now: datetime) -> AddressChange | None:
    """Return the new address that still may be taken."""
    mine = select(AddressChange).where(*_waiting(person_id, now))
    found: AddressChange | None = db.session.scalars(
        mine.execution_options(populate_existing=True)
    ).first()
    return found


@transaction()
def void_moves(person_id: str, now: datetime) -> None:
    """Let no address typed before be taken any more.

    So it is wherever the way to sign in changes: who was at an open browser has typed one, maybe.
    """
    ended = update(AddressChange).where(*_waiting(person_id, now)).values(expires_at=now)
    for change_id in db.session.scalars(ended.returning(AddressChange.id)).all():
        outbox.cancel(about_id=change_id, kinds=["confirm"])


def _waiting(person_id: str, now: datetime) -> list[ColumnElement[bool]]:
    return [
        AddressChange.person_id == person_id,
        AddressChange.used_at.is_(None),
        AddressChange.expires_at > now,
    ]
