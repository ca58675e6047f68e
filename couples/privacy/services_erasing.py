"""Erasing one's account: at once or in seven days, alone, and the partner sees but the end (A10).

Afterwards a line in a file apart keeps a restored backup from bringing anybody back (S5).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from couples.accounts import rules
from couples.accounts import services_erasing as account
from couples.accounts.events import services as events
from couples.accounts.models import Person
from couples.agreement.services import version_in_force
from couples.agreement.signing.services_versions import kept_versions
from couples.db import db, transaction
from couples.mail import outbox
from couples.mail.models import OutboxLetter
from couples.one_by_one import each
from couples.pairing.services import CoupleView, NotLinked, couple_or_none, locked_couple
from couples.pairing.services_leaving import end_link
from couples.privacy import services_tombstones
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


def planned_for(person_id: str) -> datetime | None:
    """Return when the account will be erased, where its person has planned it."""
    query = select(Person.erase_at).where(Person.id == person_id)
    found: datetime | None = db.session.scalar(query)
    return found


@transaction()
def plan(person_id: str, now: datetime) -> datetime:
    """Let the clock erase the account in seven days; until then everything goes on as before.

    A second press moves nothing: the day that was said first is the one that counts.
    """
    at = now + rules.DAYS_TO_THINK
    if _set(person_id, Person.erased_at.is_(None) & Person.erase_at.is_(None), at):
        events.note(person_id, "erasing_planned", now)
    return planned_for(person_id) or at


@transaction()
def take_back(person_id: str, now: datetime) -> None:
    """Keep an account whose erasing was planned; where none was, or is due, nothing changes."""
    if _set(person_id, (Person.erase_at > now) & Person.erased_at.is_(None), None):
        events.note(person_id, "erasing_taken_back", now)


def _set(person_id: str, which: ColumnElement[bool], at: datetime | None) -> bool:
    mine = update(Person).where(Person.id == person_id, which).values(erase_at=at)
    return db.session.scalar(mine.returning(Person.id)) is not None


def erase(person_id: str, now: datetime, *which: ColumnElement[bool]) -> bool:
    """Erase an account now, where `which` still holds; False where it is gone already."""
    is_done = _erase(person_id, now, *which)
    if is_done:
        services_tombstones.note([person_id], now)
    return is_done


def erase_due(now: datetime) -> int:
    """Erase every account whose day has come; return how many. A failure spoils one only."""
    due = (Person.erase_at <= now) & Person.erased_at.is_(None)
    ids = list(db.session.scalars(select(Person.id).where(due)))
    return each(_erase_if_due, ids, now)


def keep_erased(now: datetime) -> int:
    """Complete the list of erased accounts, and erase again who came back; return how many.

    Raises OSError where the list cannot be read or written.
    """
    services_tombstones.complete(now)
    return each(erase, services_tombstones.came_back(), now)


def _erase_if_due(person_id: str, now: datetime) -> bool:
    return erase(person_id, now, Person.erase_at <= now)


@transaction()
def _erase(person_id: str, now: datetime, *which: ColumnElement[bool]) -> bool:
    """Do all of it together or nothing; False where it is done, or taken back meanwhile."""
    if not account.hold(person_id, *which):
        return False
    # Not linked, or the other ends the link at the same instant.
    with suppress(NotLinked):
        locked_couple(person_id)
        # Before the link's end, which locks letters: a worker locks their times first.
        outbox.forget(OutboxLetter.person_id == person_id)
        end_link(person_id, now)
    account.empty(person_id, now)
    return True


def forget_notes(_sender: object, *, person_id: str, now: datetime) -> None:
    """Forget the person's private notes."""
    db.session.execute(delete(Note).where(Note.person_id == person_id))
