"""Telling the workers that letters wait, without ever holding a page up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from couples import logs
from couples.settings import Settings
from tasks import broker

log = logs.named("couples.nudge")
QUIET_SECONDS = 10.0
PATIENCE = 0.5
NUDGED = "nudged"


def nudger(settings: Settings) -> Callable[[], None]:
    """Return a function that asks for delivery now; where it fails the next tick delivers."""
    return Nudger(settings) if settings.redis_url else lambda: None


class Nudger:
    """Publishes one message; after a failure it stays quiet for some seconds."""

    def __init__(self, settings: Settings) -> None:
        """Remember the queue; nothing is connected before the first nudge."""
        self.settings = settings
        self.quiet_until = 0.0
        self.lock = threading.Lock()
        self.celery: Any = None

    def __call__(self) -> None:
        """Ask for delivery; never raises, never waits longer than about a second."""
        if time.monotonic() < self.quiet_until:
            return
        try:
            self._publish()
        except Exception as problem:  # whatever a queue can do wrong, the page goes on
            self.quiet_until = time.monotonic() + QUIET_SECONDS
            name = type(problem).__name__
            log.warning("the queue does not answer; letters wait for the next tick", kind=name)

    def _publish(self) -> None:
        with self.lock:
            self.celery = self.celery or self._connect()
        self.celery.send_task(
            "tasks.mail.deliver",
            retry=False,
            expires=60,
            ignore_result=True,
            # What somebody set off is no tick of the clock: the pulse stays the clock's alone.
            headers={NUDGED: True},
        )

    def _connect(self) -> Any:
        from celery import Celery

        celery = Celery("nudge", set_as_current=False)
        celery.conf.update(broker.configuration(self.settings))
        celery.conf.broker_transport_options = {
            **broker.transport(self.settings),
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            # Without this the first connection is tried for ever.
            "max_retries": 0,
        }
        return celery
