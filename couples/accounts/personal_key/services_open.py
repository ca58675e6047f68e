"""A person's own key while it is open: in one session, for ten minutes after its last use (A4).

There it is wrapped with what only that browser's cookie has. In front of it stands when it was used
last, in 8 bytes, so that bytes sort as times.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from couples.accounts import rules
from couples.accounts.models import LoginSession, PersonalKey
from couples.accounts.personal_key import wrapping
from couples.accounts.personal_key.services import OpenKey, unlocked
from couples.accounts.personal_key.wrapping import CannotUnwrap
from couples.accounts.services import hash_of
from couples.db import db, transaction

STAMP_BYTES = 8


def open_with(person_id: str, password: str, token: str, now: datetime) -> bool:
    """Open the key for the session of this token; say whether the password opened it."""
    key = unlocked(person_id, password)
    if key is not None:
        hold(person_id, key, token, now)
    return key is not None


@transaction()
def hold(person_id: str, key: OpenKey, token: str, now: datetime) -> None:
    """Leave an open key in a session, readable with its token alone, from now on anew."""
    _put(person_id, key, token, _stamp(now))


def key_of(person_id: str, token: str, now: datetime) -> OpenKey | None:
    """Return the key that is open in this session, unless it was not used for ten minutes."""
    found = _held(person_id, token)
    is_fresh = found is not None and _oldest(now) < found[1] <= _stamp(now)
    return found[0] if found and is_fresh else None


def use(person_id: str, token: str, now: datetime) -> OpenKey | None:
    """Return the key that is open in this session, and let it stay open for ten minutes more."""
    key = key_of(person_id, token, now)
    if key is not None:
        hold(person_id, key, token, now)
    return key


@transaction()
def follow(person_id: str, old: str, fresh: str) -> None:
    """Let a key that is open go on with its session's fresh token, for as long as it had."""
    found = _held(person_id, fresh, wrapped_by=old)
    if found is not None:
        _put(person_id, found[0], fresh, found[1])


@transaction()
def close(person_id: str) -> None:
    """Close a person's key in all their sessions."""
    mine = update(LoginSession).where(LoginSession.person_id == person_id)
    db.session.execute(mine.values(personal_key=None))


@transaction()
def sweep(now: datetime) -> None:
    """Close keys that were open for longer than anybody used them."""
    too_long = update(LoginSession).where(LoginSession.personal_key <= _oldest(now))
    db.session.execute(too_long.values(personal_key=None))


def _put(person_id: str, key: OpenKey, token: str, stamp: bytes) -> None:
    mine = (
        LoginSession.token_hash == hash_of(token),
        LoginSession.person_id == person_id,
        LoginSession.ended_at.is_(None),
    )
    session_id = db.session.scalar(select(LoginSession.id).where(*mine))
    if session_id is not None:
        place = ("session", person_id, session_id, key.id, stamp.hex())
        held = stamp + wrapping.wrap(key.key, wrapping.from_token(token), *place)
        db.session.execute(update(LoginSession).where(*mine).values(personal_key=held))


def _held(
    person_id: str, token: str, wrapped_by: str | None = None
) -> tuple[OpenKey, bytes] | None:
    mine = select(LoginSession.id, LoginSession.personal_key, PersonalKey.id.label("key_id"))
    row = db.session.execute(
        mine.join(PersonalKey, PersonalKey.person_id == LoginSession.person_id).where(
            LoginSession.token_hash == hash_of(token),
            LoginSession.person_id == person_id,
            LoginSession.ended_at.is_(None),
        )
    ).first()
    if row is None or row.personal_key is None:
        return None
    return _opened(row.personal_key, wrapped_by or token, person_id, row.id, row.key_id)


def _opened(
    held: bytes, token: str, person_id: str, session_id: str, key_id: str
) -> tuple[OpenKey, bytes] | None:
    stamp, rest = held[:STAMP_BYTES], held[STAMP_BYTES:]
    place = ("session", person_id, session_id, key_id, stamp.hex())
    try:
        key = wrapping.unwrap(rest, wrapping.from_token(token), *place)
    except CannotUnwrap:
        return None
    return OpenKey(key_id, key), stamp


def _stamp(at: datetime) -> bytes:
    return int(at.timestamp()).to_bytes(STAMP_BYTES, "big")


def _oldest(now: datetime) -> bytes:
    return _stamp(now - rules.PROOF_LASTS)
