"""What a person says about themselves, and what is swept away when it has run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select

from couples.accounts import rules
from couples.accounts.models import (
    AddressChange,
    AddressedLetter,
    Authenticator,
    Challenge,
    LoginSession,
    Person,
    Reset,
    SignUp,
)
from couples.accounts.signals import moved
from couples.db import db, transaction
from couples.errors import NotFound
from couples.mail.models import UNFINISHED, OutboxLetter

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Profile:
    """Name, address, language and zone of one person, for that person."""

    name: str
    address: str
    language: str
    zone: str


def profile(person_id: str) -> Profile:
    """Return what the person said about themselves."""
    person = _person(person_id)
    return Profile(person.name, person.address, person.language, person.zone)


@transaction()
def change_profile(person_id: str, *, name: str, language: str, zone: str, now: datetime) -> None:
    """Change name, language and time zone; later features hear of a new zone."""
    person = _person(person_id)
    has_moved = person.zone != zone
    person.name, person.language, person.zone = name, language, zone
    if has_moved:
        db.session.flush()
        moved.send(person_id=person_id, now=now)


@transaction()
def sweep(now: datetime) -> None:
    """Forget used and outdated links, counts of letters, and sessions long ended."""
    old = now - KEPT_FOR
    db.session.execute(delete(SignUp).where(SignUp.expires_at < old))
    db.session.execute(delete(Reset).where(Reset.expires_at < old))
    db.session.execute(delete(AddressedLetter).where(AddressedLetter.posted_at < now - rules.DAY))
    db.session.execute(delete(AddressChange).where(AddressChange.expires_at < old, ~_is_to_tell()))
    db.session.execute(delete(Challenge).where(Challenge.expires_at <= now))
    gone = or_(LoginSession.ended_at < old, LoginSession.used_at < now - rules.KEPT - KEPT_FOR)
    db.session.execute(delete(LoginSession).where(gone))
    unfinished = Authenticator.confirmed_at.is_(None), Authenticator.made_at < now - rules.DAY
    db.session.execute(delete(Authenticator).where(*unfinished))


def _is_to_tell() -> ColumnElement[bool]:
    """Whether the letter about a change has not gone yet: the row says where to."""
    unfinished = OutboxLetter.state.in_(UNFINISHED)
    about = select(OutboxLetter.id).where(OutboxLetter.about_id == AddressChange.id)
    return about.where(unfinished).exists()


def _person(person_id: str) -> Person:
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person
