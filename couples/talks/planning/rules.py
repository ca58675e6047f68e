"""Which times can be proposed (rule O5). Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

MOST_TIMES = 3
AHEAD = timedelta(days=365)
LENGTHS = (15, 20, 30, 45, 60, 90, 120)
USUAL_LENGTH = 30


def may_propose(at: datetime, now: datetime) -> bool:
    """Whether a time lies ahead, within a year."""
    return now < at <= now + AHEAD


def held(starts_at: datetime | None, minutes: int | None) -> str:
    """Return a time and its length as a form carries them; nothing where both said yes to none."""
    return f"{starts_at.isoformat()} {minutes}" if starts_at else ""
