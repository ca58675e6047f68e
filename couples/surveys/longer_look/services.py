"""One person's longer looks: filled in at leisure, finished by a press, and seen by nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from couples.accounts.models import Person
from couples.accounts.services import lock_person
from couples.agreement.services import version_in_force
from couples.db import db, transaction
from couples.errors import NotFound
from couples.mail.letter import settings
from couples.pairing.services import CoupleView, couple_or_none
from couples.surveys.longer_look import rules
from couples.surveys.models import LongerLook
from couples.surveys.scales import items
from couples.surveys.scales import rules as scales
from couples.surveys.scales.rules import Points, Said

LONG_SCALE = items.scale("csi16")


class Offer(StrEnum):
    """What is said of it on other pages: nothing, or that it can be begun or gone on with."""

    NONE = ""
    BEGIN = "begin"
    GO_ON = "go_on"


@dataclass(frozen=True, slots=True, repr=False)
class Look:
    """What is filled in so far."""

    points: Points = field(default_factory=dict)
    revision: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class LookClash:
    """Another window saved first: what it kept, to choose from (rule A9)."""

    newer: Look


@dataclass(frozen=True, slots=True, repr=False)
class PastLook:
    """One that is over; `finished_at` is none where it was left unfinished."""

    begun_at: datetime
    finished_at: datetime | None
    points: Points
    total: int | None
    said: Said


@dataclass(frozen=True, slots=True, repr=False)
class LongerPage:
    """Everything of the page; `look` is none where none may be taken now."""

    look: Look | None
    mark: str
    put_away: bool
    past: tuple[PastLook, ...]
    next_on: datetime | None


def longer_page(person_id: str, now: datetime) -> LongerPage:
    """Return a person's own page; there is none where nothing may be taken and none is over."""
    page = _page(person_id, now)
    if page.look and not page.look.points and not _is_asked(person_id):
        page = replace(page, look=None)
    if page.look is None and not page.past:
        raise NotFound
    return page


def open_page(person_id: str, now: datetime) -> LongerPage:
    """Return the page where a look may be taken now, or raise NotFound.

    Whoever has changed their language since it was opened loses nothing of what they chose.
    """
    page = _page(person_id, now)
    if page.look is None:
        raise NotFound
    return page


def _page(person_id: str, now: datetime) -> LongerPage:
    rows, couple = _rows(person_id), _asked_couple(person_id)
    here = _of(rows, couple)
    is_open = couple is not None and rules.may_begin((row.finished_at for row in here), now)
    running = _running(here, now) if is_open else None
    return LongerPage(
        look=_look(running) if is_open else None,
        mark=couple.me.mark if couple else "disc",
        put_away=not rules.is_offered((row.put_away_at for row in here), now),
        past=tuple(_past(row) for row in rows if row.answers and row is not running),
        next_on=None if is_open else _next_on(here),
    )


def offer_of(person_id: str, now: datetime) -> Offer:
    """Return what other pages say of it to this person."""
    couple = _asked_couple(person_id)
    rows = _of(_rows(person_id), couple) if couple else ()
    if couple is None or not rules.may_begin((row.finished_at for row in rows), now):
        return Offer.NONE
    if not rules.is_offered((row.put_away_at for row in rows), now):
        return Offer.NONE
    running = _running(rows, now)
    if running and running.answers:
        return Offer.GO_ON
    return Offer.BEGIN if _is_asked(person_id) else Offer.NONE


def has_past(person_id: str) -> bool:
    """Whether there is any to read again."""
    mine = LongerLook.person_id == person_id, LongerLook.answers_sealed.is_not(None)
    return db.session.scalar(select(LongerLook.id).where(*mine).limit(1)) is not None


@transaction()
def save_look(person_id: str, points: Points, revision: int, now: datetime) -> Look | LookClash:
    """Keep what is filled in; where another window was first, return its answers instead."""
    row = _locked(person_id, now)
    return _kept(person_id, row, points, revision, now)


