"""What one person has chosen about cards and their usual, as their row keeps it.

It belongs to one couple: with somebody else everything begins from nothing (rule L6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from couples.dashboard.cards.models import CardChoices
from couples.dashboard.cards.rules import CallOut
from couples.db import db


@dataclass(frozen=True, slots=True, repr=False)
class Choices:
    """What one person has chosen in one couple.

    put_away      until when each card is away, none for good
    usual_since   since when the usual of a question counts, where it was begun anew
    spoken        the last change spoken of before a usual was begun anew or went back
    """

    put_away: Mapping[str, datetime | None] = field(default_factory=dict)
    usual_since: Mapping[str, datetime] = field(default_factory=dict)
    spoken: CallOut | None = None


def choices_of(row: CardChoices | None, couple_id: str | None) -> Choices:
    """Return what a row keeps of this couple; nothing where it is of another, or there is none."""
    return choices_in(row.choices if row else None, couple_id)


def choices_in(kept: dict[str, Any] | None, couple_id: str | None) -> Choices:
    """Return the same of what the row keeps, unsealed."""
    if not kept or kept.get("couple") != couple_id:
        return Choices()
    return Choices(
        {key: _read(until) for key, until in kept["put_away"].items()},
        {key: datetime.fromisoformat(at) for key, at in kept["usual_since"].items()},
        _spoken(kept["spoken"]),
    )


def choices_row(person_id: str) -> CardChoices | None:
    """Return this person's row, if they have chosen anything yet."""
    return db.session.scalar(select(CardChoices).where(CardChoices.person_id == person_id))


def keep(person_id: str, couple_id: str, choices: Choices) -> None:
    """Write what this person has chosen in this couple; what was of another is forgotten."""
    kept = {
        "couple": couple_id,
        "put_away": {key: _written(until) for key, until in choices.put_away.items()},
        "usual_since": {key: _written(at) for key, at in choices.usual_since.items()},
        "spoken": _plain(choices.spoken) if choices.spoken else None,
    }
    row = choices_row(person_id)
    if row is None:
        db.session.add(CardChoices(person_id=person_id, choices=kept))
    else:
        row.choices = kept


def _read(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at else None


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _plain(one: CallOut) -> dict[str, str]:
    return {
        "question": one.question,
        "round_id": one.round_id,
        "at": one.at.isoformat(),
        "direction": one.direction,
    }


def _spoken(kept: dict[str, Any] | None) -> CallOut | None:
    return CallOut(**{**kept, "at": datetime.fromisoformat(kept["at"])}) if kept else None
