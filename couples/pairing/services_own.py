"""A person's links and invites, as plain values for a copy of their own (rule S5).

Nothing says who the other is, or what became of an invite (rule L3).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from couples.db import db
from couples.formats import iso
from couples.pairing.models import Couple, Invite, Membership


def own_links(person_id: str) -> list[dict[str, Any]]:
    """Return the person's links, the oldest first: one's own place in each."""
    query = select(Membership).join(Couple).where(Membership.person_id == person_id)
    return [
        {
            "began_on": one.couple.linked_at.date().isoformat(),
            "leaf": one.leaf,
            "mark": one.mark,
            "has_ended": one.ended_at is not None,
        }
        for one in db.session.scalars(query.order_by(Couple.linked_at, Couple.id))
    ]


def own_invites(person_id: str) -> list[dict[str, Any]]:
    """Return the invites this person made, the oldest first, with the address they typed."""
    query = select(Invite).where(Invite.inviter_id == person_id)
    return [
        {
            "address": one.address,
            "made_at": iso(one.made_at),
            "expires_at": iso(one.expires_at),
        }
        for one in db.session.scalars(query.order_by(Invite.made_at, Invite.id))
    ]
