"""What a person chose about their overview, as plain values for a copy of their own (rule S5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from couples.agreement.services_own import Headings, Plain
from couples.dashboard.cards.rules import SCALE
from couples.dashboard.cards.services_choices import choices_row
from couples.formats import iso
from couples.surveys.rules import OVERALL
from couples.surveys.services_own import named


def own_card_choices(person_id: str, headings: Headings) -> Plain:
    """Return the cards the person put away, and since when they let their usual begin."""
    row = choices_row(person_id)
    kept: dict[str, Any] = row.choices if row else {}
    return {
        "put_away": [
            {**_card(key, headings), "until": until and iso(datetime.fromisoformat(until))}
            for key, until in kept.get("put_away", {}).items()
        ],
        "usual_since": [
            {"about": _about(key, headings), "at": iso(datetime.fromisoformat(at))}
            for key, at in kept.get("usual_since", {}).items()
        ],
    }


def _card(key: str, headings: Headings) -> Plain:
    """Return what a card's key stands for: its kind and question, never the round."""
    kind, _, rest = key.partition(" ")
    return {"card": kind, "about": _about(rest.partition(" ")[0], headings)}


def _about(question: str, headings: Headings) -> Plain:
    if question in {OVERALL, SCALE}:
        return named("overall" if question == OVERALL else "scale")
    return headings.of(question)
