"""How many letters may go in a minute: in all, and to the mailboxes of one domain.

A few places of each minute are kept for letters somebody has just asked for. Counted where all
workers see it; while that is down each process counts for itself. What is counted names nobody: of
an address its domain alone, as a keyed fingerprint.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from math import ceil
from typing import TYPE_CHECKING, TypeVar

from couples.db import key_ring
from couples.settings import Settings

if TYPE_CHECKING:
    from limits import RateLimitItemPerMinute
    from limits.strategies import MovingWindowRateLimiter

ANSWER_SECONDS = 0.5
MINUTE = timedelta(minutes=1)
ALL, REST = "all", "rest"
Found = TypeVar("Found")


class Spent(Exception):
    """What may go in this minute has gone."""

    def __init__(self, until: datetime) -> None:
        """Keep from when on the next letter may go."""
        super().__init__("as many letters as may go in a minute have gone")
        self.until = until


class Rates:
    """The limits of one worker's run; 0 stands for none."""

    def __init__(self, settings: Settings) -> None:
        """Begin with the counts that all workers share."""
        self.in_all = settings.mail_per_minute
        self.for_the_rest = self.in_all - kept_free(self.in_all)
        self.to_one = settings.mail_per_domain_per_minute
        self.redis_url = settings.redis_url
        self.put_off: Counter[str] = Counter()

    @cached_property
    def limiter(self) -> MovingWindowRateLimiter:
        """What counts; where nothing is limited its library is never loaded."""
        return counting_in(self.redis_url)

    @property
    def are_off(self) -> bool:
        """Whether there is nothing to count."""
        return not self.in_all and not self.to_one

    def room(self, most: int) -> tuple[int, int]:
        """Return how many letters may go now, at most so many, and how many that are not urgent."""
        if not self.in_all:
            return most, most
        left = min(most, self._left(self.in_all, ALL))
        return left, min(left, self._left(self.for_the_rest, REST))

    def take(self, to: str, now: datetime, *, urgent: bool) -> datetime | None:
        """Count one letter to this address, or return until when its domain's have to wait.

        Where nothing more may go in all it raises Spent, and the domain keeps its place.
        """
        self._look_for_room(now, urgent)
        until = self.wait_for_domain(to, now)
        if until is None:
            self.take_one(now, urgent=urgent)
        return until

    def _look_for_room(self, now: datetime, urgent: bool) -> None:
        """Raise Spent before anything is counted: a try that fails takes no place."""
        if not self.in_all:
            return
        if not self._left(self.in_all, ALL):
            raise Spent(now + self._wait(self.in_all, ALL))
        if not urgent and not self._left(self.for_the_rest, REST):
            raise Spent(now + self._wait(self.for_the_rest, REST))

    def wait_for_domain(self, to: str, now: datetime) -> datetime | None:
        """Count one letter to the domain, or return until when it has to wait.

        Many that have to wait are spread over as many minutes as they need.
        """
        if not self.to_one:
            return None
        domain = key_ring().index(f"domain:{to.rpartition('@')[2].lower()}")[:32]
        wait = self._take(self.to_one, domain)
        if wait is None:
            return None
        ahead = self.put_off[domain] // self.to_one
        self.put_off[domain] += 1
        return now + wait + ahead * MINUTE

    def take_one(self, now: datetime, *, urgent: bool) -> None:
        """Count one letter, or raise Spent."""
        if not self.in_all:
            return
        wait = None if urgent else self._take(self.for_the_rest, REST)
        wait = wait or self._take(self.in_all, ALL)
        if wait is not None:
            raise Spent(now + wait)

    def _take(self, most: int, key: str) -> timedelta | None:
        item = _item(most)
        return (
            None if self._count(lambda limiter: limiter.hit(item, key)) else self._wait(most, key)
        )

    def _left(self, most: int, key: str) -> int:
        item = _item(most)
        return self._count(lambda limiter: limiter.get_window_stats(item, key).remaining)

    def _wait(self, most: int, key: str) -> timedelta:
        item = _item(most)
        reset = self._count(lambda limiter: limiter.get_window_stats(item, key).reset_time)
        return timedelta(seconds=max(1, ceil(reset - time.time())))

    def _count(self, act: Callable[[MovingWindowRateLimiter], Found]) -> Found:
        from limits.errors import StorageError

        try:
            return act(self.limiter)
        except StorageError:
            # For the rest of this run: else each letter would wait for the timeout.
            self.limiter = counting_in(None)
            return act(self.limiter)


def kept_free(in_all: int) -> int:
    """Return how many places of a minute are for urgent letters alone: a tenth, but never all."""
    return min(max(1, in_all // 10), max(0, in_all - 1))


def _item(most: int) -> RateLimitItemPerMinute:
    from limits import RateLimitItemPerMinute

    return RateLimitItemPerMinute(most, namespace="letters")


@lru_cache(maxsize=4)
def counting_in(redis_url: str | None) -> MovingWindowRateLimiter:
    """Return what counts there, in this process's memory where no server is given."""
    from limits.storage import MemoryStorage, RedisStorage
    from limits.strategies import MovingWindowRateLimiter

    if redis_url is None:
        return MovingWindowRateLimiter(MemoryStorage())
    storage = RedisStorage(
        redis_url,
        wrap_exceptions=True,
        socket_connect_timeout=ANSWER_SECONDS,
        socket_timeout=ANSWER_SECONDS,
    )
    return MovingWindowRateLimiter(storage)
