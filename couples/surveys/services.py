"""Rounds as the overview may show them to one person: what C5 opened, and their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from couples.db import db
from couples.pairing.services import couple_or_none
from couples.surveys import rules
from couples.surveys.answering.services import Stored, has_closed, is_open, stored_of
from couples.surveys.answering.services_week import latest_round
from couples.surveys.models import Plan, Response, Round
from couples.surveys.rounds.services_clock import make_due_round, next_opening_of
from couples.surveys.rules import NO_RESPONSE, ResponseView
from couples.surveys.terms import Asked, from_rows


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
    topics: tuple[Asked, ...]
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


@dataclass(frozen=True, slots=True)
class OpenRound:
    """The round that is open now, of which a person knows only their own part."""

    id: str
    opens_at: datetime
    closes_at: datetime
    weekly: bool
    answered_by_me: bool


def rounds_and_next(
    couple_id: str, person_id: str, now: datetime, most: int | None = None
) -> tuple[tuple[RoundView, ...], datetime | None]:
    """Return one's rounds, oldest first, at most the last `most`, and when the next one opens.

    With one query, unless a round's time has come before the clock has ticked: it is made first.
    """
    found = _with_plan(couple_id, person_id, now, most)
    due_at = found[0][0] if found else None
    if due_at is not None and due_at <= now:
        due_at = make_due_round(couple_id, now)
        found = _with_plan(couple_id, person_id, now, most)
    rows = [(one, row) for _due, one, row in found if one and row]
    # Of the open round there is one row, so that one round more may have come, and only half of it.
    return _seen(rows, person_id, now)[-most if most else 0 :], due_at


def _with_plan(
    couple_id: str, person_id: str, now: datetime, most: int | None
) -> list[tuple[datetime, Round | None, Response | None]]:
    # Of a round that is open nothing of the partner's is even read.
    visible = (Response.person_id == person_id) | (Round.closes_at <= now)
    query = (
        select(Plan.due_at, Round, Response)
        .outerjoin(Round, (Round.couple_id == Plan.couple_id) & (Round.opens_at <= now))
        .outerjoin(Response, (Response.round_id == Round.id) & visible)
        .where(Plan.couple_id == couple_id)
        .order_by(Round.opens_at.desc())
    )
    found = db.session.execute(query.limit(most and 2 * most)).all()
    return [(due_at, one, row) for due_at, one, row in found]


def rounds_of_last_link(
    person_id: str, now: datetime, most: int | None = None
) -> tuple[RoundView, ...]:
    """Return the same of somebody unlinked: their last couple's, with nothing of the partner."""
    query = select(Round, Response).join(Response, Response.round_id == Round.id)
    mine = query.where(Response.person_id == person_id, Round.opens_at <= now)
    found = db.session.execute(mine.order_by(Round.opens_at.desc()).limit(most)).all()
    rows = [(one, row) for one, row in found if one.couple_id == found[0][0].couple_id]
    return _seen(rows, person_id, now)


def _seen(
    found: Sequence[tuple[Round, Response]], person_id: str, now: datetime
) -> tuple[RoundView, ...]:
    rounds = {one.id: one for one, _response in reversed(found)}
    rows = {(one.id, row.person_id == person_id): row for one, row in found}
    views = []
    for round_ in rounds.values():
        mine, theirs = rows.get((round_.id, True)), rows.get((round_.id, False))
        if mine and (is_open(round_, now) or has_closed(round_, now)):
            views.append(_view(round_, mine, stored_of(theirs).view if theirs else None, now))
    return tuple(views)


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
        words_shared=bool(stored.view.shared_words),
        opened=rules.opened(mine, partner, closed),
        partner_words=rules.opened_words(mine, partner, closed),
        total=mine.total,
        opened_total=rules.opened_total(mine, partner, closed),
        skipped_by_me=response.skipped_at is not None,
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
