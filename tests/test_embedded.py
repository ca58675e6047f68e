"""The embedded queue after a power cut: a torn end is cut off, what cannot be read is put aside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import redis

from couples import embedded
from couples.processes import Child
from tests.test_run import until


def start(folder: Path) -> tuple[embedded.Queue, Child]:
    planned = embedded.plan(folder)
    child = embedded.child(planned)
    child.start()
    return planned, child


def serves(planned: embedded.Queue, child: Child) -> bool:
    """Whether it answers, started again as the supervisor would."""
    child.keep_running()
    return embedded.answers(planned)


@pytest.fixture
def torn(tmp_path: Path) -> tuple[Path, Path]:
    """A queue that was killed while it held five messages; its folder and what it kept."""
    planned, child = start(tmp_path)
    assert embedded.wait_until_ready(planned)
    with redis.Redis.from_url(planned.url) as client:
        for number in range(5):
            client.rpush("celery", f"message {number}")
        client.config_set("appendfsync", "always")
        client.rpush("celery", "the last one")
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    kept = next((tmp_path / "queue" / embedded.KEPT).glob("*.incr.aof"))
    return tmp_path, kept


def held(folder: Path) -> int:
    """Start it again in its folder; return how many messages are left."""
    planned, child = start(folder)
    try:
        assert until(lambda: serves(planned, child)), (folder / "queue" / "log").read_text()
        with redis.Redis.from_url(planned.url) as client:
            return int(client.llen("celery"))
    finally:
        child.ask_to_stop()
        child.wait_or_kill()


def test_a_torn_end_costs_the_last_message_and_nothing_else(torn: tuple[Path, Path]) -> None:
    folder, kept = torn
    os.truncate(kept, kept.stat().st_size - 3)
    assert held(folder) == 5
    assert not (folder / "queue" / embedded.ASIDE).exists()


def test_what_cannot_be_read_is_put_aside_and_told_and_the_queue_begins_anew(
    torn: tuple[Path, Path], caplog: pytest.LogCaptureFixture
) -> None:
    folder, kept = torn
    whole = kept.read_bytes()
    kept.write_bytes(b"\xff" * 40 + whole[40:])
    assert held(folder) == 0
    assert (folder / "queue" / embedded.ASIDE / kept.name).exists()
    assert "put aside and begun anew" in caplog.text
    assert held(folder) == 0
