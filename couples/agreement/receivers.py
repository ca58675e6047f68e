"""What happens to needs when two persons become a couple, and when a couple ends."""

from __future__ import annotations

from datetime import datetime

from couples.agreement.needs.services import link_needs
from couples.agreement.needs.services_opening import forget_readiness_of
from couples.db import db
from couples.pairing.models import Membership


def on_linked(_sender: object, *, couple_id: str, now: datetime) -> None:
    """Let what each wrote before belong to the two of them, still unseen (rule L4)."""
    query = db.select(Membership.person_id).where(Membership.couple_id == couple_id)
    link_needs(couple_id, tuple(db.session.scalars(query)))


def on_parted(_sender: object, *, couple_id: str, now: datetime) -> None:
    """Stop waiting for an opening; every word stays with its author (rule L6)."""
    forget_readiness_of(couple_id)
