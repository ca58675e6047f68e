"""One example of each letter of the product, as the features will ask for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from couples.mail.letter import Letter, letter_from
from couples.mail.models import OutboxLetter

HOST = "https://pages.example.org"
CLOSES = datetime(2026, 9, 6, 18, tzinfo=UTC)
BY_THE_CLOCK = {
    "name": "Maya",
    "change_url": f"{HOST}/settings/letters",
    "pause_url": f"{HOST}/settings/pause",
    "stop_url": f"{HOST}/stop/token",
    "one_click_url": f"{HOST}/stop/token",
}
WEEK = {"link": f"{HOST}/week/token", "closes": CLOSES}

# Example name: (template, values).
EXAMPLES: dict[str, tuple[str, dict[str, Any]]] = {
    "confirm": ("confirm", {"link": f"{HOST}/confirm/token", "closes": CLOSES}),
    "already": ("already", {"link": f"{HOST}/signin"}),
    "reset": ("reset", {"name": "Maya", "link": f"{HOST}/reset/token", "closes": CLOSES}),
    "changed-address": (
        "changed",
        {"name": "Maya", "what": "address", "at": CLOSES, "link": f"{HOST}/reset"},
    ),
    "changed-password": (
        "changed",
        {"name": "Maya", "what": "password", "at": CLOSES, "link": f"{HOST}/reset"},
    ),
    "invite": ("invite", {"link": f"{HOST}/join/token", "closes": CLOSES}),
    "open-weekly": ("open", {**BY_THE_CLOCK, **WEEK, "weekly": True}),
    "open-weekly-plain": ("open", {**BY_THE_CLOCK, **WEEK, "weekly": True, "plain": True}),
    "open": ("open", {**BY_THE_CLOCK, **WEEK, "weekly": False}),
    "open-plain": ("open", {**BY_THE_CLOCK, **WEEK, "weekly": False, "plain": True}),
    "reminder": ("reminder", {**BY_THE_CLOCK, **WEEK, "weekly": True}),
    "reminder-plain": ("reminder", {**BY_THE_CLOCK, **WEEK, "weekly": False, "plain": True}),
    "look_in": ("look_in", {**BY_THE_CLOCK, "link": f"{HOST}/overview"}),
    "closed-weekly": ("closed", {**BY_THE_CLOCK, "link": f"{HOST}/overview", "weekly": True}),
    "closed": ("closed", {**BY_THE_CLOCK, "link": f"{HOST}/overview", "weekly": False}),
    "review": ("review", {**BY_THE_CLOCK, "link": f"{HOST}/doc", "day": date(2027, 1, 10)}),
}
PLAIN = {name for name, (_template, values) in EXAMPLES.items() if values.get("plain")}
DISCREET = sorted(set(EXAMPLES) - PLAIN)


def example(
    name: str, /, language: str = "en", zone: str = "Europe/Berlin", **changes: Any
) -> Letter:
    """Compose one example."""
    template, values = EXAMPLES[name]
    row = OutboxLetter(id="AbCdEfGhIjKlMnOpQrStU_", kind=template)
    return letter_from(row, template, "maya@example.org", language, zone, **{**values, **changes})
