"""Where a planned talk stands for its reader, the same on every page (rule O5). Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class State(StrEnum):
    """Where a talk stands for its reader."""

    PROPOSED = "proposed"  # the reader has proposed times, and waits
    ASKED = "asked"  # the other has proposed times; the reader may have, too
    LAPSED = "lapsed"  # nothing was agreed, and every time proposed has passed
    AGREED = "agreed"  # both said yes
    TODAY = "today"  # both said yes, and it is today where the reader lives, or it goes on
    PASSED = "passed"  # both said yes, and it has passed
    CALLED_OFF = "called_off"  # one of the two has called it off
    OVER = "over"  # one of the two has written down that they talked


def state_before(has_mine: bool, has_theirs: bool) -> State:
    """Return where a talk stands before both have said yes to a time."""
    if has_theirs:
        return State.ASKED
    return State.PROPOSED if has_mine else State.LAPSED


def state_after(starts_at: datetime, minutes: int, zone: str, now: datetime) -> State:
    """Return where a talk stands once both have said yes, for a reader in this zone."""
    if now >= starts_at + timedelta(minutes=minutes):
        return State.PASSED
    here = ZoneInfo(zone)
    # What began before midnight goes on after it.
    is_today = starts_at <= now or starts_at.astimezone(here).date() == now.astimezone(here).date()
    return State.TODAY if is_today else State.AGREED
