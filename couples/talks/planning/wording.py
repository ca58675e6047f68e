"""A talk's day as the small calendar leaf shows it."""

from __future__ import annotations

from datetime import datetime

from couples import formats
from couples.dashboard.words import DateBlock


def date_block(at: datetime) -> DateBlock:
    """Return the weekday, the day and the month, by the reader's clock and language."""
    return DateBlock(*formats.on_a_leaf(at))
