"""Who belongs together, for every later feature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, bindparam
from sqlalchemy.orm import aliased

from couples.accounts.models import Person
from couples.accounts.services import lock_person
from couples.db import db
from couples.errors import NotFound
from couples.pairing.models import Couple, Membership

# What stands in the place of a name or of words whose author has erased their account (rule A10).
REMOVED = _l("(removed)")
# Every page asks for somebody's couple: one row for each of the two, as columns; made once, since
# making it takes longer than asking.
_mine, _each = aliased(Membership), aliased(Membership)
OF_BOTH = (
    db.select(
        Couple.id, Couple.linked_at, Couple.opened_at, _mine.ended_at,
        _each.person_id, _each.mark, Person.name_sealed, Person.erased_at,
    )
    .select_from(_mine)
    .join(Couple, Couple.id == _mine.couple_id)
    .join(_each, _each.couple_id == Couple.id)
    .join(Person, Person.id == _each.person_id)
    .where(_mine.person_id == bindparam("person_id"))
    .order_by(_each.leaf)
)  # fmt: skip
UNTOLD = OF_BOTH.where(_mine.told_at.is_(None))
_LIVING = OF_BOTH.where(_mine.ended_at.is_(None))


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
    return couple_in(db.session.execute(_LIVING, {"person_id": person_id}).all(), person_id)


def couple_in(found: Sequence[Row[Any]], person_id: str) -> CoupleView | None:
    """Show the living couple among the rows of OF_BOTH to one of its two; none where none is."""
    both = [row for row in found if row.ended_at is None]
    if not both:
        return None
    left, right = (_mark(row, row.name_sealed, row.erased_at) for row in both)
    me, partner = (left, right) if left.person_id == person_id else (right, left)
    couple = both[0]
    return CoupleView(couple.id, me, partner, couple.linked_at, couple.opened_at, left, right)


def view_of(couple: Couple, person_id: str) -> CoupleView:
    """Show a couple to one of its two; leaves keep the order drawn at linking (rule L5)."""
    left, right = (mark_of(member) for member in couple.members)
    me, partner = (left, right) if left.person_id == person_id else (right, left)
    return CoupleView(
        couple.id, me, partner, couple.linked_at, couple.opened_at, left=left, right=right
    )


def mark_of(member: Membership) -> PersonMark:
    """Return a member as screens show them; of somebody erased only the shape is left."""
    return _mark(member, member.person.name_sealed, member.person.erased_at)


def _mark(of: Membership | Row[Any], sealed: bytes, erased_at: datetime | None) -> PersonMark:
    if erased_at:
        return PersonMark(of.person_id, str(REMOVED), of.mark, "")
    name = Person.name.opened(sealed, of.person_id, of.person_id)
    return PersonMark(of.person_id, name, of.mark, initial_of(name))


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
