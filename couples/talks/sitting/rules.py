"""Where a talk stands, whose turn it is, and what becomes of what stayed open. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from couples.talks.rules import State, state_after

# What was said of one line of the agenda; only a step can be done or let go.
TALKED, DONE, LET_GO, OPEN = "talked", "done", "let_go", "open"
# So often something returns by itself; what stays open once more waits for the review.
MOST_RETURNS = 2
# Two speak, and after each the other says what they heard; then it begins again.
TURNS = 4


@dataclass(frozen=True, slots=True)
class Times:
    """When a talk begins, for how long, and how it ended, as far as any of this is known."""

    starts_at: datetime | None = None
    minutes: int | None = None
    called_off_at: datetime | None = None
    talked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the talk: which leaf's person speaks, or is heard."""

    number: int
    leaf: int
    hearing: bool

    @property
    def is_last(self) -> bool:
        """Whether both have spoken and were heard."""
        return self.number == TURNS


def state_of(times: Times, zone: str, now: datetime) -> State:
    """Return where a talk stands for a reader in this zone."""
    if times.talked_at is not None:
        return State.OVER
    if times.called_off_at is not None:
        return State.CALLED_OFF
    if times.starts_at is None or times.minutes is None:
        return State.PROPOSED
    return state_after(times.starts_at, times.minutes, zone, now)


def turn_of(number: int) -> Turn:
    """Return one of the turns; anything that is none begins at the first."""
    found = number if 1 <= number <= TURNS else 1
    return Turn(found, leaf=(found - 1) // 2, hearing=found % 2 == 0)


def returns(returned: int) -> int | None:
    """Return how often something has come back once it does so again; none for the review."""
    return returned + 1 if returned < MOST_RETURNS else None


@dataclass(frozen=True, slots=True)
class OpenStep:
    """An open step: since when it waits, and when the last round that asks about it opened.

    It waits since it was written down or, where later talks left it open, since the last of them.
    """

    id: str
    since: datetime
    asked_at: datetime | None = None


def to_ask(steps: Iterable[OpenStep]) -> str | None:
    """Return the step the next round asks about, of the open ones, the oldest first.

    It is the newest one that no round has asked about since it was written down or last came
    back: none is asked about twice in a row. This is looked at whenever a talk is written down or
    a step changes, not after each round: one that a newer one came before waits until then.
    """
    waiting = [each.id for each in steps if each.asked_at is None or each.asked_at <= each.since]
    return waiting[-1] if waiting else None
