"""Sending what waits in the outbox: every letter once, or its fate on record (rule C8).

A worker claims letters for a while by one statement, and says before the first byte of each that
it is sending it. Whatever happens to the worker then, the row tells the next one what it may do:
claimed and expired, send it; sending and expired, never again.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, Update, update

from couples.db import db, new_id, transaction
from couples.mail import mime
from couples.mail.claims import claim, execute
from couples.mail.letter import NotNow, composers, settings
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.transport import (
    Connection,
    FateUnknown,
    NotSent,
    Transport,
    Unreachable,
)

log = logging.getLogger("couples.mail")

# The bare table: through the mapped class one update costs four times as much.
LETTERS: Table = OutboxLetter.metadata.tables[OutboxLetter.__tablename__]
MOST_FAILURES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=4)

Now = Callable[[], datetime]


@dataclass(slots=True)
class Counts:
    """What became of the letters of one run."""

    claimed: int = 0
    settled: dict[LetterState, int] = field(default_factory=dict)

    def add(self, state: LetterState) -> None:
        """Count one letter."""
        self.settled[state] = self.settled.get(state, 0) + 1


def deliver(now: Now, transport: Transport, worker_id: str | None = None) -> Counts:
    """Send what is due, batch after batch, until nothing is; return what became of it.

    After half a lease it stops, long before the queue could think that its task was lost; what is
    left waits for the next tick.
    """
    run = Run(now, transport, worker_id or new_id())
    lease_seconds = settings().lease_seconds
    enough = now() + timedelta(seconds=lease_seconds / 2)
    while rows := claim(now(), run.worker_id, lease_seconds):
        run.counts.claimed += len(rows)
        if not run.send_batch(rows) or now() >= enough:
            break
    return run.counts


class Run:
    """One worker's run through what is due.

    What became of a letter is written down in the same transaction that begins the next one, or
    ends the batch: one commit a letter. A worker killed in between leaves it being sent, as one
    killed a moment earlier does: never sent again.
    """

    def __init__(self, now: Now, transport: Transport, worker_id: str) -> None:
        """Begin with nothing counted."""
        self.now = now
        self.transport = transport
        self.worker_id = worker_id
        self.counts = Counts()
        self.outcomes: list[tuple[Update, LetterState]] = []

    def send_batch(self, rows: list[OutboxLetter]) -> bool:
        """Send claimed letters over one connection; False where the server is out of reach."""
        try:
            with self.transport.connection() as connection:
                for position, row in enumerate(rows):
                    waiting = rows[position:]
                    self._send_one(connection, row)
        except Unreachable as problem:
            log.warning("no mail server: %s; %d letters wait", problem, len(waiting))
            self._release(waiting)
            return False
        finally:
            self._write_down()
        return True

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
        if self._begin(row):
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

    def _begin(self, row: OutboxLetter) -> bool:
        """Say that this letter is being sent; False where it is not ours any more."""
        now = self.now()
        until = now + timedelta(seconds=settings().lease_seconds)
        held = self._held(row, LetterState.CLAIMED).where(LETTERS.c.claimed_until > now)
        return self._write_down(held.values(state=LetterState.SENDING, claimed_until=until))

    def _write_down(self, begun: Update | None = None) -> bool:
        """Commit all outcomes so far, together with the beginning of the next letter."""
        with transaction():
            states = [state for statement, state in self.outcomes if execute(statement)]
            is_begun = begun is not None and bool(execute(begun))
        self.outcomes.clear()
        for state in states:
            self.counts.add(state)
        return is_begun

    def _held(self, row: OutboxLetter, state: LetterState) -> Update:
        """Return an update that does nothing where another worker has the letter by now."""
        return update(LETTERS).where(
            LETTERS.c.id == row.id,
            LETTERS.c.claimed_by == self.worker_id,
            LETTERS.c.state == state,
        )

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
        self._note(row, before, state=after, settled_at=self.now())

    def _try_later(self, row: OutboxLetter, before: LetterState, is_hopeless: bool) -> None:
        """Put a letter back for later, or give it up."""
        due_at = self.now() + wait_after(row.attempts)
        if is_hopeless or due_at > row.posted_at + GIVE_UP_AFTER:
            self._settle(row, before, LetterState.DEAD)
            return
        self._note(row, before, state=LetterState.PENDING, due_at=due_at, attempts=row.attempts + 1)

    def _wait_until(self, row: OutboxLetter, until: datetime) -> None:
        """Put a letter back for the moment its composer named; it counts as no failure."""
        now = self.now()
        # A moment that is past already would be claimed again in this very run, and again.
        due_at = until if until > now else now + FIRST_WAIT
        self._note(row, LetterState.CLAIMED, state=LetterState.PENDING, due_at=due_at)

    def _note(self, row: OutboxLetter, before: LetterState, **values: Any) -> None:
        self.outcomes.append((self._held(row, before).values(values), values["state"]))
        # Only what is being sent is ours alone: on others, somebody who cancels may wait for us
        # while we wait for them.
        if before is LetterState.CLAIMED:
            self._write_down()

    @transaction()
    def _release(self, rows: list[OutboxLetter]) -> None:
        """Give back what was not tried; it counts as no failure of theirs."""
        for row in rows:
            held = self._held(row, LetterState.CLAIMED)
            execute(held.values(state=LetterState.PENDING, due_at=self.now() + FIRST_WAIT))


class Withdrawn(Exception):
    """The letter is not wanted any more."""


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures: twice as long each, up to an hour.

    Up to a quarter more, by chance, so that what failed together does not come back together.
    """
    wait = min(LONGEST_WAIT, FIRST_WAIT * float(2 ** min(failures, 10)))
    return wait * (1 + random.random() / 4)  # noqa: S311 - not a secret
