"""The geometry of the trend chart: a series in, numbers for one inline SVG out.

The axis runs from 1 to 7 and is never rescaled; x is true time.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from couples.dashboard import rules
from couples.dashboard.picture import fitting
from couples.dashboard.picture.drawing import Chart, GridRow, Size, Spot, Stroke, Text, Words
from couples.dashboard.rules import AgreementMark, Line, Mark, Series

LABEL_GAP = 18.0  # between the baselines of two labels, at the least
BASELINE = 4.5  # from the middle of a line of type down to its baseline


def draw(shown: Series, marks: Iterable[AgreementMark], size: Size, words: Words) -> Chart:
    """The drawing of one question, with the agreement marks that fall on its axis."""
    ends = _line_ends(shown)
    right = fitting.room_for(
        [name for _line, name in ends], words.no_answer, size.right, size.width
    )
    beside = rules.marks_beside(shown, marks)
    x_of = _time_axis([*shown.days, *(mark.on for mark in beside)], size.left, right)
    spots = _diamonds_first(_spots(shown, x_of, size))
    return Chart(
        size=size,
        right=right,
        grid=tuple(GridRow(n, _y(n, size), n in (1, 7)) for n in range(1, 8)),
        events=tuple(x_of(mark.on) for mark in beside),
        strokes=_strokes(shown, x_of, size),
        spots=spots,
        texts=(
            *_event_texts(beside, x_of, size, words),
            *_date_texts(shown.days, x_of, right, size, words),
            *_end_texts(ends, any(spot.missing for spot in spots), right, size, words),
        ),
    )


def _line_ends(shown: Series) -> list[tuple[Line, str]]:
    return [(line, _end_words(line)) for line in shown.lines if line.values]


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


def _y(value: int, size: Size) -> float:
    return round(size.bottom - (value - 1) / 6 * (size.bottom - size.top), 1)


def _strokes(shown: Series, x_of: Callable[[date], float], size: Size) -> tuple[Stroke, ...]:
    strokes = [
        Stroke(line.person.mark, tuple(_place(line, index, x_of, size) for index in run))
        for line in shown.lines
        for run in rules.segments(line)
    ]
    # The solid line lies over the dashed one, whoever is on the first leaf.
    return tuple(sorted(strokes, key=lambda stroke: stroke.mark == "disc"))


def _place(
    line: Line, index: int, x_of: Callable[[date], float], size: Size
) -> tuple[float, float]:
    point = line.points[index]
    assert point.value is not None  # segments() joins answers only
    return x_of(point.opened_on), _y(point.value, size)


def _spots(shown: Series, x_of: Callable[[date], float], size: Size) -> list[Spot]:
    spots = []
    for index, day in enumerate(shown.days):
        values = [line.points[index].value for line in shown.lines]
        same = len(values) == 2 and values[0] == values[1]
        for line, value in zip(shown.lines, values, strict=True):
            r = _radius(line.person.mark, same, size)
            y = size.lane if value is None else _y(value, size)
            only_me = line.points[index].only_me
            spots.append(Spot(line.person.mark, x_of(day), y, r, only_me, value is None))
    return spots


def _radius(mark: Mark, same: bool, size: Size) -> float:
    """The same answer shows as the disc inside the diamond, and so do two missing ones."""
    if mark == "disc":
        return size.disc_inside if same else size.disc
    return size.diamond_around if same else size.diamond


def _diamonds_first(spots: list[Spot]) -> tuple[Spot, ...]:
    return tuple(sorted(spots, key=lambda spot: (spot.missing, spot.mark == "disc")))


def _event_texts(
    marks: Sequence[AgreementMark], x_of: Callable[[date], float], size: Size, words: Words
) -> tuple[Text, ...]:
    """Names of the events, the latest first; one without room leaves its dashed line unnamed."""
    taken: list[fitting.Span] = []
    texts = []
    for mark in reversed(marks):
        name = words.event[mark.kind]
        half = fitting.width(name) / 2
        x = round(min(max(x_of(mark.on), half), size.width - half), 1)
        if fitting.claim(taken, (x - half, x + half)):
            texts.append(Text(x, size.event, name, "middle", "event"))
    return tuple(reversed(texts))


def _date_texts(
    days: Sequence[date], x_of: Callable[[date], float], right: float, size: Size, words: Words
) -> tuple[Text, ...]:
    """Four or five dates under the axis: the last, the first, then those between that fit."""
    taken: list[fitting.Span] = []
    texts = []
    for day in fitting.evenly(days, size.most_dates):
        label, x = words.day(day), x_of(day)
        wide = fitting.width(label)
        anchor = fitting.anchored(x, wide, size.left, right)
        if fitting.claim(taken, fitting.span(x, wide, anchor)):
            texts.append(Text(x, size.dates, label, anchor))
    return tuple(sorted(texts, key=lambda text: text.x))


def _end_texts(
    ends: list[tuple[Line, str]], missing: bool, right: float, size: Size, words: Words
) -> tuple[Text, ...]:
    """The name at the end of each line, and the name of the lane where it is used."""
    x, lane = right + fitting.LABEL_OFFSET, size.lane + BASELINE
    lowest = lane - LABEL_GAP if missing else size.bottom + BASELINE
    wanted = [_y(line.values[-1], size) + BASELINE for line, _name in ends]
    baselines = fitting.apart(wanted, LABEL_GAP, lowest)
    texts = [Text(x, lane, words.no_answer)] if missing else []
    for (line, name), y in zip(ends, baselines, strict=True):
        texts.append(Text(x, y, name, kind=line.person.mark))
    return tuple(texts)
