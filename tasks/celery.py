"""The workers' composition root: `celery -A tasks` finds `app` here."""

from __future__ import annotations

import sys
import warnings
from functools import cache
from importlib import import_module
from typing import Any

from celery import Celery, Task, signals
from celery.exceptions import SecurityWarning
from flask import Flask

from couples import logs
from couples.settings import BadSetting, Settings, log_format, process_environ
from tasks import broker, clockwork, nudge, pulses, timetable

WORKING = {
    "imports": ("tasks.surveys", "tasks.mail", "tasks.housekeeping"),
    # A task that was being done when its worker died is done again; rows keep it from counting
    # twice. One message at a time, so that a dead worker holds nothing else back.
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "worker_consumer": "tasks.reconnecting:SoonBack",
    "task_soft_time_limit": 240,
    "task_time_limit": 300,
    "worker_soft_shutdown_timeout": 5,
    "worker_hijack_root_logger": False,
    "worker_redirect_stdouts": False,
    "worker_send_task_events": False,
    "worker_enable_remote_control": True,
}


class ServiceTask(Task):
    """A task that runs inside the application; its session ends with it."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do the task, and note that it was done where the clock wanted it."""
        # Not taken back at the end: Celery tells of a failed task after it.
        logs.within_task(self.request.id)
        with flask_app().app_context():
            done = super().__call__(*args, **kwargs)
            if not self.request.get(nudge.NUDGED):
                pulses.note(self.name)
            return done


@cache
def flask_app() -> Flask:
    """Make the application once in each worker; the clock, which only sends, needs none."""
    from couples.app import create_app

    return create_app(settings, pages=False)


def make_celery(settings: Settings) -> Celery:
    """Make the Celery application of these settings."""
    if settings.redis_url is None:
        raise BadSetting("REDIS_URL is missing: `couples up` brings its own queue, or set it.")
    celery = Celery("tasks", task_cls=ServiceTask)
    celery.conf.update(broker.configuration(settings), **WORKING)
    celery.conf.beat_schedule = timetable.entries(settings.tick_seconds)
    celery.conf.beat_max_loop_interval = 15
    celery.conf.beat_scheduler = "tasks.clockwork:Scheduler"
    clockwork.offer(celery)
    return celery


@signals.setup_logging.connect
def start_log(**_: Any) -> None:
    """Let worker and clock say what happens as the other processes do."""
    logs.start("clock" if "beat" in sys.argv else "worker", log_format())


@signals.worker_init.connect
def load_application(**_: Any) -> None:
    """Load the application before the first task."""
    # What Celery prints past the log when it is asked to end.
    apps = import_module("celery.apps.worker")
    apps.safe_say = lambda *_: None  # type: ignore[attr-defined]
    flask_app()


# Celery warns root at every start; what it fears, pickled messages, is refused anyway.
warnings.simplefilter("ignore", SecurityWarning)
try:
    settings = Settings.from_environ(process_environ())
    app = make_celery(settings)
except BadSetting as problem:
    start_log()
    logs.give_up(str(problem))
