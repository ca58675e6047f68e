"""Signing out other browsers: by their person, or by whoever runs the server when asked to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, union

from couples.accounts.addresses import index_of_typed
from couples.accounts.events.services import note
from couples.accounts.models import AddressChange, Person
from couples.accounts.services import end_own_session, end_sessions, lock_person
from couples.accounts.services_moves import void_moves
from couples.db import db, transaction


@transaction()
def sign_out_one(person_id: str, session_id: str, now: datetime) -> None:
    """End one of the person's sessions, or raise NotFound: also for somebody else's."""
    if end_own_session(person_id, session_id, now):
        note(person_id, "signed_out_elsewhere", now)


@transaction()
def sign_out_elsewhere(person_id: str, now: datetime, *, here: str | None = None) -> None:
    """End all sessions of a person, except the one they sit at, and what one of them began."""
    void_moves(person_id, now)
    if end_sessions(person_id, now, but=here):
        note(person_id, "signed_out_elsewhere", now)


def sign_out_address(typed: str, now: datetime) -> None:
    """End every session of the account with this address; where there is none, nothing happens.

    For some days it may be the address before as well: whoever lost their account by a change
    they did not make knows no other.
    """
    for person_id in persons_of(typed):
        _sign_out(person_id, now)


def persons_of(typed: str) -> list[str]:
    """Return who has an address, or had it until lately."""
    index = index_of_typed(typed)
    before = AddressChange.address_index == index, AddressChange.used_at.is_not(None)
    theirs = union(
        select(Person.id).where(Person.address_index == index),
        select(AddressChange.person_id).where(*before),
    )
    return sorted(db.session.scalars(theirs))


@transaction()
def _sign_out(person_id: str, now: datetime) -> None:
    lock_person(person_id)
    sign_out_elsewhere(person_id, now)
