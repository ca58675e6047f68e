"""What the overview may show and say (C5, O1, O2): decisions over plain values.

A round appears here only after its close. Whatever keeps the partner's answer from the reader
(kept, skipped, paused, late, withdrawn, never opened) arrives as the same None.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

ROUNDS_SHOWN = 12
ANSWERS_FOR_A_LINE = 3
# With fewer answers than these a line stands without words: two or three numbers are no course.
ANSWERS_FOR_WORDS = 6
APART_WORTH_SAYING = 2
BESIDE = timedelta(days=31)

Mark = Literal["disc", "diamond"]
EventKind = Literal["signed", "updated"]
Verb = Literal["went", "stayed", "back"]


@dataclass(frozen=True, slots=True)
class PersonMark:
    """How a person is shown everywhere: a name, a shape, a letter in it."""

    name: str
    mark: Mark
    initial: str


@dataclass(frozen=True, slots=True)
class Answered:
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
    kind: EventKind


@dataclass(frozen=True, slots=True)
class Point:
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
    """One question over time; the lines stand in the order of the leaves, the same for both."""

    days: tuple[date, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def has_only_me(self) -> bool:
        """Whether any point is seen by the reader alone, and has to be explained."""
        return any(point.only_me for line in self.lines for point in line.points)

    @property
    def has_lines(self) -> bool:
        """Whether anybody has answered often enough for a line."""
        return any(draws_line(line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Strip:
    """One need over the last rounds that asked about it; the last point is the latest."""

    topic: str
    series: Series


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a round with a point per person, or an agreement mark alone."""

    on: date
    points: tuple[Point, ...] = ()
    event: EventKind | None = None


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


def series(
    me: PersonMark,
    partner: PersonMark | None,
    rounds: Sequence[Answered],
    *,
    my_leaf_first: bool = True,
) -> Series:
    """The last twelve rounds of one question, as the reader `me` may see them.

    Without a partner nothing is marked as seen by the reader alone: all of it is.
    """
    shown = sorted(rounds, key=lambda answered: answered.opened_on)[-ROUNDS_SHOWN:]
    lines = [Line(me, tuple(_my_point(answered, partner) for answered in shown))]
    if partner is not None:
        lines.append(Line(partner, tuple(_their_point(answered) for answered in shown)))
    if not my_leaf_first:
        lines.reverse()
    return Series(tuple(answered.opened_on for answered in shown), tuple(lines))


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


def sentence(shown: Series) -> Sentence:
    """What may be said under the chart, of each person apart and never of both as one number."""
    told = tuple(_tell(line) for line in shown.lines if len(line.values) >= ANSWERS_FOR_WORDS)
    if not told:
        return Sentence(latest=_latest(shown))
    return Sentence(told=told, furthest_apart_on=_furthest_apart(shown))


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


def marks_beside(shown: Series, marks: Iterable[AgreementMark]) -> tuple[AgreementMark, ...]:
    """The agreement marks that belong on the time axis of these rounds, oldest first.

    A mark shortly before the first or after the last round stands beside it; one farther away
    would press the rounds together, and so would one before rounds no longer shown.
    """
    if not shown.days:
        return ()
    before = BESIDE if len(shown.days) < ROUNDS_SHOWN else timedelta(0)
    begin, end = shown.days[0] - before, shown.days[-1] + BESIDE
    beside = [mark for mark in marks if begin <= mark.on <= end]
    return tuple(sorted(beside, key=lambda mark: mark.on))


def table(shown: Series, marks: Iterable[AgreementMark]) -> tuple[Row, ...]:
    """The same numbers as rows, oldest first, with the agreement marks between them."""
    points = zip(*(line.points for line in shown.lines), strict=True)
    rounds = [Row(day, one) for day, one in zip(shown.days, points, strict=True)]
    events = [Row(mark.on, event=mark.kind) for mark in marks_beside(shown, marks)]
    return tuple(sorted([*events, *rounds], key=lambda row: row.on))
