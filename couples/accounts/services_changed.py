"""What follows when the way to sign in has changed: other browsers leave, a letter says so."""

from __future__ import annotations

from datetime import datetime

from couples.accounts.models import Person
from couples.accounts.services import end_sessions
from couples.accounts.services_caps import may_write_to
from couples.db import db, new_id, transaction
from couples.errors import NotFound
from couples.mail import outbox


@transaction()
def announce(person_id: str, now: datetime, *, here: str | None) -> None:
    """End all sessions but the one here, and post the letter that names no more than the fact."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    end_sessions(person_id, now, but=here)
    if may_write_to(person.address_index, "changed", now):
        outbox.post("changed", key=f"changed:{new_id()}", person_id=person_id, now=now)
