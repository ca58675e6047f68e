"""The geometry of the trend chart: a series in, numbers for one inline SVG out.

The axis is never rescaled; x is true time.
"""

from collections.abc import Iterable

from couples.dashboard import rules
from couples.dashboard.picture import texts, thinning
from couples.dashboard.picture.drawing import (
    ANSWERS,
    Axis,
    Band,
    Chart,
    GridRow,
    Size,
    Spot,
    Stroke,
    Words,
)
from couples.dashboard.picture.plot import Plot, plot_of
from couples.dashboard.picture.reading import places
from couples.dashboard.rules import AgreementMark, Line, Mark, Series

THIN = 4.0  # half of what a band is high, at the least
DOT = 1.5  # half of what an answer is wide that neither a line nor a mark shows


def draw(
    shown: Series,
    marks: Iterable[AgreementMark],
    size: Size,
    words: Words,
    band: tuple[float, float] | None = None,
    axis: Axis = ANSWERS,
) -> Chart:
    """The drawing of one question, with the agreement marks that fall on its axis.

    `marks` are all the couple's; `band` is a stripe behind the lines, from one number to another.
    """
    beside = [words.no_answer, *([words.usual] if band else [])]
    plot = plot_of(shown, marks, size, axis, beside)
    usual = _band(plot, *band) if band else None
    return Chart(
        size=size,
        right=plot.right,
        grid=_grid(plot),
        band=usual,
        places=places(plot, words),
        events=tuple(plot.x_of(mark.on) for mark in plot.beside),
        strokes=_strokes(plot),
        empties=thinning.empties(shown, plot.xs, size) if plot.thinned else (),
        spots=_spots(plot),
        texts=(
            *texts.events(plot, words),
            *texts.dates(plot, words),
            *texts.ends(plot, usual, words),
        ),
        thinned=plot.thinned,
    )


def _grid(plot: Plot) -> tuple[GridRow, ...]:
    rows = plot.axis.rows
    return tuple(GridRow(n, plot.y(n), n in (rows[0], rows[-1])) for n in rows)


def _band(plot: Plot, low: float, high: float) -> Band:
    """A band from one number to another; where they are the same it is thin, and seen."""
    top, bottom = plot.y(high), plot.y(low)
    if bottom - top < 2 * THIN:
        middle = (top + bottom) / 2
        top, bottom = middle - THIN, middle + THIN
    return Band(round(top, 1), round(bottom - top, 1))


def _strokes(plot: Plot) -> tuple[Stroke, ...]:
    strokes = [
        Stroke(line.person.mark, tuple(_place(plot, line, index) for index in run))
        for line in plot.shown.lines
        for run in rules.segments(line)
    ]
    # The solid line lies over the dashed one, whoever is on the first leaf.
    return tuple(sorted([*strokes, *_dots(plot)], key=lambda stroke: stroke.mark == "disc"))


def _dots(plot: Plot) -> list[Stroke]:
    """A short stroke for every answer that neither a line nor a mark would show."""
    chosen = set(plot.chosen)
    dots = []
    for line in plot.shown.lines:
        for index in thinning.alone(line):
            if index not in chosen:
                x, y = _place(plot, line, index)
                ends = ((round(x - DOT, 1), y), (round(x + DOT, 1), y))
                dots.append(Stroke(line.person.mark, ends))
    return dots


def _place(plot: Plot, line: Line, index: int) -> tuple[float, float]:
    value = line.points[index].value
    assert value is not None  # only answers are joined
    return plot.xs[index], plot.y(value)


def _spots(plot: Plot) -> tuple[Spot, ...]:
    """The marks of the rounds chosen; where they are thinned out, the lane is drawn as runs."""
    spots = [spot for index in plot.chosen for spot in _of_round(plot, index)]
    kept = [spot for spot in spots if not (spot.missing and plot.thinned)]
    return tuple(sorted(kept, key=lambda spot: (spot.missing, spot.mark == "disc")))


def _of_round(plot: Plot, index: int) -> list[Spot]:
    points = [line.points[index] for line in plot.shown.lines]
    same = len(points) == 2 and points[0].value == points[1].value
    spots = []
    for line, point in zip(plot.shown.lines, points, strict=True):
        mark, missing = line.person.mark, point.value is None
        y = plot.size.lane if point.value is None else plot.y(point.value)
        r = _radius(mark, same, plot.size)
        spots.append(Spot(mark, plot.xs[index], y, r, point.only_me, missing))
    return spots


def _radius(mark: Mark, same: bool, size: Size) -> float:
    """The same answer shows as the disc inside the diamond, and so do two missing ones."""
    if mark == "disc":
        return size.disc_inside if same else size.disc
    return size.diamond_around if same else size.diamond
