"""Signing in, forgetting and changing a password (rules P2, P3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update

from couples import tokens
from couples.accounts import passwords, rules
from couples.accounts.addresses import index_of, index_of_typed
from couples.accounts.events.services import Kind, note
from couples.accounts.models import Authenticator, Person, Reset
from couples.accounts.personal_key import services as personal_key
from couples.accounts.personal_key.services import Rewrapped
from couples.accounts.services import begin_session, is_gone, lock_person
from couples.accounts.services_caps import id_unless_there, may_write_to
from couples.accounts.services_changed import announce
from couples.accounts.services_signup import LinkGone
from couples.db import db, transaction
from couples.errors import NotFound
from couples.mail import outbox


@dataclass(frozen=True, slots=True)
class Known:
    """What a password must not contain: words that belong to its person."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Half:
    """Whose password was right, and who still owes a code: void once the password is another."""

    person_id: str
    seal: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose password a letter's link may set, and whether a code is asked for as well."""

    person_id: str
    knows: Known
    asks_code: bool


class WrongCode(Exception):
    """A new password was chosen by a link, but the second step was not taken."""


def sign_in(address: str, password: str, *, keep: bool, now: datetime) -> str | Half | None:
    """Return a new session's token, or None where address and password do not match.

    The same path is taken whether or not the address has an account. Where codes are asked for,
    no session begins yet.
    """
    query = db.select(Person.id, Person.password_hash, Person.erase_at)
    mine = query.where(Person.address_index == index_of_typed(address))
    person = db.session.execute(mine).first()
    is_here = person is not None and not is_gone(person.erase_at, now)
    kept = person.password_hash if person and is_here else None
    if not passwords.fits(password, kept) or person is None or kept is None:
        return None
    fresh = passwords.hash_password(password) if passwords.is_outdated(kept) else kept
    return _begin(person.id, kept, fresh, keep, now)


@transaction()
def _begin(person_id: str, kept: str, fresh: str, keep: bool, now: datetime) -> str | Half | None:
    """Begin a session unless the password was changed while it was being checked.

    The person's row is locked by this: nobody turns codes on between looking and going in.
    """
    same = update(Person).where(Person.id == person_id, Person.password_hash == kept)
    if not db.session.execute(same.values(password_hash=fresh).returning(Person.id)).first():
        return None
    if asks_for_code(person_id):
        return Half(person_id, seal_of(fresh))
    return go_in(person_id, keep=keep, now=now)


@transaction()
def go_in(person_id: str, *, keep: bool, now: datetime) -> str:
    """Begin a session of somebody who has done all that was asked; note it for them alone."""
    note(person_id, "signed_in", now)
    return begin_session(person_id, keep=keep, now=now)


def asks_for_code(person_id: str) -> bool:
    """Whether a password alone is not enough for this person."""
    query = select(Authenticator.id).where(
        Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None)
    )
    return db.session.scalar(query) is not None


def seal_of(password_hash: str) -> str:
    """Return what stands for a password in the mark of a browser, and fits no other password."""
    return tokens.fingerprint("second", password_hash).hex()


@transaction()
def ask_for_reset(address: str, now: datetime, *, press: str | None = None) -> None:
    """Write down the wish for a new password and post its letter, account or none; a press once."""
    index = index_of(address)
    row_id = id_unless_there(Reset, press, now, index)
    if row_id is None or not may_write_to(index, "reset", now):
        return
    until = now + rules.LINK_LASTS
    wish = Reset(id=row_id, address_index=index, asked_at=now, expires_at=until)
    db.session.add(wish)
    outbox.post(
        "reset", key=f"reset:{wish.id}", about_id=wish.id, not_after=wish.expires_at, now=now
    )


def look_at_reset(token: str, now: datetime) -> Wish:
    """Return whose password a link may set, or raise LinkGone or NotFound."""
    person = _resettable(token, now)
    return Wish(person.id, Known(person.name, person.address), asks_for_code(person.id))


def reset(
    token: str, password: str, now: datetime, *, second: Callable[[str], bool] | None = None
) -> None:
    """Set a new password; every session ends, and a letter says that it was changed.

    Where codes are asked for, `second(person_id)` takes one, in the same transaction; without it
    nothing is changed, so who reads the mailbox alone changes nothing (WrongCode).
    """
    _resettable(token, now)
    _set_by_link(token, passwords.hash_password(password), now, second)


@transaction()
def _set_by_link(
    token: str, password_hash: str, now: datetime, second: Callable[[str], bool] | None
) -> None:
    person = _resettable(token, now, lock=True)
    if asks_for_code(person.id) and not (second and second(person.id)):
        raise WrongCode
    _set_password(person, password_hash, now, here=None, kind="password_reset")


def _resettable(token: str, now: datetime, *, lock: bool = False) -> Person:
    row_id, _generation = tokens.read("reset", token)
    wish = db.session.get(Reset, row_id, populate_existing=True, with_for_update=lock)
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
    own_key = personal_key.rewrapped(person_id, current, password)
    return _change(person_id, kept, fresh, own_key, session_id, now)


@transaction()
def _change(
    person_id: str, kept: str, fresh: str, own_key: Rewrapped, session_id: str, now: datetime
) -> bool:
    lock_person(person_id)
    person = _person(person_id)
    if person.password_hash != kept:
        return False
    personal_key.put(person_id, own_key, now)
    _set_password(person, fresh, now, here=session_id, kind="password_changed")
    return True


def _set_password(
    person: Person, password_hash: str, now: datetime, *, here: str | None, kind: Kind
) -> None:
    person.password_hash = password_hash
    use_up_resets(person.address_index, now)
    announce(person.id, kind, now, here=here)


def use_up_resets(address_index: str, now: datetime) -> None:
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
