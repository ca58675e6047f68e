"""What the overview may show and say (C5, O1, O2): decisions over plain values.

A round appears here only after its close. Whatever keeps the partner's answer from the reader
(kept, skipped, paused, late, withdrawn, never opened) arrives as the same None.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

ROUNDS_SHOWN = 12
ANSWERS_FOR_A_LINE = 3
BESIDE = timedelta(days=31)
# How many of the latest rounds a page shows, by what its address asks for; None is all of them.
RANGES: dict[str, int | None] = {"12": ROUNDS_SHOWN, "26": 26, "all": None}

Mark = Literal["disc", "diamond"]
EventKind = Literal["signed", "updated"]


@dataclass(frozen=True, slots=True)
class PersonMark:
    """How a person is shown everywhere: a name, a shape, a letter in it."""

    name: str
    mark: Mark
    initial: str


class Answered(NamedTuple):
    """One question in one closed round, as its reader may see it; answers are 1 to 7.

    `only_me` says of `mine` that the partner does not see it.
    """

    opened_on: date
    mine: int | None
    theirs: int | None = None
    only_me: bool = False


@dataclass(frozen=True, slots=True)
class AgreementMark:
    """The day on which a version came into force: the first is signed, later ones update it."""

    on: date
    version: int

    @property
    def kind(self) -> EventKind:
        """What is said of it on the axis and in the table."""
        return "signed" if self.version == 1 else "updated"


class Point(NamedTuple):
    """One person's answer in one round, or none."""

    opened_on: date
    value: int | None
    only_me: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One person's answers, one point for every round shown, oldest first."""

    person: PersonMark
    points: tuple[Point, ...]

    @property
    def values(self) -> tuple[int, ...]:
        """The answers that exist, in time order."""
        return tuple(point.value for point in self.points if point.value is not None)


@dataclass(frozen=True, slots=True)
class Series:
    """One question over time; the lines stand in the order of the leaves, the same for both.

    `from_the_first` says that no earlier round was left out of it.
    """

    days: tuple[date, ...] = ()
    lines: tuple[Line, ...] = ()
    from_the_first: bool = True

    @property
    def has_only_me(self) -> bool:
        """Whether any point is seen by the reader alone, and has to be explained."""
        return any(point.only_me for line in self.lines for point in line.points)

    @property
    def spans_years(self) -> bool:
        """Whether its days need their years to be told apart."""
        return bool(self.days) and self.days[0].year != self.days[-1].year

    @property
    def has_lines(self) -> bool:
        """Whether anybody has answered often enough for a line."""
        return any(draws_line(line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Strip:
    """One need over the last rounds that asked about it; the last point is the latest.

    `topic_id` names the topic that has a page; a question of the couple's own has none.
    """

    topic: str
    series: Series
    topic_id: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a round with a point per person, or an agreement mark alone."""

    on: date
    points: tuple[Point, ...] = ()
    mark: AgreementMark | None = None

    @property
    def event(self) -> EventKind | None:
        """What the mark says, in a row that is one."""
        return self.mark.kind if self.mark else None


def series(
    me: PersonMark,
    partner: PersonMark | None,
    rounds: Sequence[Answered],
    *,
    my_leaf_first: bool = True,
    most: int | None = ROUNDS_SHOWN,
    from_the_first: bool = True,
) -> Series:
    """The last rounds of one question, at `most` so many, as the reader `me` may see them.

    Without a partner nothing is marked as seen by the reader alone: all of it is. Whether `rounds`
    begin `from_the_first` says who has left earlier ones out already.
    """
    shown = sorted(rounds, key=lambda answered: answered.opened_on)
    shown = shown[-most:] if most else shown
    lines = [Line(me, tuple(_my_point(answered, partner) for answered in shown))]
    if partner is not None:
        lines.append(Line(partner, tuple(_their_point(answered) for answered in shown)))
    if not my_leaf_first:
        lines.reverse()
    days = tuple(answered.opened_on for answered in shown)
    whole = from_the_first and len(shown) == len(rounds)
    return Series(days, tuple(lines), from_the_first=whole)


def _my_point(answered: Answered, partner: PersonMark | None) -> Point:
    only_me = answered.only_me and answered.mine is not None and partner is not None
    return Point(answered.opened_on, answered.mine, only_me)


def _their_point(answered: Answered) -> Point:
    # Taking part is the price of seeing. The services see to it; this second look costs nothing.
    opened = answered.mine is not None and not answered.only_me
    return Point(answered.opened_on, answered.theirs if opened else None)


def draws_line(line: Line) -> bool:
    """Whether this person's points may be joined; one or two stay points (O2)."""
    return len(line.values) >= ANSWERS_FOR_A_LINE


def segments(line: Line) -> tuple[tuple[int, ...], ...]:
    """Runs of neighbouring rounds to be joined, as indexes; a round without answer ends a run."""
    if not draws_line(line):
        return ()
    runs: list[list[int]] = [[]]
    for index, point in enumerate(line.points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(index)
    return tuple(tuple(run) for run in runs if len(run) > 1)


def marks_beside(shown: Series, marks: Iterable[AgreementMark]) -> tuple[AgreementMark, ...]:
    """The agreement marks that belong on the time axis of these rounds, oldest first.

    A mark shortly before the first or after the last round stands beside it; one farther away
    would press the rounds together, and so would one before rounds no longer shown.
    """
    if not shown.days:
        return ()
    before = BESIDE if shown.from_the_first else timedelta(0)
    begin, end = shown.days[0] - before, shown.days[-1] + BESIDE
    beside = [mark for mark in marks if begin <= mark.on <= end]
    return tuple(sorted(beside, key=lambda mark: mark.on))


def table(shown: Series, marks: Iterable[AgreementMark]) -> tuple[Row, ...]:
    """The same numbers as rows, oldest first, with the agreement marks between them."""
    points = zip(*(line.points for line in shown.lines), strict=True)
    rounds = [Row(day, one) for day, one in zip(shown.days, points, strict=True)]
    events = [Row(mark.on, mark=mark) for mark in marks_beside(shown, marks)]
    return tuple(sorted([*events, *rounds], key=lambda row: row.on))


def version_on(marks: Iterable[AgreementMark], day: date) -> int | None:
    """The version of the agreement that held on a day, if any did."""
    return max((mark.version for mark in marks if mark.on <= day), default=None)


def most_of(asked: str | None) -> int | None:
    """How many rounds an address asks for; anything unknown means the usual twelve."""
    return RANGES.get(asked or "", ROUNDS_SHOWN)


def ranges_of(rounds: int) -> dict[str, int | None]:
    """The ranges worth offering: each larger one only where there are more rounds to show."""
    offered = {"12": RANGES["12"]}
    if rounds > ROUNDS_SHOWN:
        offered["26"] = RANGES["26"]
    if rounds > 26:
        offered["all"] = RANGES["all"]
    return offered if len(offered) > 1 else {}
