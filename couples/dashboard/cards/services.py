"""The one card on a person's overview, and what that person alone has done with cards.

A change comes from one's own answers, a difference from what opened for both; what one puts away
is kept for that person and read for nobody else (S2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select

from couples.accounts.services import lock_person
from couples.dashboard.cards import rules
from couples.dashboard.cards.models import CardChoices
from couples.dashboard.cards.rules import OVERALL, SCALE, Own, Pair
from couples.dashboard.cards.shapes import Card, Change, Difference
from couples.dashboard.readers import Reader
from couples.db import db, transaction
from couples.pairing.services import couple_or_none
from couples.surveys.answering.scale import SCALE_ASKED
from couples.surveys.services import RoundView, rounds_and_next

Times = dict[str, datetime]


@dataclass(frozen=True, slots=True, repr=False)
class Choices:
    """What one person has put away, and since when their usual counts, by card and question."""

    put_away: Mapping[str, datetime] = field(default_factory=dict)
    usual_since: Mapping[str, datetime] = field(default_factory=dict)


def choices_of(row: CardChoices | None) -> Choices:
    """Return what a row keeps; nothing where there is none."""
    kept = row.choices if row else {}
    return Choices(_read(kept.get("put_away", {})), _read(kept.get("usual_since", {})))


def choices_row(person_id: str) -> CardChoices | None:
    """Return this person's row, if they have chosen anything yet."""
    return db.session.scalar(select(CardChoices).where(CardChoices.person_id == person_id))


def card_of(
    closed: Sequence[RoundView], choices: Choices, reader: Reader, now: datetime
) -> Card | None:
    """Return the card to show of all there are after these rounds, oldest first."""
    there = _there(closed, choices)
    key = rules.first_left(there, choices.put_away, now)
    found = there[key] if key else None
    if isinstance(found, Difference):
        return replace(found, each=reader.leaves(*found.pair))
    return found


@transaction()
def put_away(person_id: str, key: str, now: datetime) -> None:
    """Put the card away that is shown; one that is no longer there needs nothing."""
    lock_person(person_id)
    couple = couple_or_none(person_id)
    if couple is None:
        return
    seen, _next = rounds_and_next(couple.id, person_id, now)
    choices = choices_of(choices_row(person_id))
    there = _there([one for one in seen if one.closed], choices)
    if key == rules.first_left(there, choices.put_away, now):
        away = rules.kept_away({**choices.put_away, key: now}, there, now)
        _keep(person_id, replace(choices, put_away=away))


@transaction()
def begin_usual_anew(person_id: str, question: str, now: datetime | None) -> None:
    """Let the usual of one question begin with the next round that closes; None: with the first."""
    lock_person(person_id)
    choices = choices_of(choices_row(person_id))
    others = {key: at for key, at in choices.usual_since.items() if key != question}
    since = {**others, question: now} if now else others
    _keep(person_id, replace(choices, usual_since=since))


def own_answers(closed: Sequence[RoundView], question: str) -> tuple[Own, ...]:
    """Return one's own answers to a question, oldest first; rounds without one are left out."""
    answers = ((one, _answer(one, question)) for one in closed)
    return tuple(Own(one.id, one.closes_at, value) for one, value in answers if value is not None)


def _answer(one: RoundView, question: str) -> int | None:
    return one.total if question == SCALE else one.answers.get(question)


def _there(closed: Sequence[RoundView], choices: Choices) -> dict[str, Card]:
    """Return all cards by key, in the order in which they wait: one's own change comes first."""
    found: list[Card] = [*_changes(closed, choices), *_differences(closed)]
    return {card.key: card for card in found}


def _changes(closed: Sequence[RoundView], choices: Choices) -> Iterator[Change]:
    """Find the change at the latest round this person answered."""
    latest = next((one.id for one in reversed(closed) if one.answered_by_me), None)
    own = {
        question: rules.since(own_answers(closed, question), choices.usual_since.get(question))
        for question in (OVERALL, SCALE)
    }
    for one in rules.call_outs(own)[-1:]:
        if one.round_id == latest:
            yield Change(rules.change_key(one), one.question, one.direction)


def _differences(closed: Sequence[RoundView]) -> Iterator[Difference]:
    """Find what both see differently in the latest round that opened anything, widest first."""
    latest = next((one for one in reversed(closed) if one.opened or one.opened_total), None)
    if latest is None:
        return
    names = _names(latest)
    pairs = {one: _pairs(closed, one) for one in names if one in latest.opened}
    for question in rules.differing(pairs):
        key = rules.difference_key(question)
        yield Difference(key, question, pairs[question][-1], names[question])
    if latest.opened_total and rules.how_far(*latest.opened_total) == "quite":
        key = rules.difference_key(SCALE)
        yield Difference(key, SCALE, latest.opened_total, most=SCALE_ASKED.highest)


def _names(one: RoundView) -> dict[str, str]:
    """Return what a talk can be about, by question: overall, and the topics of promises."""
    topics = {topic.id: topic.name for topic in one.topics if not (topic.own or topic.step)}
    return {OVERALL: "", **topics}


def _pairs(closed: Sequence[RoundView], question: str) -> list[Pair]:
    return [one.opened[question] for one in closed if question in one.opened]


def _read(times: Mapping[str, str]) -> Times:
    return {key: datetime.fromisoformat(at) for key, at in times.items()}


def _written(times: Mapping[str, datetime]) -> dict[str, str]:
    return {key: at.isoformat() for key, at in times.items()}


def _keep(person_id: str, choices: Choices) -> None:
    kept = {
        "put_away": _written(choices.put_away),
        "usual_since": _written(choices.usual_since),
    }
    row = choices_row(person_id)
    if row is None:
        db.session.add(CardChoices(person_id=person_id, choices=kept))
    else:
        row.choices = kept
