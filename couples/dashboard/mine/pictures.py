"""The drawings of one's own view, what stands under them, and the rows of its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from couples import formats
from couples.dashboard import words, words_drawn
from couples.dashboard.cards.rules import SCALE
from couples.dashboard.mine.shapes import MinePage, OwnLine
from couples.dashboard.picture import chart, drawing


@dataclass(frozen=True, slots=True)
class Picture:
    """One line in both sizes, and its sentence."""

    narrow: drawing.Chart
    wide: drawing.Chart
    sentence: str
    ranges: tuple[words.Range, ...] = ()


def of(line: OwnLine, page: MinePage, most: int | None) -> Picture:
    """Return the picture of one question; at `most` so many rounds are shown of overall."""
    axis = drawing.SCALE_SUMS if line.question == SCALE else drawing.ANSWERS
    said = words_drawn.in_drawings()
    narrow, wide = (
        chart.draw(line.series, line.marks, size, said, line.band, axis)
        for size in (drawing.NARROW, drawing.WIDE)
    )
    # The scale comes every fourth time: it has few enough numbers to show them all.
    ranges = () if line.question == SCALE else words.ranges(line.rounds, most, weekly=page.weekly)
    return Picture(narrow, wide, _sentence(line, page), ranges)


def _sentence(line: OwnLine, page: MinePage) -> str:
    latest = line.sentence.latest
    if line.question == SCALE and latest is not None:
        day, total = formats.long_day(latest.on), latest.answers[0][1]
        most = page.scale.highest
        return str(
            _("Your total of %(day)s: %(total)s of %(most)s.", day=day, total=total, most=most)
        )
    return words.say(line.sentence, weekly=page.weekly)


def sheet_of(page: MinePage) -> Iterator[list[str]]:
    """Return the rows of the file: every round with one's own numbers."""
    yield [_("Week of") if page.weekly else _("Opened on"), _("Overall"), _("Four questions")]
    totals = _by_day(page.totals)
    for day, value in _by_day(page.overall).items():
        yield [day.isoformat(), value, totals.get(day, "")]


def _by_day(line: OwnLine) -> dict[date, str]:
    return {
        point.opened_on: "" if point.value is None else str(point.value)
        for own in line.series.lines
        for point in own.points
    }
