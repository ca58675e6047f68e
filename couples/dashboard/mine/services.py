"""One's own view: what one person answered, kept or not; of the other's nothing is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from couples.accounts.models import Person
from couples.agreement.services import History, history
from couples.dashboard import rules as rules_shown
from couples.dashboard.cards import rules as rules_cards
from couples.dashboard.cards.rules import SCALE
from couples.dashboard.cards.services import answer_to, called, counted, own_answers
from couples.dashboard.cards.services_choices import Choices, choices_of, choices_row
from couples.dashboard.mine import rules
from couples.dashboard.mine.shapes import LongTotal, MinePage, OwnLine
from couples.dashboard.readers import Reader, alone, last_couple, person_of, reader_of
from couples.dashboard.rules import Answered
from couples.errors import NotFound
from couples.mail.letter import settings
from couples.pairing.services import CoupleView, couple_or_none
from couples.surveys.answering.scale import SCALE_ASKED
from couples.surveys.longer_look.services import LONG_SCALE, longer_page
from couples.surveys.rules import OVERALL, asks_scale
from couples.surveys.scales.items import is_asked_in
from couples.surveys.scales.rules import Said, said_of
from couples.surveys.services import RoundView, rounds_and_next, rounds_of_last_link


@dataclass(frozen=True, slots=True, repr=False)
class OwnRounds:
    """What the view is made from: one's closed rounds, one's choices, what has been signed."""

    reader: Reader
    closed: Sequence[RoundView]
    choices: Choices
    agreed: History
    now: datetime


def mine_page(person_id: str, now: datetime, most: int | None = None) -> MinePage:
    """Return one's own view of the living link or else of the last; the last `most` rounds."""
    person, couple = person_of(person_id), couple_or_none(person_id)
    found = _of_two(couple, person, now) if couple else _of_one(person, now)
    is_asked = couple is not None and settings().scales and is_asked_in(person.language)
    return MinePage(
        weekly=all(one.weekly for one in found.closed[-1:]),
        linked=couple is not None,
        overall=_line(found, OVERALL, most),
        totals=_line(found, SCALE, None),
        scale=SCALE_ASKED,
        long_scale=LONG_SCALE,
        asks_scale=is_asked,
        said=_said(found),
        longer=_longer(person_id, now),
    )


def _of_two(couple: CoupleView, person: Person, now: datetime) -> OwnRounds:
    seen, _next = rounds_and_next(couple.id, person.id, now)
    # Alone in it: nothing is marked as seen only by me where all of it is.
    reader = replace(reader_of(couple, person.zone), partner=None)
    choices = choices_of(choices_row(person.id), couple.id)
    return OwnRounds(reader, _closed(seen), choices, history(couple.id), now)


def _of_one(person: Person, now: datetime) -> OwnRounds:
    seen, last = rounds_of_last_link(person.id, now), last_couple(person.id)
    choices = choices_of(choices_row(person.id), last.id if last else None)
    return OwnRounds(alone(person, person.zone), _closed(seen), choices, History(), now)


def _closed(seen: Sequence[RoundView]) -> list[RoundView]:
    return [one for one in seen if one.closed]


def _line(found: OwnRounds, question: str, most: int | None) -> OwnLine:
    rounds, reader = _asking(found.closed, question), found.reader
    answered = [Answered(reader.day(one.opens_at), answer_to(one, question)) for one in rounds]
    own = counted(found.closed, question, found.choices)
    start = found.choices.usual_since.get(question)
    return OwnLine(
        question=question,
        series=rules_shown.series(reader.me, None, answered, most=most),
        marks=reader.marks(found.agreed),
        rounds=len(rounds),
        answers=len(own),
        since=reader.day(start) if start else None,
        usual=rules_cards.usual([one.value for one in own]),
        last_three=rules.last_three_of(question, own, called(found.closed, found.choices)),
        slope=_slope(found) if question == OVERALL else None,
    )


def _slope(found: OwnRounds) -> rules.Slope | None:
    return rules.slope_of(own_answers(found.closed, OVERALL), found.now)


def _asking(closed: Sequence[RoundView], question: str) -> list[RoundView]:
    """Return the rounds that asked; of the scale, from the first full answer to the last."""
    if question != SCALE:
        return list(closed)
    full = [index for index, one in enumerate(closed) if one.total is not None]
    between = closed[full[0] : full[-1] + 1] if full else ()
    return [one for one in between if one.total is not None or asks_scale(one.number)]


def _said(found: OwnRounds) -> Said:
    """Return what may be said of the latest total; one before it makes a high one steady."""
    totals: list[int | None] = [one.value for one in own_answers(found.closed, SCALE)]
    latest, before = ([None, None, *totals])[-1], ([None, None, *totals])[-2]
    return said_of(SCALE_ASKED, latest, before)


def _longer(person_id: str, now: datetime) -> tuple[LongTotal, ...]:
    """Return the totals of the link's longer looks; with somebody else it begins anew (L6)."""
    try:
        past = longer_page(person_id, now).past
    except NotFound:
        return ()
    couple = last_couple(person_id)
    return tuple(
        LongTotal(one.finished_at, one.total)
        for one in past
        if one.finished_at and one.total is not None and couple and one.begun_at >= couple.linked_at
    )
