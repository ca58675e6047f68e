"""Figures taken in turn, round by round, so that what disturbs one side disturbs all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

Quartiles = tuple[float, float]


class Samples:
    """Of each thing that is measured a figure a round."""

    def __init__(self, found: Mapping[str, list[float]]) -> None:
        """Keep what was found, by name."""
        self.found = found

    def median(self, name: str) -> float:
        """Return the median over all rounds."""
        return statistics.median(self.found[name])

    def quartiles(self, name: str) -> Quartiles:
        """Return the quartiles over all rounds."""
        return quartiles(self.found[name])

    def ratio(self, one: str, other: str) -> tuple[float, Quartiles]:
        """Return the median and the quartiles of one to the other, each round's by itself."""
        pairs = zip(self.found[one], self.found[other], strict=True)
        ratios = [mine / max(floor, 1e-9) for mine, floor in pairs]
        return statistics.median(ratios), quartiles(ratios)


def quartiles(figures: list[float]) -> Quartiles:
    """Return the first and the third quartile; of one figure itself."""
    if len(figures) < 2:
        return figures[0], figures[0]
    first, _second, third = statistics.quantiles(figures, n=4, method="inclusive")
    return first, third


def in_turn(
    takes: Mapping[str, Callable[[], float]], rounds: int, *, backwards: bool = True
) -> Samples:
    """Take each figure once a round; every other round backwards, so that none is always first."""
    found: dict[str, list[float]] = {name: [] for name in takes}
    for number in range(rounds):
        names = list(takes)
        for name in names[::-1] if backwards and number % 2 else names:
            found[name].append(takes[name]())
    return Samples(found)


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
