"""A worker outlasts its database: what it knows is written, and what it holds given back, after it.

Else letters that it holds would wait for the end of its claim, and the fates of those it has just
sent would be unknown for ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from couples.db import db
from couples.mail.sending.claims import give_back
from couples.mail.sending.record import Record

# Well within the time limit of a task, and within the claim itself.
PATIENCE, LOOK = 180.0, 1.0


def outlast(record: Record, ids: Collection[str], now: Callable[[], datetime]) -> None:
    """Wait until the database answers; then write all fates down, and let the letters go again."""
    with suppress(DBAPIError):
        record.close()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and now() < record.held_until:
        with suppress(DBAPIError):
            record.write_down()
            give_back(ids, record.held_until, now())
            return
        with suppress(DBAPIError):
            record.close()
        db.session.remove()
        time.sleep(LOOK)
