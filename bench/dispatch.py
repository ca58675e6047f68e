"""Dispatch from the claim to the mark, beside ready-made letters said to the same mail server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context

from bench import bulk, filling, sender
from bench.goals import GOALS
from bench.ground import Database, Ground, Place, Size
from bench.results import Result, beside
from bench.samples import Samples, in_turn
from bench.sink import sink
from couples.db import db, transaction
from couples.mail import outbox
from couples.mail.models import OutboxLetter
from couples.surveys.rounds.services_clock import open_due_rounds

# Letters a second of a well-known Django service's periodic reports, measured beforehand.
PEER = 41
TIMES = 3


def measure(ground: Ground) -> list[Result]:
    """Measure one and two senders on each database."""
    with sink() as port:
        return [
            found
            for database in ground.databases
            for senders in ground.size.senders
            for found in _with(ground, database, senders, port)
        ]


def _with(ground: Ground, database: Database, senders: int, port: int) -> list[Result]:
    size = ground.size
    place = ground.place(database)
    letters = Letters(place, size.letters)
    with _workers(senders, size) as workers:
        environ = place.environ
        for worker in workers:
            worker.submit(sender.ready, environ).result()

        def dispatched() -> float:
            at = letters.post()
            return _rate(workers, lambda one: one.submit(sender.send, environ, port, at).result)

        def said() -> float:
            # So many more that it takes about as long, and meets as much of what disturbs.
            each = TIMES * size.letters // senders
            return _rate(workers, lambda one: one.submit(sender.say, port, each).result)

        samples = in_turn({"raw": said, "ours": dispatched}, size.dispatches)
        for worker in workers:
            worker.submit(sender.leave, environ).result()
    letters.close()
    words = f"dispatch, {senders} sender{'s' if senders > 1 else ''}"
    found = beside(words, database.name, samples, ("ours", "raw"), GOALS["dispatch"], "letters/s")
    peer = Samples({"ours": samples.found["ours"], "peer": [PEER] * size.dispatches})
    name = f"{words}, beside a Django service"
    return [
        found,
        beside(name, database.name, peer, ("ours", "peer"), GOALS["dispatch peer"], "letters/s"),
    ]


def _rate(workers: list[Executor], begin: Callable[[Executor], Callable[[], int]]) -> float:
    """Let all begin at once; return how many letters a second were taken together."""
    began = time.perf_counter()
    endings = [begin(worker) for worker in workers]
    return sum(end() for end in endings) / (time.perf_counter() - began)


@contextmanager
def _workers(count: int, size: Size) -> Iterator[list[Executor]]:
    """Give so many processes (threads for the tests) of one sender each."""

    def made() -> Executor:
        if size.apart:
            return ProcessPoolExecutor(1, get_context("spawn"))
        return ThreadPoolExecutor(1)

    workers = [made() for _one in range(count)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.shutdown()


class Letters:
    """Couples whose rounds open week after week: each opening posts a letter to both."""

    def __init__(self, place: Place, letters: int) -> None:
        """Write the couples."""
        self.app = place.made(pages=False)
        self.letters, self.weeks = letters, 0
        with self.app.app_context():
            filling.due_couples(letters // 2, filling.OPENS)

    def post(self) -> datetime:
        """Open the next round of all; return when its letters are due, and nothing else is."""
        with self.app.app_context():
            with transaction():
                outbox.forget(db.true())
            open_due_rounds(filling.OPENS + self.weeks * filling.WEEK)
            self.weeks += 1
            bulk.settle()
            due = db.select(OutboxLetter.due_at).where(OutboxLetter.kind == "open")
            times: list[datetime] = list(db.session.scalars(due))
            assert len(times) == self.letters
            return max(times)

    def close(self) -> None:
        """Leave the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
