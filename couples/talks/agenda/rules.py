"""How much one may bring, and what of it stands on the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

MOST_OPEN = 6
LONGEST = 200


class Item(Protocol):
    """What is known of one thing that somebody brings."""

    @property
    def id(self) -> str:
        """What tells two of the same moment apart."""

    @property
    def added_at(self) -> datetime:
        """When it was added."""

    @property
    def chosen_at(self) -> datetime | None:
        """When its author last put it first, if ever."""


Some = TypeVar("Some", bound=Item)


def in_order(items: Sequence[Some]) -> list[Some]:
    """Return one person's things: the one that stands first, then the others by their age.

    The latest chosen stands first, else the oldest.
    """
    aged = sorted(items, key=lambda item: (item.added_at, item.id))
    chosen = [(item.chosen_at, item.id, item) for item in aged if item.chosen_at]
    first = max(chosen, key=lambda each: each[:2])[2] if chosen else None
    return aged if first is None else [first, *(item for item in aged if item is not first)]
