"""A queue for each kind of task: a long opening may keep no letter back, where workers are many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from celery import Celery

from couples.settings import Settings
from tasks import broker, timetable

TASKS = sorted({entry["task"] for entry in timetable.entries().values()})


@pytest.fixture
def celery(settings_for: Callable[..., Settings]) -> Celery:
    """Return what both who sends and who works are set up with."""
    app = Celery("queues", set_as_current=False)
    settings = settings_for("sqlite:////nonexistent/pages.db", redis_url="redis://127.0.0.1:1/0")
    app.conf.update(broker.configuration(settings))
    return app


@pytest.mark.parametrize("task", TASKS)
def test_every_task_of_the_timetable_has_a_queue_of_its_kind(celery: Celery, task: str) -> None:
    queue = celery.amqp.router.route({}, task)["queue"]
    assert queue.name == broker.QUEUES[f"{task.rpartition('.')[0]}.*"]


def test_letters_rounds_and_keeping_wait_apart(celery: Celery) -> None:
    assert sorted(broker.QUEUES.values()) == ["keeping", "letters", "rounds"]


def test_a_worker_told_nothing_else_takes_from_every_queue(celery: Celery) -> None:
    taken = set(celery.amqp.queues.consume_from)
    assert taken == {*broker.QUEUES.values(), broker.UNROUTED}


def test_what_an_earlier_release_sends_is_taken_too(celery: Celery) -> None:
    assert Celery("plain", set_as_current=False).conf.task_default_queue == broker.UNROUTED
