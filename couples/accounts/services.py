"""Sessions: a row for each signed-in browser, found by the hash of a token only it knows."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, update

from couples.accounts import rules
from couples.accounts.models import LoginSession, Person
from couples.db import db, transaction
from couples.errors import NotFound


@dataclass(frozen=True, slots=True)
class Found:
    """The session a token belongs to, and whose it is."""

    session_id: str
    person_id: str
    name: str
    language: str
    zone: str
    started: bool
    # When they proved last that it is them.
    proved_at: datetime
    # Nothing reaches their mailbox: it comes back, or was called unwanted.
    unreached: bool


@dataclass(frozen=True, slots=True)
class SessionView:
    """One signed-in browser as its owner sees it; no address, no device name (nobody's trail)."""

    id: str
    began_at: datetime
    used_at: datetime
    here: bool


# Every page asks this first: bare columns, and made once, since making it takes longer than asking.
_sessions, _persons = LoginSession.__table__.c, Person.__table__.c
_OF_TOKEN = (
    db.select(
        _sessions.id, _sessions.person_id, _sessions.keep, _sessions.began_at, _sessions.used_at,
        _sessions.proved_at, _sessions.ended_at, _persons.name_sealed, _persons.language,
        _persons.zone, _persons.started_at, _persons.returned_at, _persons.erase_at,
    )
    .join(Person.__table__, _persons.id == _sessions.person_id)
    .where(_sessions.token_hash == bindparam("token_hash"))
)  # fmt: skip


@transaction()
def begin_session(person_id: str, *, keep: bool, now: datetime) -> str:
    """Begin a session and return its token, which no table holds."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        LoginSession(
            person_id=person_id,
            token_hash=hash_of(token),
            keep=keep,
            began_at=now,
            used_at=now,
            proved_at=now,
        )
    )
    return token


def find_session(token: str, now: datetime) -> Found | None:
    """Return the living session of a token, and note its use now and then."""
    row = db.session.execute(_OF_TOKEN, {"token_hash": hash_of(token)}).first()
    if row is None or not _lives(row, now) or is_gone(row.erase_at, now):
        return None
    found = Found(
        session_id=row.id,
        person_id=row.person_id,
        name=Person.name.opened(row.name_sealed, row.person_id, row.person_id),
        language=row.language,
        zone=row.zone,
        started=row.started_at is not None,
        proved_at=row.proved_at,
        unreached=row.returned_at is not None,
    )
    if rules.notes_use(row.used_at, now):
        note_use(row.id, now)
    return found


def is_gone(erase_at: datetime | None, now: datetime) -> bool:
    """Whether the day has come that somebody planned to be erased on; the clock may be late."""
    return erase_at is not None and erase_at <= now


def person_of(token: str) -> str | None:
    """Return whose session a token belongs to, or did before it ended."""
    query = db.select(LoginSession.person_id).where(LoginSession.token_hash == hash_of(token))
    found: str | None = db.session.scalar(query)
    return found


@transaction()
def note_use(session_id: str, now: datetime) -> None:
    """Write when a session was used last, unless it has ended meanwhile."""
    _change(LoginSession.id == session_id, used_at=now)


@transaction()
def prove_session(session_id: str, now: datetime) -> str | None:
    """Note that its person has just proved who they are; return the token it has from now on.

    None where the session has ended meanwhile. The earlier token is void: a copied one is too.
    """
    token = secrets.token_urlsafe(32)
    mine = update(LoginSession).where(
        LoginSession.id == session_id, LoginSession.ended_at.is_(None)
    )
    fresh = mine.values(token_hash=hash_of(token), proved_at=now).returning(LoginSession.id)
    return token if db.session.execute(fresh).first() else None


@transaction()
def end_session(session_id: str, now: datetime) -> None:
    """End one session at once: a copied cookie is dead too."""
    _change(LoginSession.id == session_id, ended_at=now, personal_key=None)


@transaction()
def end_own_session(person_id: str, session_id: str, now: datetime) -> bool:
    """End one of the person's sessions, or raise NotFound: also for somebody else's.

    Return whether it had not ended before: the button may be pressed twice.
    """
    this = LoginSession.id == session_id, LoginSession.person_id == person_id
    if db.session.scalar(db.select(LoginSession.id).where(*this)) is None:
        raise NotFound
    return _change(*this, ended_at=now, personal_key=None)


@transaction()
def end_sessions(person_id: str, now: datetime, *, but: str | None = None) -> bool:
    """End all sessions of a person, except the one they sit at; return whether there was any."""
    theirs = LoginSession.person_id == person_id, LoginSession.id != (but or "")
    return _change(*theirs, ended_at=now, personal_key=None)


def sessions_of(person_id: str, now: datetime, *, here: str) -> list[SessionView]:
    """Return the person's living sessions, the one used last first."""
    query = db.select(LoginSession).where(
        LoginSession.person_id == person_id, LoginSession.ended_at.is_(None)
    )
    rows = db.session.scalars(query.order_by(LoginSession.used_at.desc(), LoginSession.id))
    return [
        SessionView(row.id, row.began_at, row.used_at, row.id == here)
        for row in rows
        if _lives(row, now)
    ]


def lock_person(person_id: str) -> None:
    """Let acts of one person stand in a row: two tabs cannot both begin the sixth need."""
    query = db.select(Person.id).where(Person.id == person_id)
    # Rows that merely name the person may be written meanwhile, under other locks.
    if db.session.scalar(query.with_for_update(key_share=True)) is None:
        raise NotFound


def hash_of(token: str) -> str:
    """Return what a table may hold of a token; 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _lives(session: LoginSession | Row[Any], now: datetime) -> bool:
    return session.ended_at is None and rules.is_living(
        session.began_at, session.used_at, session.keep, now
    )


def _change(*which: ColumnElement[bool], **values: datetime | None) -> bool:
    living = update(LoginSession).where(LoginSession.ended_at.is_(None), *which)
    return bool(db.session.execute(living.values(**values).returning(LoginSession.id)).all())
