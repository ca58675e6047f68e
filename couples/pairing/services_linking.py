"""Answering an invite: looked at, accepted, declined, blocked (rules L1–L5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from couples.accounts.models import Person
from couples.db import db, insert, new_id, transaction
from couples.errors import NotFound
from couples.pairing import rules
from couples.pairing.models import Block, Couple, Invite, Membership
from couples.pairing.services import couple_or_none
from couples.pairing.services_invites import (
    AlreadyLinked,
    index_of_code,
    is_open,
    withdraw_all,
)
from couples.pairing.signals import linked

chance = SystemRandom()


class InviteGone(NotFound):
    """The invite is invalid, used, withdrawn, run out, one's own or for another address."""


@dataclass(frozen=True, slots=True)
class InviteView:
    """An open invite as the one who may accept it sees it."""

    code: str
    inviter: str
    mailed: bool
    linked: bool


def look_at(typed: str, person_id: str | None, now: datetime) -> InviteView:
    """Return the open invite of a code for this reader, or raise InviteGone for any reason."""
    invite = _open_for(typed, person_id, now)
    inviter = db.session.get(Person, invite.inviter_id)
    if inviter is None:
        raise InviteGone
    already = bool(person_id and couple_or_none(person_id))
    code = rules.in_groups(invite.code)
    return InviteView(code, inviter.name, invite.address_index is not None, already)


def _open_for(typed: str, person_id: str | None, now: datetime) -> Invite:
    code = rules.code_from(typed)
    query = select(Invite).where(Invite.code_index == index_of_code(code or ""))
    query = query.execution_options(populate_existing=True)
    invite: Invite | None = db.session.scalars(query).first()
    if invite is None or not _is_open(invite, now):
        raise InviteGone
    if person_id is not None and not _is_for(invite, person_id):
        raise InviteGone
    return invite


def _is_open(invite: Invite, now: datetime) -> bool:
    return rules.is_open(invite.expires_at, invite.withdrawn_at, invite.accepted_at, now)


def _is_for(invite: Invite, person_id: str) -> bool:
    """Whether a person may accept: not their own, and where it was mailed, to their address."""
    if invite.inviter_id == person_id:
        return False
    if invite.address_index is None:
        return True
    # Only who was asked finds their own refusal again: nobody else's page depends on it (L3).
    return invite.declined_at is None and invite.address_index == _address_index(person_id)


def _address_index(person_id: str) -> str | None:
    found: str | None = db.session.scalar(
        select(Person.address_index).where(Person.id == person_id)
    )
    return found


def accept(typed: str, person_id: str, now: datetime) -> str:
    """Make the two a couple and return its id; exactly one of several presses succeeds."""
    try:
        return _accept(typed, person_id, now)
    except IntegrityError as problem:
        raise InviteGone from problem
    except InviteGone:
        if couple_id := _linked_by(typed, person_id):
            return couple_id
        raise


def _linked_by(typed: str, person_id: str) -> str | None:
    """Return the couple that an earlier press of the same person on this invite has made."""
    code, couple = rules.code_from(typed), couple_or_none(person_id)
    query = select(Invite).where(
        Invite.code_index == index_of_code(code or ""), Invite.accepted_at.is_not(None)
    )
    invite: Invite | None = db.session.scalars(query).first()
    if invite is None or couple is None or couple.linked_at != invite.accepted_at:
        return None
    return couple.id if couple.partner.person_id == invite.inviter_id else None


@transaction()
def _accept(typed: str, person_id: str, now: datetime) -> str:
    both = sorted([person_id, _open_for(typed, person_id, now).inviter_id])
    # Locked in one order: crossing acceptances wait for each other instead of for ever.
    query = select(Person.id).where(Person.id.in_(both), Person.erased_at.is_(None))
    locked = query.order_by(Person.id).with_for_update(key_share=True)
    if len(db.session.scalars(locked).all()) < len(both):
        raise InviteGone
    invite = _open_for(typed, person_id, now)
    if couple_or_none(person_id):
        raise AlreadyLinked
    if couple_or_none(invite.inviter_id):
        raise InviteGone
    _take(invite.id, now)
    couple_id = _link(both, now)
    withdraw_all(both, now)
    linked.send(couple_id=couple_id, now=now)
    return couple_id


def _take(invite_id: str, now: datetime) -> None:
    """Use up the invite, unless it was withdrawn while this transaction was waiting."""
    this = update(Invite).where(Invite.id == invite_id, is_open(now))
    if not db.session.execute(this.values(accepted_at=now).returning(Invite.id)).first():
        raise InviteGone


def _link(person_ids: list[str], now: datetime) -> str:
    """Draw leaves and marks, each by itself: neither tells who invited whom (rule L5)."""
    couple = Couple(linked_at=now)
    db.session.add(couple)
    db.session.flush()
    leaves, marks = chance.sample([1, 2], 2), chance.sample(["disc", "diamond"], 2)
    for person_id, leaf, mark in zip(person_ids, leaves, marks, strict=True):
        db.session.add(Membership(couple_id=couple.id, person_id=person_id, leaf=leaf, mark=mark))
    db.session.flush()
    return couple.id


@transaction()
def decline(typed: str, person_id: str | None, now: datetime) -> None:
    """Say no. Nobody is told, and nobody's page changes but that of the one who was asked."""
    invite = _open_for(typed, person_id, now)
    if person_id is not None and invite.address_index is not None:
        invite.declined_at = now


@transaction()
def block(typed: str, person_id: str | None, now: datetime) -> None:
    """Say no to a mailed invite and to all later ones: its address gets no more of them."""
    invite = _open_for(typed, person_id, now)
    if invite.address_index is None:
        raise InviteGone
    _block(invite.address_index, now)
    if person_id is not None:
        invite.declined_at = now


@transaction()
def block_unwanted(
    _sender: object, *, kind: str, address_index: str, now: datetime, **_letter: object
) -> None:
    """Take an invite that its mailbox called unwanted as the same wish."""
    if kind == "invite":
        _block(address_index, now)


def _block(address_index: str, now: datetime) -> None:
    # Two may say so at the same instant: the first has said it.
    once = insert(Block).on_conflict_do_nothing(index_elements=["address_index"])
    row = {"id": new_id(), "address_index": address_index, "blocked_at": now}
    db.session.execute(once.values(**row))
