"""Rounds as the overview may show them to one person: what C5 opened, and their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from couples.db import db
from couples.pairing.services import couple_or_none
from couples.surveys import rules
from couples.surveys.models import Plan, Response, Round
from couples.surveys.rules import NO_RESPONSE, ResponseView
from couples.surveys.services_answers import Stored, has_closed, is_open, stored_of
from couples.surveys.services_clock import next_opening_of
from couples.surveys.services_week import latest_round
from couples.surveys.terms import Asked, from_rows


@dataclass(frozen=True, slots=True, repr=False)
class RoundView:
    """One round as one person may see it.

    answers          my own numbers by question ("overall" or a topic's id); skipped ones left out
    opened           the questions that opened, each with (mine, theirs); empty before the close
    partner_words    the partner's words where they opened, else ""
    answered_by_me   whether I have ended it with one of the two buttons
    shared           whether I share it (false where kept or withdrawn)
    """

    id: str
    number: int
    opens_at: datetime
    closes_at: datetime
    closed: bool
    weekly: bool
    topics: tuple[Asked, ...]
    answers: Mapping[str, int]
    answered_by_me: bool
    shared: bool
    words: str
    words_shared: bool
    opened: Mapping[str, tuple[int, int]]
    partner_words: str


@dataclass(frozen=True, slots=True)
class OpenRound:
    """The round that is open now, of which a person knows only their own part."""

    id: str
    opens_at: datetime
    closes_at: datetime
    weekly: bool
    answered_by_me: bool


def rounds_for(person_id: str, now: datetime, most: int | None = None) -> tuple[RoundView, ...]:
    """Return a person's rounds, oldest first, at most the last `most`.

    After the link has ended these are the rounds of the last couple, with nothing of the partner.
    """
    couple = couple_or_none(person_id)
    return rounds_in(couple.id if couple else None, person_id, now, most)


def rounds_in(
    couple_id: str | None, person_id: str, now: datetime, most: int | None = None
) -> tuple[RoundView, ...]:
    """Return the same where the couple is known already, with one query."""
    query = select(Round, Response).join(Response, Response.round_id == Round.id)
    visible = Response.person_id == person_id
    if couple_id is not None:
        # Of a round that is open nothing of the partner's is even read.
        query = query.where(Round.couple_id == couple_id)
        visible = visible | (Round.closes_at <= now)
    query = query.where(Round.opens_at <= now, visible).order_by(Round.opens_at.desc())
    found = db.session.execute(query.limit(most and 2 * most)).all()
    return tuple(reversed(list(_views(found, person_id, now))[:most]))


def _views(
    found: Sequence[tuple[Round, Response]], person_id: str, now: datetime
) -> Iterator[RoundView]:
    rounds = {one.id: one for one, _response in found if one.couple_id == found[0][0].couple_id}
    rows = {(one.id, row.person_id == person_id): row for one, row in found}
    for round_ in rounds.values():
        mine, theirs = rows.get((round_.id, True)), rows.get((round_.id, False))
        if mine and (is_open(round_, now) or has_closed(round_, now)):
            yield _view(round_, mine, stored_of(theirs).view if theirs else None, now)


def _view(
    round_: Round, response: Response, theirs: ResponseView | None, now: datetime
) -> RoundView:
    stored, closed = stored_of(response), has_closed(round_, now)
    mine, partner = stored.view, theirs or NO_RESPONSE
    return RoundView(
        id=round_.id,
        number=round_.number,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        closed=closed,
        weekly=round_.every_weeks == 1,
        topics=from_rows(round_.questions),
        answers=_numbers(stored),
        answered_by_me=stored.answered,
        shared=mine.shared,
        words=stored.words,
        words_shared=stored.words_shared,
        opened=rules.opened(mine, partner, closed),
        partner_words=rules.opened_words(mine, partner, closed),
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


def next_opening(person_id: str) -> datetime | None:
    """Return when this person's next round opens, none where nothing is signed by both."""
    couple = couple_or_none(person_id)
    if couple is None:
        return None
    return db.session.scalar(select(Plan.due_at).where(Plan.couple_id == couple.id))
