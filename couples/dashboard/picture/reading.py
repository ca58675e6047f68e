"""The rounds of a drawing as places that can be read one by one, by keyboard, pointer and touch."""

from itertools import pairwise

from couples.dashboard import rules
from couples.dashboard.picture.drawing import Place, Reading, Words
from couples.dashboard.picture.plot import Plot
from couples.dashboard.rules import Point

AROUND = 12.0  # how far the first and the last column reach beyond their marks


def places(plot: Plot, words: Words) -> tuple[Place, ...]:
    """A column for every round that has a mark, each up to the middle between two."""
    xs = [plot.xs[index] for index in plot.chosen]
    if not xs:
        return ()
    edges = [xs[0] - AROUND, *((one + two) / 2 for one, two in pairwise(xs)), xs[-1] + AROUND]
    return tuple(
        Place(
            plot.shown.days[index],
            round(begin, 1),
            round(end, 1),
            words.reading(reading),
        )
        for index, (begin, end), reading in zip(
            plot.chosen, pairwise(edges), _readings(plot), strict=True
        )
    )


def _readings(plot: Plot) -> list[Reading]:
    days, years = [plot.shown.days[index] for index in plot.chosen], plot.years
    held = [rules.version_on(plot.marks, day) for day in days]
    # Told where it changes, and at both ends: the latest is where the Tab key comes in.
    tells = [True, *(one != other for one, other in pairwise(held))]
    tells[-1] = True
    return [
        Reading(day, _answers(plot, index), version, years, told)
        for index, day, version, told in zip(plot.chosen, days, held, tells, strict=True)
    ]


def _answers(plot: Plot, index: int) -> tuple[tuple[str, Point], ...]:
    return tuple([(line.person.name, line.points[index]) for line in plot.shown.lines])
