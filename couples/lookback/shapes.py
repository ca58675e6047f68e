"""What a look back is made of: the same values for both, and nothing only one of them may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from couples.dashboard.rules import AgreementMark, PersonMark, Row, Series
from couples.dashboard.rules import table as table_of
from couples.dashboard.telling import Sentence
from couples.dashboard.telling import sentence as sentence_of
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
    """One talk: its day, what was talked about, the step that came of it and what became of it."""

    id: str
    on: date
    things: tuple[tuple[pairing.PersonMark, str], ...]
    step: str = ""
    until: date | None = None
    state: StepState | None = None


@dataclass(frozen=True, slots=True, repr=False)
class LookBack:
    """One half year of two people; every day is one of the agreement's zone."""

    half_year: HalfYear
    weekly: bool
    overall: Series
    marks: tuple[AgreementMark, ...]
    versions: tuple[HeldVersion, ...]
    needs: tuple[Need, ...]
    talks: tuple[Held, ...]

    @property
    def last_day(self) -> date:
        """The last day of the half year."""
        return self.half_year.ends - timedelta(days=1)

    @property
    def people(self) -> tuple[PersonMark, ...]:
        """The two in the order of the leaves."""
        return tuple(line.person for line in self.overall.lines)

    @property
    def sentence(self) -> Sentence:
        """What the lines say, by the rules of the overview."""
        return sentence_of(self.overall)

    @property
    def table(self) -> tuple[Row, ...]:
        """The numbers of the lines as rows."""
        return table_of(self.overall, self.marks)
