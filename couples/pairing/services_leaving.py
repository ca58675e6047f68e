"""Ending the link: one person's right, at once, quietly (rule L6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from couples.db import db, transaction
from couples.mail import outbox
from couples.pairing.models import Membership
from couples.pairing.services import (
    UNTOLD,
    CoupleView,
    NotLinked,
    couple_in,
    couple_of,
    lock_couple,
)
from couples.pairing.signals import parted


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's living couple, and whether they are to be told that an earlier link has ended."""

    couple: CoupleView | None
    to_be_told: bool


@transaction()
def end_link(person_id: str, now: datetime) -> None:
    """End the person's link; later features cancel what is theirs in the same transaction."""
    try:
        couple = lock_couple(couple_of(person_id).id)
    except NotLinked:
        _must_have_ended(person_id)
        return
    couple.ended_at = now
    for member in couple.members:
        member.ended_at = now
        if member.person_id == person_id:
            member.told_at = now
    outbox.cancel(couple_id=couple.id)
    parted.send(couple_id=couple.id, now=now)


def _must_have_ended(person_id: str) -> None:
    """Raise NotLinked unless an earlier press, or the other, has ended a link of the person."""
    query = select(Membership.id).where(
        Membership.person_id == person_id, Membership.ended_at.is_not(None)
    )
    if db.session.scalar(query.limit(1)) is None:
        raise NotLinked


@transaction()
def tell(person_id: str, now: datetime) -> None:
    """Remember that the person has been shown that their link has ended."""
    mine = update(Membership).where(Membership.person_id == person_id, _untold())
    db.session.execute(mine.values(told_at=now))


def standing_of(person_id: str) -> Standing:
    """Return both with one query, since every page asks: nobody is told of a link that lives."""
    found = db.session.execute(UNTOLD, {"person_id": person_id}).all()
    return Standing(couple_in(found, person_id), any(row.ended_at for row in found))


def _untold() -> ColumnElement[bool]:
    return Membership.ended_at.is_not(None) & Membership.told_at.is_(None)
