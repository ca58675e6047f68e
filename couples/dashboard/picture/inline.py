"""The pictures as markup on a page: drawings as SVG, and strips as cells.

They are most of a page's markup, hundreds of small pieces that differ in numbers alone: written
here they take a fifth of the time that a template takes. What somebody wrote is escaped, piece by
piece; all the rest are numbers and names of ours.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from couples.dashboard.picture.drawing import Chart, Place, Size, Spot, Text
from couples.dashboard.rules import Line, Point


def svg(chart: Chart, label: str, its: str = "") -> Markup:
    """Return a drawing; `its` is what the ids of its table's rows begin with."""
    size, fine = chart.size, " fine" if chart.thinned else ""
    return _safe(
        f'<svg class="chart {size.name}{fine}" viewBox="0 0 {size.width} {size.height}" '
        f'direction="ltr" role="group" aria-label="{escape(label)}">'
        f"{''.join(_column(place, size, its) for place in chart.places)}"
        f'\n<g aria-hidden="true">{_behind(chart)}{_lines(chart)}'
        f"{''.join(map(_spot, chart.spots))}{''.join(map(_text, chart.texts))}\n</g></svg>"
    )


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
    said = ["<span></span>"] * length
    if length > 2 or not latest:
        said[0] = f"<span>{escape(first)}</span>"
    if latest:
        few = " last--few" if length < 5 else ""
        said[-1] = f'<span class="last{few}">{escape(last)}</span>'
    return _safe("".join(said))


def _safe(markup: str) -> Markup:
    return Markup(markup)  # noqa: S704  # nosec B704


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
        f'<path d="M{place.begin} {top}H{place.end}V{bottom}H{place.begin}z"/>'
        f'<text x="{left}" y="{size.dates}">{first}</text>'
        f'<text x="{left}" y="{size.dates + 17}">{second}</text></a>'
    )


def _behind(chart: Chart) -> str:
    """The band, the rows with their numbers, and the days of the agreement."""
    size, band = chart.size, chart.band
    left, right = size.left, chart.right
    pieces = [
        f'\n<line class="grid{"" if row.outer else " grid--mid"}" x1="{left}" x2="{right}" '
        f'y1="{row.y}" y2="{row.y}"/><text x="{left - 13}" y="{round(row.y + 4.5, 1)}" '
        f'text-anchor="end">{row.value}</text>'
        for row in chart.grid
    ]
    pieces += [
        f'\n<line class="ev" x1="{x}" x2="{x}" y1="{size.top - 4}" y2="{size.bottom}"/>'
        for x in chart.events
    ]
    usual = band and (
        f'\n<rect class="usual" x="{left}" y="{band.y}" width="{round(right - left, 1)}" '
        f'height="{band.height}"/>'
    )
    return (usual or "") + "".join(pieces)


def _lines(chart: Chart) -> str:
    pieces = [
        f'\n<polyline class="line--{stroke.mark}" points="{stroke.path}"/>'
        for stroke in chart.strokes
    ]
    pieces += [f'\n<path class="miss" d="{empty.path}"/>' for empty in chart.empties]
    return "".join(pieces)


def _spot(spot: Spot) -> str:
    kind = "miss" if spot.missing else f"point--{spot.mark}{' only' if spot.only_me else ''}"
    bow = spot.only_me and f'<path class="shackle shackle--{spot.mark}" d="{spot.shackle}"/>'
    if spot.mark == "disc":
        shape = f'<circle class="{kind}" cx="{spot.x}" cy="{spot.y}" r="{spot.r}"/>'
    else:
        shape = f'<path class="{kind}" d="{spot.path}"/>'
    return f"\n{shape}{bow or ''}"


KINDS = {"": "", "event": ' class="evt"', "date": ' class="date"'}


def _text(text: Text) -> str:
    kind = KINDS.get(text.kind, f' class="label--{text.kind}"')
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    return f'\n<text{kind} x="{text.x}" y="{text.y}"{anchor}>{escape(text.words)}</text>'
