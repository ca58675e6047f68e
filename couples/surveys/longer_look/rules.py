"""When a longer look may be taken, and when it is offered: at the start and twice a year."""

from collections.abc import Iterable
from datetime import datetime, timedelta

HALF_YEAR = timedelta(days=182)


def is_recent(moment: datetime | None, now: datetime) -> bool:
    """Whether something happened within the last half year."""
    return moment is not None and now - moment < HALF_YEAR


def may_begin(finished: Iterable[datetime | None], now: datetime) -> bool:
    """Whether a look may be taken: half a year after the last one that was finished."""
    return not any(is_recent(moment, now) for moment in finished)


def is_offered(put_away: Iterable[datetime | None], now: datetime) -> bool:
    """Whether one that may be taken is mentioned: half a year after it was put away."""
    return not any(is_recent(moment, now) for moment in put_away)
