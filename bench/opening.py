"""Opening rounds that are due: couples a second on one worker, among few and among very many."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from functools import partial

from bench import bulk, filling
from bench.crowd import Crowd, crowds
from bench.filling import OPENS, WEEK
from bench.goals import GOALS
from bench.ground import Database, Ground
from bench.results import Result, alone, beside
from bench.samples import in_turn
from couples.surveys.rounds.services_clock import open_due_rounds

# A day after the few, four times as many have their rounds.
DAY, TIMES = timedelta(days=1), 4


def measure(ground: Ground) -> list[Result]:
    """Measure on each database."""
    return [found for one in ground.databases for found in _on(ground, one)]


def _on(ground: Ground, database: Database) -> list[Result]:
    pair, some = crowds(ground, database), ground.size.opening
    takes = {}
    for crowd in pair:
        with crowd.app.app_context():
            filling.due_couples(some, OPENS)
            filling.due_couples(TIMES * some, OPENS + DAY)
            bulk.settle()
        for count, first in ((some, OPENS), (TIMES * some, OPENS + DAY)):
            weekly = Weekly(crowd, first, count)
            takes[f"{count} among {crowd.couples}"] = partial(crowd.inside, weekly.open)
    # Time goes forwards: who opens a day later does so after the others.
    samples = in_turn(takes, ground.size.openings, backwards=False)
    few, many = (f"{TIMES * some} among {crowd.couples}" for crowd in pair)
    less, name, unit = f"{some} among {pair[1].couples}", database.name, "couples/s"
    words = f"opening {TIMES * some:,} due of {pair[1].couples:,}"
    return [
        alone(words, name, samples, many, unit, GOALS["opening"]),
        beside(f"{words} : {some:,} due", name, samples, (many, less), GOALS["opening linear"],
               unit),
        beside(f"{words} : of {pair[0].couples:,}", name, samples, (many, few),
               GOALS["opening flat"], unit),
    ]  # fmt: skip


class Weekly:
    """Couples whose rounds open week after week."""

    def __init__(self, crowd: Crowd, first: datetime, count: int) -> None:
        """Begin with the first week."""
        self.crowd, self.count = crowd, count
        self.opens_at = first

    def open(self) -> float:
        """Open the next round of all; return how many a second."""
        began = time.perf_counter()
        opened = open_due_rounds(self.opens_at)
        took = time.perf_counter() - began
        assert opened == self.count
        self.opens_at += WEEK
        return opened / took
