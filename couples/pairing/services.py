"""Who belongs together, for every later feature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from couples.accounts.services import lock_person
from couples.db import db
from couples.errors import NotFound
from couples.pairing.models import Couple, Membership

# What stands in the place of a name or of words whose author has erased their account (rule A10).
REMOVED = _l("(removed)")
# Every page asks for somebody's couple: both people come with the same query.
WITH_BOTH = joinedload(Membership.couple).joinedload(Couple.members)


class NotLinked(NotFound):
    """The person is in no living couple."""


@dataclass(frozen=True, slots=True)
class PersonMark:
    """A person as screens show them: name, shape, initial."""

    person_id: str
    name: str
    mark: str
    initial: str


@dataclass(frozen=True, slots=True)
class CoupleView:
    """A living couple as one of its two sees it."""

    id: str
    me: PersonMark
    partner: PersonMark
    linked_at: datetime
    opened_at: datetime | None
    left: PersonMark
    right: PersonMark


def couple_of(person_id: str) -> CoupleView:
    """Return the living couple of a person, or raise NotLinked."""
    found = couple_or_none(person_id)
    if found is None:
        raise NotLinked
    return found


def couple_or_none(person_id: str) -> CoupleView | None:
    """Return the living couple of a person, if there is one."""
    query = db.select(Membership).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    mine = db.session.scalars(query.options(WITH_BOTH)).unique().first()
    return view_of(mine.couple, person_id) if mine else None


def view_of(couple: Couple, person_id: str) -> CoupleView:
    """Show a couple to one of its two; leaves keep the order drawn at linking (rule L5)."""
    left, right = (mark_of(member) for member in couple.members)
    me, partner = (left, right) if left.person_id == person_id else (right, left)
    return CoupleView(
        couple.id, me, partner, couple.linked_at, couple.opened_at, left=left, right=right
    )


def mark_of(member: Membership) -> PersonMark:
    """Return a member as screens show them; of somebody erased only the shape is left."""
    if member.person.erased_at:
        return PersonMark(member.person_id, str(REMOVED), member.mark, "")
    name = member.person.name
    return PersonMark(member.person_id, name, member.mark, initial_of(name))


def initial_of(name: str) -> str:
    """Return the letter inside a mark."""
    return name[:1].upper()


def lock_couple(couple_id: str) -> Couple:
    """Return a living couple locked until the transaction ends; acts on it stand in a row.

    On SQLite the transaction itself began with the only write lock.
    """
    # Everywhere in one order, or two acts wait for each other for ever: persons by their ids,
    # couples by theirs, then what hangs on them. None locks a key (FOR NO KEY UPDATE): new rows
    # that name a person or a couple do not wait.
    query = db.select(Couple).where(Couple.id == couple_id, Couple.ended_at.is_(None))
    # What was read before waiting for the lock is old: another act may have come first.
    locked = query.with_for_update(of=Couple, key_share=True)
    locked = locked.execution_options(populate_existing=True)
    found: Couple | None = db.session.scalars(locked).first()
    if found is None:
        raise NotLinked
    return found


def locked_couple(person_id: str) -> CoupleView:
    """Return the living couple of a person, locked, as it is after any wait for the lock."""
    return view_of(lock_couple(couple_of(person_id).id), person_id)


def lock_both(couple: CoupleView) -> Couple:
    """Return a living couple locked, and before it both persons: what is only theirs rests, too."""
    for person_id in sorted((couple.left.person_id, couple.right.person_id)):
        lock_person(person_id)
    return lock_couple(couple.id)
