"""The nudge reaches a real queue, and a dead queue never holds a page up."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from flask import Flask
from redis.backoff import NoBackoff
from redis.retry import Retry

from couples import embedded
from couples.settings import Settings, new_secret_key
from tasks.nudge import NUDGED, Nudger, nudger
from tests.servers import queue_in


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[embedded.Queue]:
    """A real queue server in a folder of its own."""
    with queue_in(tmp_path) as running:
        yield running


def test_a_nudge_is_one_message_without_content(
    queue: embedded.Queue, settings_for: Callable[..., Settings]
) -> None:
    nudge = nudger(settings_for("sqlite:////nonexistent/pages.db", redis_url=queue.url))
    nudge()
    nudge()
    with redis.Redis.from_url(queue.url) as client:
        messages = client.lrange("letters", 0, -1)
    assert len(messages) == 2
    assert b'"task": "tasks.mail.deliver"' in messages[0]
    assert b'"argsrepr": "()"' in messages[0]
    assert json.loads(messages[0])["headers"][NUDGED] is True


# In a process of its own, as every worker is.
WORK = """
import json, sys
from celery.app.trace import build_tracer
from couples import pulse
from tasks.celery import app, flask_app
app.loader.import_default_modules()
task = app.tasks["tasks.mail.deliver"]
work = build_tracer(task.name, task, app=app)
for line in sys.stdin:
    assert work("an-id", (), {}, request=json.loads(line)).retval is None
    with flask_app().app_context():
        print(pulse.last_beat(pulse.DELIVER) is not None)
"""


def test_S2_what_somebody_set_off_is_no_beat_of_the_clock(
    queue: embedded.Queue, app: Flask, settings_for: Callable[..., Settings], tmp_path: Path
) -> None:
    nudger(settings_for("sqlite:////nonexistent/pages.db", redis_url=queue.url))()
    with redis.Redis.from_url(queue.url) as client:
        (message,) = client.lrange("letters", 0, -1)
    nudged = json.loads(message)["headers"]
    ticked = {name: value for name, value in nudged.items() if name != NUDGED}
    used: Settings = app.extensions["settings"]
    environ = {
        "SECRET_KEY": new_secret_key(),
        "SEALING_KEYS": used.sealing.text(),
        "DATABASE_URL": used.database_url,
        "DATA_DIR": str(tmp_path / "var"),
        "REDIS_URL": queue.url,
    }
    done = subprocess.run(
        [sys.executable, "-c", WORK],
        input=f"{json.dumps(nudged)}\n{json.dumps(ticked)}\n",
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "True"]


def test_the_queue_asks_for_its_password(queue: embedded.Queue) -> None:
    once = Retry(NoBackoff(), 0)
    with (
        redis.Redis(port=queue.port, retry=once) as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.ping()


def test_a_dead_queue_costs_a_page_a_moment_once(
    settings_for: Callable[..., Settings], caplog: pytest.LogCaptureFixture
) -> None:
    port = embedded.free_port()
    url = f"redis://:hunter2@127.0.0.1:{port}/0"
    nudge = Nudger(settings_for("sqlite:////nonexistent/pages.db", redis_url=url))
    with caplog.at_level(logging.WARNING):
        began = time.monotonic()
        nudge()
        assert time.monotonic() - began < 3
        for _ in range(100):
            nudge()
        assert time.monotonic() - began < 3
    assert len(caplog.records) == 1
    assert "hunter2" not in caplog.text


def test_a_nudge_works_again_when_the_queue_is_back(
    queue: embedded.Queue, settings_for: Callable[..., Settings]
) -> None:
    settings = settings_for("sqlite:////nonexistent/pages.db", redis_url=queue.url)
    nudge = Nudger(settings)
    nudge()
    with redis.Redis.from_url(queue.url) as client:
        client.client_kill_filter(skipme=True)
    nudge()
    nudge.quiet_until = 0
    nudge()
    with redis.Redis.from_url(queue.url) as client:
        assert client.llen("letters") >= 2


def test_without_a_queue_there_is_nothing_to_nudge(settings_for: Callable[..., Settings]) -> None:
    nudger(settings_for("sqlite:////nonexistent/pages.db", redis_url=None))()
