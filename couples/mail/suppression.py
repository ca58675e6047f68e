"""Addresses that letters have no use for, known by their fingerprints alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Table, bindparam, delete, exists, select, update

from couples.db import db, insert, key_ring, new_id, transaction
from couples.mail import signals
from couples.mail.letter import is_account_letter
from couples.mail.models import Suppression, SuppressionReason

SUPPRESSIONS: Table = Suppression.metadata.tables[Suppression.__tablename__]
STANDS_AGAINST = exists().where(
    SUPPRESSIONS.c.address_index == bindparam("to_index"),
    bindparam("heeds", type_=Boolean()),
)


def fingerprint(address: str) -> str:
    """Return the fingerprint of an address as letters name it; accounts make the same one."""
    return key_ring().index(address.casefold())


@transaction()
def suppress(address_index: str, reason: SuppressionReason, now: datetime) -> None:
    """Write to this address no more; said again it changes nothing, but a complaint outweighs."""
    row = insert(SUPPRESSIONS).values(
        id=new_id(), address_index=address_index, reason=reason, since=now
    )
    db.session.execute(row.on_conflict_do_nothing(index_elements=["address_index"]))
    if reason is SuppressionReason.COMPLAINT:
        theirs = update(SUPPRESSIONS).where(SUPPRESSIONS.c.address_index == address_index)
        db.session.execute(theirs.values(reason=reason))
    else:
        signals.returned.send(address_index=address_index, now=now)


def is_suppressed(address_index: str) -> SuppressionReason | None:
    """Return why an address gets no letters, or None where it does."""
    query = select(SUPPRESSIONS.c.reason).where(SUPPRESSIONS.c.address_index == address_index)
    found: SuppressionReason | None = db.session.scalar(query)
    return found


def against(address_index: str, kind: str) -> dict[str, Any]:
    """Return what `STANDS_AGAINST` asks about a letter of this kind to this address.

    Nothing stands against account letters: they are asked for, or warn of a change, and are
    capped for each address. A mailbox that was missing for a day, or one press on "spam" by
    whoever sits at it, must not lock a person out of their account.
    """
    return {"to_index": address_index, "heeds": not is_account_letter(kind)}


def keeps(address_index: str, kind: str) -> bool:
    """Whether a letter of this kind may not go to this address now."""
    return bool(db.session.scalar(select(STANDS_AGAINST), against(address_index, kind)))


def lift(address_index: str) -> None:
    """Write to an address again whose mailbox was missing; a complaint stays."""
    if is_suppressed(address_index) is SuppressionReason.NO_MAILBOX:
        _lift(address_index)


def let_go(address_index: str) -> None:
    """Forget that a mailbox was missing, in the transaction that lets a person go.

    It never waits: the caller holds the person, for whom whoever holds this row may be waiting.
    """
    missing = (
        select(Suppression.id)
        .where(
            Suppression.address_index == address_index,
            Suppression.reason == SuppressionReason.NO_MAILBOX,
        )
        .with_for_update(skip_locked=True)
    )
    db.session.execute(delete(SUPPRESSIONS).where(SUPPRESSIONS.c.id.in_(missing)))


@transaction()
def forget(address_index: str) -> None:
    """Write to an address again, whatever was against it: its owner says that it is fine."""
    db.session.execute(delete(SUPPRESSIONS).where(SUPPRESSIONS.c.address_index == address_index))


@transaction()
def _lift(address_index: str) -> None:
    lifted = delete(SUPPRESSIONS).where(
        SUPPRESSIONS.c.address_index == address_index,
        SUPPRESSIONS.c.reason == SuppressionReason.NO_MAILBOX,
    )
    db.session.execute(lifted)
    signals.delivered_again.send(address_index=address_index)
