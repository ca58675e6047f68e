"""Where a series lies in a drawing: what all parts of the drawing place themselves by."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from couples.dashboard import rules
from couples.dashboard.picture import fitting, thinning
from couples.dashboard.picture.drawing import Axis, Dated, Size
from couples.dashboard.rules import AgreementMark, Line, Series

MANY_MONTHS = timedelta(days=400)  # over so long a time the days themselves say little


@dataclass(frozen=True, slots=True)
class Plot:
    """The series, the places of its rounds from left to right, and which of them have marks.

    `marks` are all the couple's agreement marks, `beside` those on the time axis; `named` are the
    lines with a name at their end, and `heights` say where each answer that can be stands.
    """

    shown: Series
    marks: tuple[AgreementMark, ...]
    beside: tuple[AgreementMark, ...]
    named: tuple[tuple[Line, str], ...]
    size: Size
    axis: Axis
    right: float
    x_of: Callable[[date], float]
    xs: tuple[float, ...]
    chosen: tuple[int, ...]
    heights: Mapping[float, float]

    @property
    def thinned(self) -> bool:
        """Whether some rounds have no mark for want of room."""
        return len(self.chosen) < len(self.xs)

    @property
    def years(self) -> bool:
        """Whether a day needs its year to be told from another."""
        return self.shown.spans_years

    @property
    def dated(self) -> Dated:
        """How days are written under the axis."""
        days = self.shown.days
        if not self.years:
            return "day"
        return "month" if days[-1] - days[0] > MANY_MONTHS else "year"

    @property
    def missing(self) -> bool:
        """Whether the lane of rounds without answer is used."""
        return any(point.value is None for line in self.shown.lines for point in line.points)

    def y(self, value: float) -> float:
        """Where a number stands."""
        found = self.heights.get(value)
        return self.size.y(value, self.axis) if found is None else found


def plot_of(
    shown: Series,
    marks: Iterable[AgreementMark],
    size: Size,
    axis: Axis,
    beside_it: Sequence[str],
) -> Plot:
    """Lay a series out, with its agreement marks and room for what is written beside it."""
    every = tuple(marks)
    beside = rules.marks_beside(shown, every)
    named = tuple((line, _end_words(line)) for line in shown.lines if line.values)
    names = [name for _line, name in named]
    right = fitting.room_for(names, beside_it, size.right, size.width)
    x_of = _time_axis([*shown.days, *(mark.on for mark in beside)], size.left, right)
    xs = tuple(x_of(day) for day in shown.days)
    chosen = thinning.shown_marks(shown, xs, size)
    heights = {float(n): size.y(n, axis) for n in range(axis.rows[0], axis.rows[-1] + 1)}
    return Plot(shown, every, beside, named, size, axis, right, x_of, xs, chosen, heights)


def _end_words(line: Line) -> str:
    # The number belongs to the latest round. Where that has no answer, the name stands alone.
    name, value = fitting.shortened(line.person.name), line.points[-1].value
    return name if value is None else f"{name} {value}"


def _time_axis(days: Sequence[date], left: float, right: float) -> Callable[[date], float]:
    first, last = (min(days), max(days)) if days else (date.min, date.min)
    span = (last - first).days

    def x_of(day: date) -> float:
        share = (day - first).days / span if span else 1.0  # a single round stands by its label
        return round(left + share * (right - left), 1)

    return x_of
