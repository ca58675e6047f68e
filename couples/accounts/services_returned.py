"""Letters that do not reach a person: told to that person alone, in the app (rule S2)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from couples.accounts.models import Person
from couples.accounts.signals import wanted
from couples.db import db, transaction
from couples.mail.models import SuppressionReason
from couples.mail.suppression import forget, is_suppressed


@transaction()
def on_returned(_sender: object, *, address_index: str, now: datetime) -> None:
    """Note since when letters to an address come back, where it is somebody's."""
    theirs = update(Person).where(Person.address_index == address_index)
    db.session.execute(theirs.where(Person.returned_at.is_(None)).values(returned_at=now))


@transaction()
def on_delivered_again(_sender: object, *, address_index: str) -> None:
    """Note that letters arrive again."""
    theirs = update(Person).where(Person.address_index == address_index)
    db.session.execute(theirs.where(Person.returned_at.is_not(None)).values(returned_at=None))


def on_complained(_sender: object, *, address_index: str, now: datetime, **_letter: object) -> None:
    """Note that nothing reaches this person any more, where the address is somebody's."""
    on_returned(None, address_index=address_index, now=now)


def why_nothing_arrives(person_id: str) -> SuppressionReason | None:
    """Return why a person gets no letters, or None where they do."""
    return is_suppressed(_address_index(person_id))


@transaction()
def write_again(person_id: str) -> None:
    """Send letters to a person's own address again: they say that it is fine."""
    was_unwanted = why_nothing_arrives(person_id) is SuppressionReason.COMPLAINT
    _lift(_address_index(person_id))
    if was_unwanted:
        wanted.send(person_id=person_id)


@transaction()
def take_back_complaint(person_id: str) -> None:
    """Send letters again to a person who wants them; a mailbox that is missing stays so."""
    if why_nothing_arrives(person_id) is SuppressionReason.COMPLAINT:
        _lift(_address_index(person_id))


def _lift(address_index: str) -> None:
    forget(address_index)
    on_delivered_again(None, address_index=address_index)


def _address_index(person_id: str) -> str:
    return db.session.scalars(select(Person.address_index).where(Person.id == person_id)).one()
