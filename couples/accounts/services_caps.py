"""How many letters an address gets because somebody typed it (rule P3)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

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


def _one_at_a_time(address_index: str) -> None:
    """Let two requests for one address count one after the other; SQLite does so anyway."""
    if is_postgres():
        db.session.execute(select(func.pg_advisory_xact_lock(int(address_index[:15], 16))))
