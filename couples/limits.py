"""Throttling: it slows a source down and never locks a person out (rules P3, S7).

The numbers and their reasons: docs/decisions/0007-throttling.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request
from flask_limiter import ApplicationLimit, Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from flask_login import current_user
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage, Storage

from couples import alarms, clock, web
from couples.db import key_ring
from couples.settings import Settings

Found = TypeVar("Found")
View = TypeVar("View", bound=Callable[..., Any])
# How many tries are free, by what they are counted for.
Free = tuple[str, int]
FORMS_A_MINUTE = "600 per minute"
WINDOW = 60 * 60
DAY = 24 * WINDOW
LONGEST_WAIT = 60


def source() -> str:
    """Return what stands for where a request comes from, as every limit and cap counts it."""
    return mark_of(f"source:{network_of(get_remote_address())}")


def mark_of(counted: str) -> str:
    """Return a keyed fingerprint: neither a network address nor an id stands in a counter's name.

    Where counters are kept, they are written to a file that outlives them.
    """
    return key_ring().index(f"limits:{counted}")[:32]


def network_of(address: str) -> str:
    """Return an address, in IPv6 its /64 network: one home has all of that to choose from."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), 64), strict=False))


def asker() -> str:
    """Return who is counted: the person where one is signed in, else the source."""
    if not current_user.is_authenticated:
        return source()
    return mark_of(f"person:{current_user.person_id}")


def sitter() -> str:
    """Return who is counted at a browser: its session where there is one, else the source.

    Of two browsers of one person none uses up what the other may do.
    """
    if not current_user.is_authenticated:
        return source()
    return mark_of(f"session:{current_user.session_id}")


def breach(limit: RequestLimit) -> Response:
    """Answer with the page that names the time at which the next try is possible.

    Flask-Limiter swallows what this raises, but gives the response it returns.
    """
    return refused(limit.reset_at)


def refused(until: float) -> Response:
    """Say when the next try is possible, in whole minutes so that the time named is not early."""
    alarms.tried("slowed down", source=source())
    wait = max(1, ceil(until - datetime.now(UTC).timestamp()))
    at = clock.now() + timedelta(seconds=wait + 59)
    page = web.error_page(429, until=at.replace(second=0, microsecond=0))
    response = current_app.make_response(page)
    response.headers["Retry-After"] = str(wait)
    return response


def delay(tries: int, free: int) -> int:
    """Return how many seconds lie between tries: none, then 2, 4, 8 and so on up to a minute."""
    return min(2 ** min(tries - free, 6), LONGEST_WAIT) if tries > free else 0


def claim(counted: Sequence[Free]) -> float | None:
    """Count one try before it is made; return from when on to try where this one is too soon."""
    for place, (key, free) in enumerate(counted):
        until = _counting(partial(_claim, key, free))
        if until is not None:
            give_back(counted[:place])
            return until
    return None


def _claim(key: str, free: int, storage: Storage) -> float | None:
    tries, slot = f"tries/{key}", f"slot/{key}"
    seconds = delay(storage.incr(tries, WINDOW), free)
    # Of many tries sent at once only one finds the slot empty.
    if not seconds or storage.incr(slot, seconds) == 1:
        return None
    # A refused try counts for nothing, so refusing never lasts longer than one slot.
    storage.incr(tries, WINDOW, amount=-1)
    return float(storage.get_expiry(slot))


def give_back(counted: Sequence[Free]) -> None:
    """Uncount a try that was right, or was not made after all."""
    for key, _free in counted:
        _counting(partial(_give_back, key))


def _give_back(key: str, storage: Storage) -> None:
    storage.incr(f"tries/{key}", WINDOW, amount=-1)
    storage.clear(f"slot/{key}")


def claim_of_day(key: str, most: int) -> bool:
    """Count one try of a day's sum before it is made, and say whether it is within the sum."""
    return _counting(partial(_claim_of_day, key, most))


def _claim_of_day(key: str, most: int, storage: Storage) -> bool:
    if storage.incr(f"day/{key}", DAY) <= most:
        return True
    storage.incr(f"day/{key}", DAY, amount=-1)
    return False


def give_back_of_day(key: str) -> None:
    """Uncount a try that was right."""
    _counting(lambda storage: storage.incr(f"day/{key}", DAY, amount=-1))


def _counting(act: Callable[[Storage], Found]) -> Found:
    """Count where the limiter counts, in memory while that is down."""
    storage = limiter.limiter.storage
    try:
        return act(storage)
    except (storage.base_exceptions, StorageError):  # type: ignore[misc]
        return act(_spare)


def forms_a_minute() -> str:
    """Return how many forms one browser may send: far more than anybody writes (ASVS 2.4.1)."""
    return str(current_app.config["FORMS_A_MINUTE"])


# Who is not signed in meets limits of the few doors that are open to them.
OF_A_PERSON = ApplicationLimit(
    forms_a_minute,
    key_function=sitter,
    methods=["POST"],
    exempt_when=lambda: not current_user.is_authenticated,
)


class Counters(RedisStorage):
    """Counts in Redis; wherever Valkey's client is installed its parent would load that too."""

    STORAGE_SCHEME = ["redis", "rediss"]  # noqa: RUF012 - as its parent has it
    DEPENDENCIES = {"redis": RedisStorage.DEPENDENCIES["redis"]}  # noqa: RUF012


limiter = Limiter(source, application_limits=[OF_A_PERSON], on_breach=breach)


def never_limited(view: View) -> View:
    """Mark a page that is asked for most and only read: there is no limit of it to be looked up."""
    view.never_limited = True  # type: ignore[attr-defined]
    return view


@limiter.request_filter
def _is_only_read() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method == "GET" and getattr(view, "never_limited", False)


_spare = MemoryStorage()


def start(app: Flask, settings: Settings) -> None:
    """Count in Redis, or in memory while there is none or it is down."""
    app.config.setdefault("FORMS_A_MINUTE", FORMS_A_MINUTE)
    app.config.update(
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_STORAGE_OPTIONS=(
            {"socket_connect_timeout": 0.5, "socket_timeout": 0.5} if settings.redis_url else {}
        ),
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_STRATEGY="moving-window",
        RATELIMIT_SWALLOW_ERRORS=True,
    )
    limiter.init_app(app)
