"""What the times come to, and which promise they keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Any

from load.client import BARE, BROKEN, FINE, WORDS
from load.mix import KINDS

Seen = tuple[float, str, float, int, str]
RATIO = 5.0
RECOVERY = 30.0
# Less than this, of all processes of one name together, is the noise of caches that fill.
FLAT_MB = 8.0


def part(times: list[float], share: float) -> float:
    """Return the time within which so great a share was answered, in milliseconds."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


@dataclass
class Row:
    """One kind of page."""

    kind: str
    count: int
    p50: float
    p90: float
    p99: float
    bad: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return a line of the table."""
        bad = ", ".join(f"{count} {name}" for name, count in self.bad.items() if count)
        times = f"{self.p50:9.1f}{self.p90:9.1f}{self.p99:9.1f}{self.ratio:8.1f}"
        return f"{self.kind:12}{self.count:8}{times}   {bad or '-'}"

    @property
    def ratio(self) -> float:
        """Return how much longer the slowest of a hundred takes than the one in the middle."""
        return self.p99 / self.p50

    @property
    def verdict(self) -> str:
        """Return in words whether nobody waits much longer than the others."""
        return "held" if self.ratio <= RATIO else "not reached"


def rows(seen: list[Seen]) -> list[Row]:
    """Return a row for each kind that was asked for, and one for all."""
    kinds = {kind: [one for one in seen if one[1] == kind] for kind in KINDS}
    return [row(kind, found) for kind, found in {**kinds, "all": seen}.items() if found]


def row(kind: str, seen: list[Seen]) -> Row:
    """Return one row."""
    times = [one[2] for one in seen]
    bad = {name: sum(one[4] == name for one in seen) for name in (WORDS, BARE, BROKEN)}
    p50, p90, p99 = (part(times, share) for share in (0.5, 0.9, 0.99))
    return Row(kind, len(seen), p50, p90, p99, bad)


def under_fault(one: Seen, began: float, ended: float) -> bool:
    """Whether somebody waited during a fault, or came soon after it."""
    due, _kind, took, _status, _verdict = one
    return 0 < began <= due + took and due <= ended + RECOVERY


def seconds_until_pages(seen: list[Seen], fault_end: float) -> float:
    """Return after how many seconds the last page came that was not fine."""
    ends = [due + took for due, _kind, took, _status, verdict in seen if verdict != FINE]
    return max([0.0, *(end - fault_end for end in ends)])


@dataclass(frozen=True)
class Grown:
    """Megabytes: at first, in the second fifth of the time, in the last fifth, and at last."""

    first: float
    early: float
    late: float
    last: float

    @property
    def flat(self) -> bool:
        """Whether memory stayed where it was."""
        return self.late - self.early <= FLAT_MB


def grown(memory: list[dict[str, float]]) -> dict[str, Grown]:
    """Return how the memory of each went, and that of all together."""
    names = sorted(set().union(*memory))
    # Who was being started again at one look took nothing then.
    sizes = {name: [one[name] for one in memory if one.get(name)] for name in names}
    sizes["all"] = [sum(one.values()) for one in memory]
    return {name: _went(found) for name, found in sizes.items() if found}


def _went(sizes: list[float]) -> Grown:
    fifth = max(1, len(sizes) // 5)
    early, late = sizes[fifth : 2 * fifth] or sizes, sizes[-fifth:]
    return Grown(sizes[0], median(early), median(late), sizes[-1])


def shares(processors: dict[str, float], client: float, seconds: float) -> dict[str, float]:
    """Return which part of two processors each took."""
    taken: dict[str, Any] = {**processors, "people": client}
    return {name: used / (2 * seconds) for name, used in taken.items()}
