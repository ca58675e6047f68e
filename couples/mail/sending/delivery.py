"""Sending what waits in the outbox: every letter once, or its fate on record (rule C8).

A worker claims letters for a while by one statement, and says before the first byte of each that
it is sending it. Whatever happens to the worker then, the row tells the next one what it may do:
claimed and expired, send it; sending and expired, never again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from couples import logs
from couples.db import AWAY, db, new_id, outside, transaction
from couples.mail import suppression
from couples.mail.carrying.transport import Connection, Transport, Unreachable
from couples.mail.letter import (
    NotNow,
    composers,
    is_account_letter,
    is_composed_at_once,
    settings,
)
from couples.mail.message import mime
from couples.mail.message.signing import signed
from couples.mail.message.verp import envelope_sender
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending import claims
from couples.mail.sending.breaker import Breaker
from couples.mail.sending.claims import BATCH, forget_times, renew
from couples.mail.sending.fates import Fates
from couples.mail.sending.outlasting import outlast
from couples.mail.sending.rates import Rates, Spent
from couples.mail.sending.record import Counts, Record
from couples.outlasting import answers

log = logs.named("couples.mail")

# Somebody who cancels or erases a letter at this very moment has done so by then.
LOOK_AGAIN = timedelta(seconds=10)

Now = Callable[[], datetime]


def deliver(now: Now, transport: Transport, worker_id: str | None = None) -> Counts:
    """Send what is due, batch after batch, until nothing is; return what became of it.

    After half a lease it stops, long before the queue could think that its task was lost; what is
    left waits for the next tick.
    """
    run = Run(now, transport, worker_id or new_id())
    enough = now() + run.lease / 2
    try:
        while rows := run.claim():
            if not run.send_batch(rows) or now() >= enough:
                break
    except BaseException:  # the database is away, or there is no memory or time left
        if run.record.ids or run.record.outcomes:  # else nothing is held, and nothing known
            outlast(run.record, now)
        raise
    finally:
        run.record.close()
    return run.record.counts


class Run:
    """One worker's run through what is due."""

    def __init__(self, now: Now, transport: Transport, worker_id: str) -> None:
        """Begin with nothing counted."""
        self.now = now
        self.transport = transport
        self.worker_id = worker_id
        self.lease = timedelta(seconds=settings().lease_seconds)
        self.record = Record(worker_id, now())
        self.breaker = Breaker()
        self.rates = Rates(settings())
        self.fates = Fates(now, self.record, self.breaker)
        self.uncomposed: Exception | None = None

    def claim(self) -> list[OutboxLetter]:
        """Take the next batch for as long as a lease, unless the mail server is left alone."""
        now = self.now()
        self.record.ids = []
        if not claims.anything_due(now):
            return []
        most, rest = self.rates.room(BATCH)
        if not most or not (rest or claims.anything_due(now, claims.TIMES.c.urgent)):
            return []
        if not self.breaker.may_try(now):
            return []
        until = now + self.lease
        self.record.held_until, self.record.ends = until, (until,)
        with transaction():
            # Known before the commit: a claim is given back whatever fails from there on.
            self.record.ids = claims.take(now, until, most, rest)
        rows = claims.read(self.record.ids, now) if self.record.ids else []
        self.record.counts.claimed += len(rows)
        return rows

    def send_batch(self, rows: list[OutboxLetter]) -> bool:
        """Send claimed letters over one connection; False where no more can go now."""
        try:
            with self.transport.connection() as connection:
                for position, row in enumerate(rows):
                    waiting = rows[position:]
                    self._hold(waiting)
                    self._send_one(connection, row)
        except Unreachable as problem:
            self._release(waiting, self.breaker.failed(problem, self.now()))
            return False
        except Spent as limit:
            self._release(waiting, limit.until)
            return False
        finally:
            self.record.write_down()
            forget_times([row.id for row in rows])
        return True

    def _hold(self, rows: list[OutboxLetter]) -> None:
        """Hold what is still to come longer while half a lease is left; not once it has run out."""
        now, held_until = self.now(), self.record.held_until
        if now < held_until < now + self.lease / 2:
            # Where the answer is lost, either may be on record.
            self.record.ends = (held_until, now + self.lease)
            renew([row.id for row in rows], held_until, now + self.lease)
            self.record.held_until = now + self.lease

    def _release(self, rows: list[OutboxLetter], until: datetime) -> None:
        """Give back what was not tried; it counts as no failure of theirs.

        Each in a commit of its own: a transaction that held one of them and waited for another
        could wait for somebody who cancels both and waits for it.
        """
        for row in rows:
            self.fates.wait(row, until)

    def _send_one(self, connection: Connection, row: OutboxLetter) -> None:
        # Whoever waits for a mail server or a counter holds no transaction meanwhile.
        at_once = is_composed_at_once(row.kind) and connection.is_open and self.rates.are_off
        try:
            written = None if at_once else self._compose_before(row)
            begun = self._begin(row, lambda: self._compose(row)) if written is None else None
        except Withdrawn:
            self.fates.settle(row, LetterState.CLAIMED, LetterState.CANCELLED)
        except NotNow as wish:
            self.fates.wait(row, wish.until, is_wish=True)
        except Exception as problem:  # one letter that cannot be written stops no other
            if isinstance(problem, AWAY) and not (problem is self.uncomposed and answers()):
                raise  # the database is away, and no letter is to blame
            log.error("a letter cannot be written", problem=problem, kind=row.kind, letter=row.id)
            self.fates.unwritable(row)
        else:
            if written is not None:
                self._send(connection, row, written)
            elif begun is not None:
                self._hand_over(connection, row, begun)

    def _compose_before(self, row: OutboxLetter) -> Written:
        try:
            return self._compose(row)
        finally:
            db.session.rollback()  # no transaction stays open while we talk to the mail server

    def _compose(self, row: OutboxLetter) -> Written:
        now = self.now()
        if row.not_after is not None and now > row.not_after:
            raise Withdrawn
        try:
            letter = composers[row.kind](row, now)
        except AWAY as problem:
            self.uncomposed = problem
            raise
        if letter is None:
            raise Withdrawn
        to = mime.one_address(letter.to)
        content = signed(settings(), mime.as_bytes(letter, settings(), now))
        return Written(to, content, suppression.fingerprint(to))

    def _send(self, connection: Connection, row: OutboxLetter, written: Written) -> None:
        """Send one letter unless its rate is spent."""
        until = self.rates.take(written.to, self.now(), urgent=is_account_letter(row.kind))
        if until is not None:
            self.fates.wait(row, until)
            return
        connection.open()
        if begun := self._begin(row, lambda: written):
            self._hand_over(connection, row, begun)

    def _begin(self, row: OutboxLetter, compose: Callable[[], Written]) -> Written | None:
        """Say that a letter is sent unless its claim is over or its address suppressed."""
        written: list[Written] = []

        def address_index() -> str:
            written.append(compose())
            return written[0].address_index

        if self.now() >= self.record.held_until:
            return None
        if self.record.begin(row, address_index):
            return written[0]
        index = written[0].address_index
        kept = suppression.keeps(index, row.kind)
        outside()
        if kept:
            self.fates.settle(row, LetterState.CLAIMED, LetterState.SUPPRESSED, address_index=index)
        else:
            self.record.leave(row, self.now() + LOOK_AGAIN)
        return None

    def _hand_over(self, connection: Connection, row: OutboxLetter, letter: Written) -> None:
        sender, index = envelope_sender(settings(), row.id), letter.address_index
        self.fates.hand_over(row, index, lambda: connection.send(sender, letter.to, letter.content))


class Written(NamedTuple):
    """A letter as the mail server takes it; `address_index` knows its address by a fingerprint."""

    to: str
    content: bytes
    address_index: str


class Withdrawn(Exception):
    """The letter is not wanted any more."""
