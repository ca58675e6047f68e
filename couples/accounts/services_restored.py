"""What must not come back with a backup: sessions, links, an erasing taken back (P2, S5)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from couples.accounts import rules
from couples.accounts.models import AddressChange, Challenge, LoginSession, Person, Reset
from couples.db import db, transaction


@transaction()
def end_what_came_back(now: datetime) -> None:
    """End every session and void every link: some were ended and used since the backup was made.

    A sign-up's link stays: who confirmed since may do it again. Keys for notes that were open then
    are void, and whoever had planned to be erased has their days to think anew: they may have
    taken it back since. Whoever was erased since is on the list of erased accounts.
    """
    living = LoginSession.ended_at.is_(None)
    db.session.execute(update(LoginSession).where(living).values(ended_at=now))
    db.session.execute(update(LoginSession).values(personal_key=None))
    again = Person.erase_at < now + rules.DAYS_TO_THINK
    db.session.execute(update(Person).where(again).values(erase_at=now + rules.DAYS_TO_THINK))
    db.session.execute(update(Reset).where(Reset.used_at.is_(None)).values(used_at=now))
    # Run out, not used: a used one names the address an account had before.
    waiting = AddressChange.used_at.is_(None), AddressChange.expires_at > now
    db.session.execute(update(AddressChange).where(*waiting).values(expires_at=now))
    db.session.execute(delete(Challenge))
