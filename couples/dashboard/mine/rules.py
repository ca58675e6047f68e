"""How steep one's own answers run, and how sure that is: decisions over plain values.

The median of the slopes between any two answers (Theil 1950, Sen 1968): one odd week moves it
little. Its interval comes from the ranks alone (Sen), as if every answer stood for itself. Answers
resemble the ones before, so it is a rough range: docs/measures.md says how rough.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from math import sqrt
from statistics import NormalDist, median
from typing import Literal

from couples.dashboard.cards.rules import LAST, CallOut, Own, from_usual, threshold_of

SLOPE_OVER = timedelta(days=180)
ANSWERS_FOR_A_SLOPE = 8
FOUR_WEEKS = 28
# The part of cases in which the interval would hold the true slope, were answers independent.
COVERS = 0.95

Course = Literal["down", "up", "unclear", "level"]
Where = Literal["near", "lower", "higher"]
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Slope:
    """By how much answers went up (down where negative) in four weeks, to one decimal place."""

    answers: int
    by: float
    low: float
    high: float

    @property
    def course(self) -> Course:
        """Which way they went, where the whole interval lies on one side of nothing."""
        if self.low > 0:
            return "up"
        if self.high < 0:
            return "down"
        return "unclear" if self.low or self.high else "level"

    @property
    def range(self) -> tuple[float, float]:
        """The interval without signs, the smaller number first, for a course that is clear."""
        smaller, larger = sorted((abs(self.low), abs(self.high)))
        return smaller, larger


@dataclass(frozen=True, slots=True, repr=False)
class LastThree:
    """Where the last three answers lie: near the usual, or beyond what answers wobble."""

    where: Where
    middle: float


def last_three_of(
    question: str, answers: Sequence[Own], called: Collection[CallOut]
) -> LastThree | None:
    """Return what may be said from nine answers on, all of them given since the usual began.

    Beyond noise it is said where a change is called out at the latest answer, and not again while
    call-outs rest.
    """
    found = list(from_usual([one.value for one in answers]))
    if not found:
        return None
    middle = median(one.value for one in answers[-LAST:])
    if abs(found[-1][1]) < threshold_of(question):
        return LastThree("near", middle)
    latest = [one for one in called if (one.question, one.at) == (question, answers[-1].at)]
    return LastThree(latest[0].direction, middle) if latest else None


def slope_of(answers: Sequence[Own], now: datetime) -> Slope | None:
    """Return the slope over the last 180 days, where there are eight answers in them."""
    recent = [one for one in answers if now - one.at <= SLOPE_OVER]
    if len(recent) < ANSWERS_FOR_A_SLOPE:
        return None
    places = [((one.at - recent[0].at) / timedelta(days=1), one.value) for one in recent]
    four_weeks = (round(FOUR_WEEKS * each, 1) + 0.0 for each in theil_sen(places))
    return Slope(len(recent), *four_weeks)


def theil_sen(places: Sequence[Place]) -> tuple[float, float, float]:
    """Return the median of the slopes between any two places, and the two ends of its interval."""
    slopes = sorted(
        (value - earlier) / (at - before)
        for (before, earlier), (at, value) in combinations(places, 2)
        if at != before
    )
    reach = NormalDist().inv_cdf((1 + COVERS) / 2) * sqrt(_variance([y for _x, y in places]))
    last = len(slopes) - 1
    low = max(round((len(slopes) - reach) / 2) - 1, 0)
    high = min(round((len(slopes) + reach) / 2), last)
    return median(slopes), slopes[low], slopes[high]


def _variance(values: Sequence[float]) -> float:
    """Return the variance of Kendall's S, less what equal answers take from it."""
    times = [len(values), *Counter(values).values()]
    whole, *ties = (n * (n - 1) * (2 * n + 5) for n in times)
    return (whole - sum(ties)) / 18
