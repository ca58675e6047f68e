"""A worker that is back soon after its queue is: by itself it would look every half minute only.

And that outlives its queue: where a task is in hand, letting go of a dead connection may fail.
"""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from celery.worker.consumer import Consumer

from couples import logs

log = logs.named("couples.queue")
# Seconds between two looks for a queue that has been gone for a while.
LONGEST_WAIT = 5
# So many within a minute are no queue that went away.
MOST_FAULTS = 10


class SoonBack(Consumer):
    """Celery's own consumer, with less patience while the queue is away."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take a channel that knows no connection any more for a connection that is lost.

        Acknowledging what was in hand when the queue went ends in that: kombu's closed channel
        says so by an AttributeError. A fault of our own never gets here, tasks catch it themselves.
        """
        super().__init__(*args, **options)
        self.connection_errors += (AttributeError,)
        self.faults: list[float] = []

    def ensure_connected(self, conn: Any) -> Any:
        """Connect, however often that takes."""
        conn.ensure_connection = partial(conn.ensure_connection, interval_max=LONGEST_WAIT)
        return super().ensure_connected(conn)

    def on_connection_error_after_connected(self, exc: BaseException) -> None:
        """Let go of a queue that is gone; what was in hand it offers again, and rows count once.

        A fault in the code of the queue's client is met again at once, and ends the worker.
        """
        if isinstance(exc, AttributeError):
            self.faults = [at for at in self.faults if at > time.monotonic() - 60]
            self.faults.append(time.monotonic())
            if len(self.faults) > MOST_FAULTS:
                raise exc
        try:
            super().on_connection_error_after_connected(exc)
        except Exception as problem:  # its own channel may be closed already: it ends no worker
            log.warning("letting go of the queue failed", kind=type(problem).__name__)
