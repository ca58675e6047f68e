"""What a drawing of the trend consists of: sizes, words, and places in units of the viewBox.

Two sizes are drawn and the stylesheet shows one: the narrow for phones, the wide for spreads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from couples.dashboard.picture.fitting import Anchor
from couples.dashboard.rules import AgreementMark, Mark, Point

Dated = Literal["day", "year", "month"]  # 8 Oct; 8 Oct 2026; Oct 2026


@dataclass(frozen=True, slots=True)
class Axis:
    """The numbers an answer can be, and the rows drawn for them; never rescaled (guide, 6.1)."""

    rows: tuple[int, ...]

    def share(self, value: float) -> float:
        """How far up the axis a number stands, from 0 to 1."""
        return (value - self.rows[0]) / (self.rows[-1] - self.rows[0])


ANSWERS = Axis((1, 2, 3, 4, 5, 6, 7))
SCALE_SUMS = Axis((0, 7, 14, 21))


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

    def y(self, value: float, axis: Axis) -> float:
        """Where a number stands."""
        return round(self.bottom - axis.share(value) * (self.bottom - self.top), 1)


NARROW = Size("narrow", 326, 290, 20, 256, 24, 224, 243, 268, 12, 5, 4, 5.8, 9, 4)
WIDE = Size("wide", 592, 446, 28, 508, 26, 378, 397, 422, 14, 6, 5, 6.8, 10, 5)


class Reading(NamedTuple):
    """What stands at one round: each person's name and point, and the version that held then.

    `tells_version`: whether who listens is told of it here; it is seen at every round.
    """

    on: date
    answers: tuple[tuple[str, Point], ...]
    version: int | None
    years: bool
    tells_version: bool = True


class Spoken(NamedTuple):
    """A reading in words: the name of the place for who listens, two short lines for who looks."""

    name: str
    lines: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words in the drawing, in the reader's language.

    event       what an agreement mark is called: in full, and where there is little room
    day         a day under the axis, written as it needs to be to be told from the others
    """

    no_answer: str
    usual: str
    event: Callable[[AgreementMark], tuple[str, str]]
    day: Callable[[date, Dated], str]
    reading: Callable[[Reading], Spoken]


class Text(NamedTuple):
    """Some words at a baseline; `kind` is the mark of a person, "event", "date", or empty."""

    x: float
    y: float
    words: str
    anchor: Anchor = "start"
    kind: str = ""


class GridRow(NamedTuple):
    """One row of the axis; the outer two are solid."""

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


class Spot(NamedTuple):
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
class Empty:
    """Rounds without an answer of one person, in a row: one empty mark drawn out in length."""

    mark: Mark
    begin: float
    end: float
    y: float
    r: float

    @property
    def path(self) -> str:
        """The outline: of a disc or a diamond, as wide as the rounds reach."""
        top, r = round(self.y - self.r, 1), self.r
        right, left = f"l{r} {r}l-{r} {r}", f"l-{r} -{r}z"
        if self.mark == "disc":
            right, left = f"a{r} {r} 0 0 1 0 {2 * r}", f"a{r} {r} 0 0 1 0 -{2 * r}z"
        return f"M{self.begin} {top}H{self.end}{right}H{self.begin}{left}"


@dataclass(frozen=True, slots=True)
class Band:
    """A quiet stripe behind the lines: from where to where somebody's answers usually lie."""

    y: float
    height: float


class Place(NamedTuple):
    """One round that can be read by keyboard and touch: a column, and what it says."""

    on: date
    begin: float
    end: float
    spoken: Spoken

    @property
    def row(self) -> str:
        """The id of this round's row in the table."""
        return f"d{self.on.isoformat()}"


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything one drawing consists of, in the order in which it is drawn.

    `thinned` says that there was no room for the marks of all rounds; every line has them all.
    """

    size: Size
    right: float
    grid: tuple[GridRow, ...]
    band: Band | None
    places: tuple[Place, ...]
    events: tuple[float, ...]
    strokes: tuple[Stroke, ...]
    empties: tuple[Empty, ...]
    spots: tuple[Spot, ...]
    texts: tuple[Text, ...]
    thinned: bool
