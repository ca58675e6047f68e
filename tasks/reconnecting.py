"""A worker that is back soon after its queue is: by itself it would look every half minute only."""

from __future__ import annotations

from functools import partial
from typing import Any

from celery.worker.consumer import Consumer

# Seconds between two looks for a queue that has been gone for a while.
LONGEST_WAIT = 5


class SoonBack(Consumer):
    """Celery's own consumer, with less patience while the queue is away."""

    def ensure_connected(self, conn: Any) -> Any:
        """Connect, however often that takes."""
        conn.ensure_connection = partial(conn.ensure_connection, interval_max=LONGEST_WAIT)
        return super().ensure_connected(conn)
