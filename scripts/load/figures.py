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
# Less than this, or than this part, is the noise of caches that fill.
FLAT_MB, FLAT = 8.0, 0.1


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
        ratio = self.p99 / self.p50
        times = f"{self.p50:9.1f}{self.p90:9.1f}{self.p99:9.1f}{ratio:8.1f}"
        return f"{self.kind:12}{self.count:8}{times}   {bad or '-'}"


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


def seconds_until_pages(seen: list[Seen], fault_end: float) -> float:
    """Return after how many seconds the last page came that was not fine."""
    ends = [due + took for due, _kind, took, _status, verdict in seen if verdict != FINE]
    return max([0.0, *(end - fault_end for end in ends)])


def memory_grown(memory: list[tuple[float, dict[str, float]]]) -> tuple[float, float]:
    """Return the megabytes of all in the second fifth of the time, and in the last."""
    sums = [sum(one.values()) for _at, one in memory]
    fifth = max(1, len(sums) // 5)
    return median(sums[fifth : 2 * fifth] or sums), median(sums[-fifth:])


def is_flat(early: float, late: float) -> bool:
    """Whether memory stayed where it was."""
    return late - early <= max(FLAT_MB, FLAT * early)


def shares(processors: dict[str, float], client: float, seconds: float) -> dict[str, float]:
    """Return which part of two processors each took."""
    taken: dict[str, Any] = {**processors, "people": client}
    return {name: used / (2 * seconds) for name, used in taken.items()}
