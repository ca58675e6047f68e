"""Which rounds get a mark where not all have room; the lines and the table keep every answer.

The latest round always has one, and a point that stands alone between gaps comes next: no line
would show it. Then rounds evenly, for both persons the same: every other one first, so that those
that only the reader sees find room between, since a line would not say so.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from couples.dashboard import rules
from couples.dashboard.picture.drawing import Empty, Size
from couples.dashboard.rules import Line, Series

AIR = 2.4  # between two marks, with the width of their outlines
TRACK = 5.5  # from the middle of the lane to each person's own, where marks merge into runs
SMALL = 3.5  # the radius of an empty mark there


def shown_marks(shown: Series, xs: Sequence[float], size: Size) -> tuple[int, ...]:
    """The rounds whose marks are drawn, as indexes; up to twelve rounds have them all."""
    everyone = tuple(range(len(xs)))
    room = 2 * (size.diamond_around if _has_same(shown) else size.diamond) + AIR
    if len(xs) <= rules.ROUNDS_SHOWN or min(b - a for a, b in pairwise(xs)) >= room:
        return everyone
    return tuple(sorted(_claimed(_by_rank(shown, xs, room), xs, room)))


def _has_same(shown: Series) -> bool:
    """Whether anybody gave the same answer at once: the diamond around the disc is larger."""
    values = zip(*([point.value for point in line.points] for line in shown.lines), strict=True)
    return any(len(both) == 2 and both[0] is not None and both[0] == both[1] for both in values)


def _by_rank(shown: Series, xs: Sequence[float], room: float) -> list[int]:
    last = len(xs) - 1
    step = max(1, -int(-room * last // (xs[-1] - xs[0])))  # rounded up
    lonely = sorted({index for line in shown.lines for index in alone(line)}, reverse=True)
    mine = [
        index for line in shown.lines for index, point in enumerate(line.points) if point.only_me
    ]
    evenly = range(last, -1, -step)
    return [last, *lonely, *evenly[::2], *reversed(mine), *evenly]


def _claimed(ranked: Iterable[int], xs: Sequence[float], room: float) -> set[int]:
    taken: set[int] = set()
    for index in ranked:
        if all(abs(xs[index] - xs[other]) >= room for other in taken):
            taken.add(index)
    return taken


def alone(line: Line) -> list[int]:
    """The answers that no line passes through."""
    joined = {index for run in rules.segments(line) for index in run}
    return [
        index
        for index, point in enumerate(line.points)
        if point.value is not None and index not in joined
    ]


def empties(shown: Series, xs: Sequence[float], size: Size) -> tuple[Empty, ...]:
    """Each person's rounds without answer on a track of their own; those that touch are one."""
    offsets = (-TRACK, TRACK) if len(shown.lines) == 2 else (0.0,)
    return tuple(
        Empty(line.person.mark, xs[run[0]], xs[run[-1]], round(size.lane + offset, 1), SMALL)
        for line, offset in zip(shown.lines, offsets, strict=True)
        for run in _runs(line, xs)
    )


def _runs(line: Line, xs: Sequence[float]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index, point in enumerate(line.points):
        if point.value is not None:
            continue
        if runs and xs[index] - xs[runs[-1][-1]] < 2 * SMALL + AIR:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
