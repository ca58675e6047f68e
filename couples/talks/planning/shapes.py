"""The next talk as one of the two sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.pairing.services import PersonMark
from couples.talks.planning.rules import held
from couples.talks.rules import State


@dataclass(frozen=True, slots=True)
class TimeView:
    """A time one of the two proposes, and that lies ahead."""

    id: str
    starts_at: datetime
    minutes: int

    @property
    def held(self) -> str:
        """The time as a form carries it."""
        return held(self.starts_at, self.minutes)


@dataclass(frozen=True, slots=True, repr=False)
class NextTalk:
    """The talk that is planned: what both said yes to, and what either proposes.

    id           of the talk
    starts_at    what holds: both said yes to it; None before they did
    minutes      how long it is to take; None before they agreed
    agreed_at    when the second yes came
    mine, theirs the times each proposes, the soonest first; for an agreed talk: a move
    state        where it stands for the reader now
    lines        in the order of the leaves: who, and the one thing they bring in words both
                 read; None where they have brought nothing
    """

    id: str
    starts_at: datetime | None
    minutes: int | None
    agreed_at: datetime | None
    mine: tuple[TimeView, ...]
    theirs: tuple[TimeView, ...]
    state: State
    me: PersonMark
    partner: PersonMark
    lines: tuple[tuple[PersonMark, str | None], ...] = ()

    @property
    def is_agreed(self) -> bool:
        """Whether both have said yes to a time."""
        return self.agreed_at is not None


@dataclass(frozen=True, slots=True, repr=False)
class PlanPage:
    """What either proposes already, and the time both said yes to, if they did."""

    partner: PersonMark
    mine: tuple[TimeView, ...]
    theirs: tuple[TimeView, ...]
    starts_at: datetime | None
    minutes: int | None

    @property
    def held(self) -> str:
        """What holds, as the form carries it."""
        return held(self.starts_at, self.minutes)
