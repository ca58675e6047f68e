"""From a typed address to an account (rules P1, P2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from couples import tokens
from couples.accounts import passwords, rules
from couples.accounts.addresses import index_of
from couples.accounts.models import Person, SignUp
from couples.accounts.services import begin_session
from couples.accounts.services_caps import id_unless_there, may_write_to
from couples.db import db, transaction
from couples.errors import NotFound
from couples.mail import outbox, suppression


class LinkGone(Exception):
    """The letter's link was used or has run out; a fresh one can be asked for."""


class AddressTaken(Exception):
    """The address has an account already: said only to somebody who reads its mail."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A confirmed address that may become an account."""

    address: str


@transaction()
def ask_for_account(
    address: str, language: str, now: datetime, *, press: str | None = None
) -> None:
    """Write down a typed address and post its letter; whether it has an account is not looked at.

    Which of two letters is sent is decided when it is composed. One press asks once.
    """
    index = index_of(address)
    row_id = id_unless_there(SignUp, press, now, index)
    if row_id is None or not may_write_to(index, "confirm", now):
        return
    asked = SignUp(
        id=row_id,
        address_index=index,
        address=address,
        language=language,
        asked_at=now,
        expires_at=now + rules.LINK_LASTS,
    )
    db.session.add(asked)
    outbox.post(
        "confirm",
        key=f"confirm:{asked.id}",
        about_id=asked.id,
        not_after=asked.expires_at,
        now=now,
    )


def look_at_link(token: str, now: datetime) -> Asked:
    """Return what a confirming link is about, or raise LinkGone, AddressTaken or NotFound."""
    return Asked(_asked(token, now).address)


def confirm(
    token: str, *, name: str, password: str, language: str, zone: str, now: datetime
) -> str:
    """Make the account, sign in, and return the session's token."""
    _asked(token, now)
    # Before the transaction begins: hashing takes long, and SQLite has one writer.
    password_hash = passwords.hash_password(password)
    try:
        return _make_account(token, name, password_hash, language, zone, now)
    except IntegrityError as problem:
        raise AddressTaken from problem


@transaction()
def _make_account(
    token: str, name: str, password_hash: str, language: str, zone: str, now: datetime
) -> str:
    asked = _asked(token, now)
    person = Person(
        address_index=asked.address_index,
        address=asked.address,
        name=name,
        password_hash=password_hash,
        language=language,
        zone=zone,
        created_at=now,
    )
    asked.used_at = now
    # Whoever read this letter wants letters, whatever was said at the mailbox before.
    suppression.forget(asked.address_index)
    db.session.add(person)
    db.session.flush()
    return begin_session(person.id, keep=False, now=now)


def _asked(token: str, now: datetime) -> SignUp:
    row_id, _generation = tokens.read("confirm", token)
    found = db.session.get(SignUp, row_id, populate_existing=True)
    if found and person_id_of(found.address_index):
        raise AddressTaken
    if found is None or found.used_at or now >= found.expires_at:
        raise LinkGone
    return found


def person_id_of(address_index: str) -> str | None:
    """Return whose address this is, if it is anybody's."""
    query = db.select(Person.id).where(Person.address_index == address_index)
    found: str | None = db.session.scalar(query)
    return found


@transaction()
def begin(person_id: str, now: datetime) -> None:
    """Remember that the page about quick exit was read (rule L4)."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    person.started_at = person.started_at or now
