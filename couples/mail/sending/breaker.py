"""Leaving a mail server alone that is out of reach: all workers share one row about it.

While it rests nothing is claimed. When the rest is over one worker tries, and the others wait for
what it finds.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, select, update

from couples import logs
from couples.db import db, insert, transaction
from couples.mail.carrying.failures import Unreachable
from couples.mail.models import MailServer
from couples.mail.sending.claims import execute

log = logs.named("couples.mail")

SHORTEST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(minutes=30)
# Calling where nobody listens bothers nobody: letters go within half a minute of the server's
# return, a tick of the clock included.
SILENT_REST = timedelta(seconds=10)
SCATTER = 1 / 4
# How long the others leave the one who tries alone; then another one may.
TRYING = timedelta(minutes=2)
# "It answers" is written down so often at most: a batch is not worth a commit of its own.
NOTED_EVERY = timedelta(minutes=1)
ALARM_EVERY = timedelta(hours=1)

SERVER: Table = MailServer.metadata.tables[MailServer.__tablename__]
NOTHING_YET: Mapping[str, Any] = {
    "failures": 0,
    "rests_until": None,
    "answered_at": None,
    "alarm_at": None,
    "alarm_answer": None,
}


class Breaker:
    """What one worker knows of the mail server, and tells the others."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.seen: Mapping[str, Any] = NOTHING_YET

    def may_try(self, now: datetime) -> bool:
        """Whether to call the server now; after a rest exactly one worker may."""
        self.seen = _row()
        rests_until = self.seen["rests_until"]
        if rests_until is None:
            return True
        # A rest longer than any there is was written by a clock that was ahead: it is over.
        is_over = now >= rests_until or rests_until - now > LONGEST_REST * (1 + SCATTER)
        return is_over and _write(SERVER.c.rests_until == rests_until, rests_until=now + TRYING)

    def failed(self, why: Unreachable, now: datetime) -> datetime:
        """Note that it is out of reach; return until when it is left alone."""
        failures = self.seen["failures"]
        rest, counted = rest_after(failures), failures + 1
        if why.nobody_listens:
            # However often: what it says once it listens again is met as a first refusal is.
            rest, counted = SILENT_REST, max(failures, 1)
        until = now + rest
        # Of several workers that find so at once one counts.
        is_first = _write(SERVER.c.failures == failures, failures=counted, rests_until=until)
        if is_first and not failures:
            log.warning("the mail server is out of reach; letters wait", why=why)
        self.seen = _row()
        return self.seen["rests_until"] or until

    def answered(self, now: datetime) -> None:
        """Note that it takes letters."""
        failures, last = self.seen["failures"], self.seen["answered_at"]
        if not failures and last is not None and abs(now - last) < NOTED_EVERY:
            return
        _write(failures=0, rests_until=None, answered_at=now)
        self.seen = {**self.seen, "failures": 0, "rests_until": None, "answered_at": now}
        if failures:
            log.warning("the mail server takes letters again")

    def alarm(self, answer: str, now: datetime) -> None:
        """Note that it refuses what we are or may do: only the operator can help."""
        self.seen = _row()
        last, before = self.seen["alarm_at"], self.seen["alarm_answer"]
        if last is not None and before == answer and abs(now - last) < ALARM_EVERY:
            return
        _write(alarm_at=now, alarm_answer=answer)
        self.seen = {**self.seen, "alarm_at": now, "alarm_answer": answer}
        log.error("the mail server refuses our letters: see `couples doctor`", why=answer)


def rest_after(failures: int) -> timedelta:
    """Return how long to rest after so many failures before this one: doubling, with chance."""
    rest = min(LONGEST_REST, SHORTEST_REST * float(2 ** min(failures, 10)))
    return rest * (1 + random.random() * SCATTER)  # noqa: S311  # nosec B311 - no secret


def _row() -> Mapping[str, Any]:
    found = db.session.execute(select(SERVER)).mappings().first()
    return dict(found) if found else NOTHING_YET


@transaction()
def _write(condition: ColumnElement[bool] | None = None, **values: Any) -> bool:
    """Write to the one row, made where it is missing; say whether the condition still held."""
    db.session.execute(insert(SERVER).values(id=1, failures=0).on_conflict_do_nothing())
    change = update(SERVER).values(values)
    return bool(execute(change if condition is None else change.where(condition)))
