"""What may be said under a chart, of each person apart and never of both as one number (O2, O3)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from couples.dashboard.rules import AgreementMark, Line, PersonMark, Row, Series
from couples.dashboard.rules import table as table_of

# With fewer answers than these a line stands without words: two or three numbers are no course.
ANSWERS_FOR_WORDS = 6
APART_WORTH_SAYING = 2

Verb = Literal["went", "stayed", "back"]


@dataclass(frozen=True, slots=True)
class Told:
    """What may be said of one person: the verb, and the first and last answer."""

    name: str
    verb: Verb
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Latest:
    """The answers of the latest round that has any, while there are too few to say more."""

    on: date
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the picture says, ready to be put into words (see words.py)."""

    told: tuple[Told, ...] = ()
    latest: Latest | None = None
    furthest_apart_on: date | None = None
    years: bool = False


class OverTime(Protocol):
    """One question over time, and the agreement beside it."""

    @property
    def series(self) -> Series:
        """The rounds shown."""

    @property
    def marks(self) -> tuple[AgreementMark, ...]:
        """Every version that came into force, oldest first."""


class Telling:
    """What a page says of its one question over time, the same way on every page."""

    __slots__ = ()

    @property
    def people(self: OverTime) -> list[PersonMark]:
        """Whose lines they are, in the order of the leaves."""
        return [line.person for line in self.series.lines]

    @property
    def sentence(self: OverTime) -> Sentence:
        """What the picture says."""
        return sentence(self.series)

    @property
    def table(self: OverTime) -> tuple[Row, ...]:
        """The numbers as rows."""
        return table_of(self.series, self.marks)


def sentence(shown: Series) -> Sentence:
    """What may be said under the chart, of each person apart and never of both as one number."""
    told = tuple(_tell(line) for line in shown.lines if len(line.values) >= ANSWERS_FOR_WORDS)
    if not told:
        return Sentence(latest=_latest(shown), years=shown.spans_years)
    return Sentence(told, furthest_apart_on=_furthest_apart(shown), years=shown.spans_years)


def _tell(line: Line) -> Told:
    first, last = line.values[0], line.values[-1]
    verb: Verb = "went"
    if first == last:
        verb = "stayed" if len(set(line.values)) == 1 else "back"
    return Told(line.person.name, verb, first, last)


def _latest(shown: Series) -> Latest | None:
    for index in reversed(range(len(shown.days))):
        answers = tuple(
            (line.person.name, value)
            for line in shown.lines
            if (value := line.points[index].value) is not None
        )
        if answers:
            return Latest(shown.days[index], answers)
    return None


def _furthest_apart(shown: Series) -> date | None:
    if len(shown.lines) != 2:
        return None
    pairs = zip(shown.lines[0].points, shown.lines[1].points, strict=True)
    gaps = [
        (abs(one.value - other.value), one.opened_on)
        for one, other in pairs
        if one.value is not None and other.value is not None
    ]
    widest = max((gap for gap, _on in gaps), default=0)
    days = [on for gap, on in gaps if gap == widest]
    # Where several rounds were as far apart, none of them was the furthest.
    return days[0] if widest >= APART_WORTH_SAYING and len(days) == 1 else None
