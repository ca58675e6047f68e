"""The values one's own view is made of: one person's answers, and nothing of the other's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from couples.dashboard.cards.rules import ANSWERS_FOR_USUAL, Usual
from couples.dashboard.mine.rules import LastThree, Slope
from couples.dashboard.rules import AgreementMark, Series
from couples.dashboard.telling import Telling
from couples.surveys.scales.items import Scale
from couples.surveys.scales.rules import Said


@dataclass(frozen=True, slots=True, repr=False)
class OwnLine(Telling):
    """One question over time as its author alone sees it.

    series     the rounds shown; one line
    rounds     how many rounds there are to show
    answers    how many answers there are since the usual began
    since      the day on which it was begun anew, none where it counts from the first answer
    """

    question: str
    series: Series
    marks: tuple[AgreementMark, ...]
    rounds: int
    answers: int
    since: date | None
    usual: Usual | None
    last_three: LastThree | None
    slope: Slope | None = None

    @property
    def band(self) -> tuple[float, float] | None:
        """The usual range as the picture shows it."""
        return (self.usual.low, self.usual.high) if self.usual else None

    @property
    def until_usual(self) -> int:
        """How many answers are missing for the usual."""
        return max(ANSWERS_FOR_USUAL - self.answers, 0)


@dataclass(frozen=True, slots=True, repr=False)
class LongTotal:
    """The total of one longer look that was finished in full."""

    at: datetime
    total: int


@dataclass(frozen=True, slots=True, repr=False)
class MinePage:
    """One's own view.

    overall      the overall question
    totals       the published scale's totals; none where it was never asked
    scale        the scale itself, for its source
    asks_scale   whether this person is asked the scale at all
    said         what may be said of the latest total
    longer       totals of longer looks, the newest first
    """

    weekly: bool
    linked: bool
    overall: OwnLine
    totals: OwnLine
    scale: Scale
    long_scale: Scale
    asks_scale: bool
    said: Said
    longer: tuple[LongTotal, ...]
