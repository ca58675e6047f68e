"""How many letters an address gets because somebody typed it (rule P3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from couples import presses
from couples.accounts import rules
from couples.accounts.models import AddressedLetter
from couples.db import db, is_postgres, transaction


@transaction()
def may_write_to(address_index: str, kind: str, now: datetime) -> bool:
    """Whether a letter of this kind may go to an address now; if so it is counted.

    Where it may not, the page that asked looks the same: nobody learns that a cap was reached.
    """
    _one_at_a_time(address_index)
    today = AddressedLetter.posted_at > now - rules.DAY
    db.session.execute(
        delete(AddressedLetter).where(AddressedLetter.address_index == address_index, ~today)
    )
    query = select(AddressedLetter.kind).where(AddressedLetter.address_index == address_index)
    kinds = list(db.session.scalars(query))
    if not rules.may_write_to(kinds.count(kind), len(kinds)):
        return False
    db.session.add(AddressedLetter(address_index=address_index, kind=kind, posted_at=now))
    return True


def id_unless_there(
    model: type[Any], press: str | None, now: datetime, address_index: str, *about: str
) -> str | None:
    """Return the id of the row this press makes, or None where it has just made it.

    Whoever comes back to the page after a minute, because nothing arrived, presses anew.
    """
    _one_at_a_time(address_index)
    row_id = presses.row_id(press, address_index, *about)
    found = db.session.get(model, row_id, populate_existing=True)
    if found is None:
        return row_id
    return None if now - found.asked_at < rules.SAME_PRESS else presses.row_id(None)


def _one_at_a_time(address_index: str) -> None:
    """Let two requests for one address count one after the other; SQLite does so anyway."""
    if is_postgres():
        db.session.execute(select(func.pg_advisory_xact_lock(int(address_index[:15], 16))))
