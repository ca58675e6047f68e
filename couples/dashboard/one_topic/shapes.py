"""The values the page of one topic is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.agreement.document.differences import Piece
from couples.dashboard.overview import Said
from couples.dashboard.rules import AgreementMark, PersonMark, Row, Series
from couples.dashboard.rules import table as table_of
from couples.dashboard.telling import Sentence
from couples.dashboard.telling import sentence as sentence_of


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One part of a promise under its label, with what came and what went."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Wording:
    """A promise as one version words it; without parts that version no longer holds it."""

    number: int
    in_force_at: datetime
    words: tuple[Piece, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class TopicPage:
    """One topic as one of the two may see it.

    rows             its rounds, twelve at a time, the latest ones in the last row
    series           the same rounds in one
    marks            every version that came into force, oldest first
    wordings         the promise through the versions, the newest first; unchanged ones are left out
    words            what both said in rounds that asked about it, the newest first
    next_opening     when the next round opens, none where none is planned
    """

    id: str
    name: str
    weekly: bool
    in_force: bool
    under_review: bool
    living: bool
    series: Series
    rows: tuple[Series, ...]
    marks: tuple[AgreementMark, ...]
    wordings: tuple[Wording, ...]
    words: tuple[Said, ...]
    next_opening: datetime | None

    @property
    def people(self) -> list[PersonMark]:
        """The two in the order of the leaves."""
        return [line.person for line in self.series.lines]

    @property
    def sentence(self) -> Sentence:
        """What the strip says, by the rules of the overview."""
        return sentence_of(self.series)

    @property
    def table(self) -> tuple[Row, ...]:
        """The strip's numbers as rows."""
        return table_of(self.series, self.marks)
