"""What goes with an account, and the emptied row that stays (rules A10, S5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from couples.accounts import passwords
from couples.accounts.models import LoginSession, Person, Reset, SignUp
from couples.accounts.services import lock_person
from couples.accounts.signals import erased
from couples.db import UNSYNCHRONIZED, db, transaction
from couples.mail import outbox, suppression
from couples.mail.models import OutboxLetter

# A request that was under way when its account went may write for so long at most.
UNDER_WAY = timedelta(hours=2)


def proof(person_id: str, password: str) -> str | None:
    """Return what the typed password fits, or None where it is wrong.

    Outside any transaction: checking takes long, and SQLite has one writer.
    """
    query = select(Person.password_hash).where(Person.id == person_id)
    kept: str | None = db.session.scalar(query)
    return kept if kept and passwords.fits(password, kept) else None


def hold(person_id: str, kept: str) -> bool:
    """Lock an account whose password is still the proven one; whoever links it meanwhile waits."""
    # Not against rows that merely name this person: they are written under other locks.
    query = select(Person.id).where(Person.id == person_id, Person.password_hash == kept)
    return db.session.scalar(query.with_for_update(key_share=True)) is not None


def empty(person_id: str, now: datetime) -> None:
    """Let everything of a person go, in the caller's transaction; their row stays, emptied.

    Done again it changes nothing more.
    """
    erased.send(person_id=person_id, now=now)
    db.session.execute(delete(LoginSession).where(LoginSession.person_id == person_id))
    outbox.forget(OutboxLetter.person_id == person_id)
    person = db.session.get_one(Person, person_id, populate_existing=True)
    _forget_address(person.address_index)
    # No address that is ever typed has this fingerprint; the old one is free for a new account.
    person.address_index = f"erased:{person.id}"
    person.address, person.name, person.password_hash = "", "", ""
    person.language, person.zone = "en", "UTC"
    person.started_at = person.returned_at = None
    person.erased_at = person.created_at = person.erased_at or now


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
    lately = select(Person.id).where(Person.erased_at > now - UNDER_WAY)
    for person_id in list(db.session.scalars(lately)):
        _empty_again(person_id, now)


@transaction()
def _empty_again(person_id: str, now: datetime) -> None:
    # One at a time: the locks of two would be taken out of order.
    lock_person(person_id)
    empty(person_id, now)
