"""A person's own key: made, wrapped with what their password gives, and wrapped anew (A4).

Neither the database nor the server's keys open it. Stretching a password takes long, so it is done
outside any transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from couples.accounts import passwords
from couples.accounts.models import LoginSession, Person, PersonalKey
from couples.accounts.personal_key import wrapping
from couples.accounts.personal_key.wrapping import CannotUnwrap
from couples.accounts.services import lock_person
from couples.db import db, new_id, transaction
from couples.errors import Refusal

LATELY = timedelta(hours=2)


@dataclass(frozen=True, slots=True, repr=False)
class OpenKey:
    """A person's own key, in the memory of one request."""

    id: str
    key: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Wrapped:
    """A key as it is kept."""

    salt: bytes
    cost: str
    wrapped: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A new key that nobody has yet, and what the password it was made with fits."""

    person_id: str
    kept: str
    key: OpenKey
    wrapped: Wrapped


@dataclass(frozen=True, slots=True, repr=False)
class Rewrapped:
    """How a key was wrapped, and how it will be; nothing where the password did not open it."""

    before: bytes | None
    after: Wrapped | None


def has_key(person_id: str) -> bool:
    """Whether a person has a key of their own."""
    return id_of(person_id) is not None


def id_of(person_id: str) -> str | None:
    """Return which key a person has, if any."""
    found: str | None = db.session.scalar(
        select(PersonalKey.id).where(PersonalKey.person_id == person_id)
    )
    return found


def made_lately(now: datetime) -> bool:
    """Whether a key was made so lately that what it locks may still lie about as it was before."""
    lately = select(PersonalKey.id).where(PersonalKey.made_at > now - LATELY)
    return db.session.scalar(lately.limit(1)) is not None


def make(person_id: str, password: str) -> Made | None:
    """Make a key for somebody who knows their password; nothing is written yet."""
    kept = passwords.proven(person_id, password)
    if kept is None:
        return None
    key = OpenKey(new_id(), wrapping.new_key())
    return Made(person_id, kept, key, _wrap(person_id, key, password))


@transaction()
def keep(made: Made, now: datetime) -> bool:
    """Keep a new key; False where there is one, or the password was changed meanwhile."""
    lock_person(made.person_id)
    mine = select(Person.id).where(Person.id == made.person_id, Person.password_hash == made.kept)
    if db.session.scalar(mine) is None or has_key(made.person_id):
        return False
    values = {"id": made.key.id, "person_id": made.person_id, "made_at": now, "changed_at": now}
    wrapped = made.wrapped
    db.session.add(
        PersonalKey(salt=wrapped.salt, cost=wrapped.cost, wrapped=wrapped.wrapped, **values)
    )
    db.session.flush()
    return True


def unlocked(person_id: str, password: str) -> OpenKey | None:
    """Return the key where the password opens it; slow, nothing is written."""
    row = _row(person_id)
    if row is None:
        return None
    key_id, salt, cost, wrapped = row.id, row.salt, wrapping.to_cost(row.cost), row.wrapped
    by = passwords.stretched(password, salt, cost)
    try:
        return OpenKey(key_id, wrapping.unwrap(wrapped, by, "password", person_id, key_id))
    except CannotUnwrap:
        return None


def rewrapped(person_id: str, password: str, fresh: str) -> Rewrapped:
    """Wrap the key that a password opens with another one; slow, nothing is written."""
    row = _row(person_id)
    before = row.wrapped if row else None
    key = unlocked(person_id, password)
    return Rewrapped(before, _wrap(person_id, key, fresh) if key else None)


def put(person_id: str, found: Rewrapped, now: datetime) -> None:
    """Keep the key as it was wrapped anew, in the caller's transaction, under the person's lock.

    Refused where the key was made, changed or taken away meanwhile.
    """
    row = _row(person_id)
    if (row.wrapped if row else None) != found.before:
        raise Refusal
    if row is not None and found.after is not None:
        row.salt, row.cost = found.after.salt, found.after.cost
        row.wrapped, row.changed_at = found.after.wrapped, now


@transaction()
def bring_along(person_id: str, found: Rewrapped, now: datetime) -> None:
    """Keep a key that an older password opened, wrapped with today's."""
    lock_person(person_id)
    put(person_id, found, now)


@transaction()
def let_go(person_id: str, now: datetime) -> None:
    """Forget a person's key wherever it is; what it locks can be opened by nobody then."""
    lock_person(person_id)
    everywhere = update(LoginSession).where(LoginSession.person_id == person_id)
    db.session.execute(everywhere.values(personal_key=None))
    db.session.execute(delete(PersonalKey).where(PersonalKey.person_id == person_id))


def _row(person_id: str) -> PersonalKey | None:
    query = select(PersonalKey).where(PersonalKey.person_id == person_id)
    found: PersonalKey | None = db.session.scalar(query.execution_options(populate_existing=True))
    return found


def _wrap(person_id: str, key: OpenKey, password: str) -> Wrapped:
    salt, cost = wrapping.new_salt(), passwords.cost_now()
    by = passwords.stretched(password, salt, cost)
    wrapped = wrapping.wrap(key.key, by, "password", person_id, key.id)
    return Wrapped(salt, wrapping.to_text(cost), wrapped)
