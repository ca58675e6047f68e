"""What a person wrote before an agreement, as plain values for a copy of their own (rule S5)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from couples.db import db
from couples.formats import iso
from couples.preparing.models import Airing, Reflection


def own_reflection(person_id: str) -> dict[str, Any] | None:
    """Return the person's look at their own motives and part, or nothing."""
    row = db.session.scalars(select(Reflection).where(Reflection.person_id == person_id)).first()
    if row is None:
        return None
    return {
        "motives": row.motives,
        "own_part": row.own_part,
        "saved_at": iso(row.saved_at),
        "put_aside_at": iso(row.skipped_at),
    }


def own_airings(person_id: str) -> list[dict[str, Any]]:
    """Return what the person owned up to when clearing the air, and what they pressed."""
    query = select(Airing).where(Airing.person_id == person_id)
    return [
        {
            "words": one.words,
            "wanted_at": iso(one.wants_at),
            "put_away_at": iso(one.put_away_at),
            "saved_at": iso(one.saved_at),
            "ready_at": iso(one.ready_at),
            "closed_at": iso(one.closed_at),
        }
        for one in db.session.scalars(query.order_by(Airing.id))
    ]


def shown_airing(person_id: str, couple_id: str) -> tuple[bool, str]:
    """Return whether one's wish to clear the air can be seen, and one's words once both opened.

    Whether the partner has put either away is theirs alone, and changes nothing here (S2).
    """
    query = select(Airing).where(Airing.couple_id == couple_id)
    parts = {row.person_id: row for row in db.session.scalars(query)}
    mine = parts.get(person_id)
    if mine is None:
        return False, ""
    is_open = len(parts) == 2 and all(row.wants_at and row.ready_at for row in parts.values())
    return mine.wants_at is not None, (mine.words or "") if is_open else ""
