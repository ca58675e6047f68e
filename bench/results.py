"""What was found: one figure with its floor, its ratio, its spread and its goal."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bench.goals import RATIO, Goal
from bench.samples import Quartiles, Samples


@dataclass(frozen=True)
class Result:
    """One figure. The spread is the quartiles, over the rounds, of what is judged."""

    name: str
    database: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    spread: Quartiles | None = None
    goal: Goal | None = None

    @property
    def judged(self) -> float:
        """Return what its goal speaks of: the ratio, or the value itself."""
        if self.goal is not None and self.goal.unit != RATIO:
            return self.value
        return self.value if self.ratio is None else self.ratio

    @property
    def held(self) -> bool:
        """Whether its goal is held; what has none holds it."""
        return self.goal is None or self.goal.is_held_by(self.judged)

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        goal = {"goal": self.goal and self.goal.key, "limit": self.goal and self.goal.sign}
        return {**asdict(self), **goal, "held": self.held}


def beside(
    name: str,
    database: str,
    samples: Samples,
    pair: tuple[str, str],
    goal: Goal | None,
    unit: str = "ms",
) -> Result:
    """Return one side of what was measured in turn, beside the other."""  # fmt: skip
    one, floor = pair
    ratio, spread = samples.ratio(one, floor)
    return Result(
        name, database, samples.median(one), unit, samples.median(floor), ratio, spread, goal
    )


def alone(
    name: str, database: str, samples: Samples, one: str, unit: str, goal: Goal | None = None
) -> Result:
    """Return what is judged by itself."""
    return Result(
        name, database, samples.median(one), unit, spread=samples.quartiles(one), goal=goal
    )
