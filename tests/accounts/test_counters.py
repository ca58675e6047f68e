"""What counts tries says of nobody who it was: the queue's file outlives its counters (B11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis

from couples.app import create_app
from couples.settings import Settings
from tests.cast import PASSWORD, make_person
from tests.servers import queue_in

HOME = "203.0.113.77"


@pytest.fixture
def queue_url(tmp_path: Path) -> Iterator[str]:
    """A real queue server, where tries are counted."""
    with queue_in(tmp_path) as queue:
        yield queue.url


def test_B11_counters_name_neither_network_addresses_nor_people(
    sqlite_url: str, settings_for: Callable[..., Settings], queue_url: str
) -> None:
    app = create_app(settings_for(sqlite_url, redis_url=queue_url))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, ARGON2=(1, 8, 1))
    with app.app_context():
        maya = make_person("Maya", datetime.now(UTC))
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = HOME
        wrong = {"address": "maya@example.org", "password": "wrong"}
        assert client.post("/signin", data=wrong).status_code == 422
        assert client.post("/reset", data={"address": "maya@example.org"}).status_code == 303
        right = {"address": "maya@example.org", "password": PASSWORD}
        assert client.post("/signin", data=right).status_code == 303
        guess = {"current_password": "wrong"}
        assert client.post("/settings/prove", data=guess).status_code == 422
    with redis.Redis.from_url(queue_url) as counters:
        kept = b"\n".join(
            key + repr(counters.dump(key)).encode() for key in counters.scan_iter("*")
        ).decode()
    assert kept.count("LIMITS") >= 4
    for told in (HOME, "203.0.113", maya, "maya", "example.org"):
        assert told not in kept
