"""A worker whose queue was gone for a long time is back soon after it."""

from __future__ import annotations

from inspect import signature
from typing import Any

from celery import Celery
from kombu.connection import Connection

from tasks.reconnecting import LONGEST_WAIT, SoonBack


def test_a_worker_looks_for_its_queue_every_few_seconds_however_long_it_was_gone() -> None:
    asked: dict[str, Any] = {}

    class Noting(Connection):
        def ensure_connection(self, *args: Any, **kwargs: Any) -> Connection:
            asked.update(kwargs)
            return self

    consumer = SoonBack.__new__(SoonBack)
    consumer.app = Celery("test", set_as_current=False)
    consumer.first_connection_attempt = False
    with Noting("redis://127.0.0.1:1") as connection:  # type: ignore[no-untyped-call]
        assert consumer.ensure_connected(connection) is connection
    assert asked["interval_max"] == LONGEST_WAIT
    # What it would do by itself is the reason for all this.
    assert signature(Connection._ensure_connection).parameters["interval_max"].default == 30
