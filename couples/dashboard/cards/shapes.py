"""The one card an overview may show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from couples.dashboard.cards.rules import Direction, Pair
from couples.dashboard.rules import PersonMark

Each = tuple[tuple[PersonMark, int], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """One's own last answers are not the usual ones; `about` is what a talk would be about."""

    is_change: ClassVar[bool] = True

    key: str
    about: str
    direction: Direction


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """Both see one question differently, in what opened for both.

    `topic` is its name, none for overall and for the scale; `pair` is (mine, theirs) of `most`, and
    `each` the same in the order of the leaves.
    """

    is_change: ClassVar[bool] = False

    key: str
    about: str
    pair: Pair
    topic: str = ""
    each: Each = ()
    most: int = 7


Card = Change | Difference
