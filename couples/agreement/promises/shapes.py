"""What services show on a topic's page beside needs and promise; frozen, like all shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from couples.agreement.rules import PromiseWords
from couples.pairing.services import PersonMark

Became = Literal["used", "replaced", "withdrawn"]


@dataclass(frozen=True, slots=True, repr=False)
class HearingView:
    """What one hears in the other's need, and what its author says to that (rule A4)."""

    author: PersonMark
    words: str
    said_at: datetime
    revision: int
    answer: str | None


@dataclass(frozen=True, slots=True, repr=False)
class PastWording:
    """Words that were suggested once, and what became of them: none are lost."""

    id: str
    author: PersonMark
    owner: PersonMark | None
    words: PromiseWords
    note: str
    made_at: datetime
    became: Became
    became_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class UnsentView:
    """What its writer typed and has not sent; revision 0 means that nothing is kept."""

    fields: Mapping[str, Any]
    revision: int
    saved_at: datetime | None
