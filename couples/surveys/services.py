"""Rounds as the overview may show them to one person: what C5 opened, and their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from couples.pairing.services import couple_or_none
from couples.surveys import reading, rules
from couples.surveys.answering.services import Stored, is_open, stored_from
from couples.surveys.answering.services_week import latest_round
from couples.surveys.reading import Found, Questions
from couples.surveys.rounds.services_clock import make_due_round, next_opening_of
from couples.surveys.rules import NO_RESPONSE, ResponseView
from couples.surveys.terms import Asked


@dataclass(frozen=True, slots=True, repr=False)
class RoundView:
    """One round as one person may see it.

    answers          my own numbers by question ("overall" or a topic's id); skipped ones left out
    opened           the questions that opened, each with (mine, theirs); empty before the close
    partner_words    the partner's words where they opened, else ""
    total            my own total of the published scale, none where an item of it is not answered
    opened_total     both totals, (mine, theirs), where they opened; single items never do
    answered_by_me   whether I have ended it with one of the two buttons
    skipped_by_me    whether I have left it out instead
    shared           whether I share it (false where kept or withdrawn)
    """

    id: str
    number: int
    opens_at: datetime
    closes_at: datetime
    closed: bool
    weekly: bool
    questions: Questions
    answers: Mapping[str, int]
    answered_by_me: bool
    shared: bool
    words: str
    words_shared: bool
    opened: Mapping[str, tuple[int, int]]
    partner_words: str
    total: int | None = None
    opened_total: tuple[int, int] | None = None
    skipped_by_me: bool = False

    @property
    def topics(self) -> tuple[Asked, ...]:
        """What it asked beside overall, in order; unsealed for whoever asks."""
        return self.questions.asked

    @property
    def has_opened(self) -> bool:
        """Whether anything of it opened for both."""
        return bool(self.opened or self.partner_words or self.opened_total)

    def without_own(self) -> RoundView:
        """Return what both know of it, for when somebody else may hold the device (rule P2)."""
        return replace(
            self,
            answers={question: mine for question, (mine, _theirs) in self.opened.items()},
            total=self.opened_total[0] if self.opened_total else None,
            words=self.words if self.partner_words else "",
            answered_by_me=self.has_opened,
            skipped_by_me=False,
        )


@dataclass(frozen=True, slots=True)
class OpenRound:
    """The round that is open now, of which a person knows only their own part."""

    id: str
    opens_at: datetime
    closes_at: datetime
    weekly: bool
    answered_by_me: bool


def rounds_and_next(
    couple_id: str, person_id: str, now: datetime
) -> tuple[tuple[RoundView, ...], datetime | None]:
    """Return all of one's rounds, oldest first, and when the next one opens.

    With one query, unless a round's time has come before the clock has ticked: it is made first.
    """
    due_at, found = reading.with_plan(couple_id, person_id, now)
    if due_at is not None and due_at <= now:
        due_at = make_due_round(couple_id, now)
        _due_at, found = reading.with_plan(couple_id, person_id, now)
    return _seen(found, person_id, now), due_at


def rounds_of_last_link(person_id: str, now: datetime) -> tuple[RoundView, ...]:
    """Return the same of somebody unlinked: their last couple's, with nothing of the partner."""
    return _seen(reading.of_last_link(person_id, now), person_id, now)


def _seen(found: list[Found], person_id: str, now: datetime) -> tuple[RoundView, ...]:
    found.reverse()
    return tuple(
        _view(one, now, stored_from(mine), stored_from(theirs).view if theirs else NO_RESPONSE)
        for one, (mine, theirs) in zip(found, reading.payloads(found, person_id), strict=True)
    )


def _view(found: Found, now: datetime, stored: Stored, partner: ResponseView) -> RoundView:
    mine, closed = stored.view, rules.has_closed(found.closes_at, now, None)
    return RoundView(
        id=found.id,
        number=found.number,
        opens_at=found.opens_at,
        closes_at=found.closes_at,
        closed=closed,
        weekly=found.every_weeks == 1,
        questions=Questions(found),
        answers=_numbers(stored),
        answered_by_me=stored.answered,
        shared=mine.shared,
        words=stored.words,
        words_shared=bool(mine.shared_words),
        opened=rules.opened(mine, partner, closed),
        partner_words=rules.opened_words(mine, partner, closed),
        total=mine.total,
        opened_total=rules.opened_total(mine, partner, closed),
        skipped_by_me=found.skipped,
    )


def _numbers(stored: Stored) -> dict[str, int]:
    return {key: value for key, value in stored.answers.items() if value is not None}


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
