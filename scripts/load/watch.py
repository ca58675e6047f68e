"""What the processes take while people ask: memory again and again, and the processors' time."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import psutil

from load.service import Site

# What a process shares with others counts by its part, so that the sum is what all take together.
OURS = ("web", "worker", "clock")


@dataclass
class Watch:
    """Looks every few seconds, from a thread of its own."""

    site: Site
    every: float = 5.0
    # When, and how many megabytes each of our processes took with its children.
    memory: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    # Seconds of the processors by name: at the first look, and at the last.
    used: list[dict[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to look."""
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.used.append(self._processors())
        self.thread.start()

    def _look(self) -> None:
        while not self.over.is_set():
            self.memory.append((time.time(), self._memory()))
            self.over.wait(self.every)

    def _memory(self) -> dict[str, float]:
        running = self.site.processes()
        return {
            name: sum(map(pss, family(running[name]))) / 1e6 for name in OURS if name in running
        }

    def _processors(self) -> dict[str, float]:
        return {
            name: sum(map(seconds_of, family(process)))
            for name, process in self.site.processes().items()
        }

    def stop(self) -> None:
        """Look a last time."""
        self.over.set()
        self.thread.join()
        self.memory.append((time.time(), self._memory()))
        self.used.append(self._processors())

    def processors(self) -> dict[str, float]:
        """Return the seconds each took meanwhile; one that was started anew counts from then."""
        first, last = self.used[0], self.used[-1]
        return {
            name: last[name] - (first.get(name, 0) if first.get(name, 0) <= last[name] else 0)
            for name in last
        }


def family(process: int) -> list[psutil.Process]:
    """Return a process and its children; nothing where it has ended."""
    try:
        head = psutil.Process(process)
        return [head, *head.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def pss(process: psutil.Process) -> float:
    """Return how many bytes one process takes, what it shares by its part."""
    try:
        return float(process.memory_full_info().pss)
    except psutil.Error:
        return 0.0


def seconds_of(process: psutil.Process) -> float:
    """Return the seconds of the processors that one process has taken."""
    try:
        times = process.cpu_times()
        return float(times.user + times.system)
    except psutil.Error:
        return 0.0
