"""Outlasting the database: what is held is given back, and what is known written, after it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, TimeoutError

from couples.db import AWAY, db

# Well within the time limit of a task.
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


def let_go() -> None:
    """Take back what was begun, also where the connection it was begun on is gone."""
    with suppress(*FAILED):
        db.session.rollback()
        return
    db.session.remove()


def once_it_answers(
    act: Callable[[], object],
    between: Callable[[], object] = lambda: None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> None:
    """Do something as soon as the database lets us, unless it is not wanted any more by then.

    After some minutes it is left undone. `between` lets go of what each failed try has held.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and is_wanted():
        with suppress(*FAILED):
            act()
            return
        with suppress(*FAILED):
            between()
        db.session.remove()
        time.sleep(LOOK)
