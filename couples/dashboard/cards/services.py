"""The one card on a person's overview, and what that person alone has done with cards.

A change comes from one's own answers, a difference from what opened for both; what one puts away
is kept for that person and read for nobody else (S2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from couples.accounts.services import lock_person
from couples.dashboard.cards import rules
from couples.dashboard.cards.rules import SCALE, CallOut, Own, Pair
from couples.dashboard.cards.services_choices import Choices, choices_of, choices_row, keep
from couples.dashboard.cards.shapes import Card, Change, Difference
from couples.dashboard.readers import Reader, last_couple
from couples.db import transaction
from couples.pairing.services import couple_or_none
from couples.surveys.answering.scale import SCALE_ASKED
from couples.surveys.rules import OVERALL
from couples.surveys.services import RoundView, rounds_and_next, rounds_of_last_link

# The two questions whose answers have a usual.
BOTH = (OVERALL, SCALE)


def card_of(
    closed: Sequence[RoundView],
    choices: Choices,
    reader: Reader,
    now: datetime,
    *,
    with_own: bool = True,
) -> Card | None:
    """Return the card to show of all there are after these rounds, oldest first.

    Unless `with_own` only what opened for both makes one.
    """
    there = _there(closed, choices, with_own)
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
    choices = choices_of(choices_row(person_id), couple.id)
    closed = _closed(couple.id, person_id, now)
    there = _there(closed, choices)
    # A page that leaves one's own changes out shows what comes after them.
    shown = (_there(closed, choices, with_own) for with_own in (True, False))
    if key in {rules.first_left(each, choices.put_away, now) for each in shown}:
        rests = there[key].rests
        away = {**choices.put_away, key: now + rests if rests else None}
        kept = rules.kept_away(away, there, now)
        keep(person_id, couple.id, replace(choices, put_away=kept))


@transaction()
def begin_usual_anew(person_id: str, question: str, now: datetime) -> None:
    """Let the usual of one question begin with the next round that closes."""
    _begin_usual(person_id, question, now, now)


@transaction()
def let_first_usual_count(person_id: str, question: str, now: datetime) -> None:
    """Let the usual of one question be made of its first answers again."""
    _begin_usual(person_id, question, None, now)


def _begin_usual(person_id: str, question: str, start: datetime | None, now: datetime) -> None:
    """Begin it, and remember what was spoken of: a new usual makes no rest shorter (O3)."""
    lock_person(person_id)
    living, last = couple_or_none(person_id), last_couple(person_id)
    if last is None:
        return
    choices = choices_of(choices_row(person_id), last.id)
    closed = _closed(living.id if living else None, person_id, now)
    spoken = (called(closed, choices)[-1:] or (choices.spoken,))[0]
    since = {key: at for key, at in choices.usual_since.items() if key != question}
    if start:
        since[question] = start
    keep(person_id, last.id, replace(choices, usual_since=since, spoken=spoken))


def _closed(couple_id: str | None, person_id: str, now: datetime) -> list[RoundView]:
    """Return the closed rounds of the living link, or else of the last."""
    if couple_id is None:
        seen = rounds_of_last_link(person_id, now)
    else:
        seen, _next = rounds_and_next(couple_id, person_id, now)
    return [one for one in seen if one.closed]


def called(closed: Sequence[RoundView], choices: Choices) -> tuple[CallOut, ...]:
    """Return the changes spoken of; the two questions rest together."""
    own = {question: counted(closed, question, choices) for question in BOTH}
    return rules.call_outs(own, choices.spoken)


def counted(closed: Sequence[RoundView], question: str, choices: Choices) -> tuple[Own, ...]:
    """Return one's own answers to a question since its usual began, oldest first."""
    return rules.since(own_answers(closed, question), choices.usual_since.get(question))


def own_answers(closed: Sequence[RoundView], question: str) -> tuple[Own, ...]:
    """Return one's own answers to a question, oldest first; rounds without one are left out."""
    answers = ((one, answer_to(one, question)) for one in closed)
    return tuple(Own(one.id, one.closes_at, value) for one, value in answers if value is not None)


def answer_to(one: RoundView, question: str) -> int | None:
    """Return one's own answer of a round to a question, or the total of the scale."""
    return one.total if question == SCALE else one.answers.get(question)


def _there(closed: Sequence[RoundView], choices: Choices, with_own: bool = True) -> dict[str, Card]:
    """Return all cards by key, in the order in which they wait: one's own change comes first."""
    changes = _changes(closed, choices) if with_own else ()
    return {card.key: card for card in (*changes, *_differences(closed))}


def _changes(closed: Sequence[RoundView], choices: Choices) -> Iterator[Change]:
    """Find the change at the latest round this person answered."""
    latest = next((one for one in reversed(closed) if one.answered_by_me), None)
    if latest is None or not any(_may_change(latest, closed, one, choices) for one in BOTH):
        return
    for one in called(closed, choices)[-1:]:
        if one.round_id == latest.id:
            yield Change(rules.change_key(one), one.question, one.direction)


def _may_change(
    latest: RoundView, closed: Sequence[RoundView], question: str, choices: Choices
) -> bool:
    """Whether the answer of the latest round is far enough from one's usual to be spoken of.

    It mostly is not, and then nothing of the years between has to be unsealed.
    """
    if answer_to(latest, question) is None:
        return False
    start = choices.usual_since.get(question)
    counting = [one for one in closed if start is None or one.closes_at > start]
    first = tuple(islice(_values(counting, question), rules.ANSWERS_FOR_A_CHANGE))
    last = tuple(islice(_values(reversed(counting), question), rules.LAST))
    return rules.is_beyond(question, first, last)


def _values(rounds: Iterable[RoundView], question: str) -> Iterator[int]:
    answers = (answer_to(one, question) for one in rounds)
    return (value for value in answers if value is not None)


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
    """Return what opened of a question lately, as often as a difference needs, oldest first."""
    found = (one.opened[question] for one in reversed(closed) if question in one.opened)
    return list(islice(found, rules.TIMES))[::-1]
