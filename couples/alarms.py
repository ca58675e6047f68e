"""What the log tells of attacks and refusals, on the logger `couples.security`; the list is closed.

No line says who: whoever reads the log may be the other partner (docs/decisions/0029). What people
did with their own accounts is not here at all but in each account's own log.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import Counter
from typing import Literal

from couples import logs

log = logs.named("couples.security")

# Told each time: a password, a code or a passkey was not taken, wherever it was asked for.
Told = Literal[
    "a proof was refused", "a passkey was refused: its count of uses has gone back",
]  # fmt: skip
# Strangers' tries: the first, the tenth, the hundredth … of a day.
Tried = Literal[
    "slowed down", "an unknown host was asked for", "returned mail without the secret",
    "figures with a wrong token",
]  # fmt: skip
# What may be a slip of anybody who uses the pages: from the tenth on.
Slipped = Literal["a form without its mark", "a thing that is not there", "a request was refused"]

DAY = 24 * 60 * 60
MOST_KEYS = 2000
# Lives as long as this process: whoever has the log and all settings cannot undo it.
_SECRET = secrets.token_bytes(32)


class Counting:
    """Counts within a day, and says when a count is worth a line."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.seen: Counter[tuple[object, ...]] = Counter()
        self.since = time.monotonic()
        self.lock = threading.Lock()

    def up(self, *key: object) -> int:
        """Count one more; return how many there are today."""
        with self.lock:
            is_over = time.monotonic() - self.since > DAY
            if is_over or (len(self.seen) >= MOST_KEYS and key not in self.seen):
                self.seen.clear()
                self.since = time.monotonic()
            self.seen[key] += 1
            return self.seen[key]


counting = Counting()


def is_round(count: int, first: int) -> bool:
    """Whether a count is the first one told, or ten, a hundred … times that."""
    while count > first and count % 10 == 0:
        count //= 10
    return count == first


def told(event: Told) -> None:
    """Tell one thing."""
    log.warning(event)


def tried(event: Tried, *, source: str | None = None) -> None:
    """Count one try of a stranger, and tell of it now and then."""
    mark = fingerprint(source) if source else None
    count = counting.up(event, mark)
    if is_round(count, 1):
        log.warning(event, count=count, source=mark)


def slipped(event: Slipped, status: int | None = None) -> None:
    """Count what may be a slip; tell only of many."""
    count = counting.up(event, status)
    if is_round(count, 10):
        log.warning(event, count=count, status=status)


def fingerprint(source: str) -> str:
    """Return what stands for a source until this process ends: one from another, and no more."""
    return hmac.new(_SECRET, source.encode(), "sha256").hexdigest()[:12]
