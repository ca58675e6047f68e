"""What services show: frozen values, nothing in them that its reader may not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from couples.agreement.document.content import Content
from couples.agreement.listed import topic_name
from couples.agreement.promises.shapes import HearingView, PastWording, UnsentView
from couples.agreement.rules import NeedWords, PromiseWords, Terms
from couples.agreement.topics.shapes import Moves, PastMove, TopicView
from couples.pairing.services import CoupleView, PersonMark

# Whose suggestion waits, or that it is kept for a talk.
Waiting = Literal["mine", "theirs", "talk"]
TopicState = Literal["nothing", "agreed", "review"] | Waiting
Signing = Literal["no_terms", "to_sign", "i_signed", "they_signed", "in_force", "pending"]


@dataclass(frozen=True, slots=True, repr=False)
class NeedView:
    """One need as its author sees it, or as both do once it is open."""

    id: str
    listed: str | None
    own_topic: str | None
    words: NeedWords
    revision: int
    saved_at: datetime
    opened_at: datetime | None
    topic_id: str | None

    @property
    def name(self) -> str:
        """The topic's name."""
        return topic_name(self.listed, self.own_topic)


@dataclass(frozen=True, slots=True, repr=False)
class MyNeeds:
    """All a person's own needs; `earlier` belong to links that have ended."""

    couple: CoupleView | None
    folded: bool
    drafts: tuple[NeedView, ...]
    opened: tuple[NeedView, ...]
    earlier: tuple[NeedView, ...]
    may_write_more: bool

    @property
    def written(self) -> tuple[NeedView, ...]:
        """Drafts with at least one line: those that would open."""
        return tuple(need for need in self.drafts if need.words.parts)


@dataclass(frozen=True, slots=True, repr=False)
class NeedPage:
    """One own need to write on or, where `fixed`, to read."""

    couple: CoupleView | None
    need: NeedView
    number: int
    of: int
    next_id: str | None
    fixed: bool
    folded: bool

    @property
    def is_past(self) -> bool:
        """Whether it was never opened, and never will be: its link has ended."""
        return self.fixed and self.need.opened_at is None


@dataclass(frozen=True, slots=True, repr=False)
class NeedClash:
    """A second tab saved first: both texts, to choose from (rule A9)."""

    need: NeedView


@dataclass(frozen=True, slots=True, repr=False)
class TopicLine:
    """A topic in the list, with where its promise stands for this reader."""

    topic: TopicView
    state: TopicState
    words: str
    # Whether putting it aside, or making it part of another, is suggested and not answered.
    moving: Waiting | Literal[""] = ""


@dataclass(frozen=True, slots=True, repr=False)
class SuggestionView:
    """Proposed words, beside those they would replace."""

    id: str
    author: PersonMark
    owner: PersonMark | None
    words: PromiseWords
    note: str
    made_at: datetime
    mine: bool
    kept_for_talk: bool
    before: PromiseWords | None
    before_owner: PersonMark | None


@dataclass(frozen=True, slots=True, repr=False)
class PromiseView:
    """Words both said yes to."""

    owner: PersonMark | None
    words: PromiseWords
    agreed_at: datetime
    under_review_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Leaf:
    """One side: a person and what they opened under a topic."""

    person: PersonMark
    needs: tuple[NeedView, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Side:
    """A topic with both leaves, its promise and the open suggestion; `seen` names the newest.

    `number` counts living topics, and is nothing for one that was put aside. `begun` names what
    this reader alone has typed and not sent; `left` holds what of it they heard in a need and
    cannot say any more.
    """

    couple: CoupleView
    topic: TopicView
    number: int
    of: int
    retired: bool
    leaves: tuple[Leaf, Leaf]
    hearings: Mapping[str, HearingView]
    promise: PromiseView | None
    suggestion: SuggestionView | None
    my_draft_id: str | None
    may_write: bool
    seen: str
    history: tuple[PastWording, ...]
    past_moves: tuple[PastMove, ...]
    begun: frozenset[str]
    left: Mapping[str, UnsentView]
    moves: Moves


@dataclass(frozen=True, slots=True, repr=False)
class TermsPage:
    """The draft's terms, and who changed them last; revision 0 means nobody yet."""

    couple: CoupleView
    terms: Terms
    revision: int
    changed_by: PersonMark | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class SignatureView:
    """A typed name under a text."""

    person_id: str
    typed_name: str
    signed_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class DocumentView:
    """A text of the agreement with what stands under it."""

    content: Content
    number: int
    of: int
    signatures: tuple[SignatureView, ...]
    under_review: frozenset[str]
    version_id: str | None = None
    in_force_at: datetime | None = None
    fingerprint: str = ""
    redacted_at: datetime | None = None

    def signature_of(self, person_id: str) -> SignatureView | None:
        """Return this person's signature, if it is there."""
        return next((mine for mine in self.signatures if mine.person_id == person_id), None)


@dataclass(frozen=True, slots=True, repr=False)
class SignPage:
    """The draft to sign; `void` says that one's earlier signature no longer counts."""

    couple: CoupleView
    document: DocumentView
    read_hash: str
    signing: Signing
    void: bool


@dataclass(frozen=True, slots=True, repr=False)
class VersionLine:
    """One version in a list."""

    id: str
    number: int
    in_force_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """The last version both signed in a couple that has ended."""

    version: VersionLine
    partner: PersonMark


@dataclass(frozen=True, slots=True, repr=False)
class Home:
    """Where this person and, once linked, both stand."""

    couple: CoupleView | None
    needs: MyNeeds
    reveal_waits: bool
    topics: tuple[TopicLine, ...]
    signing: Signing
    void: bool
    document: DocumentView | None
    versions: int
    kept: tuple[Kept, ...]
