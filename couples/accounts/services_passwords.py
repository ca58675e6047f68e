"""Signing in, forgetting and changing a password (rules P2, P3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from couples import tokens
from couples.accounts import passwords, rules
from couples.accounts.addresses import index_of, index_of_typed
from couples.accounts.models import Person, Reset
from couples.accounts.services import begin_session, end_sessions
from couples.accounts.services_caps import may_write_to
from couples.accounts.services_signup import LinkGone
from couples.db import db, new_id, transaction
from couples.errors import NotFound
from couples.mail import outbox


@dataclass(frozen=True, slots=True)
class Known:
    """What a password must not contain: words that belong to its person."""

    name: str
    address: str


def sign_in(address: str, password: str, *, keep: bool, now: datetime) -> str | None:
    """Return a new session's token, or None where address and password do not match.

    The same path is taken whether or not the address has an account.
    """
    query = db.select(Person.id, Person.password_hash)
    mine = query.where(Person.address_index == index_of_typed(address))
    person = db.session.execute(mine).first()
    kept = person.password_hash if person else None
    if not passwords.fits(password, kept) or person is None or kept is None:
        return None
    fresh = passwords.hash_password(password) if passwords.is_outdated(kept) else kept
    return _begin(person.id, kept, fresh, keep, now)


@transaction()
def _begin(person_id: str, kept: str, fresh: str, keep: bool, now: datetime) -> str | None:
    """Begin a session unless the password was changed while it was being checked."""
    same = update(Person).where(Person.id == person_id, Person.password_hash == kept)
    if not db.session.execute(same.values(password_hash=fresh).returning(Person.id)).first():
        return None
    return begin_session(person_id, keep=keep, now=now)


@transaction()
def ask_for_reset(address: str, now: datetime) -> None:
    """Write down the wish for a new password and post its letter, account or none."""
    index = index_of(address)
    if not may_write_to(index, "reset", now):
        return
    wish = Reset(address_index=index, asked_at=now, expires_at=now + rules.LINK_LASTS)
    db.session.add(wish)
    outbox.post(
        "reset", key=f"reset:{wish.id}", about_id=wish.id, not_after=wish.expires_at, now=now
    )


def look_at_reset(token: str, now: datetime) -> Known:
    """Return whose password a link may set, or raise LinkGone or NotFound."""
    person = _resettable(token, now)
    return Known(person.name, person.address)


def reset(token: str, password: str, now: datetime) -> None:
    """Set a new password; every session ends, and a letter says that it was changed."""
    _resettable(token, now)
    _set_by_link(token, passwords.hash_password(password), now)


@transaction()
def _set_by_link(token: str, password_hash: str, now: datetime) -> None:
    person = _resettable(token, now)
    _set_password(person, password_hash, now, here=None)


def _resettable(token: str, now: datetime) -> Person:
    row_id, _generation = tokens.read("reset", token)
    wish = db.session.get(Reset, row_id, populate_existing=True, with_for_update=True)
    if wish is None or wish.used_at or now >= wish.expires_at:
        raise LinkGone
    query = db.select(Person).where(Person.address_index == wish.address_index)
    person: Person | None = db.session.scalars(query).first()
    if person is None:
        raise LinkGone
    return person


def known(person_id: str) -> Known:
    """Return what this person's password must not contain."""
    person = _person(person_id)
    return Known(person.name, person.address)


def change_password(
    person_id: str, *, current: str, password: str, session_id: str, now: datetime
) -> bool:
    """Change the password if the current one is right; all other sessions end."""
    kept = _person(person_id).password_hash
    if not passwords.fits(current, kept):
        return False
    fresh = passwords.hash_password(password)
    return _change(person_id, kept, fresh, session_id, now)


@transaction()
def _change(person_id: str, kept: str, fresh: str, session_id: str, now: datetime) -> bool:
    person = _person(person_id)
    if person.password_hash != kept:
        return False
    _set_password(person, fresh, now, here=session_id)
    return True


def _set_password(person: Person, password_hash: str, now: datetime, here: str | None) -> None:
    person.password_hash = password_hash
    end_sessions(person.id, now, but=here)
    _use_up_resets(person.address_index, now)
    if may_write_to(person.address_index, "changed", now):
        outbox.post("changed", key=f"changed:{new_id()}", person_id=person.id, now=now)


def _use_up_resets(address_index: str, now: datetime) -> None:
    """Void every link to a new password: one that lies in a mailbox must not outlive this."""
    theirs = update(Reset).where(Reset.address_index == address_index, Reset.used_at.is_(None))
    voided = db.session.execute(theirs.values(used_at=now).returning(Reset.id))
    for reset_id in voided.scalars().all():
        outbox.cancel(about_id=reset_id, kinds=["reset"])


def _person(person_id: str) -> Person:
    person = db.session.get(Person, person_id, populate_existing=True)
    if person is None:
        raise NotFound
    return person
