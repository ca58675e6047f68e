"""What one worker writes down about the letters it holds: one commit a letter.

What became of a letter is written down in the same transaction that begins the next one, or ends
the batch. A worker killed in between leaves it being sent, as one killed a moment earlier does:
never sent again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, exists, update

from couples.db import transaction
from couples.mail.claims import LETTERS, TIMES, execute
from couples.mail.models import LetterState, OutboxLetter


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
    """What to write down about one letter; `time` where it has to be looked at again."""

    state: LetterState
    letter: Executable
    time: Executable | None


class Record:
    """The fates of one worker's letters, where nobody else has taken them over."""

    def __init__(self, worker_id: str) -> None:
        """Begin with nothing noted."""
        self.worker_id = worker_id
        self.counts = Counts()
        self.outcomes: list[Outcome] = []

    def settle(
        self, row: OutboxLetter, before: LetterState, after: LetterState, now: datetime, **more: Any
    ) -> None:
        """Note a letter's fate."""
        values = {"state": after, "settled_at": now, **more}
        letter = update(LETTERS).where(self._held(row, before)).values(values)
        self._note(before, Outcome(after, letter, None))

    def put_back(
        self, row: OutboxLetter, before: LetterState, after: LetterState, at: datetime, **more: Any
    ) -> None:
        """Note that a letter waits until then."""
        held = self._held(row, before)
        letter = update(LETTERS).where(held).values({"state": after, "due_at": at, **more})
        is_held = exists().where(held)
        time = update(TIMES).where(TIMES.c.letter_id == row.id, is_held).values(at=at)
        self._note(before, Outcome(after, letter, time))

    def _note(self, before: LetterState, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        # Only what is being sent is ours alone: on others, somebody who cancels may wait for us
        # while we wait for them.
        if before is LetterState.CLAIMED:
            self.write_down()

    def begin(self, row: OutboxLetter, **more: Any) -> bool:
        """Say that a letter is being sent, in one commit with all fates so far.

        False where it is not this worker's any more.
        """
        held = update(LETTERS).where(self._held(row, LetterState.CLAIMED))
        return self.write_down(held.values(state=LetterState.SENDING, **more))

    def write_down(self, begun: Executable | None = None) -> bool:
        """Commit all fates so far; say whether the next letter has begun."""
        noted, self.outcomes = self.outcomes, []
        if not noted and begun is None:
            return False
        written, is_begun = _commit(noted, begun)
        for outcome in written:
            self.counts.add(outcome.state)
        return is_begun

    def _held(self, row: OutboxLetter, state: LetterState) -> ColumnElement[bool]:
        """Return the condition that holds for nothing where another worker has the letter."""
        mine = LETTERS.c.claimed_by == self.worker_id
        return (LETTERS.c.id == row.id) & mine & (LETTERS.c.state == state)


@transaction()
def _commit(outcomes: list[Outcome], begun: Executable | None) -> tuple[list[Outcome], bool]:
    # Times first, as claiming does.
    for outcome in outcomes:
        if outcome.time is not None:
            execute(outcome.time)
    written = [outcome for outcome in outcomes if execute(outcome.letter)]
    return written, begun is not None and bool(execute(begun))
