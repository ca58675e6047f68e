"""What services show of a talk and of what came of it; frozen, like all shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from couples.agreement.topics.shapes import TopicView
from couples.pairing.services import CoupleView, PersonMark
from couples.talks.agenda.shapes import Agenda, ItemView
from couples.talks.rules import State

StepState = Literal["open", "done", "let_go", "review"]


@dataclass(frozen=True, slots=True, repr=False)
class StepWords:
    """One next step as it was typed: what, whether its writer alone does it, until when."""

    words: str
    mine: bool
    until: date | None


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """What came of a talk: what was said of each line by its id, and one next step or none."""

    said: Mapping[str, str] = field(default_factory=dict)
    step: StepWords | None = None


@dataclass(frozen=True, slots=True, repr=False)
class StepView:
    """The step of a talk as both see it; no owner means both of them."""

    id: str
    talk_id: str
    author: PersonMark
    owner: PersonMark | None
    words: str
    until: date | None
    revision: int
    state: StepState
    may_change: bool


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """What one round opened about a step, by person in the order of the leaves."""

    on: datetime
    each: tuple[tuple[PersonMark, int], ...]


@dataclass(frozen=True, slots=True, repr=False)
class TalkPage:
    """One talk: its agenda and the steps that came back or, once it is over, what came of it.

    `before` counts the talks that are over, so that open questions move on from talk to talk.
    `said`, `brought` and `steps` of a talk that is over are given to who writes it down second.
    """

    couple: CoupleView
    id: str
    state: State
    starts_at: datetime | None
    minutes: int | None
    talked_at: datetime | None
    before: int = 0
    agenda: Agenda | None = None
    steps: tuple[StepView, ...] = ()
    talked: tuple[ItemView, ...] = ()
    step: StepView | None = None
    opened: tuple[Opened, ...] = ()
    is_last: bool = False
    revision: int = 0
    said: Mapping[str, str] = field(default_factory=dict)
    brought: tuple[ItemView, ...] = ()

    @property
    def is_living(self) -> bool:
        """Whether it is still to be held, or to be written down."""
        return self.state not in {State.OVER, State.CALLED_OFF}

    @property
    def may_write_step(self) -> bool:
        """Whether a step may be written down: the last talk has none, or its words may change."""
        return self.step.may_change if self.step else self.is_last

    @property
    def items(self) -> tuple[ItemView, ...]:
        """What was brought and stands on the agenda."""
        return self.agenda.items if self.agenda else self.brought


@dataclass(frozen=True, slots=True, repr=False)
class Came:
    """What came of one talk that is over: what was talked about, and the step."""

    talked: tuple[ItemView, ...]
    step: StepView | None


@dataclass(frozen=True, slots=True, repr=False)
class PastTalk:
    """One talk that is over, in a list."""

    id: str
    talked_at: datetime
    step: str


@dataclass(frozen=True, slots=True, repr=False)
class PromisePage:
    """A step, and the topics it could be suggested under."""

    step: StepView
    topics: tuple[TopicView, ...]
