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
from functools import cached_property
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, TimeoutError

from couples.db import db, writing
from couples.mail import suppression
from couples.mail.looking import looking_on
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending.statements import (
    BEGIN,
    BEGUN_AS,
    TELL_AND_BEGIN,
    TOLD,
    WAIT,
    WRITE,
    WRITE_WAITING,
)

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

    @property
    def is_plain(self) -> bool:
        """Whether it is the fate of a letter that was sent, or refused for good."""
        return self.has_begun and self.at is None and self.values.keys() == set(TOLD)


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
        # The worker's own connections, by whether each statement is a transaction by itself.
        self.lines: dict[bool, Connection] = {}

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
        # Only what is being sent is ours alone: on others, somebody who cancels may wait for us
        # while we wait for them. So each of those has a commit of its own.
        if not outcome.has_begun:
            self.write_down()
        self.outcomes.append(outcome)
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
        if begin is not None and self.is_postgres and self._is_plain():
            return self._commit_in_one(begin)
        problem, is_begun = None, False
        by_itself = begin is None and self.is_postgres and self._is_plain()
        with self._line(by_itself) as line, writing(line):
            written = [outcome for outcome in self.outcomes if _write(line, outcome)]
            values, problem = _composed(begin)
            if values is not None:
                is_begun = bool(line.execute(BEGIN[self.is_postgres], values).rowcount)
        self._count(written)
        return is_begun, problem

    def _is_plain(self) -> bool:
        return not self.outcomes or (len(self.outcomes) == 1 and self.outcomes[0].is_plain)

    def _commit_in_one(self, begin: Begin) -> tuple[bool, Exception | None]:
        """Do the same by one statement, after the look by which the next letter is composed."""
        with self._line(by_itself=True) as line, writing(line):
            values, problem = _composed(begin)
            if values is not None:
                written, is_begun = self._tell_and_begin(line, values)
        if values is None:
            self.write_down()
            return False, problem
        if self.outcomes and not written and not is_begun:
            # Somebody holds one of the two at this moment: the fate waits for them, the next letter
            # for another look.
            self.write_down()
        else:
            self._count(written)
        return is_begun, None

    def _tell_and_begin(
        self, line: Connection, values: dict[str, Any]
    ) -> tuple[list[Outcome], bool]:
        if not self.outcomes:
            return [], bool(line.execute(BEGIN[True], values).rowcount)
        told = self.outcomes[0].held | self.outcomes[0].values
        given = {f"told_{name}": value for name, value in told.items()}
        begun = {f"begun_{name}": values.pop(name) for name in BEGUN_AS}
        is_told, is_begun = line.execute(TELL_AND_BEGIN, values | begun | given).one()
        return self.outcomes[:is_told], bool(is_begun)

    def _count(self, written: list[Outcome]) -> None:
        """Count what is committed, and forget what was noted."""
        self.outcomes = []
        for outcome in written:
            self.counts.add(outcome.values["state"])

    def leave(self, row: OutboxLetter, at: datetime) -> None:
        """Let a letter that somebody else was changing be looked at again then, if it waits."""
        with self._line() as line, writing(line):
            time = self._held(row, LetterState.CLAIMED) | {"at": at, "held": False}
            line.execute(WAIT[False], time)

    @cached_property
    def is_postgres(self) -> bool:
        """Whether the database is PostgreSQL; asked for every letter, so remembered."""
        return db.engine.dialect.name == "postgresql"

    @contextmanager
    def _line(self, by_itself: bool = False) -> Iterator[Connection]:
        """Give a connection of the worker's own; no transaction of it stays open meanwhile.

        `by_itself` is one on which each statement is a transaction by itself.
        """
        if by_itself not in self.lines:
            line = db.engine.connect()
            how = {"isolation_level": "AUTOCOMMIT"} if by_itself else {}
            self.lines[by_itself] = line.execution_options(**how)
        with looking_on(self.lines[by_itself]):
            yield self.lines[by_itself]

    def close(self) -> None:
        """Give the connections back."""
        lines, self.lines = self.lines, {}
        for line in lines.values():
            line.close()

    def _held(self, row: OutboxLetter, state: LetterState) -> dict[str, Any]:
        if state is LetterState.CLAIMED:
            return {"letter": row.id, "before": row.state, "until": self.held_until}
        return {"letter": row.id, "before": state, "worker": self.worker_id}


def _composed(begin: Begin | None) -> tuple[dict[str, Any] | None, Exception | None]:
    """Compose the next letter, if any; what that fails of is kept, but not that of the database."""
    try:
        return (None if begin is None else begin()), None
    except DBAPIError:
        raise
    except Exception as problem:
        return None, problem


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
