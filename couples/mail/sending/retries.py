"""When a letter goes again that was refused for now: rarer and rarer, while its time lasts."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

# RFC 5321 §4.5.4.1: half an hour at least, and four to five days. Who has just asked for a letter
# sits and waits for it; nearly all that refuse a first letter on principle take it minutes later.
FIRST_WAIT = timedelta(minutes=30)
FIRST_WAIT_IF_AWAITED = timedelta(minutes=5)
# Cut off before its content was on its way, without a word.
FIRST_WAIT_IF_CUT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=4)
# A try whose time would come too late is made within so long before the end instead.
LAST_CALL = timedelta(minutes=5)


def wait_after(failures: int, first: timedelta = FIRST_WAIT) -> timedelta:
    """Return how long to wait after so many failures before this one: twice as long each.

    Up to a quarter more, by chance, so that what failed together does not come back together.
    """
    wait = min(LONGEST_WAIT, first * float(2 ** min(failures, 10)))
    return wait * (1 + _chance() / 4)


def next_try(
    failures: int,
    first: timedelta,
    now: datetime,
    meant_for: datetime,
    not_after: datetime | None,
) -> datetime | None:
    """Return when to try again, or None where it is time to give up.

    Once its time is over a letter is cancelled by whoever looks at it next, which is soon after.
    """
    at = now + wait_after(failures, first)
    if at > meant_for + GIVE_UP_AFTER:
        return None
    if not_after is None or at <= not_after:
        return at
    last = not_after - LAST_CALL * _chance()
    return last if last >= now + LAST_CALL else not_after + timedelta(seconds=1)


def _chance() -> float:
    return random.random()  # noqa: S311  # nosec B311 - not a secret
