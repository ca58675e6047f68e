"""Doing something for many, so that a failure spoils one only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from couples import logs
from couples.db import db

log = logs.named("couples")


def each(service: Callable[[str, datetime], int], ids: Iterable[str], now: datetime) -> int:
    """Call a service for each id, in a transaction of its own; return the sum of what it said."""
    done = 0
    for row_id in ids:
        try:
            done += service(row_id, now)
        except Exception as problem:  # whatever it is, the others have their turn
            db.session.rollback()
            log.error("failed for one", problem=problem, service=service.__name__)
    return done


def in_turn(services: Iterable[Callable[[datetime], object]], now: datetime) -> None:
    """Call one service after the other; one that fails does not keep the next from its turn."""
    for service in services:
        try:
            service(now)
        except Exception as problem:  # whatever it is, it is tried again with the next tick
            db.session.rollback()
            log.error("failed, and is tried again later", problem=problem, service=service.__name__)
