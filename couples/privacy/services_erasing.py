"""Erasing one's account: at once, alone, and the partner is told of nothing but the end (A10)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from couples.accounts import services_erasing as account
from couples.agreement.services import version_in_force
from couples.agreement.signing.services_versions import kept_versions
from couples.db import db, transaction
from couples.pairing.services import CoupleView, NotLinked, couple_or_none
from couples.pairing.services_leaving import end_link
from couples.privacy.models import Note


@dataclass(frozen=True, slots=True)
class Consequences:
    """Whose link ends, and whether anybody has a copy of what both signed."""

    couple: CoupleView | None
    copies: bool


def consequences(person_id: str) -> Consequences:
    """Return what erasing this account would mean."""
    couple = couple_or_none(person_id)
    signed = couple is not None and version_in_force(couple.id) is not None
    return Consequences(couple, signed or bool(kept_versions(person_id)))


def erase(person_id: str, password: str, now: datetime) -> bool:
    """Erase an account whose person proves who they are; say whether they did."""
    kept = account.proof(person_id, password)
    return kept is not None and _erase(person_id, kept, now)


@transaction()
def _erase(person_id: str, kept: str, now: datetime) -> bool:
    """Do all of it together or nothing; False where the password was changed meanwhile."""
    if not account.hold(person_id, kept):
        return False
    # Not linked, or the other ends the link at the same instant.
    with suppress(NotLinked):
        end_link(person_id, now)
    account.empty(person_id, now)
    return True


def forget_notes(_sender: object, *, person_id: str, now: datetime) -> None:
    """Forget the person's private notes."""
    db.session.execute(delete(Note).where(Note.person_id == person_id))
