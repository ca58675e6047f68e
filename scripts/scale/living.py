"""A day in the life of many couples: what each step costs, and each tick that finds nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Self

import psutil
from sqlalchemy import select, text

from couples import tokens
from couples.db import db
from couples.mail.sending import delivery
from couples.one_by_one import in_turn
from couples.privacy import services_erasing
from couples.surveys.answering.services import Answers
from couples.surveys.answering.services_link import save_by_link
from couples.surveys.letters import services_look_ins
from couples.surveys.models import Response
from couples.surveys.rounds import services_clock
from scale.filling import DAY, NOW
from tasks.housekeeping import SWEEPS

Step = Callable[[datetime], object]
TICKS: dict[str, Step] = {
    "open": services_clock.open_due_rounds,
    "close": services_clock.close_due_rounds,
    "look-ins": services_look_ins.post_look_ins,
    "erase": services_erasing.erase_due,
    "sweep": lambda now: in_turn(SWEEPS, now),
    "deliver": lambda now: delivery.deliver(lambda: now, Sink()),
}
FIRST, LAST = NOW + timedelta(hours=1), datetime.combine(DAY, NOW.timetz()) + timedelta(hours=22)
CLOSED = FIRST + timedelta(days=6)
IDLE = 15
ENOUGH = timedelta(minutes=20)


class Sink:
    """A mail server that takes every letter at once: what is measured is ours."""

    taken = 0
    is_open = True

    def connection(self) -> Self:
        """Return itself."""
        return self

    def open(self) -> None:
        """Be ready."""

    def send(self, sender: str, to: str, content: bytes) -> str | None:
        """Take a letter."""
        self.taken += 1
        return "250"

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *failure: object) -> None:
        """Close nothing."""


@dataclass
class Cost:
    """How many were done, in how many seconds, and of these on our and the database's processor.

    And how many bytes the database wrote into its log: what a disk has to take before each commit.
    """

    done: int = 0
    seconds: float = 0.0
    ours: float = 0.0
    database: float = 0.0
    log: float = 0.0

    def each(self, seconds: float) -> float:
        """Return milliseconds for one."""
        return 1000 * seconds / self.done if self.done else 0.0

    @property
    def kilobytes(self) -> float:
        """Return what was written into the log for one."""
        return self.log / 1000 / self.done if self.done else 0.0


def idle_ticks() -> dict[str, float]:
    """Return the median milliseconds of each tick while nothing is due."""
    found = {}
    for name, step in TICKS.items():
        step(NOW)
        found[name] = median(_timed(step) for _ in range(IDLE))
    return found


def _timed(step: Step) -> float:
    began = time.perf_counter()
    step(NOW)
    spent = time.perf_counter() - began
    db.session.remove()
    return 1000 * spent


def claims(most: int = 1000) -> float:
    """Return the median milliseconds of claiming so many due couples, given back each time."""
    found = []
    for _ in range(IDLE):
        began = time.perf_counter()
        taken = services_clock.claim_due(LAST, most)
        found.append(1000 * (time.perf_counter() - began))
        db.session.rollback()
        _give_back(taken)
    return median(found)


def _give_back(couple_ids: list[str]) -> None:
    back = text("UPDATE plans SET claimed_until = NULL WHERE couple_id = ANY(:ids)")
    db.session.execute(back, {"ids": couple_ids})
    db.session.commit()


def live(sample: int, say: Callable[[str], None]) -> Iterator[tuple[str, Cost]]:
    """Open what is due hour by hour, send and answer a sample, close all; give what each costs."""
    opening, now = Cost(), FIRST
    while now <= LAST + timedelta(hours=5):
        with _measured(opening) as done:
            done.append(services_clock.open_due_rounds(now))
        if sum(done):
            say(f"{opening.done:,} opened, {opening.seconds:.0f} s")
        now += timedelta(hours=1)
    yield "open", opening
    sending, answering, closing = Cost(), Cost(), Cost()
    with _measured(sending) as done:
        done.append(_dispatched(now, sample))
    yield "dispatch", sending
    links = _links(sample)
    with _measured(answering) as done:
        done.extend(_answered(token, now) for token in links)
    yield "answer", answering
    with _measured(closing) as done:
        done.append(services_clock.close_due_rounds(CLOSED))
    yield "close", closing


@contextmanager
def _measured(cost: Cost) -> Iterator[list[int]]:
    """Add to a cost what happens inside; how many were done is put into the list."""
    pid = db.session.scalar(text("SELECT pg_backend_pid()"))
    backend, done = psutil.Process(pid), list[int]()
    before = time.perf_counter(), time.process_time(), _processor(backend), _logged()
    yield done
    cost.done += sum(done)
    cost.seconds += time.perf_counter() - before[0]
    cost.ours += time.process_time() - before[1]
    cost.database += _processor(backend) - before[2]
    cost.log += _logged() - before[3]


def _logged() -> float:
    written = db.session.scalar(text("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"))
    db.session.rollback()
    return float(written or 0)


def _processor(process: Any) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system)


def _dispatched(now: datetime, sample: int) -> int:
    """Send about so many letters: then the run's time is over, as after half a lease."""
    sink = Sink()
    delivery.deliver(lambda: now if sink.taken < sample else now + ENOUGH, sink)
    return sink.taken


def _links(sample: int) -> list[str]:
    rows = db.session.execute(
        select(Response.id, Response.generation)
        .where(Response.payload_sealed.is_(None))
        .limit(sample)
    ).all()
    return [tokens.make("week", row_id, generation) for row_id, generation in rows]


def _answered(token: str, now: datetime) -> int:
    save_by_link(token, Answers(given={"overall": 5}, share=True, scale={}), now)
    db.session.remove()
    return 1
