"""Asking one other person to link: made, shown to its inviter, withdrawn (rules L2, L3)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, delete, func, select, update

from couples import presses
from couples.accounts.addresses import index_of
from couples.accounts.models import Person
from couples.accounts.services import lock_person
from couples.accounts.services_caps import may_write_to
from couples.db import db, key_ring, transaction
from couples.errors import NotFound, Refusal
from couples.mail import outbox
from couples.pairing import rules
from couples.pairing.models import Invite
from couples.pairing.services import couple_or_none


class TooManyOpen(Refusal):
    """Three invites are open."""

    sentence = _l("Three invitations are open. Withdraw one before you make another.")


class TooManyMailed(Refusal):
    """The inviter has mailed many today."""

    sentence = _l("No more emails go out today. You can hand over a link or code yourself.")


class MailedBefore(Refusal):
    """The inviter has mailed this address before: a second letter would be a reminder."""

    sentence = _l(
        "You’ve mailed this address once, and there is no second email. "
        "You can hand over a link or code yourself."
    )


class OwnAddress(Refusal):
    """The inviter typed their own address."""

    sentence = _l("That is your own address. Type the one of the person you ask in.")


class AlreadyLinked(Refusal):
    """The person is in a living couple."""

    sentence = _l("You’re linked already. Leave that link first.")


@dataclass(frozen=True, slots=True)
class OpenInvite:
    """An open invite as its inviter sees it: the same whatever the other has done (rule L3)."""

    id: str
    code: str | None
    address: str | None
    expires_at: datetime


@transaction()
def make_invite(
    person_id: str, now: datetime, *, address: str | None = None, press: str | None = None
) -> str:
    """Make an invite to hand over, or mailed once; return its id. One press makes one."""
    lock_person(person_id)
    index = index_of(address) if address else None
    invite_id = presses.row_id(press, person_id, index or "")
    made = db.session.get(Invite, invite_id, populate_existing=True)
    if made and rules.is_open(made.expires_at, made.withdrawn_at, made.accepted_at, now):
        return invite_id
    _may_invite(person_id, now)
    if index:
        _may_mail(person_id, index, now)
    # One that this page made before and that is over stays over.
    fresh_id = presses.row_id(None) if made else invite_id
    invite = _new_invite(fresh_id, person_id, address, index, now)
    if index and may_write_to(index, "invite", now):
        outbox.post(
            "invite",
            key=f"invite:{invite.id}",
            about_id=invite.id,
            not_after=invite.expires_at,
            now=now,
        )
    return invite.id


def _may_invite(person_id: str, now: datetime) -> None:
    if couple_or_none(person_id):
        raise AlreadyLinked
    if len(open_invites(person_id, now)) >= rules.MOST_OPEN:
        raise TooManyOpen


def _may_mail(person_id: str, address_index: str, now: datetime) -> None:
    mine = select(func.count()).where(Invite.inviter_id == person_id)
    person = db.session.get(Person, person_id)
    if person and person.address_index == address_index:
        raise OwnAddress
    if db.session.scalar(mine.where(Invite.address_index == address_index)):
        raise MailedBefore
    today = mine.where(Invite.address_index.is_not(None), Invite.made_at > now - timedelta(days=1))
    if (db.session.scalar(today) or 0) >= rules.MAILED_PER_DAY:
        raise TooManyMailed


def _new_invite(
    invite_id: str, person_id: str, address: str | None, address_index: str | None, now: datetime
) -> Invite:
    code = "".join(secrets.choice(rules.ALPHABET) for _place in range(rules.LENGTH))
    invite = Invite(
        id=invite_id,
        inviter_id=person_id,
        code_index=index_of_code(code),
        code=code,
        address_index=address_index,
        address=address,
        made_at=now,
        expires_at=now + rules.LASTS,
    )
    db.session.add(invite)
    db.session.flush()
    return invite


def index_of_code(code: str) -> str:
    """Return the fingerprint under which a code is found."""
    return key_ring().index(f"code:{code}")


def open_invites(person_id: str, now: datetime) -> list[OpenInvite]:
    """Return the person's open invites, oldest first."""
    query = select(Invite).where(Invite.inviter_id == person_id, is_open(now))
    return [_shown(found) for found in db.session.scalars(query.order_by(Invite.made_at))]


def is_open(now: datetime) -> ColumnElement[bool]:
    """Return the condition under which an invite can be accepted, as `rules.is_open` says it."""
    return and_(
        Invite.withdrawn_at.is_(None), Invite.accepted_at.is_(None), Invite.expires_at > now
    )


def _shown(invite: Invite) -> OpenInvite:
    # The code of a mailed invite is for its addressee alone.
    code = None if invite.address_index else rules.in_groups(invite.code)
    return OpenInvite(invite.id, code, invite.address, invite.expires_at)


@transaction()
def withdraw(person_id: str, invite_id: str, now: datetime) -> None:
    """Withdraw an open invite of one's own, and its letter if it has not gone yet."""
    mine = Invite.id == invite_id, Invite.inviter_id == person_id
    withdrawing = update(Invite).where(*mine, is_open(now)).values(withdrawn_at=now)
    if not db.session.execute(withdrawing.returning(Invite.id)).first():
        _must_be_withdrawn(*mine)
    outbox.cancel(about_id=invite_id, kinds=["invite"])


def _must_be_withdrawn(*mine: ColumnElement[bool]) -> None:
    """Raise NotFound unless an earlier press has withdrawn it."""
    query = select(Invite.id).where(*mine, Invite.withdrawn_at.is_not(None))
    if db.session.scalar(query) is None:
        raise NotFound


def withdraw_all(person_ids: list[str], now: datetime) -> None:
    """Withdraw every open invite of these persons, in the caller's transaction (rule L2)."""
    theirs = update(Invite).where(Invite.inviter_id.in_(person_ids), is_open(now))
    withdrawn = db.session.execute(theirs.values(withdrawn_at=now).returning(Invite.id))
    for invite_id in withdrawn.scalars().all():
        outbox.cancel(about_id=invite_id, kinds=["invite"])


@transaction()
def sweep_invites(now: datetime) -> None:
    """Forget invites a month after their time, and whom they were mailed to.

    Of a mailed one a fingerprint stays: nobody mails the same address a second time (rule L2).
    """
    over = Invite.expires_at < now - rules.KEPT_FOR
    db.session.execute(delete(Invite).where(over, Invite.address_index.is_(None)))
    mailed = update(Invite).where(over, Invite.address_sealed.is_not(None))
    db.session.execute(mailed.values(address_sealed=None))
