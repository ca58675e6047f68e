"""What one person's overview is made of; nothing the partner may not see leaves this module (C5).

Three queries, whatever lies behind: who belongs together; what both have signed; when the next
round opens and the last half year of rounds, of which only what opened is handed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeVar, cast

from sqlalchemy import select

from couples.accounts.models import Person
from couples.agreement.services import History, history
from couples.dashboard import rules
from couples.dashboard.overview import LatestRound, OpenRound, Overview, Said, Totals
from couples.dashboard.rules import AgreementMark, Answered, PersonMark, Series, Strip
from couples.db import db
from couples.errors import NotFound
from couples.pairing import services as pairing
from couples.pairing.models import Membership
from couples.pairing.services import CoupleView, couple_or_none, mark_of
from couples.surveys.answering.scale import SCALE_ASKED
from couples.surveys.answering.services import OVERALL
from couples.surveys.rhythm import local_day
from couples.surveys.services import RoundView, rounds_and_next, rounds_of_last_link

# Half a year of weeks and the round that is open: enough for twelve rounds of each topic where
# topics take turns.
LOOK_BACK = 27
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the page is made: as whom both are shown, and on whose calendar days are counted."""

    me: PersonMark
    partner: PersonMark | None
    zone: str
    my_leaf_first: bool = True

    def day(self, at: datetime) -> date:
        """The reader's date at a moment."""
        return local_day(at, self.zone)

    def series(self, rounds: Iterable[RoundView], question: str) -> Series:
        """One question over these rounds."""
        answered = [self.answered(one, question) for one in rounds]
        return rules.series(self.me, self.partner, answered, my_leaf_first=self.my_leaf_first)

    def answered(self, seen: RoundView, question: str) -> Answered:
        """One question in one round: both numbers where it opened, else my own alone."""
        mine, theirs = seen.opened.get(question, (seen.answers.get(question), None))
        return Answered(self.day(seen.opens_at), mine, theirs, only_me=theirs is None)

    def leaves(self, mine: _T, theirs: _T) -> tuple[tuple[PersonMark, _T], ...]:
        """What is each one's, in the order of the leaves; alone there is only mine."""
        both = [(self.me, mine), *([(self.partner, theirs)] if self.partner else [])]
        return tuple(both if self.my_leaf_first else both[::-1])


def overview(person_id: str, now: datetime, zone: str | None = None) -> Overview:
    """Return everything this person's overview shows; their zone is looked up unless given."""
    zone = zone or _person(person_id).zone
    couple = couple_or_none(person_id)
    return _of_two(couple, zone, now) if couple else _of_one(person_id, zone, now)


def _of_one(person_id: str, zone: str, now: datetime) -> Overview:
    """Show somebody unlinked their own line of the last link, and nothing of the other."""
    mine = [one for one in rounds_of_last_link(person_id, now, LOOK_BACK) if one.closed]
    reader = Reader(_my_mark(_person(person_id)), None, zone)
    return Overview(
        me=reader.me,
        weekly=all(one.weekly for one in mine[-1:]),
        rounds=len(mine),
        overall=reader.series(mine, OVERALL),
        pages=_pages(mine, reader),
    )


def _person(person_id: str) -> Person:
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound
    return found


def _my_mark(person: Person) -> PersonMark:
    """Return how this person was shown last; before any link nothing is drawn."""
    query = select(Membership).where(Membership.person_id == person.id)
    last = db.session.scalars(query.order_by(Membership.ended_at.desc()).limit(1)).first()
    if last is None:
        return PersonMark(person.name, "disc", pairing.initial_of(person.name))
    return _drawn(mark_of(last))


def _drawn(person: pairing.PersonMark) -> PersonMark:
    mark = cast(Literal["disc", "diamond"], person.mark)
    return PersonMark(person.name, mark, person.initial)


