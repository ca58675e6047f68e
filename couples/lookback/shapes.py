"""What a look back is made of: the same values for both, and nothing only one of them may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from couples.dashboard.rules import AgreementMark, Series
from couples.dashboard.telling import Telling
from couples.lookback.rules import HalfYear
from couples.pairing import services as pairing
from couples.talks.sitting.shapes import StepState


@dataclass(frozen=True, slots=True)
class LookBacks:
    """The half years one can look back on, the newest first, and when the next one is over."""

    half_years: tuple[HalfYear, ...] = ()
    next_on: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class HeldVersion:
    """A version that held in the half year, by the topics of its promises; `is_new` in it."""

    number: int
    since: date
    topics: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True, slots=True, repr=False)
class Need:
    """One question over the half year, and the same at most twelve rounds a row."""

    topic: str
    series: Series
    rows: tuple[Series, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """One talk: its day, what was talked about, and the step that came of it.

    `state` is what had become of the step by the end of the half year.
    """

    id: str
    on: date
    things: tuple[tuple[pairing.PersonMark, str], ...]
    step: str = ""
    until: date | None = None
    state: StepState | None = None


@dataclass(frozen=True, slots=True, repr=False)
class LookBack(Telling):
    """One half year of two people; every day is one of the agreement's zone."""

    half_year: HalfYear
    weekly: bool
    overall: Series
    needs: tuple[Need, ...]
    marks: tuple[AgreementMark, ...] = ()
    versions: tuple[HeldVersion, ...] = ()
    talks: tuple[Held, ...] = ()

    @property
    def series(self) -> Series:
        """What the lines show."""
        return self.overall
