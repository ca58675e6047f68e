"""The nudge reaches a real queue, and a dead queue never holds a page up."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from couples import embedded
from couples.settings import Settings
from tasks.nudge import Nudger, nudger
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
