"""How words find room in a drawing: estimated widths, labels kept apart, dates thinned out.

The server cannot measure type, so a width is estimated, a little generously, per character.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal
from unicodedata import east_asian_width

LABEL_OFFSET = 12.0  # from the plot's right edge to the names at the line ends
SMALL = 7.2  # units per character of 14 px type, half bold
BOLD = 8.2  # and of 16 px bold type
LANE = 6.8  # and of the name of the lane, mostly broad letters
BETWEEN = 8.0  # least room between two dates or two events
LONGEST_NAME = 92.0

Span = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


def width(words: str, per_character: float = SMALL) -> float:
    """The estimated width of some words; full-width characters count twice."""
    if words.isascii():
        return per_character * len(words)
    return sum(per_character * (2 if east_asian_width(c) in "WF" else 1) for c in words)


def shortened(name: str) -> str:
    """The name, cut with an ellipsis where it would take the room of the lines."""
    if width(name, BOLD) <= LONGEST_NAME:
        return name
    while width(name + "…", BOLD) > LONGEST_NAME:
        name = name[:-1]
    return name.rstrip() + "…"


def room_for(names: Sequence[str], beside: Sequence[str], right: float, whole: float) -> float:
    """The plot's right edge: as designed, or farther left where long names need the room."""
    plain = (width(words, LANE) for words in beside)
    widest = max([*plain, *(width(name, BOLD) for name in names)], default=0.0)
    return round(min(right, whole - LABEL_OFFSET - widest), 1)


def anchored(x: float, length: float, left: float, right: float) -> Anchor:
    """How words at x are anchored to stay between the edges: in the middle if they can."""
    if x + length / 2 > right:
        return "end"
    return "start" if x - length / 2 < left else "middle"


def span(x: float, length: float, anchor: Anchor) -> Span:
    """From where to where some words reach, by their anchor."""
    begin = x - {"start": 0.0, "middle": length / 2, "end": length}[anchor]
    return begin, begin + length


def claim(taken: list[Span], wanted: Span) -> bool:
    """Take the room and say yes, unless somebody has it already."""
    begin, end = wanted
    if any(begin < other_end + BETWEEN and other < end + BETWEEN for other, other_end in taken):
        return False
    taken.append(wanted)
    return True


def evenly(days: Sequence[date], most: int) -> list[date]:
    """At most so many of the days, evenly spread: the last, the first, then those between."""
    steps = min(most, len(days)) - 1
    if steps < 1:
        return list(days)
    picked = [days[round(step * (len(days) - 1) / steps)] for step in range(steps + 1)]
    return [picked[-1], *picked[:-1]]


def apart(baselines: Sequence[float], gap: float, lowest: float) -> list[float]:
    """One or two baselines moved as little as needed to stand `gap` apart, none below `lowest`."""
    moved = list(baselines)
    if len(moved) == 2 and abs(moved[0] - moved[1]) < gap:
        middle, upper = sum(moved) / 2, 0 if moved[0] <= moved[1] else 1
        moved[upper], moved[1 - upper] = middle - gap / 2, middle + gap / 2
    limit = lowest
    for index in sorted(range(len(moved)), key=lambda i: -moved[i]):
        moved[index] = round(min(moved[index], limit), 1)
        limit = moved[index] - gap
    return moved
