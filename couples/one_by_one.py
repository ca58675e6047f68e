"""Doing something for many, so that a failure spoils one only.

An outage is no failure of anybody's: it ends the run, and whoever called gives back what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from couples import logs
from couples.db import AWAY, db
from couples.outlasting import answers, let_go

log = logs.named("couples")

Service = Callable[[str, datetime], int]
# Does it for all of them in one transaction; returns the sum, and who was left out.
Batch = Callable[[Collection[str], datetime], tuple[int, Collection[str]]]


def together(batch: Batch, service: Service, ids: Collection[str], now: datetime) -> int:
    """Do it for many in one transaction; where that fails, for each in one of its own.

    So it does for whoever the batch leaves out, because somebody is at it at this very moment:
    nobody waits for what another does. Returns the sum of what was said.
    """
    try:
        done, left = batch(ids, now)
    except Exception as problem:  # whoever it was says so in their own turn
        _end_in_outage(problem)
        log.error(
            "failed for many, each is tried alone",
            problem=problem,
            service=batch.__name__,
            count=len(ids),
        )
        done, left = 0, ids
    return done + each(service, left, now)


def each(service: Service, ids: Iterable[str], now: datetime) -> int:
    """Call a service for each id, in a transaction of its own; return the sum of what it said."""
    done = 0
    for row_id in ids:
        try:
            done += _outlasting(service, row_id, now)
        except Exception as problem:  # whatever it is, the others have their turn
            _end_in_outage(problem)
            log.error("failed for one", problem=problem, service=service.__name__)
    return done


def _outlasting(service: Service, row_id: str, now: datetime) -> int:
    """Call a service; once more where the database stumbled and answers again already."""
    try:
        return service(row_id, now)
    except AWAY as problem:
        _end_in_outage(problem)
        return service(row_id, now)


def _end_in_outage(problem: Exception) -> None:
    """Let go of what failed; raise it again while the database is away: nobody is to blame then."""
    let_go()
    if isinstance(problem, AWAY) and not answers():
        raise problem


def in_turn(services: Iterable[Callable[[datetime], object]], now: datetime) -> None:
    """Call one service after the other; one that fails does not keep the next from its turn."""
    for service in services:
        try:
            service(now)
        except Exception as problem:  # whatever it is, it is tried again with the next tick
            db.session.rollback()
            log.error("failed, and is tried again later", problem=problem, service=service.__name__)
