"""For whom pages of the overview are made: one of two, or somebody alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeVar, cast

from sqlalchemy import select

from couples.accounts.models import Person
from couples.agreement.services import History
from couples.dashboard import rules
from couples.dashboard.rules import AgreementMark, Answered, PersonMark, Series
from couples.db import db
from couples.errors import NotFound
from couples.pairing import services as pairing
from couples.pairing.models import Couple, Membership
from couples.pairing.services import CoupleView, mark_of
from couples.surveys.rhythm import local_day
from couples.surveys.services import RoundView

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the page is made: as whom both are shown, and on whose calendar days are counted."""

    me: PersonMark
    partner: PersonMark | None
    zone: str
    my_leaf_first: bool = True
    _days: dict[datetime, date] = field(default_factory=dict, init=False, repr=False, compare=False)

    def day(self, at: datetime) -> date:
        """The reader's date at a moment; a page asks for the same few moments over and over."""
        found = self._days.get(at)
        if found is None:
            found = self._days[at] = local_day(at, self.zone)
        return found

    def series(
        self,
        rounds: Sequence[RoundView],
        question: str,
        most: int | None = rules.ROUNDS_SHOWN,
    ) -> Series:
        """One question over the last of these rounds, at `most` so many."""
        shown = rounds[-most:] if most else rounds
        return rules.series(
            self.me,
            self.partner,
            [self.answered(one, question) for one in shown],
            my_leaf_first=self.my_leaf_first,
            most=None,
            from_the_first=len(shown) == len(rounds),
        )

    def answered(self, seen: RoundView, question: str) -> Answered:
        """One question in one round: both numbers where it opened, else my own alone."""
        day, opened = self.day(seen.opens_at), seen.opened.get(question)
        if opened is None:
            return Answered(day, seen.answers.get(question), None, only_me=True)
        return Answered(day, *opened)

    def leaves(self, mine: _T, theirs: _T) -> tuple[tuple[PersonMark, _T], ...]:
        """What is each one's, in the order of the leaves; alone there is only mine."""
        both = [(self.me, mine), *([(self.partner, theirs)] if self.partner else [])]
        return tuple(both if self.my_leaf_first else both[::-1])

    def marks(self, agreed: History) -> tuple[AgreementMark, ...]:
        """The versions that came into force, by the reader's days."""
        return tuple(
            AgreementMark(self.day(at), version)
            for version, at in enumerate(agreed.signed, start=1)
        )


def reader_of(couple: CoupleView, zone: str) -> Reader:
    """Return one of two as a reader."""
    return Reader(_drawn(couple.me), _drawn(couple.partner), zone, couple.left == couple.me)


def person_of(person_id: str) -> Person:
    """Return somebody who is signed in."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound
    return found


def alone(person: Person, zone: str) -> Reader:
    """Return somebody unlinked as a reader, as they were shown last; before any link undrawn."""
    query = select(Membership).where(Membership.person_id == person.id)
    last = db.session.scalars(query.order_by(Membership.ended_at.desc()).limit(1)).first()
    if last is None:
        return Reader(PersonMark(person.name, "disc", pairing.initial_of(person.name)), None, zone)
    return Reader(_drawn(mark_of(last)), None, zone)


def last_couple(person_id: str) -> Couple | None:
    """Return the couple somebody lives in, or else the last one they did."""
    query = select(Couple).join(Membership).where(Membership.person_id == person_id)
    return db.session.scalar(query.order_by(Couple.linked_at.desc()).limit(1))


def _drawn(person: pairing.PersonMark) -> PersonMark:
    mark = cast(Literal["disc", "diamond"], person.mark)
    return PersonMark(person.name, mark, person.initial)
