"""Ticks that find nothing due, among few couples and among very many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bench.crowd import Crowd, crowds
from bench.filling import OPENS
from bench.goals import GOALS
from bench.ground import Database, Ground
from bench.results import Result, alone, beside
from bench.samples import Samples, in_turn
from couples import pulse
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.sending.delivery import deliver
from couples.privacy.services_erasing import erase_due
from couples.surveys.letters.services_look_ins import post_look_ins
from couples.surveys.rounds.services_clock import close_due_rounds, open_due_rounds
from tasks.pulses import NAMES

NOW = OPENS - timedelta(weeks=45)


def _deliver(now: datetime) -> object:
    # Nobody is called where nothing is due.
    return deliver(lambda: now, SmtpTransport("smtp://127.0.0.1:9"))


# Comes once an hour, and finds something nearly every time.
NO_TICK = "tasks.housekeeping.sweep"


def _beat(now: datetime) -> None:
    # Each task looks when it was noted last; within a minute it writes nothing.
    for task, name in NAMES.items():
        if task != NO_TICK:
            pulse.beat(name, now)


TICKS: dict[str, Callable[[datetime], object]] = {
    "open rounds": open_due_rounds,
    "close rounds": close_due_rounds,
    "deliver": _deliver,
    "post look-ins": post_look_ins,
    "erase accounts": erase_due,
    "pulses of all": _beat,
}


def measure(ground: Ground) -> list[Result]:
    """Measure each tick on each database, and all of them together."""
    return [found for one in ground.databases for found in _on(ground, one)]


def _on(ground: Ground, database: Database) -> list[Result]:
    few, many = crowds(ground, database)
    takes = {
        f"{tick} {crowd.couples}": _timed(crowd, act)
        for tick, act in TICKS.items()
        for crowd in (few, many)
    }
    for take in takes.values():
        take()
    samples = in_turn(takes, ground.size.ticks)
    found = [
        alone(f"tick: {tick}, {many.couples:,} couples", database.name, samples,
              f"{tick} {many.couples}", "ms")
        for tick in TICKS
    ]  # fmt: skip
    among, of_few = str(many.couples), str(few.couples)
    whole = Samples({among: _sums(samples, many), of_few: _sums(samples, few)})
    words = f"whole tick with nothing due, {many.couples:,} couples"
    return [
        *found,
        alone(words, database.name, whole, among, "ms", GOALS["tick"]),
        beside(f"{words} : {few.couples:,}", database.name, whole, (among, of_few),
               GOALS["tick flat"]),
    ]  # fmt: skip


def _sums(samples: Samples, crowd: Crowd) -> list[float]:
    """Return, round by round, what all ticks took together."""
    ticks = [samples.found[f"{tick} {crowd.couples}"] for tick in TICKS]
    return [sum(each) for each in zip(*ticks, strict=True)]


def _timed(crowd: Crowd, act: Callable[[datetime], object]) -> Callable[[], float]:
    return crowd.timed(lambda: act(NOW))
