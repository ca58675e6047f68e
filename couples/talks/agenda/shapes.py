"""What the pages show of an agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.pairing.services import CoupleView, PersonMark
from couples.talks.agenda.rules import MOST_OPEN


@dataclass(frozen=True, slots=True, repr=False)
class ItemView:
    """One thing somebody brings, as both read it.

    `topic_key` is the listed topic it is about, and decides which open questions go with it.
    """

    id: str
    author: PersonMark
    words: str
    topic_id: str | None
    topic_key: str | None
    added_at: datetime
    chosen_at: datetime | None
    returned: int
    revision: int


@dataclass(frozen=True, slots=True, repr=False)
class Agenda:
    """One line each in the order of the leaves; nothing means the standing default.

    `more` is what both have kept for another time, in the same order.
    """

    lines: tuple[tuple[PersonMark, ItemView | None], ...]
    more: tuple[ItemView, ...]

    @property
    def items(self) -> tuple[ItemView, ...]:
        """What was brought and stands on it."""
        return tuple(item for _person, item in self.lines if item)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a new item may begin with: neutral words, and which open questions go with them."""

    words: str = ""
    topic_id: str | None = None
    topic_key: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Bringing:
    """What is needed to write one item: a new one, or `item`, which is there already.

    `open` are the person's own ones, the one that stands first before the others.
    """

    couple: CoupleView
    heading: Heading
    open: tuple[ItemView, ...]
    item: ItemView | None = None

    @property
    def has_room(self) -> bool:
        """Whether one more may be added, or this one is there already."""
        return self.item is not None or len(self.open) < MOST_OPEN

    @property
    def stands(self) -> bool:
        """Whether it is, or would be, the one that stands on the agenda."""
        return self.open[:1] == ((self.item,) if self.item else ())
