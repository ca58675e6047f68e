"""What follows when the way to sign in has changed: other browsers leave, a letter says so."""

from __future__ import annotations

from datetime import datetime

from couples.accounts.events.services import Kind, note
from couples.accounts.models import Person
from couples.accounts.services import end_sessions
from couples.accounts.services_moves import void_moves
from couples.db import db, new_id, transaction
from couples.errors import NotFound
from couples.mail import outbox


@transaction()
def announce(person_id: str, kind: Kind, now: datetime, *, here: str | None) -> None:
    """Note it, end all sessions but the one here, and post the letter that names only the fact."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    note(person_id, kind, now)
    end_sessions(person_id, now, but=here)
    void_moves(person_id, now)
    # Not capped: each of these acts needed a proof, and none is to go unseen.
    outbox.post("changed", key=f"changed:{new_id()}", person_id=person_id, now=now)
