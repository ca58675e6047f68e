"""The mailed link: one page of one round, and nothing else (rule C6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam

from couples import tokens
from couples.accounts.models import Person
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.models import Membership
from couples.surveys import rules
from couples.surveys.answering.scale import SCALE_ASKED, scale_in, scale_kept_in
from couples.surveys.answering.services import (
    Answers,
    NothingAnswered,
    Stored,
    is_open,
    merged,
    stored_from,
)
from couples.surveys.models import Response, Round
from couples.surveys.rules import OVERALL
from couples.surveys.scales.items import Scale
from couples.surveys.terms import Asked, Rows, from_rows

# Programs that look through mail fill in and press within this time; people do not.
SOONEST_MILLISECONDS = 1000


class LinkGone(NotFound):
    """The link is void: used up by the close, replaced, ended, or never made. All look alike."""


@dataclass(frozen=True, slots=True, repr=False)
class LinkPage:
    """What the mailed page may show: no name, no earlier answer, no promise, no own words."""

    response_id: str
    closes_at: datetime
    weekly: bool
    topics: tuple[Asked, ...]
    scale: Scale | None
    # The same whatever its reader's language: an open page may have been shown in another.
    scale_asked: Scale | None
    asks_more: bool
    mark: str
    language: str
    zone: str


# One round of one person with all that the page shows: as columns, and made once, since making it
# takes longer than asking.
_responses, _rounds = Response.__table__.c, Round.__table__.c
_persons, _members = Person.__table__.c, Membership.__table__.c
_BY_LINK = (
    db.select(
        _responses.id, _responses.generation, _rounds.id.label("round_id"), _rounds.couple_id,
        _rounds.opens_at, _rounds.closes_at, _rounds.cancelled_at, _rounds.every_weeks,
        _rounds.questions_sealed, _persons.language, _persons.zone, _members.mark,
    )
    .join(Round.__table__, _rounds.id == _responses.round_id)
    .join(Person.__table__, _persons.id == _responses.person_id)
    .join(Membership.__table__, _members.couple_id == _responses.couple_id)
    .where(
        _members.person_id == _responses.person_id, _responses.id == bindparam("response_id")
    )
)  # fmt: skip
_LOCKED = (
    db.select(
        _responses.id, _responses.person_id, _responses.generation, _responses.payload_sealed,
        _rounds.id.label("round_id"), _rounds.couple_id, _rounds.opens_at, _rounds.closes_at,
        _rounds.cancelled_at, _rounds.questions_sealed,
    )
    .join(Round.__table__, _rounds.id == _responses.round_id)
    .where(_responses.id == bindparam("response_id"))
    .with_for_update(of=Response.__table__)
)  # fmt: skip
_STORE = (
    db.update(Response.__table__)
    .where(_responses.id == bindparam("response_id"))
    .values(payload_sealed=bindparam("payload"), skipped_at=None)
)


def page_by_link(token: str, now: datetime) -> LinkPage:
    """Return the page of a mailed link, or raise LinkGone; it only reads."""
    response_id, generation = _told_by(token)
    found = db.session.execute(_BY_LINK, {"response_id": response_id}).first()
    if found is None or found.generation != generation or not is_open(found, now):
        raise LinkGone
    questions = _questions(found)
    # That there is a step to be asked about is not even hinted at (rule C6).
    asked = [one for one in from_rows(questions) if not one.step]
    listed = tuple(Asked(one.id, one.listed, "", "") for one in asked if one.listed)
    return LinkPage(
        response_id=found.id,
        closes_at=found.closes_at,
        weekly=found.every_weeks == 1,
        topics=listed,
        scale=scale_in(questions, found.language),
        scale_asked=scale_kept_in(questions),
        asks_more=len(listed) < len(asked),
        mark=found.mark,
        language=found.language,
        zone=found.zone,
    )


def _told_by(token: str) -> tuple[str, int]:
    try:
        return tokens.read("week", token)
    except NotFound as problem:
        raise LinkGone from problem


def shown_at(page: LinkPage, now: datetime) -> str:
    """Return a signed note of when the page was shown."""
    return tokens.make("shown", page.response_id, round(now.timestamp() * 1000))


def too_soon(page: LinkPage, shown: str, now: datetime) -> bool:
    """Whether a page comes back faster than a person presses, or with no telling when it left."""
    try:
        response_id, milliseconds = tokens.read("shown", shown)
    except NotFound:
        return True
    elapsed = now.timestamp() * 1000 - milliseconds
    return response_id != page.response_id or elapsed < SOONEST_MILLISECONDS


@transaction()
def save_by_link(token: str, answers: Answers, now: datetime) -> None:
    """Store what was chosen on the mailed page; what was left untouched keeps what was stored."""
    response_id, generation = _told_by(token)
    found = db.session.execute(_LOCKED, {"response_id": response_id}).first()
    # Replaced while this one waited for the row: void all the same.
    if found is None or found.generation != generation or not is_open(found, now):
        raise LinkGone
    if not rules.has_any_answer({**answers.given, **answers.scale}, ""):
        raise NothingAnswered
    stored = stored_from(Response.payload.opened(found.payload_sealed, found.id, found.person_id))
    laid = _laid_over(stored, answers, _questions(found))
    sealed = Response.payload.sealed(laid.payload(), found.id, found.person_id)
    db.session.execute(_STORE, {"response_id": found.id, "payload": sealed})


def _questions(found: Row[Any]) -> Rows:
    asked: Rows = Round.questions.opened(found.questions_sealed, found.round_id, found.couple_id)
    return asked


def _laid_over(stored: Stored, answers: Answers, questions: Rows) -> Stored:
    given = _listed_only(questions, answers)
    by_link = Answers(given=given, share=answers.share, scale=answers.scale)
    # The scale is one question: only a press with every item of it decides for it.
    whole = SCALE_ASKED.keys <= answers.scale.keys()
    covered = {*given, rules.SCALE} if whole else given
    kept = rules.kept_after_link(stored.view, covered, by_link.share)
    return merged(stored, by_link, questions, kept)


def _listed_only(questions: Rows, answers: Answers) -> dict[str, int | None]:
    """Keep what the mailed page asks: the rest asks for signing in."""
    asked = {OVERALL, *(one.id for one in from_rows(questions) if one.listed)}
    return {key: value for key, value in answers.given.items() if key in asked}
