"""Which times can be proposed, and where the planning of a talk stands (rule O5). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MOST_TIMES = 3
AHEAD = timedelta(days=365)
LENGTHS = (15, 20, 30, 45, 60, 90, 120)
USUAL_LENGTH = 30


class State(StrEnum):
    """Where the planning of a talk stands for its reader."""

    PROPOSED = "proposed"  # the reader has proposed times, and waits
    ASKED = "asked"  # the other has proposed times; the reader may have, too
    LAPSED = "lapsed"  # nothing was agreed, and every time proposed has passed
    AGREED = "agreed"  # both said yes
    TODAY = "today"  # both said yes, and it is today where the reader lives
    PASSED = "passed"  # both said yes, and it has passed


def may_propose(at: datetime, now: datetime) -> bool:
    """Whether a time lies ahead, within a year."""
    return now < at <= now + AHEAD


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
    is_today = starts_at <= now or starts_at.astimezone(here).date() == now.astimezone(here).date()
    return State.TODAY if is_today else State.AGREED


def clocks_differ(zones: Iterable[str], at: datetime) -> bool:
    """Whether clocks in these zones show different times at a moment."""
    return len({at.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones}) > 1
