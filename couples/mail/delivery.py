"""Sending what waits in the outbox: every letter once, or its fate on record (rule C8).

A worker claims letters for a while by one statement, and says before the first byte of each that
it is sending it. Whatever happens to the worker then, the row tells the next one what it may do:
claimed and expired, send it; sending and expired, never again.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from couples.db import db, new_id, transaction
from couples.mail import mime
from couples.mail.claims import claim, forget_times, renew
from couples.mail.letter import NotNow, composers, settings
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.record import Counts, Record
from couples.mail.transport import (
    Connection,
    FateUnknown,
    NotSent,
    Transport,
    Unreachable,
)

log = logging.getLogger("couples.mail")

MOST_FAILURES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=4)

Now = Callable[[], datetime]


def deliver(now: Now, transport: Transport, worker_id: str | None = None) -> Counts:
    """Send what is due, batch after batch, until nothing is; return what became of it.

    After half a lease it stops, long before the queue could think that its task was lost; what is
    left waits for the next tick.
    """
    run = Run(now, transport, worker_id or new_id())
    enough = now() + run.lease / 2
    while rows := run.claim():
        if not run.send_batch(rows) or now() >= enough:
            break
    return run.record.counts


class Run:
    """One worker's run through what is due."""

    def __init__(self, now: Now, transport: Transport, worker_id: str) -> None:
        """Begin with nothing counted."""
        self.now = now
        self.transport = transport
        self.worker_id = worker_id
        self.lease = timedelta(seconds=settings().lease_seconds)
        self.held_until = now()
        self.record = Record(worker_id)

    def claim(self) -> list[OutboxLetter]:
        """Take the next batch for as long as a lease."""
        now = self.now()
        self.held_until = now + self.lease
        rows = claim(now, self.worker_id, self.lease)
        self.record.counts.claimed += len(rows)
        return rows

    def send_batch(self, rows: list[OutboxLetter]) -> bool:
        """Send claimed letters over one connection; False where the server is out of reach."""
        try:
            with self.transport.connection() as connection:
                for position, row in enumerate(rows):
                    waiting = rows[position:]
                    self._hold(waiting)
                    self._send_one(connection, row)
        except Unreachable as problem:
            log.warning("no mail server: %s; %d letters wait", problem, len(waiting))
            self._release(waiting)
            return False
        finally:
            self.record.write_down()
            forget_times([row.id for row in rows])
        return True

    def _hold(self, rows: list[OutboxLetter]) -> None:
        """Hold what is still to come longer while half a lease is left; not once it has run out."""
        now = self.now()
        if now < self.held_until < now + self.lease / 2:
            renew([row.id for row in rows], now + self.lease)
            self.held_until = now + self.lease

    def _send_one(self, connection: Connection, row: OutboxLetter) -> None:
        try:
            content, to = self._compose(row)
        except Withdrawn:
            self._settle(row, LetterState.CLAIMED, LetterState.CANCELLED)
            return
        except NotNow as wish:
            self._wait_until(row, wish.until)
            return
        except Exception as problem:  # one letter that cannot be written stops no other
            log.error("letter %s %s: %s", row.kind, row.id, type(problem).__qualname__)
            self._try_later(row, LetterState.CLAIMED, row.attempts + 1 >= MOST_FAILURES)
            return
        connection.open()
        if self.now() < self.held_until and self.record.begin(row):
            self._hand_over(connection, row, to, content)

    def _compose(self, row: OutboxLetter) -> tuple[bytes, str]:
        now = self.now()
        if row.not_after is not None and now > row.not_after:
            raise Withdrawn
        try:
            letter = composers[row.kind](row, now)
        finally:
            db.session.rollback()  # no transaction stays open while we talk to the mail server
        if letter is None:
            raise Withdrawn
        return mime.as_bytes(letter, settings(), now), mime.one_address(letter.to)

    def _hand_over(
        self, connection: Connection, row: OutboxLetter, to: str, content: bytes
    ) -> None:
        try:
            connection.send(settings().mail_from, to, content)
        except FateUnknown as problem:
            log.error("letter %s %s: fate unknown, %s", row.kind, row.id, problem)
            self._settle(row, LetterState.SENDING, LetterState.UNKNOWN)
        except NotSent as problem:
            log.warning("letter %s %s: not sent, %s", row.kind, row.id, problem)
            self._try_later(row, LetterState.SENDING, not problem.temporary)
        else:
            self._settle(row, LetterState.SENDING, LetterState.SENT)

    def _settle(self, row: OutboxLetter, before: LetterState, after: LetterState) -> None:
        self.record.settle(row, before, after, self.now())

    def _try_later(self, row: OutboxLetter, before: LetterState, is_hopeless: bool) -> None:
        """Put a letter back for later, or give it up."""
        at = self.now() + wait_after(row.attempts)
        if is_hopeless or at > row.posted_at + GIVE_UP_AFTER:
            self._settle(row, before, LetterState.DEAD)
        else:
            self.record.put_back(row, before, LetterState.RETRY, at, attempts=row.attempts + 1)

    def _wait_until(self, row: OutboxLetter, until: datetime) -> None:
        """Put a letter back for the moment its composer named; it counts as no failure."""
        now = self.now()
        # A moment that is past already would be claimed again in this very run, and again.
        at = until if until > now else now + FIRST_WAIT
        self.record.put_back(row, LetterState.CLAIMED, LetterState.PENDING, at)

    @transaction()
    def _release(self, rows: list[OutboxLetter]) -> None:
        """Give back what was not tried; it counts as no failure of theirs."""
        for row in rows:
            self._wait_until(row, self.now() + FIRST_WAIT)


class Withdrawn(Exception):
    """The letter is not wanted any more."""


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures: twice as long each, up to an hour.

    Up to a quarter more, by chance, so that what failed together does not come back together.
    """
    wait = min(LONGEST_WAIT, FIRST_WAIT * float(2 ** min(failures, 10)))
    return wait * (1 + random.random() / 4)  # noqa: S311 - not a secret
