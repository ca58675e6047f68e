"""A worker outlasts its database: what it knows is written, and what it holds given back, after it.

Else letters that it holds would wait for the end of its claim, and the fates of those it has just
sent would be unknown for ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, TimeoutError

from couples.db import AWAY, db
from couples.mail.sending.claims import give_back
from couples.mail.sending.record import Record

# Well within the time limit of a task, and within the claim itself.
PATIENCE, LOOK = 180.0, 1.0
FAILED = (DBAPIError, TimeoutError)


def answers() -> bool:
    """Whether the database answers right now."""
    try:
        with db.engine.connect() as line:
            line.execute(select(1))
    except AWAY:
        return False
    return True


def outlast(record: Record, now: Callable[[], datetime]) -> None:
    """Wait until the database answers; then write all fates down, and let the letters go again."""
    with suppress(*FAILED):
        record.close()
    end = time.monotonic() + PATIENCE
    held_until = max(record.ends, default=record.held_until)
    while time.monotonic() < end and now() < held_until:
        with suppress(*FAILED):
            record.write_down()
            give_back(record.ids, record.ends, now())
            return
        with suppress(*FAILED):
            record.close()
        db.session.remove()
        time.sleep(LOOK)
