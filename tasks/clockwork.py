"""The clock as a thread of the one worker: a process of its own would take another 50 MB."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

from celery import Celery, bootsteps
from celery.beat import PersistentScheduler, Service

from couples import logs

log = logs.named("couples.clock")


class Scheduler(PersistentScheduler):
    """Keeps when each task was sent last; what a clock that was ahead wrote down is forgotten.

    Else nothing would be due until that time has come, also after a start.
    """

    def tick(self, *args: Any, **options: Any) -> Any:
        """Send what is due; return the seconds until the next look."""
        for entry in self.schedule.values():
            if entry.last_run_at > (now := entry.default_now()):
                entry.last_run_at = now
                # It is in the order of the times to come.
                self._heap = None
        return super().tick(*args, **options)


def offer(app: Celery) -> None:
    """Let a worker keep the clock too, where it is given a file."""
    app.steps["worker"].add(Clock)


class Clock(bootsteps.StartStopStep):
    """Starts and stops the clock with the worker that was asked to keep it."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, clock: str | None = None, **options: Any) -> None:
        self.file = clock
        super().__init__(worker, **options)
        self.enabled = clock is not None

    def create(self, worker: Any) -> Ticking:
        """Make the thread."""
        return Ticking(Service(worker.app, max_interval=1, schedule_filename=self.file))


class Ticking(threading.Thread):
    """The thread; should it ever fail, the worker ends and is started again with a new one."""

    def __init__(self, service: Service) -> None:
        super().__init__(name="clock", daemon=True)
        self.service = service
        self.stopping = False

    def run(self) -> None:
        """Tick until told to stop."""
        try:
            self.service.start()
        except Exception as problem:
            log.error("the clock failed", problem=problem)
        if not self.stopping:
            os.kill(os.getpid(), signal.SIGTERM)

    def stop(self) -> None:
        """End within a second or so."""
        self.stopping = True
        self.service.stop()
        self.join(3)
