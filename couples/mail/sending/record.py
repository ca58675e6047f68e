"""What one worker writes down about the letters it holds: one commit a letter.

What became of a letter is written down in the same transaction that begins the next one, or ends
the batch. A worker killed in between leaves it being sent, as one killed a moment earlier does:
never sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, update
from sqlalchemy.exc import DBAPIError, TimeoutError

from couples.db import db, writing
from couples.mail import suppression
from couples.mail.looking import looking_on
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending.claims import LETTERS, TIMES

Begin = Callable[[], dict[str, Any]]


@dataclass(slots=True)
class Counts:
    """What became of the letters of one run."""

    claimed: int = 0
    settled: dict[LetterState, int] = field(default_factory=dict)

    def add(self, state: LetterState) -> None:
        """Count one letter."""
        self.settled[state] = self.settled.get(state, 0) + 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to write down about one letter; `at` where it has to be looked at again then."""

    held: dict[str, Any]
    values: dict[str, Any]
    at: datetime | None = None

    @property
    def has_begun(self) -> bool:
        """Whether something of it was said to the mail server already."""
        return "worker" in self.held


# These hold for nothing where another worker has the letter, or somebody has cancelled it. Built
# once: putting a statement together for each letter would cost as much as running it.
AS_READ = (LETTERS.c.id == bindparam("letter")) & (LETTERS.c.state == bindparam("before"))
BEGUN = AS_READ & (LETTERS.c.claimed_by == bindparam("worker"))
TIME = TIMES.c.letter_id == bindparam("letter")
CLAIM = TIME & TIMES.c.held & (TIMES.c.at == bindparam("until"))
UNBEGUN = AS_READ & exists().where(CLAIM)
# By whether the letter has begun. Where its time was put off already, that held the claim.
WRITE = {True: update(LETTERS).where(BEGUN), False: update(LETTERS).where(UNBEGUN)}
WRITE_WAITING = {True: WRITE[True], False: update(LETTERS).where(AS_READ)}
WAIT = {
    True: update(TIMES).where(TIME, exists().where(BEGUN)),
    False: update(TIMES).where(CLAIM, exists().where(AS_READ)),
}
BEGIN = WRITE[False].where(~suppression.STANDS_AGAINST)


class Record:
    """The fates of one worker's letters, where nobody else has taken them over."""

    def __init__(self, worker_id: str, held_until: datetime) -> None:
        """Begin with nothing noted."""
        self.worker_id = worker_id
        # The end of the claim that the worker works on, which is the claim's name.
        self.held_until = held_until
        # What it has claimed, and the ends that this claim may have where an answer was lost.
        self.ids: list[str] = []
        self.ends: tuple[datetime, ...] = ()
        self.counts = Counts()
        self.outcomes: list[Outcome] = []
        self.line: Connection | None = None

    def settle(
        self, row: OutboxLetter, before: LetterState, after: LetterState, now: datetime, **more: Any
    ) -> None:
        """Note a letter's fate."""
        values = {"state": after, "settled_at": now, **more}
        self._note(Outcome(self._held(row, before), values))

    def put_back(
        self, row: OutboxLetter, before: LetterState, after: LetterState, at: datetime, **more: Any
    ) -> None:
        """Note that a letter waits until then; when it was meant to go stays on record."""
        self._note(Outcome(self._held(row, before), {"state": after, **more}, at))

    def _note(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        # Only what is being sent is ours alone: on others, somebody who cancels may wait for us
        # while we wait for them.
        if not outcome.has_begun:
            self.write_down()

    def begin(self, row: OutboxLetter, address_index: Callable[[], str]) -> bool:
        """Say that a letter is being sent, in one commit with all fates so far.

        Within it the address is asked for, by whose fingerprint it is known; what that raises comes
        out once the fates are written. False where it is not this worker's any more, or a
        suppression stands against it.
        """
        try:
            is_begun, problem = self._commit(lambda: self._beginning(row, address_index()))
        except BaseException:
            # The answer may have been lost alone. Nothing was said of the letter: it goes again.
            self.put_back(row, LetterState.SENDING, row.state, row.due_at)
            raise
        if problem is not None:
            raise problem
        return is_begun

    def _beginning(self, row: OutboxLetter, address_index: str) -> dict[str, Any]:
        values = {"state": LetterState.SENDING, "address_index": address_index}
        values["claimed_by"] = self.worker_id
        against = suppression.against(address_index, row.kind)
        return self._held(row, LetterState.CLAIMED) | values | against

    def write_down(self) -> None:
        """Commit all fates so far."""
        if not self.outcomes:
            return
        try:
            self._commit()
        except (DBAPIError, TimeoutError):
            # The database was away, say: what is known is written as soon as it answers.
            self._commit()

    def _commit(self, begin: Begin | None = None) -> tuple[bool, Exception | None]:
        """Write in one transaction; a letter that cannot be composed takes no fate with it.

        Whatever fails, fates stay noted until they are committed. Returns whether the next letter
        has begun, and what it failed of.
        """
        problem, is_begun = None, False
        with self._line() as line, writing(line):
            written = [outcome for outcome in self.outcomes if _write(line, outcome)]
            try:
                values = None if begin is None else begin()
            except DBAPIError:
                raise
            except Exception as found:
                problem = found
            else:
                is_begun = values is not None and bool(line.execute(BEGIN, values).rowcount)
        self.outcomes = []
        for outcome in written:
            self.counts.add(outcome.values["state"])
        return is_begun, problem

    @contextmanager
    def _line(self) -> Iterator[Connection]:
        """Give the worker's own connection; no transaction of it stays open meanwhile."""
        if self.line is None:
            self.line = db.engine.connect()
        with looking_on(self.line):
            yield self.line

    def close(self) -> None:
        """Give the connection back."""
        line, self.line = self.line, None
        if line is not None:
            line.close()

    def _held(self, row: OutboxLetter, state: LetterState) -> dict[str, Any]:
        if state is LetterState.CLAIMED:
            return {"letter": row.id, "before": row.state, "until": self.held_until}
        return {"letter": row.id, "before": state, "worker": self.worker_id}


def _write(line: Connection, outcome: Outcome) -> bool:
    values = outcome.held | outcome.values
    if outcome.at is None:
        return bool(line.execute(WRITE[outcome.has_begun], values).rowcount)
    # Times first, as claiming does.
    time = outcome.held | {"at": outcome.at, "held": False}
    if not line.execute(WAIT[outcome.has_begun], time).rowcount:
        return False
    values.pop("until", None)
    return bool(line.execute(WRITE_WAITING[outcome.has_begun], values).rowcount)
