"""The pictures as markup on a page: drawings as SVG, and strips as cells.

They are most of a page's markup, hundreds of small pieces that differ in numbers alone: written
here they take a fifth of the time that a template takes. What somebody wrote is escaped, piece by
piece; all the rest are numbers and names of ours.

Pages of people are not packed (couples/front.py), so every byte counts: what pieces have in common
stands once on the group around them, and `:g` writes 224, not 224.0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby

from markupsafe import Markup, escape

from couples import formats
from couples.dashboard.picture.drawing import Chart, GridRow, Place, Size, Spot, Stroke, Text
from couples.dashboard.rules import Line, PersonMark, Point, Series, Strip

# Says from which day to which, in the reader's language.
When = Callable[[str, str], str]


def svg(chart: Chart, label: str, its: str = "") -> Markup:
    """Return a drawing; `its` is what the ids of its table's rows begin with."""
    size, fine = chart.size, " fine" if chart.thinned else ""
    return _safe(
        f'<svg class="chart {size.name}{fine}" viewBox="0 0 {size.width} {size.height}" '
        f'direction="ltr" role="group" aria-label="{escape(label)}">'
        f"{''.join(_column(place, size, its) for place in chart.places)}"
        f'\n<g aria-hidden="true">{_behind(chart)}{_lines(chart)}'
        f"{_spots(chart.spots)}{''.join(map(_text, chart.texts))}</g></svg>"
    )


def strips(
    every: Iterable[Strip], no_answer: str, only_me: str, when: When | None = None
) -> Markup:
    """Return a strip for each topic; its name leads to the topic's page, where it has one."""
    # Most strips are of the same weeks: what is said once is translated once.
    said = cache(when) if when else None
    return _safe("".join(_strip(one, no_answer, only_me, said) for one in every))


def _strip(one: Strip, no_answer: str, only_me: str, when: When | None) -> str:
    name, way = escape(one.topic), f"/overview/topics/{escape(one.topic_id)}"
    named = f'<a href="{way}">{name}</a>' if one.topic_id else name
    below = rows(one.series, True, no_answer, only_me, when)
    return f'<section class="heat__need"><h3 dir="auto">{named}</h3>\n{below}</section>'


def rows(
    series: Series, latest: bool, no_answer: str, only_me: str, when: When | None = None
) -> Markup:
    """Return a row of cells for each person and the days below; `latest` as for cells().

    Who hears it is told first when that was: `when` takes the first and the last day.
    """
    said = [
        f'\n<div class="heat__row">{_mark(line.person)}<span class="vh">'
        f"{escape(line.person.name)}: </span>{cells(line, latest, no_answer, only_me)}</div>"
        for line in series.lines
    ]
    days = [formats.short_day(day) for day in series.days[:1] + series.days[-1:]]
    dated = dates(len(series.days), latest, *days) if days else ""
    below = f'\n<p class="heat__dates" aria-hidden="true"><span></span>{dated}</p>'
    told = f'<p class="vh">{escape(when(days[0], days[-1]))}</p>' if when and days else ""
    return _safe(told + "".join(said) + below)


def cells(line: Line, latest: bool, no_answer: str, only_me: str) -> Markup:
    """Return one person's cells of a strip; where it ends with the `latest` round, that is told."""
    none = f'"><span class="vh">{escape(no_answer)}</span></span> '
    only = f'<span class="vh"> {escape(only_me)}</span>'
    said = [_cell(point, line.person.mark, none, only) for point in line.points]
    if latest and said:
        said[-1] = said[-1].replace('">', ' now">', 1)
    return _safe("".join(said))


def dates(length: int, latest: bool, first: str, last: str) -> Markup:
    """Return the places under a strip's cells; the first and the last round are dated."""
    said = ["<i></i>"] * length
    if length > 2 or not latest:
        said[0] = f"<span>{escape(first)}</span>"
    if latest:
        few = " last--few" if length < 5 else ""
        said[-1] = f'<span class="last{few}">{escape(last)}</span>'
    return _safe("".join(said))


def _safe(markup: str) -> Markup:
    return Markup(markup)  # noqa: S704  # nosec B704


