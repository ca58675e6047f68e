"""What goes of preparing when somebody erases their account (rule A10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from couples.db import db
from couples.preparing.models import Airing, Reflection


def forget_preparing(_sender: object, *, person_id: str, now: datetime) -> None:
    """Forget the person's reflection, and what they owned up to."""
    for model in (Reflection, Airing):
        db.session.execute(delete(model).where(model.person_id == person_id))
