"""The values the page of one topic is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.agreement.document.differences import Piece
from couples.dashboard.overview import BothsWords
from couples.dashboard.rules import AgreementMark, Series
from couples.dashboard.telling import Telling


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
class TopicPage(Telling):
    """One topic as one of the two may see it.

    rows             its rounds, twelve at a time, the latest ones in the last row
    series           the same rounds in one
    marks            every version that came into force, oldest first
    wordings         the promise through the versions, the newest first; unchanged ones are left out
    words            what both said in rounds that asked about it, the newest first
    next_opening     when the next round opens, none where none is planned
    hides_own        what did not open for both is left out, whether or not there is any
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
    words: tuple[BothsWords, ...]
    next_opening: datetime | None
    hides_own: bool = False