def _mark(person: PersonMark) -> str:
    """A person's shape and letter, as templates/_macros.html has it."""
    initial = escape(person.initial)
    return f'<span class="mark mark--{person.mark}" aria-hidden="true">{initial}</span>'


def _cell(point: Point, shape: str, none: str, only: str) -> str:
    value = point.value
    if value is None:
        return f'<span class="cell none{none}'
    if point.only_me:
        return f'<span class="cell {shape}{value} only">{value}{only}</span> '
    return f'<span class="cell {shape}{value}">{value}</span> '


def _column(place: Place, size: Size, its: str) -> str:
    top, bottom, left = size.top - 8, size.lane + 10, size.left
    first, second = map(escape, place.spoken.lines)
    return (
        f'\n<a href="#{its}{place.row}" aria-label="{escape(place.spoken.name)}">'
        f'<path d="M{place.begin:g} {top}H{place.end:g}V{bottom}H{place.begin:g}z"/>'
        f'<text x="{left}" y="{size.dates}">{first}</text>'
        f'<text x="{left}" y="{size.dates + 17}">{second}</text></a>'
    )


def _behind(chart: Chart) -> str:
    """The band, the rows with their numbers, and the days of the agreement."""
    size, band = chart.size, chart.band
    left, right = size.left, chart.right
    usual = band and (
        f'\n<rect class="usual" x="{left}" y="{band.y:g}" width="{round(right - left, 1):g}" '
        f'height="{band.height:g}"/>'
    )
    outer = _across(chart, (row for row in chart.grid if row.outer))
    inner = _across(chart, (row for row in chart.grid if not row.outer))
    numbers = "".join(
        f'<text x="{left - 13}" y="{round(row.y + 4.5, 1):g}">{row.value}</text>'
        for row in chart.grid
    )
    events = "".join(
        f'\n<line class="ev" x1="{x:g}" x2="{x:g}" y1="{size.top - 4}" y2="{size.bottom}"/>'
        for x in chart.events
    )
    return (
        f'{usual or ""}\n<path class="grid" d="{outer}"/><path class="grid grid--mid" d="{inner}"/>'
        f'<g text-anchor="end">{numbers}</g>{events}'
    )


def _across(chart: Chart, grid: Iterable[GridRow]) -> str:
    left, right = chart.size.left, chart.right
    return "".join(f"M{left} {row.y:g}H{right:g}" for row in grid)


def _lines(chart: Chart) -> str:
    pieces = [
        f'\n<polyline class="line--{stroke.mark}" points="{_points(stroke)}"/>'
        for stroke in chart.strokes
    ]
    pieces += [f'\n<path class="miss" d="{empty.path}"/>' for empty in chart.empties]
    return "".join(pieces)


def _points(stroke: Stroke) -> str:
    return " ".join([f"{x:g},{y:g}" for x, y in stroke.points])


def _spots(spots: Iterable[Spot]) -> str:
    """The marks, in their order; neighbours of one kind in one group that says which it is."""
    return "".join(
        f'\n<g class="{kind}">{"".join(map(_spot, alike))}</g>'
        for kind, alike in groupby(spots, _kind)
    )


def _kind(spot: Spot) -> str:
    return "miss" if spot.missing else f"point--{spot.mark}{' only' if spot.only_me else ''}"


def _spot(spot: Spot) -> str:
    bow = spot.only_me and f'<path class="shackle shackle--{spot.mark}" d="{spot.shackle}"/>'
    if spot.mark == "disc":
        shape = f'<circle cx="{spot.x:g}" cy="{spot.y:g}" r="{spot.r:g}"/>'
    else:
        r = f"{spot.r:g}"
        shape = f'<path d="M{spot.x:g} {spot.y - spot.r:.4g}l{r} {r}-{r} {r}-{r}-{r}z"/>'
    return f"{shape}{bow or ''}"


KINDS = {"": "", "event": ' class="evt"', "date": ' class="date"'}


def _text(text: Text) -> str:
    kind = KINDS.get(text.kind, f' class="label--{text.kind}"')
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    return f'\n<text{kind} x="{text.x:g}" y="{text.y:g}"{anchor}>{escape(text.words)}</text>'
