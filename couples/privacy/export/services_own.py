"""A person's private notes, as plain values for a copy of their own (rule S5)."""

from __future__ import annotations

from typing import Any

from couples.accounts.personal_key.services import OpenKey
from couples.formats import iso
from couples.privacy.locking.services import notes_for_export


def own_notes(person_id: str, key: OpenKey | None) -> list[dict[str, Any]]:
    """Return the person's notes, the oldest first; one that is locked now has no words here."""
    notes = sorted(notes_for_export(person_id, key), key=lambda one: one.written_at)
    return [
        {
            "words": one.words,
            "locked": one.words is None,
            "written_at": iso(one.written_at),
            "saved_at": iso(one.saved_at),
        }
        for one in notes
    ]
