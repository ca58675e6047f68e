"""The trend chart as a file of its own, in black and white: for print and PDF.

What classes and the stylesheet say on a page, attributes say here. Shapes, dashes and names tell
the two people apart, as they do for everybody who does not see the colours.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405 - reads none

from couples.dashboard.picture.drawing import Chart, Spot, Stroke, Text

INK, QUIET, PAPER, TINT = "#000", "#666", "#fff", "#eee"
LINES = {"disc": {"stroke-linecap": "round"}, "diamond": {"stroke-dasharray": "7 5"}}


def svg_of(chart: Chart) -> str:
    """Return the drawing as the text of an SVG file."""
    size = chart.size
    svg = Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {size.width} {size.height}",
        "width": str(size.width), "height": str(size.height), "direction": "ltr",
        "font-family": "Facing Sans, Arial, sans-serif", "font-size": "12.5", "fill": INK,
    })  # fmt: skip
    _behind(svg, chart)
    for stroke in chart.strokes:
        _add(svg, "polyline", _line(stroke, 1.2 if chart.thinned else 2))
    for empty in chart.empties:
        _add(svg, "path", {"d": empty.path, "fill": "none", "stroke": QUIET})
    for spot in chart.spots:
        _spot(svg, spot)
    for text in chart.texts:
        _add(svg, "text", _type(text)).text = text.words
    return tostring(svg, encoding="unicode")


def _add(svg: Element, tag: str, attributes: Mapping[str, object]) -> Element:
    return SubElement(svg, tag, {name: str(value) for name, value in attributes.items()})


def _behind(svg: Element, chart: Chart) -> None:
    """The band, the rows with their numbers, and the days of the agreement."""
    left, right, size = chart.size.left, chart.right, chart.size
    if chart.band:
        place = {"x": left, "y": chart.band.y, "width": right - left, "height": chart.band.height}
        _add(svg, "rect", {**place, "fill": TINT})
    for row in chart.grid:
        dotted = {} if row.outer else {"stroke-dasharray": "1 5"}
        ends = {"x1": left, "x2": right, "y1": row.y, "y2": row.y}
        _add(svg, "line", {**ends, "stroke": QUIET, **dotted})
        beside: dict[str, object] = {
            "x": left - 13,
            "y": round(row.y + 4.5, 1),
            "text-anchor": "end",
        }
        _add(svg, "text", beside).text = str(row.value)
    for x in chart.events:
        ends = {"x1": x, "x2": x, "y1": size.top - 4, "y2": size.bottom}
        _add(svg, "line", {**ends, "stroke": INK, "stroke-dasharray": "9 5"})


def _line(stroke: Stroke, width: float) -> dict[str, object]:
    drawn = {"points": stroke.path, "fill": "none", "stroke": INK, "stroke-width": width}
    return {**drawn, **LINES[stroke.mark]}


def _spot(svg: Element, spot: Spot) -> None:
    full = spot.mark == "disc" and not spot.missing and not spot.only_me
    ink = {"stroke": QUIET if spot.missing else INK, "stroke-width": 1.8}
    paint = {"fill": INK if full else "none" if spot.missing else PAPER, **ink}
    if spot.mark == "disc":
        _add(svg, "circle", {"cx": spot.x, "cy": spot.y, "r": spot.r, **paint})
    else:
        _add(svg, "path", {"d": spot.path, **paint})
    if spot.only_me:
        _add(svg, "path", {"d": spot.shackle, "fill": "none", **ink})


def _type(text: Text) -> dict[str, object]:
    bold = {"font-weight": "bold"} if text.kind in ("disc", "diamond", "event") else {}
    return {"x": text.x, "y": text.y, "text-anchor": text.anchor, **bold}
