"""The mailed link: one page of one round, and nothing else (rule C6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from couples import tokens
from couples.accounts.models import Person
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.models import Membership
from couples.surveys import rules
from couples.surveys.answering.scale import SCALE_ASKED, scale_for
from couples.surveys.answering.services import (
    Answers,
    NothingAnswered,
    is_open,
    locked,
    merged,
    stored_of,
)
from couples.surveys.models import Response, Round
from couples.surveys.rules import OVERALL
from couples.surveys.scales.items import Scale
from couples.surveys.terms import Asked, from_rows

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
    asks_more: bool
    mark: str
    language: str
    zone: str


def page_by_link(token: str, now: datetime) -> LinkPage:
    """Return the page of a mailed link, or raise LinkGone; it only reads."""
    response, round_ = _found(token, now)
    person = db.session.get_one(Person, response.person_id)
    # That there is a step to be asked about is not even hinted at (rule C6).
    asked = [one for one in from_rows(round_.questions) if not one.step]
    listed = tuple(Asked(one.id, one.listed, "", "") for one in asked if one.listed)
    return LinkPage(
        response_id=response.id,
        closes_at=round_.closes_at,
        weekly=round_.every_weeks == 1,
        topics=listed,
        scale=scale_for(round_, person.language),
        asks_more=len(listed) < len(asked),
        mark=_mark(response),
        language=person.language,
        zone=person.zone,
    )


def _found(token: str, now: datetime) -> tuple[Response, Round]:
    try:
        response_id, generation = tokens.read("week", token)
    except NotFound as problem:
        raise LinkGone from problem
    query = select(Response, Round).join(Round, Round.id == Response.round_id)
    found = db.session.execute(query.where(Response.id == response_id)).first()
    if found is None or found[0].generation != generation or not is_open(found[1], now):
        raise LinkGone
    return found[0], found[1]


def _mark(response: Response) -> str:
    """Return the person's own shape, the same on every page."""
    query = select(Membership.mark).where(
        Membership.couple_id == response.couple_id, Membership.person_id == response.person_id
    )
    return db.session.scalars(query).one()


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
    found, round_ = _found(token, now)
    response, _round = locked(found.person_id, round_.id)
    # Replaced while this one waited for the row: void all the same.
    if tokens.read("week", token)[1] != response.generation:
        raise LinkGone
    if not rules.has_any_answer({**answers.given, **answers.scale}, ""):
        raise NothingAnswered
    stored = stored_of(response)
    given = _listed_only(round_, answers)
    by_link = Answers(given=given, share=answers.share, scale=answers.scale)
    # The scale is one question: only a press with every item of it decides for it.
    whole = SCALE_ASKED.keys <= answers.scale.keys()
    covered = {*given, rules.SCALE} if whole else given
    kept = rules.kept_after_link(stored.view, covered, by_link.share)
    response.skipped_at = None
    response.payload = merged(stored, by_link, round_, kept).payload()


def _listed_only(round_: Round, answers: Answers) -> dict[str, int | None]:
    """Keep what the mailed page asks: the rest asks for signing in."""
    asked = {OVERALL, *(one.id for one in from_rows(round_.questions) if one.listed)}
    return {key: value for key, value in answers.given.items() if key in asked}
