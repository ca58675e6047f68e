"""Rounds as the overview may show them to one person: what C5 opened, and their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from couples.pairing.services import couple_or_none
from couples.surveys import reading
from couples.surveys.answering.services import is_open
from couples.surveys.answering.services_week import latest_round
from couples.surveys.reading import Found
from couples.surveys.round_view import RoundView
from couples.surveys.rounds.services_clock import make_due_round, next_opening_of
from couples.surveys.terms import Asked

__all__ = ["OpenRound", "RoundView", "open_round", "rounds_and_next", "rounds_of_last_link"]


@dataclass(frozen=True, slots=True)
class OpenRound:
    """The round that is open now, of which a person knows only their own part."""

    id: str
    opens_at: datetime
    closes_at: datetime
    weekly: bool
    answered_by_me: bool


def rounds_and_next(
    couple_id: str, person_id: str, now: datetime, at_once: int | None = None
) -> tuple[tuple[RoundView, ...], datetime | None]:
    """Return all of one's rounds, oldest first, and when the next one opens.

    With one query, unless a round's time has come before the clock has ticked: it is made first.
    `at_once` is how many of the latest will surely be looked at; earlier ones are unsealed one by
    one, for whoever asks.
    """
    due_at, found = reading.with_plan(couple_id, person_id, now)
    if due_at is not None and due_at <= now:
        due_at = make_due_round(couple_id, now)
        _due_at, found = reading.with_plan(couple_id, person_id, now)
    return _seen(found, person_id, now, at_once), due_at


def rounds_of_last_link(person_id: str, now: datetime) -> tuple[RoundView, ...]:
    """Return the same of somebody unlinked: their last couple's, with nothing of the partner."""
    return _seen(reading.of_last_link(person_id, now), person_id, now)


def _seen(
    found: list[Found], person_id: str, now: datetime, at_once: int | None = None
) -> tuple[RoundView, ...]:
    opened = reading.payloads(found[:at_once], person_id)
    asked: dict[str, tuple[Asked, ...]] = {}
    seen = [RoundView(one, person_id, now, asked, both) for one, both in zip_longest(found, opened)]
    return tuple(reversed(seen))


def open_round(person_id: str, now: datetime) -> OpenRound | None:
    """Return the round a person may answer now, if there is one."""
    couple = couple_or_none(person_id)
    if couple is None:
        return None
    next_opening_of(couple.id, now)
    found = latest_round(couple.id, person_id)
    if found is None or not is_open(found[0], now):
        return None
    round_, response = found
    answered = response.payload_sealed is not None
    weekly = round_.every_weeks == 1
    return OpenRound(round_.id, round_.opens_at, round_.closes_at, weekly, answered)
