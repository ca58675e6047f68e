"""Writers of one process take turns on SQLite.

The file's own lock has no queue: whoever finds it held sleeps for a while and looks again, and may
find it held again, for seconds. Behind this lock they wait for as long as those before them write.
Other processes still wait at the file, where few meet.
"""

from __future__ import annotations

import threading
from contextvars import ContextVar

# As long as the file itself is waited for; who gets no turn tries there.
SECONDS = 10.0
_turn = threading.Lock()
_is_mine: ContextVar[bool] = ContextVar("turn", default=False)


def take() -> None:
    """Wait for this context's turn to write, unless it is."""
    if not _is_mine.get():
        _is_mine.set(_turn.acquire(timeout=SECONDS))


def give_back() -> None:
    """Let the next one write, if it was this context's turn."""
    if _is_mine.get():
        _is_mine.set(False)
        _turn.release()
