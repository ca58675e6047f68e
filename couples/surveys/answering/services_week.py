"""What one signed-in person finds at /week, and their own past rounds (rules C1 to C5)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update

from couples.accounts.models import Person
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import PersonMark, couple_of, couple_or_none
from couples.surveys import rules
from couples.surveys.answering.drafts import Draft, draft_of
from couples.surveys.answering.scale import SCALE_ASKED, scale_for, scale_kept_in
from couples.surveys.answering.services import (
    RoundClosed,
    Stored,
    has_closed,
    is_open,
    stored_of,
)
from couples.surveys.answering.services_slower import asks_slower
from couples.surveys.letters.services import LettersView, letters_view
from couples.surveys.models import Response, Round
from couples.surveys.rounds.services_clock import next_opening_of
from couples.surveys.rounds.services_plan import every_weeks_of
from couples.surveys.scales.items import Scale
from couples.surveys.scales.rules import Said, is_high, said_of
from couples.surveys.terms import Asked, from_rows


class State(StrEnum):
    """What the page is about."""

    UNLINKED = "unlinked"
    BEGIN = "begin"  # nothing signed by both yet
    PLANNED = "planned"  # signed; the first round is still to come
    OPEN = "open"
    CLOSED = "closed"  # between two rounds


@dataclass(frozen=True, slots=True, repr=False)
class RoundPage:
    """One round as its page shows it to one person."""

    id: str
    opens_at: datetime
    closes_at: datetime
    weekly: bool
    topics: tuple[Asked, ...]
    mine: Stored
    # The published scale, where this round asks this reader for it.
    scale: Scale | None = None
    # The same whatever its reader's language: an open page may have been shown in another.
    scale_asked: Scale | None = None
    draft: Draft = field(default_factory=Draft)
    skipped: bool = False
    can_withdraw: bool = False
    cancelled: bool = False
    # What may be said of the scale's total, to its author alone.
    said: Said = Said.NOTHING


@dataclass(frozen=True, slots=True)
class PastLine:
    """One round of one's own in the list of those that are over."""

    id: str
    opens_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Week:
    """Everything the page of this week may show one person."""

    state: State
    me: PersonMark | None = None
    partner: PersonMark | None = None
    round: RoundPage | None = None
    next_opening: datetime | None = None
    latest_id: str | None = None
    weekly: bool = True
    letters: LettersView | None = None
    # Whether this person is asked, and nobody else, if a slower rhythm would suit.
    asks_slower: bool = False


def week_of(person_id: str, now: datetime) -> Week:
    """Return what this person finds now; nothing in it depends on what the partner did (C5)."""
    couple = couple_or_none(person_id)
    if couple is None:
        return Week(State.UNLINKED)
    next_opening = next_opening_of(couple.id, now)
    latest = latest_round(couple.id, person_id)
    page = page_of(*latest, now) if latest and is_open(latest[0], now) else None
    every_weeks = every_weeks_of(couple.id)
    letters = letters_view(person_id, now)
    return Week(
        _state(page, latest, next_opening),
        couple.me,
        couple.partner,
        page,
        next_opening,
        latest_id=latest[0].id if latest else None,
        weekly=every_weeks == 1,
        letters=letters,
        asks_slower=asks_slower(person_id, couple.id, every_weeks, letters, now),
    )


def _state(page: RoundPage | None, latest: object | None, next_opening: datetime | None) -> State:
    if page is not None:
        return State.OPEN
    if next_opening is None:
        return State.BEGIN
    return State.CLOSED if latest else State.PLANNED


def open_week(person_id: str, round_id: str | None, now: datetime) -> Week:
    """Return the week that can be answered, or raise RoundClosed: over, or of another round."""
    week = week_of(person_id, now)
    if week.round is None or (round_id and round_id != week.round.id):
        raise RoundClosed
    return week


def latest_round(couple_id: str, person_id: str) -> tuple[Round, Response] | None:
    """Return a couple's newest round with one's own response."""
    query = select(Round, Response).join(Response, Response.round_id == Round.id)
    mine = query.where(Round.couple_id == couple_id, Response.person_id == person_id)
    found = db.session.execute(mine.order_by(Round.number.desc()).limit(1)).first()
    return (found[0], found[1]) if found else None


def page_of(round_: Round, response: Response, now: datetime) -> RoundPage:
    """Show a round with one person's own answers."""
    mine = stored_of(response)
    return RoundPage(
        id=round_.id,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        weekly=round_.every_weeks == 1,
        topics=from_rows(round_.questions),
        mine=mine,
        scale=scale_for(round_, db.session.get_one(Person, response.person_id).language),
        scale_asked=scale_kept_in(round_.questions),
        draft=draft_of(response),
        skipped=response.skipped_at is not None,
        can_withdraw=has_closed(round_, now) and mine.view.shared,
        cancelled=round_.cancelled_at is not None and not has_closed(round_, now),
    )


def past_round(person_id: str, round_id: str, now: datetime) -> RoundPage:
    """Return one's own answers of a round that is over, after the link has ended too."""
    query = select(Round, Response).join(Response, Response.round_id == Round.id)
    mine = query.where(Round.id == round_id, Response.person_id == person_id)
    found = db.session.execute(mine).first()
    if found is None or is_open(found[0], now) or found[0].opens_at > now:
        raise NotFound
    page = page_of(found[0], found[1], now)
    before = _total_before(*found) if is_high(SCALE_ASKED, page.mine.total) else None
    return replace(page, said=said_of(SCALE_ASKED, page.mine.total, before))


def _total_before(round_: Round, response: Response) -> int | None:
    """Return one's own complete total of the scale before this one, of the same link."""
    query = select(Response).join(Round, Response.round_id == Round.id)
    mine = query.where(
        Response.person_id == response.person_id, Response.payload_sealed.is_not(None)
    )
    asked = Round.number % rules.SCALE_EVERY == round_.number % rules.SCALE_EVERY
    earlier = mine.where(Round.couple_id == round_.couple_id, Round.number < round_.number, asked)
    totals = (
        stored_of(one).total for one in db.session.scalars(earlier.order_by(Round.number.desc()))
    )
    return next((total for total in totals if total is not None), None)


def typed_round(person_id: str, round_id: str | None, now: datetime) -> RoundPage | None:
    """Return the round that a page was filled in for, where it is this person's and over."""
    try:
        return past_round(person_id, round_id or "", now)
    except NotFound:
        return None


def past_rounds(person_id: str, now: datetime) -> tuple[PastLine, ...]:
    """Return every round that is over and that this person answered or began, of any link."""
    query = select(Round).join(Response, Response.round_id == Round.id)
    begun = Response.payload_sealed.is_not(None) | Response.draft_sealed.is_not(None)
    mine = query.where(Response.person_id == person_id, begun)
    found = db.session.scalars(mine.order_by(Round.opens_at.desc()))
    return tuple(PastLine(one.id, one.opens_at) for one in found if not is_open(one, now))


@transaction()
def replace_link(person_id: str, now: datetime) -> None:
    """Make the mailed link of the round that is open void (rule C6); letters to come carry anew."""
    latest = latest_round(couple_of(person_id).id, person_id)
    if latest is None or not is_open(latest[0], now):
        raise NotFound
    # Counted by the database, so that two presses at once do not undo each other.
    replaced = update(Response).where(Response.id == latest[1].id)
    db.session.execute(replaced.values(generation=Response.generation + 1))
