"""What one worker writes down about the letters it holds: one commit a letter.

What became of a letter is written down in the same transaction that begins the next one, or ends
the batch. A worker killed in between leaves it being sent, as one killed a moment earlier does:
never sent again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, update

from couples.db import transaction
from couples.mail import suppression
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending.claims import LETTERS, TIMES, execute


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


# Holds for nothing where another worker has the letter. Built once: putting these statements
# together for each letter would cost as much as running them.
HELD = (
    (LETTERS.c.id == bindparam("letter"))
    & (LETTERS.c.claimed_by == bindparam("worker"))
    & (LETTERS.c.state == bindparam("before"))
)
WRITE = update(LETTERS).where(HELD)
BEGIN = WRITE.where(~suppression.STANDS_AGAINST)
WAIT = update(TIMES).where(TIMES.c.letter_id == bindparam("letter"), exists().where(HELD))


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
        if outcome.held["before"] is LetterState.CLAIMED:
            self.write_down()

    def begin(self, row: OutboxLetter, address_index: str) -> bool:
        """Say that a letter is being sent, in one commit with all fates so far.

        False where it is not this worker's any more, or a suppression stands against it.
        """
        values = {"state": LetterState.SENDING, "address_index": address_index}
        against = suppression.against(address_index, row.kind)
        return self.write_down(self._held(row, LetterState.CLAIMED) | values | against)

    def write_down(self, begun: dict[str, Any] | None = None) -> bool:
        """Commit all fates so far; say whether the next letter has begun."""
        noted, self.outcomes = self.outcomes, []
        if not noted and begun is None:
            return False
        written, is_begun = _commit(noted, begun)
        for outcome in written:
            self.counts.add(outcome.values["state"])
        return is_begun

    def _held(self, row: OutboxLetter, state: LetterState) -> dict[str, Any]:
        return {"letter": row.id, "worker": self.worker_id, "before": state}


@transaction()
def _commit(outcomes: list[Outcome], begun: dict[str, Any] | None) -> tuple[list[Outcome], bool]:
    # Times first, as claiming does.
    for outcome in outcomes:
        if outcome.at is not None:
            execute(WAIT, outcome.held | {"at": outcome.at})
    written = [outcome for outcome in outcomes if execute(WRITE, outcome.held | outcome.values)]
    return written, begun is not None and bool(execute(BEGIN, begun))
