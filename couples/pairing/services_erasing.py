"""What goes of invites when somebody erases their account (rule A10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from couples.accounts.models import Person
from couples.db import UNSYNCHRONIZED, db
from couples.mail import outbox
from couples.mail.models import OutboxLetter
from couples.pairing.models import Invite, Membership
from couples.pairing.services_invites import is_open


def forget_invites(_sender: object, *, person_id: str, now: datetime) -> None:
    """Forget the person's invites, and their address in what others mailed them and is over.

    An open one still shows its inviter the address they typed: they learn of nothing (rule L3).
    """
    mine = Invite.inviter_id == person_id
    letters = OutboxLetter.about_id.in_(select(Invite.id).where(mine))
    address = select(Person.address_index).where(Person.id == person_id).scalar_subquery()
    over = update(Invite).where(Invite.address_index == address, ~is_open(now))
    outbox.forget(letters)
    for statement in (
        delete(Invite).where(mine),
        over.values(address_sealed=None),
    ):
        db.session.execute(statement, execution_options=UNSYNCHRONIZED)


def left_by_all(person_id: str) -> list[str]:
    """Return this person's couples of which the other has erased their account before."""
    mine = select(Membership.couple_id).where(Membership.person_id == person_id)
    stays = (
        select(Membership.couple_id)
        .join(Person)
        .where(Membership.person_id != person_id, Person.erased_at.is_(None))
    )
    query = mine.where(Membership.couple_id.not_in(stays)).order_by(Membership.couple_id)
    return list(db.session.scalars(query))
