"""What services show about topics themselves: headings, suggestions to move them, their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from couples.agreement.listed import topic_name
from couples.agreement.promises.shapes import Became
from couples.pairing.services import PersonMark

Kind = Literal["retire", "merge"]


@dataclass(frozen=True, slots=True, repr=False)
class TopicView:
    """A heading both see."""

    id: str
    listed: str | None
    own_words: str | None
    position: int

    @property
    def name(self) -> str:
        """The topic's name."""
        return topic_name(self.listed, self.own_words)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a yes would do now to the words of a topic, and of the one it becomes part of."""

    promise: bool
    promise_there: bool = False
    wording: bool = False
    wording_there: bool = False

    @property
    def possible(self) -> bool:
        """Whether there are not two suggested wordings, of which one would have to give way."""
        return not (self.wording and self.wording_there)


@dataclass(frozen=True, slots=True, repr=False)
class MoveView:
    """A suggestion to put a topic aside, or to make it part of another."""

    id: str
    kind: Kind
    author: PersonMark
    into: TopicView | None
    note: str
    made_at: datetime
    mine: bool
    kept_for_talk: bool


@dataclass(frozen=True, slots=True, repr=False)
class PastMove:
    """What was suggested about a topic once, and what became of it: no note is lost."""

    author: PersonMark
    into: TopicView | None
    note: str
    made_at: datetime
    became: Became
    became_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Target:
    """A topic another one could become part of, and what that would do."""

    topic: TopicView
    outcome: Outcome


@dataclass(frozen=True, slots=True, repr=False)
class Moves:
    """All about where one topic goes: what is suggested, what is possible, what became of it.

    `before` is what lay there first and gave way. A topic that has gone has `gone_at`, and
    `now_part_of` where it is found by now.
    """

    topic: TopicView
    waiting: MoveView | None
    outcome: Outcome
    before: MoveView | None
    targets: tuple[Target, ...]
    gone_at: datetime | None
    now_part_of: TopicView | None


@dataclass(frozen=True, slots=True, repr=False)
class OrderPage:
    """The couple's topics in order; `seen` stands for exactly this order."""

    topics: tuple[TopicView, ...]
    seen: str


@dataclass(frozen=True, slots=True, repr=False)
class Headings:
    """What a new need may be about beside the list: `covered` listed topics stand under one."""

    open: tuple[TopicView, ...]
    covered: frozenset[str]
