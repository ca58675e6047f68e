"""What a calendar may know of a couple's talks, and the private address it reads that from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select

from couples import tokens
from couples.accounts.services import lock_person
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import CoupleView, couple_of, couple_or_none, locked_couple
from couples.talks.models import CalendarFeed, Talk

# Of a weekly talk that is more than a year: what lies further back calendars have no use for.
MOST = 60


@dataclass(frozen=True, slots=True, repr=False)
class Appointment:
    """One talk both said yes to, as far as a calendar may know it: when, and whether still."""

    uid: str
    starts_at: datetime
    minutes: int
    changed_at: datetime
    changes: int
    called_off: bool


def appointment(person_id: str, talk_id: str) -> Appointment:
    """Return one agreed talk of the person's couple, or raise NotFound."""
    found = _agreed(couple_of(person_id).id, Talk.id == talk_id)
    if not found:
        raise NotFound
    return _appointment(found[0], person_id)


def appointments(token: str) -> tuple[Appointment, ...]:
    """Return all that a private address gives; none once the link has ended."""
    feed_id, _generation = tokens.read("calendar", token)
    feed = db.session.get(CalendarFeed, feed_id)
    if feed is None:
        raise NotFound
    couple_id = _couple_id(feed.person_id)
    found = _agreed(couple_id) if couple_id and couple_id == feed.couple_id else []
    return tuple(_appointment(talk, feed.person_id) for talk in found)


def _couple_id(person_id: str) -> str | None:
    couple = couple_or_none(person_id)
    return couple.id if couple else None


def _agreed(couple_id: str, *which: ColumnElement[bool]) -> list[Talk]:
    """Return what both said yes to, a talk that was called off after that included."""
    query = select(Talk).where(Talk.couple_id == couple_id, Talk.agreed_at.is_not(None), *which)
    return list(db.session.scalars(query.order_by(Talk.starts_at.desc(), Talk.id).limit(MOST)))


def _appointment(talk: Talk, person_id: str) -> Appointment:
    assert talk.starts_at and talk.minutes and talk.agreed_at
    is_early = talk.is_early
    return Appointment(
        uid=_uid(talk.id, person_id),
        starts_at=talk.starts_at,
        minutes=talk.minutes,
        changed_at=talk.called_off_at or (talk.talked_at if is_early else None) or talk.agreed_at,
        changes=talk.changes,
        called_off=is_early or talk.called_off_at is not None,
    )


def _uid(talk_id: str, person_id: str) -> str:
    """Return what a calendar tells a talk by: always the same for one person's calendars.

    Each of the two gets another one, so that whoever keeps the calendars of both, as one
    employer or one provider may, cannot tell by it that the two belong together.
    """
    told = tokens.fingerprint("calendar.uid", f"{talk_id} {person_id}")
    return str(UUID(bytes=told[:16], version=4))


def address_token(person_id: str) -> str | None:
    """Return what stands in the person's private address, if there is one in this couple."""
    whose = {"person_id": person_id, "couple_id": _couple_id(person_id)}
    feed_id = db.session.scalar(select(CalendarFeed.id).filter_by(**whose))
    return tokens.make("calendar", feed_id) if feed_id else None


def may_make_address(person_id: str) -> bool:
    """Whether the person is in a link: without one an address would stay empty for good."""
    return couple_or_none(person_id) is not None


def has_address(person_id: str) -> bool:
    """Whether an address of the person's still answers, be it of a link that has ended."""
    feeds = select(CalendarFeed.id).filter_by(person_id=person_id)
    return db.session.scalar(feeds) is not None


@transaction()
def make_address(person_id: str, now: datetime) -> None:
    """Make the person's private address; one that is there stays."""
    couple = _locked(person_id)
    if address_token(person_id) is None:
        # One from an earlier couple would stay empty for good.
        _put_new(couple, now)


@transaction()
def replace_address(person_id: str, now: datetime) -> None:
    """Make another address; the earlier one is void."""
    _put_new(_locked(person_id), now)


@transaction()
def remove_address(person_id: str) -> None:
    """Take the address away, if there is one."""
    lock_person(person_id)
    _remove(person_id)


def _remove(person_id: str) -> None:
    db.session.execute(delete(CalendarFeed).filter_by(person_id=person_id))


def _locked(person_id: str) -> CoupleView:
    lock_person(person_id)
    return locked_couple(person_id)


def _put_new(couple: CoupleView, now: datetime) -> None:
    _remove(couple.me.person_id)
    mine = {"person_id": couple.me.person_id, "couple_id": couple.id}
    db.session.add(CalendarFeed(**mine, made_at=now))
