"""The rounds of a drawing as places that can be read one by one, by keyboard, pointer and touch."""

from itertools import pairwise

from couples.dashboard import rules
from couples.dashboard.picture.drawing import Place, Reading, Words
from couples.dashboard.picture.plot import Plot

AROUND = 12.0  # how far the first and the last column reach beyond their marks


def places(plot: Plot, words: Words) -> tuple[Place, ...]:
    """A column for every round that has a mark, each up to the middle between two."""
    xs = [plot.xs[index] for index in plot.chosen]
    if not xs:
        return ()
    years = plot.years
    edges = [xs[0] - AROUND, *((one + two) / 2 for one, two in pairwise(xs)), xs[-1] + AROUND]
    return tuple(
        Place(
            plot.shown.days[index],
            round(begin, 1),
            round(end, 1),
            words.reading(_reading(plot, index, years)),
        )
        for index, (begin, end) in zip(plot.chosen, pairwise(edges), strict=True)
    )


def _reading(plot: Plot, index: int, years: bool) -> Reading:
    day = plot.shown.days[index]
    answers = tuple([(line.person.name, line.points[index]) for line in plot.shown.lines])
    return Reading(day, answers, rules.version_on(plot.marks, day), years)
