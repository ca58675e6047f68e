"""The second step of signing in: after a right password, a code (rule P2)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import datetime

from couples.accounts.codes.services_taking import take
from couples.accounts.events.services import note_daily
from couples.accounts.models import Person
from couples.accounts.services_passwords import Half, asks_for_code, go_in, seal_of
from couples.db import db, transaction


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that began; after a code from paper, how many of those are left."""

    token: str = field(repr=False)
    left: int | None


def address_of(half: Half) -> str | None:
    """Return whose code is waited for, or None: the password or the second step has changed."""
    person = db.session.get(Person, half.person_id)
    if person is None or not hmac.compare_digest(seal_of(person.password_hash), half.seal):
        return None
    return person.address if asks_for_code(half.person_id) else None


@transaction()
def second_step(half: Half, typed: str, *, keep: bool, now: datetime) -> Entered | None:
    """Begin a session by a right code; None where it is wrong, or the password has changed."""
    if address_of(half) is None:
        return None
    taken = take(half.person_id, typed, now)
    if taken is None:
        note_daily(half.person_id, "codes_wrong", now)
        return None
    return Entered(go_in(half.person_id, keep=keep, now=now), taken.left)
