"""Kills any process at any time, as the seed has it; nothing is asked before."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from chaos.population import Postgres
from chaos.service import Victim

# How often each is chosen, beside the others that are there.
OFTEN = {
    "supervisor": 1, "web": 3, "web child": 4, "worker and clock": 9, "queue": 3,
    "database process": 4, "database": 1, "everything": 1,
}  # fmt: skip

# With whom a worker ends, or cannot say what became of what it holds.
HOLDING = ("supervisor", "worker and clock", "database process", "database", "everything")
SOON = (0.3, 4.0)


def interrupted(kills: Mapping[str, int]) -> int:
    """Return how many times letters may have been in the hands of who was killed."""
    return sum(kills.get(name, 0) for name in HOLDING)


@dataclass
class Killer:
    """Knows the service and, where it is one of ours, its database server."""

    service: Victim
    random: Random
    pause: tuple[float, float]
    postgres: Postgres | None = None
    kills: Counter[str] = field(default_factory=Counter)
    ended: threading.Event = field(default_factory=threading.Event)
    # Set while nobody is to be killed, so that it shows whether all recovers.
    rests: threading.Event = field(default_factory=threading.Event)
    # Set when time has moved on.
    stirred: threading.Event = field(default_factory=threading.Event)

    def go_on(self) -> None:
        """Kill until told to stop; for a thread of its own."""
        while not self.ended.is_set():
            if self.stirred.wait(self.random.uniform(*self.pause)):
                # Something is due now: in a moment letters are on their way.
                self.stirred.clear()
                self.ended.wait(self.random.uniform(*SOON))
            if not (self.rests.is_set() or self.ended.is_set()):
                self.kill_one()

    def kill_one(self) -> None:
        """Kill one process, or all of them."""
        there = self.candidates()
        if not there:
            return
        names = sorted(there)
        name = self.random.choices(names, [OFTEN.get(one, 1) for one in names])[0]
        if name == "everything":
            self.service.cut_power()
        else:
            # One that has just ended by itself has been spared.
            with suppress(ProcessLookupError):
                os.kill(self.random.choice(sorted(there[name])), signal.SIGKILL)
        self.kills[name] += 1

    def candidates(self) -> dict[str, list[int]]:
        """Return who may be killed now, by what they are."""
        there = self.service.processes()
        if there:
            there["everything"] = []
        if self.postgres and (pids := self.postgres.pids()):
            there["database"] = pids[:1]
            there |= {"database process": pids[1:]} if pids[1:] else {}
        return there

    def look_after_database(self) -> None:
        """Start the database again where it was killed; for a thread of its own."""
        while self.postgres and not self.ended.wait(0.5):
            self.postgres.keep_up()
