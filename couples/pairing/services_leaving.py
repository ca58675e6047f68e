"""Ending the link: one person's right, at once, quietly (rule L6)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, update

from couples.db import db, transaction
from couples.mail import outbox
from couples.pairing.models import Membership
from couples.pairing.services import couple_of, lock_couple
from couples.pairing.signals import parted


@transaction()
def end_link(person_id: str, now: datetime) -> None:
    """End the person's link; later features cancel what is theirs in the same transaction."""
    couple = lock_couple(couple_of(person_id).id)
    couple.ended_at = now
    for member in couple.members:
        member.ended_at = now
        if member.person_id == person_id:
            member.told_at = now
    outbox.cancel(couple_id=couple.id)
    parted.send(couple_id=couple.id, now=now)


@transaction()
def tell(person_id: str, now: datetime) -> None:
    """Remember that the person has been shown that their link has ended."""
    mine = update(Membership).where(Membership.person_id == person_id, _untold())
    db.session.execute(mine.values(told_at=now))


def is_to_be_told(person_id: str) -> bool:
    """Whether a link of this person was ended by the other and they have not seen so yet."""
    query = db.select(Membership.id).where(Membership.person_id == person_id, _untold())
    return db.session.scalar(query) is not None


def _untold() -> ColumnElement[bool]:
    return Membership.ended_at.is_not(None) & Membership.told_at.is_(None)
