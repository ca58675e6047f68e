"""The queue takes JSON and nothing that becomes an object when it is read (ASVS 1.5.2)."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from kombu.exceptions import ContentDisallowed
from kombu.serialization import registry

from couples.settings import Settings
from tasks import broker
from tests.servers import queue_in


class Trap:
    """Whoever unpickles it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


@pytest.fixture
def celery(tmp_path: Path, settings_for: Callable[..., Settings]) -> Iterator[Celery]:
    """Celery as it is set up, on a real queue of its own."""
    with queue_in(tmp_path) as queue:
        app = Celery("tasks", set_as_current=False)  # other tests ask for the real one
        settings = settings_for("sqlite:////nonexistent/pages.db", redis_url=queue.url)
        app.conf.update(broker.configuration(settings))
        yield app
        app.close()


def test_1_5_2_a_message_that_is_no_json_is_never_read(celery: Celery, tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    found: list[Any] = []

    def read(message: Any) -> None:
        message.ack()
        try:
            found.append(message.decode())
        except ContentDisallowed as problem:
            found.append(problem)

    with celery.connection_for_write() as connection:
        producer = celery.amqp.Producer(connection)
        for body, kind, coding in (
            (pickle.dumps(Trap(sprung)), "application/x-python-serialize", "binary"),
            (b"!!python/object/apply:os.getcwd []", "application/x-yaml", "utf-8"),
            (b"[[], {}, {}]", "application/json", "utf-8"),
        ):
            producer.publish(
                body,
                content_type=kind,
                content_encoding=coding,
                serializer=None,
                routing_key="celery",
            )
        consumer = celery.amqp.TaskConsumer(connection.default_channel, on_message=read)
        with consumer:
            while len(found) < 3:
                connection.drain_events(timeout=5)
    kinds = [type(one) for one in found]
    assert kinds == [ContentDisallowed, ContentDisallowed, list]
    assert not sprung.exists()


def test_1_5_2_the_trap_would_have_sprung(tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    pickle.loads(pickle.dumps(Trap(sprung)))
    assert sprung.exists()
    assert "pickle" in registry.name_to_type
