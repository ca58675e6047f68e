"""What goes with an account, and the emptied row that stays (rules A10, S5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select

from couples.accounts.models import (
    AccountEvent,
    AddressChange,
    Authenticator,
    Challenge,
    LoginSession,
    Passkey,
    Person,
    PersonalKey,
    RecoveryCode,
    Reset,
    SignUp,
)
from couples.accounts.services import lock_person
from couples.accounts.signals import erased
from couples.db import UNSYNCHRONIZED, db, transaction
from couples.mail import outbox, suppression
from couples.mail.models import OutboxLetter

# A request that was under way when its account went may write for so long at most.
UNDER_WAY = timedelta(hours=2)
WAYS_IN = (
    LoginSession, Passkey, Challenge, Authenticator, RecoveryCode, AddressChange, AccountEvent,
    PersonalKey,
)  # fmt: skip


def hold(person_id: str, *which: ColumnElement[bool]) -> bool:
    """Lock an account that is still there; whoever links it meanwhile waits."""
    # Not against rows that merely name this person: they are written under other locks.
    query = select(Person.id).where(Person.id == person_id, Person.erased_at.is_(None), *which)
    return db.session.scalar(query.with_for_update(key_share=True)) is not None


def empty(person_id: str, now: datetime) -> None:
    """Let everything of a person go, in the caller's transaction; their row stays, emptied.

    Done again it changes nothing more.
    """
    erased.send(person_id=person_id, now=now)
    outbox.forget(OutboxLetter.person_id == person_id)
    _forget_ways_in(person_id)
    person = db.session.get_one(Person, person_id, populate_existing=True)
    _forget_address(person.address_index)
    # No address that is ever typed has this fingerprint; the old one is free for a new account.
    person.address_index = f"erased:{person.id}"
    person.address, person.name, person.password_hash = "", "", ""
    person.language, person.zone = "en", "UTC"
    person.started_at = person.returned_at = person.erase_at = person.kept_for_months = None
    person.erased_at = person.created_at = person.erased_at or now


def _forget_ways_in(person_id: str) -> None:
    """Forget every session, key and code, what happened to them, and addresses to come."""
    mine = AddressChange.person_id == person_id
    outbox.forget(OutboxLetter.about_id.in_(select(AddressChange.id).where(mine)))
    for model in WAYS_IN:
        gone = delete(model).where(model.person_id == person_id)
        db.session.execute(gone, execution_options=UNSYNCHRONIZED)


def _forget_address(address_index: str) -> None:
    """Forget wishes typed with this address, their letters, and that its mailbox was missing.

    How many letters an address was sent today stays counted for the day (rule P3). That it wants
    none stays as a fingerprint, as a block does; whoever signs up with it anew undoes that.
    """
    suppression.let_go(address_index)
    for model in (SignUp, Reset):
        typed = model.address_index == address_index
        outbox.forget(OutboxLetter.about_id.in_(select(model.id).where(typed)))
        db.session.execute(delete(model).where(typed), execution_options=UNSYNCHRONIZED)


def sweep_erased(now: datetime) -> None:
    """Let go what requests that were under way wrote after their account had gone."""
    for person_id in erased_lately(now):
        _empty_again(person_id, now)


def erased_lately(now: datetime) -> list[str]:
    """Return who went so lately that a request may still have been under way."""
    lately = select(Person.id).where(Person.erased_at > now - UNDER_WAY)
    return list(db.session.scalars(lately))


@transaction()
def _empty_again(person_id: str, now: datetime) -> None:
    # One at a time: the locks of two would be taken out of order.
    lock_person(person_id)
    empty(person_id, now)
