"""A person who has locked their notes, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from couples.accounts import passwords, services_passwords
from couples.accounts import services as sessions
from couples.accounts.models import Person
from couples.accounts.personal_key.services import OpenKey
from couples.db import db, new_id, transaction
from couples.privacy.locking import services
from couples.privacy.services import save_note
from tests.cast import PASSWORD

CANARY = "canary that sings for nobody"
FRESH = "rain on the tin roof again"


def begun(person_id: str, now: datetime, text: str = CANARY, key: OpenKey | None = None) -> str:
    """Write a note and return its id."""
    note_id = new_id()
    save_note(person_id, note_id, text, revision=0, may_begin=True, now=now, key=key)
    return note_id


def locked(person_id: str, now: datetime) -> tuple[str, str]:
    """Write a note and lock it; return its id and the token of the session it is open in."""
    note_id, token = begun(person_id, now), sessions.begin_session(person_id, keep=True, now=now)
    assert services.lock_notes(person_id, PASSWORD, token, now)
    return note_id, token


def rows(model: Any) -> list[Any]:
    """Return all rows of one table."""
    db.session.expire_all()
    return list(db.session.scalars(db.select(model)))


def set_by_letter(person_id: str, now: datetime) -> None:
    """Set a new password as the link of a letter does."""
    fresh = passwords.hash_password(FRESH)
    with transaction():
        person = db.session.get_one(Person, person_id)
        services_passwords._set_password(person, fresh, now, here=None, kind="password_reset")
