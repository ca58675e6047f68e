"""What a drawing of the trend consists of: sizes, words, and places in units of the viewBox.

Two sizes are drawn and the stylesheet shows one: the narrow for phones, the wide for spreads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from couples.dashboard.picture.fitting import Anchor
from couples.dashboard.rules import EventKind, Mark


@dataclass(frozen=True, slots=True)
class Size:
    """The measures of one of the two drawings."""

    name: Literal["narrow", "wide"]
    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    lane: float
    dates: float
    event: float
    disc: float
    disc_inside: float
    diamond: float
    diamond_around: float
    most_dates: int


NARROW = Size("narrow", 326, 282, 20, 256, 24, 224, 243, 270, 12, 5, 4, 5.8, 9, 4)
WIDE = Size("wide", 592, 440, 28, 508, 26, 378, 397, 424, 14, 6, 5, 6.8, 10, 5)


@dataclass(frozen=True, slots=True)
class Words:
    """The words in the drawing, in the reader's language."""

    no_answer: str
    event: dict[EventKind, str]
    day: Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Text:
    """Some words at a baseline; `kind` is the mark of a person, "event", or empty."""

    x: float
    y: float
    words: str
    anchor: Anchor = "start"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One of the seven rows; the outer two are solid."""

    value: int
    y: float
    outer: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A run of joined points of one person, as the points of a polyline."""

    mark: Mark
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """The points as the attribute wants them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Spot:
    """One disc or diamond: an answer, or a round without one (`missing`, in its own lane)."""

    mark: Mark
    x: float
    y: float
    r: float
    only_me: bool = False
    missing: bool = False

    @property
    def path(self) -> str:
        """The outline of the diamond."""
        return f"M{self.x} {round(self.y - self.r, 1)}l{self.r} {self.r}l-{self.r} {self.r}" + (
            f"l-{self.r} -{self.r}z"
        )

    @property
    def shackle(self) -> str:
        """The bow above an answer only the reader sees: it makes the mark a small padlock."""
        return f"M{round(self.x - 3, 1)} {round(self.y - self.r + 1, 1)}v-2.5a3 3 0 0 1 6 0v2.5"


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything one drawing consists of, in the order in which it is drawn."""

    size: Size
    right: float
    grid: tuple[GridRow, ...]
    events: tuple[float, ...]
    strokes: tuple[Stroke, ...]
    spots: tuple[Spot, ...]
    texts: tuple[Text, ...]