@transaction()
def finish_look(person_id: str, points: Points, revision: int, now: datetime) -> Look | LookClash:
    """Keep what is filled in, and end it; the next one may be taken half a year later."""
    lock_person(person_id)
    if (before := _finished_before(person_id, points, now)) is not None:
        return before
    row = _locked(person_id, now)
    kept = _kept(person_id, row, points, revision, now)
    if isinstance(kept, Look):
        finished = row or _running(_rows(person_id), now)
        if finished is None or not finished.answers:
            raise NotFound
        finished.finished_at = now
    return kept


def _finished_before(person_id: str, points: Points, now: datetime) -> Look | None:
    """Return the same look where an earlier press has ended it."""
    rows = _of(_rows(person_id), _asked_couple(person_id))
    finished = (_look(row) for row in rows if rules.is_recent(row.finished_at, now))
    return next((look for look in finished if look.points == points), None)


@transaction()
def put_away(person_id: str, now: datetime) -> None:
    """Leave it for half a year; what is filled in stays."""
    row = _locked(person_id, now) or _begin(person_id, now)
    row.put_away_at = now


def _locked(person_id: str, now: datetime) -> LongerLook | None:
    """Return the look that is being filled in, if any; raise NotFound where none may be taken."""
    lock_person(person_id)
    couple = _asked_couple(person_id)
    rows = _of(_rows(person_id), couple)
    if couple is None or not rules.may_begin((row.finished_at for row in rows), now):
        raise NotFound
    return _running(rows, now)


def _kept(
    person_id: str, row: LongerLook | None, points: Points, revision: int, now: datetime
) -> Look | LookClash:
    scales.check(LONG_SCALE, points)
    shown = _look(row)
    if shown.points == points:
        return shown
    if shown.revision != revision:
        return LookClash(shown)
    row = row or _begin(person_id, now)
    if not row.answers:
        row.begun_at = now
    # What holds nothing is none: it may not be offered to be read again.
    row.answers, row.saved_at, row.put_away_at = dict(points) or None, now, None
    row.revision += 1
    return _look(row)


def _begin(person_id: str, now: datetime) -> LongerLook:
    couple = couple_or_none(person_id)
    assert couple is not None
    row = LongerLook(
        person_id=person_id, couple_id=couple.id, begun_at=now, saved_at=now, revision=0
    )
    db.session.add(row)
    return row


def _asked_couple(person_id: str) -> CoupleView | None:
    """Return the couple a person may be asked about: one that has signed."""
    couple = couple_or_none(person_id) if settings().scales else None
    return couple if couple and version_in_force(couple.id) else None


def _is_asked(person_id: str) -> bool:
    """Whether a person reads the language in which the scale was published."""
    return items.is_asked_in(db.session.get_one(Person, person_id).language)


def _rows(person_id: str) -> Sequence[LongerLook]:
    query = select(LongerLook).where(LongerLook.person_id == person_id)
    return db.session.scalars(query.order_by(LongerLook.begun_at.desc(), LongerLook.id)).all()


def _of(rows: Sequence[LongerLook], couple: CoupleView | None) -> tuple[LongerLook, ...]:
    """Return those about one couple: with somebody else it begins anew."""
    return tuple(row for row in rows if couple is not None and row.couple_id == couple.id)


def _running(rows: Sequence[LongerLook], now: datetime) -> LongerLook | None:
    """Return the one being filled in; one left for half a year is not gone on with."""
    unfinished = (row for row in rows if row.finished_at is None)
    return next((row for row in unfinished if rules.is_recent(row.begun_at, now)), None)


def _next_on(rows: Sequence[LongerLook]) -> datetime | None:
    finished = [row.finished_at for row in rows if row.finished_at]
    return max(finished) + rules.HALF_YEAR if finished else None


def _look(row: LongerLook | None) -> Look:
    if row is None or not row.answers:
        return Look(revision=row.revision if row else 0)
    return Look(row.answers, row.revision, row.saved_at)


def _past(row: LongerLook) -> PastLook:
    points: Mapping[str, int | None] = row.answers or {}
    total = scales.total(LONG_SCALE, points) if row.finished_at else None
    said = scales.said_of(LONG_SCALE, total)
    return PastLook(row.begun_at, row.finished_at, points, total, said)
