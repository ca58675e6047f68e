"""What goes of the overview when somebody erases their account (rule A10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from couples.dashboard.cards.models import CardChoices
from couples.db import db


def forget_cards(_sender: object, *, person_id: str, now: datetime) -> None:
    """Forget what the person has put away, and since when their usual counted."""
    db.session.execute(delete(CardChoices).where(CardChoices.person_id == person_id))
