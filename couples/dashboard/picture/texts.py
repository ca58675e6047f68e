"""The words in the drawing and where they find room: events, dates, names at the line ends."""

from collections.abc import Sequence
from datetime import date

from couples.dashboard.picture import fitting
from couples.dashboard.picture.drawing import Band, Text, Words
from couples.dashboard.picture.plot import Plot

LABEL_GAP = 18.0  # between the baselines of two labels, at the least
BASELINE = 4.5  # from the middle of a line of type down to its baseline


def events(plot: Plot, words: Words) -> tuple[Text, ...]:
    """Names of the events, the latest first; one without room leaves its dashed line unnamed.

    Where not all have room in full, the earlier ones are named in short.
    """
    full = [words.event(mark)[0] for mark in plot.beside]
    short = [words.event(mark)[1] for mark in plot.beside]
    placed = _named(plot, full)
    if len(placed) < len(full):
        placed = _named(plot, [*short[:-1], *full[-1:]])
    return tuple(placed)


def _named(plot: Plot, names: Sequence[str]) -> list[Text]:
    taken: list[fitting.Span] = []
    texts = []
    for mark, name in reversed(list(zip(plot.beside, names, strict=True))):
        half = fitting.width(name) / 2
        x = round(min(max(plot.x_of(mark.on), half), plot.size.width - half), 1)
        if fitting.claim(taken, (x - half, x + half)):
            texts.append(Text(x, plot.size.event, name, "middle", "event"))
    return texts[::-1]


def dates(plot: Plot, words: Words) -> tuple[Text, ...]:
    """Four or five dates under the axis: the last, the first, then those between.

    Where so many do not fit, the number of dates is tried that leaves the most of them.
    """
    fullest: list[Text] = []
    for most in range(plot.size.most_dates, 1, -1):
        if len(fullest) >= most:
            break  # fewer dates cannot leave more
        placed = _placed(plot, fitting.evenly(plot.shown.days, most), words)
        fullest = max(fullest, placed, key=len)
    return tuple(sorted(fullest, key=lambda text: text.x))


def _placed(plot: Plot, days: Sequence[date], words: Words) -> list[Text]:
    taken: list[fitting.Span] = []
    texts = []
    labels = _written(plot, sorted(days), words)
    for day in days:
        label, x = labels[day], plot.x_of(day)
        wide = fitting.width(label)
        anchor = fitting.anchored(x, wide, plot.size.left, plot.right)
        if fitting.claim(taken, fitting.span(x, wide, anchor)):
            texts.append(Text(x, plot.size.dates, label, anchor, "date"))
    return texts


def _written(plot: Plot, days: Sequence[date], words: Words) -> dict[date, str]:
    """The dates in words; a day has its year where the one before it is of another."""
    labels = {}
    year = 0
    for day in days:
        bare = plot.dated == "year" and day.year == year
        labels[day] = words.day(day, "day" if bare else plot.dated)
        year = day.year
    return labels


def ends(plot: Plot, band: Band | None, words: Words) -> tuple[Text, ...]:
    """The name at the end of each line, of one's usual range, and of the lane where it is used."""
    x, lane = plot.right + fitting.LABEL_OFFSET, plot.size.lane + BASELINE
    named: list[tuple[float, str, str]] = [
        (plot.y(line.values[-1]), name, line.person.mark) for line, name in plot.named
    ]
    if band and len(named) < 2:
        named.append((band.y + band.height / 2, words.usual, ""))
    lowest = lane - LABEL_GAP if plot.missing else plot.size.bottom + BASELINE
    baselines = fitting.apart([y + BASELINE for y, *_ in named], LABEL_GAP, lowest)
    texts = [Text(x, lane, words.no_answer)] if plot.missing else []
    for (_y, name, kind), y in zip(named, baselines, strict=True):
        texts.append(Text(x, y, name, kind=kind))
    return tuple(texts)