def _of_two(couple: CoupleView, zone: str, now: datetime) -> Overview:
    person_id = couple.me.person_id
    agreed = history(couple.id)
    seen, next_opening = rounds_and_next(couple.id, person_id, now, LOOK_BACK)
    closed = [one for one in seen if one.closed]
    first = couple.left == couple.me
    reader = Reader(_drawn(couple.me), _drawn(couple.partner), zone, first)
    return Overview(
        me=reader.me,
        partner=reader.partner,
        weekly=seen[-1].weekly if seen else _says_week(agreed),
        rounds=len(closed),
        overall=reader.series(closed, OVERALL),
        marks=_marks(agreed, reader),
        strips=_strips(agreed, closed, reader),
        words=_words(closed, reader),
        totals=_totals(closed, reader),
        pages=_pages(closed, reader),
        latest=_latest(closed, reader),
        open_round=_open_round(seen),
        next_opening=next_opening,
        in_force_since=reader.day(agreed.signed[-1]) if agreed.signed else None,
    )


def _says_week(agreed: History) -> bool:
    """Whether rounds come every week; so says the page while nothing is signed."""
    return agreed.in_force is None or agreed.in_force.rhythm.every_weeks == 1


def _marks(agreed: History, reader: Reader) -> tuple[AgreementMark, ...]:
    return tuple(
        AgreementMark(reader.day(at), "updated" if index else "signed")
        for index, at in enumerate(agreed.signed)
    )


def _strips(agreed: History, closed: Sequence[RoundView], reader: Reader) -> tuple[Strip, ...]:
    """Return the topics of the agreement in its order, then those lately asked under earlier ones.

    Where a topic in own words is called something else by now, the newest name counts.
    """
    promises = agreed.in_force.promises if agreed.in_force else ()
    names = {one.topic_id: one.name for one in promises}
    for seen in reversed(closed[-rules.ROUNDS_SHOWN :]):
        for topic in seen.topics:
            names.setdefault(topic.id, topic.name)
    asking = {topic_id: _asking(topic_id, closed) for topic_id in names}
    return tuple(
        Strip(name, reader.series(asking[topic_id], topic_id))
        for topic_id, name in names.items()
        if asking[topic_id]
    )


def _asking(topic_id: str, closed: Iterable[RoundView]) -> list[RoundView]:
    return [one for one in closed if any(topic.id == topic_id for topic in one.topics)]


def _words(closed: Sequence[RoundView], reader: Reader) -> tuple[Said, ...]:
    """Return the words that opened, the latest round's first."""
    said = []
    for one in reversed(closed[-rules.ROUNDS_SHOWN :]):
        if one.partner_words:
            leaves = reader.leaves(one.words, one.partner_words)
            said.append(Said(reader.day(one.opens_at), leaves))
    return tuple(said)


def _totals(closed: Sequence[RoundView], reader: Reader) -> Totals | None:
    """Return the scale's totals of the latest round shown in which they opened."""
    for one in reversed(closed[-rules.ROUNDS_SHOWN :]):
        if one.opened_total:
            each = reader.leaves(*one.opened_total)
            return Totals(reader.day(one.opens_at), each, SCALE_ASKED.highest)
    return None


def _pages(closed: Sequence[RoundView], reader: Reader) -> dict[date, str]:
    """Return the reader's own pages of the rounds shown, by day."""
    shown = closed[-rules.ROUNDS_SHOWN :]
    return {reader.day(one.opens_at): one.id for one in shown if one.answered_by_me}


def _latest(closed: Sequence[RoundView], reader: Reader) -> LatestRound | None:
    if not closed:
        return None
    last = closed[-1]
    opened = bool(last.opened or last.partner_words or last.opened_total)
    return LatestRound(reader.day(last.opens_at), opened, last.answered_by_me)


def _open_round(seen: Sequence[RoundView]) -> OpenRound | None:
    running = next((one for one in reversed(seen) if not one.closed), None)
    if running is None:
        return None
    return OpenRound(running.closes_at, running.answered_by_me, running.skipped_by_me)
