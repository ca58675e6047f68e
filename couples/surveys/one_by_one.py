"""Doing something for many, so that a failure spoils one only."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

log = logging.getLogger("couples.surveys")


def each(service: Callable[[str, datetime], bool], ids: Iterable[str], now: datetime) -> int:
    """Call a service for each id in a transaction of its own; return how often it said yes."""
    done = 0
    for row_id in ids:
        try:
            done += service(row_id, now)
        except Exception as problem:  # whatever it is, the next couple's round opens
            log.error("%s failed for one: %s", service.__name__, type(problem).__qualname__)
    return done
