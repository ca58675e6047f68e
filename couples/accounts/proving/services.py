"""Proving once more who sits at a browser (rule P2)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from couples.accounts import passwords
from couples.accounts.models import Person
from couples.accounts.services import prove_session
from couples.db import db


def prove_by_password(person_id: str, session_id: str, password: str, now: datetime) -> str | None:
    """Return the session's fresh token, or None where the password is wrong or the session over.

    Outside any transaction: checking takes long, and SQLite has one writer.
    """
    kept = db.session.scalar(select(Person.password_hash).where(Person.id == person_id))
    if not kept or not passwords.fits(password, kept):
        return None
    return prove_session(session_id, now)
