"""The one card an overview may show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from couples.dashboard.cards.rules import REST, Direction, Pair
from couples.dashboard.rules import PersonMark

Each = tuple[tuple[PersonMark, int], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """One's own last answers are not the usual ones; `about` is what a talk would be about.

    Put away it is gone for good.
    """

    is_change: ClassVar[bool] = True
    rests: ClassVar[timedelta | None] = None

    key: str
    about: str
    direction: Direction


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """Both see one question differently, in what opened for both.

    `topic` is its name, none for overall and for the scale; `pair` is (mine, theirs) of `most`, and
    `each` the same in the order of the leaves. Put away it lets its question rest.
    """

    is_change: ClassVar[bool] = False
    rests: ClassVar[timedelta | None] = REST

    key: str
    about: str
    pair: Pair
    topic: str = ""
    each: Each = ()
    most: int = 7


Card = Change | Difference
