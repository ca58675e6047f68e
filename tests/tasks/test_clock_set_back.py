"""A clock that was ahead for a while keeps nothing from being due once it is right again (I17)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from celery import Celery
from flask import Flask

from couples.surveys.rounds.services_clock import claim_due, open_due_rounds
from tasks import timetable
from tasks.clockwork import Scheduler
from tests.cast import Cast
from tests.surveys.agreed import OPENS, rounds_of, sign


class Recorded(Scheduler):
    """Remembers what it sends in place of sending it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.sent: list[str] = []
        super().__init__(*args, **options)

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        self.sent.append(entry.task)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[Recorded]:
    app = Celery("clock", broker="memory://", set_as_current=False)
    app.conf.update(timezone="UTC", enable_utc=True, beat_schedule=timetable.entries(15))
    found = Recorded(app, schedule_filename=str(tmp_path / "schedule"))
    yield found
    found.close()


def ticks(scheduler: Recorded, seconds: int, travel: time_machine.Traveller) -> set[str]:
    """Let it look around for so long; return what it sent."""
    scheduler.sent.clear()
    for _second in range(seconds):
        scheduler.tick()
        travel.shift(1)
    return set(scheduler.sent)


def test_I17_the_timetable_goes_on_when_the_clock_is_set_back(scheduler: Recorded) -> None:
    every = {entry["task"] for entry in timetable.entries(15).values()}
    often = {"tasks.mail.deliver", "tasks.surveys.open_due_rounds"}
    with time_machine.travel(OPENS + timedelta(days=1), tick=False) as travel:
        assert ticks(scheduler, 3700, travel) == every
        scheduler.sync()
        travel.move_to(OPENS)
        assert often <= ticks(scheduler, 40, travel)
        assert ticks(scheduler, 3700, travel) == every


def test_I17_what_was_claimed_by_a_clock_that_was_ahead_opens_on_time(
    database_app: Flask, database_cast: Cast
) -> None:
    sign(database_cast.couple, OPENS - timedelta(days=2))
    assert claim_due(OPENS + timedelta(days=365)) == [database_cast.couple]
    assert open_due_rounds(OPENS) == 1
    assert len(rounds_of(database_cast.couple)) == 1
