"""What the partner sees of one person, taken from what the partner's own pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.agreement.rules import NeedWords, PromiseWords
from couples.pairing.services import PersonMark
from couples.talks.planning.shapes import TimeView
from couples.talks.sitting.shapes import StepView


@dataclass(frozen=True, slots=True, repr=False)
class Wording:
    """Words this person suggested, with what they added."""

    words: PromiseWords
    note: str


@dataclass(frozen=True, slots=True, repr=False)
class SeenTopic:
    """One topic as it stands on the partner's page, with what is this person's under it.

    `answers` are what they said to what was heard in their needs, `moves` their notes beside what
    they suggested about the topic. `promise` is in the words of both.
    """

    name: str
    retired: bool
    needs: tuple[NeedWords, ...]
    heard: tuple[str, ...]
    answers: tuple[str, ...]
    suggestion: Wording | None
    past: tuple[Wording, ...]
    moves: tuple[str, ...]
    promise: PromiseWords | None

    @property
    def has_any(self) -> bool:
        """Whether anything stands there that is this person's or of both."""
        own = (self.needs, self.heard, self.suggestion, self.past, self.moves)
        return any(own) or self.promise is not None


@dataclass(frozen=True, slots=True, repr=False)
class SeenVersion:
    """One version both signed: one's name in it, the typed one, and what one needs in it."""

    number: int
    name: str
    typed_name: str
    signed_at: datetime | None
    needs: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class SeenReview:
    """What one said of a promise, or with no name of the terms, once both had answered."""

    name: str
    answer: str


@dataclass(frozen=True, slots=True, repr=False)
class SeenRound:
    """What one round opened of this person's: questions with numbers, total and words."""

    opened_at: datetime
    answers: tuple[tuple[str, int], ...]
    total: int | None
    words: str

    @property
    def has_any(self) -> bool:
        """Whether anything opened."""
        return bool(self.answers or self.words) or self.total is not None


@dataclass(frozen=True, slots=True, repr=False)
class SeenTalks:
    """What this person brought to talks, wrote down after them, and proposes."""

    items: tuple[str, ...] = ()
    talked: tuple[str, ...] = ()
    steps: tuple[StepView, ...] = ()
    times: tuple[TimeView, ...] = ()
    left_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """Everything of one person's that their partner's pages show."""

    me: PersonMark
    partner: PersonMark
    # Whether the left leaf is this person's.
    left: bool
    topics: tuple[SeenTopic, ...]
    versions: tuple[SeenVersion, ...]
    signed_draft: str
    # In the draft, where this person chose its terms last; none where the partner did.
    talk_plan: str | None
    reviews: tuple[SeenReview, ...]
    rounds: tuple[SeenRound, ...]
    wants_to_clear: bool
    owned_up: str
    questions: tuple[str, ...]
    talks: SeenTalks
