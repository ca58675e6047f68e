"""What must not come back to life with a backup: sessions and links to a new password (rule P2)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from couples.accounts.models import AddressChange, Challenge, LoginSession, Reset
from couples.db import db, transaction


@transaction()
def end_what_came_back(now: datetime) -> None:
    """End every session and void every link: some were ended and used since the backup was made.

    A sign-up's link stays: who confirmed since may do it again.
    """
    db.session.execute(
        update(LoginSession).where(LoginSession.ended_at.is_(None)).values(ended_at=now)
    )
    for model in (Reset, AddressChange):
        db.session.execute(update(model).where(model.used_at.is_(None)).values(used_at=now))
    db.session.execute(delete(Challenge))
