"""What reading an agreement again shows: frozen values, to each only what is theirs to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from couples.agreement.document.content import Clause, Content
from couples.agreement.listed import topic_name
from couples.agreement.review.rules import Outcome, Question
from couples.pairing.services import CoupleView, PersonMark

# What the agreement's first page says of it; nothing where nothing is to be said.
Notice = Literal["review", "trial", "settled"]
Answered = Literal["saved", "late", "replaced"]


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """What a person answers on one page: by question, for the version they read."""

    version_id: str
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One question with this person's own answer; no promise means how the two keep talking."""

    question: Question
    promise: Clause | None
    trial: bool
    mine: str

    @property
    def name(self) -> str:
        """The promise's topic; nothing for the terms, which pages name."""
        return topic_name(self.promise.listed, self.promise.own_name) if self.promise else ""


@dataclass(frozen=True, slots=True, repr=False)
class Settled:
    """What both answered to one question, and whether the draft has the promise, and where."""

    about: str
    topic_id: str
    promise: Clause | None
    answers: tuple[tuple[PersonMark, str], ...]
    outcome: Outcome
    in_draft: bool
    under_review: bool

    @property
    def name(self) -> str:
        """The promise's topic; nothing for the terms, which pages name."""
        return topic_name(self.promise.listed, self.promise.own_name) if self.promise else ""


@dataclass(frozen=True, slots=True, repr=False)
class LeftOver:
    """Something that stayed open in talks, in its author's words."""

    id: str
    author: PersonMark
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class ReviewPage:
    """All there is to read again for one person; `next_on` once all of a review is settled."""

    couple: CoupleView
    version_id: str = ""
    content: Content | None = None
    asked: tuple[Asked, ...] = ()
    settled: tuple[Settled, ...] = ()
    next_on: date | None = None
    left_over: tuple[LeftOver, ...] = ()
