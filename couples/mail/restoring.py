"""Letters after a backup was put back: what may have gone already never goes again (rule C8).

The tables know nothing of what was sent since the backup was made. So every letter that was due
before the moment it was put back is `unknown`: those that are there, and those that a late clock
makes anew.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update

from couples.db import db, transaction
from couples.mail.models import UNFINISHED, LetterState, Restore
from couples.mail.sending.claims import LETTERS, TIMES, execute, lock_letters, remove_times


@transaction()
def settle(taken_at: datetime, now: datetime) -> int:
    """Write down that a backup of that time was put back; return how many letters are unknown.

    One that had been tried or was being sent at that time may have gone since, whenever it is due.
    """
    db.session.add(Restore(taken_at=taken_at, restored_at=now))
    unfinished = LETTERS.c.state.in_(UNFINISHED)
    gone = unfinished & ((LETTERS.c.state != LetterState.PENDING) | (LETTERS.c.due_at <= now))
    remove_times(TIMES.c.letter_id.in_(select(LETTERS.c.id).where(gone)))
    lock_letters(gone)
    return execute(update(LETTERS).where(gone).values(state=LetterState.UNKNOWN, settled_at=now))


def restored_at() -> datetime | None:
    """Return when a backup was put back last."""
    found: datetime | None = db.session.scalar(select(func.max(Restore.restored_at)))
    return found
