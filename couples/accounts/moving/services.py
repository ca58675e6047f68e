"""Another address for an account: typed here, confirmed by a letter, taken by a press (P1, E15).

Until that press the old address stays the account's, and nobody learns whether the new one has an
account of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from couples import tokens
from couples.accounts import rules
from couples.accounts.addresses import index_of
from couples.accounts.events.services import note
from couples.accounts.models import AddressChange, Person
from couples.accounts.services import end_sessions, lock_person
from couples.accounts.services_caps import id_unless_there, may_write_to
from couples.accounts.services_moves import void_moves, waiting_move
from couples.accounts.services_passwords import use_up_resets
from couples.accounts.services_signup import AddressTaken, LinkGone, person_id_of
from couples.accounts.signals import readdressed, wanted
from couples.db import db, transaction
from couples.errors import NotFound
from couples.mail import outbox, suppression
from couples.mail.models import SuppressionReason


@dataclass(frozen=True, slots=True, repr=False)
class Move:
    """The address an account is about to have."""

    address: str


@transaction()
def ask_for_address(
    person_id: str, address: str, now: datetime, *, press: str | None = None
) -> None:
    """Write down a new address and post its letter; whether it has an account is not looked at.

    An address typed before is void. Which of two letters is sent is decided when it is composed.
    One press asks once.
    """
    lock_person(person_id)
    index = index_of(address)
    row_id = id_unless_there(AddressChange, press, now, index, person_id)
    if row_id is None:
        return
    may_write = may_write_to(index, "confirm", now)
    asked = _written_down(row_id, person_id, address, now, may_write=may_write)
    if may_write:
        until, key = asked.expires_at, f"confirm:{row_id}"
        outbox.post("confirm", key=key, about_id=row_id, not_after=until, now=now)


def _written_down(
    row_id: str, person_id: str, address: str, now: datetime, *, may_write: bool
) -> AddressChange:
    """Note it in any case: nobody learns here that an address has had its letters for today.

    Only where no letter goes, and the same address waits already, its earlier letter stays good.
    """
    waiting, index = waiting_move(person_id, now), index_of(address)
    is_again = not may_write and waiting is not None and waiting.address_index == index
    if not is_again:
        void_moves(person_id, now)
    asked = AddressChange(
        id=row_id,
        person_id=person_id,
        address_index=index,
        address=address,
        asked_at=now,
        expires_at=now if is_again else now + rules.LINK_LASTS,
    )
    db.session.add(asked)
    note(person_id, "address_asked", now)
    return asked


def waiting(person_id: str, now: datetime) -> Move | None:
    """Return the address that was typed and may still be taken."""
    found = waiting_move(person_id, now)
    return Move(found.address) if found else None


@transaction()
def give_up(person_id: str, now: datetime) -> None:
    """Keep the address; the one that was typed can be taken by nobody any more."""
    lock_person(person_id)
    void_moves(person_id, now)


def look_at_move(person_id: str, token: str, now: datetime) -> Move:
    """Return what a link is about, or raise LinkGone, AddressTaken or, where not theirs, NotFound.

    That an address is taken is said only to whoever reads its mail.
    """
    return Move(_asked(person_id, token, now).address)


def move(person_id: str, token: str, *, session_id: str, now: datetime) -> Move:
    """Give the account the address of the link; of two who take the same one, one does."""
    try:
        return _move(person_id, token, session_id, now)
    except IntegrityError as problem:
        raise AddressTaken from problem


@transaction()
def _move(person_id: str, token: str, session_id: str, now: datetime) -> Move:
    lock_person(person_id)
    change = _asked(person_id, token, now)
    person = db.session.get_one(Person, person_id, populate_existing=True)
    taken, taken_index = change.address, change.address_index
    was_unwanted = _leave(person.address_index, now)
    # From here on the row says where the letter about it goes: to the address before.
    change.used_at = now
    change.address, change.address_index = person.address, person.address_index
    person.address, person.address_index, person.returned_at = taken, taken_index, None
    db.session.flush()
    # Whoever read this letter wants letters, whatever was said at the mailbox before.
    suppression.forget(taken_index)
    use_up_resets(taken_index, now)
    void_moves(person_id, now)
    end_sessions(person_id, now, but=session_id)
    note(person_id, "address_changed", now)
    # Not capped: it is the only word the old mailbox gets, and each takes a confirmed address.
    outbox.post("changed", key=f"changed:{change.id}", about_id=change.id, now=now)
    readdressed.send(person_id=person_id, now=now)
    if was_unwanted:
        wanted.send(person_id=person_id)
    return Move(taken)


def _leave(address_index: str, now: datetime) -> bool:
    """Void what lies in the old mailbox; return whether letters were unwanted there."""
    use_up_resets(address_index, now)
    suppression.let_go(address_index)
    return suppression.is_suppressed(address_index) is SuppressionReason.COMPLAINT


def _asked(person_id: str, token: str, now: datetime) -> AddressChange:
    row_id, _generation = tokens.read("address", token)
    found = db.session.get(AddressChange, row_id, populate_existing=True)
    if found is None or found.person_id != person_id:
        raise NotFound
    if found.used_at or now >= found.expires_at:
        raise LinkGone
    # One's own by now: the same link, pressed at the same moment in another window.
    if person_id_of(found.address_index) not in {None, person_id}:
        raise AddressTaken
    return found
