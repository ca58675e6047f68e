"""The people, in a process of their own: `python -m load.client`, orders as JSON on its input.

Every request has a connection of its own, as from a proxy. In the open loop visits begin when the
plan says, and times are taken from then on: a service that stalls makes all wait who came
meanwhile, and none of them is left out.
"""

from __future__ import annotations

import heapq
import http.client
import itertools
import json
import queue
import re
import resource
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

from load.mix import ANSWERED, OPENED, TOLD, Ask, Mix

SHOWN = re.compile(rb'name="shown"[^>]* value="([^"]+)"')
IN_WORDS = b'class="sorry"'
PATIENCE, LOOK = 30.0, 0.25
EXPECTED = {ANSWERED: 303}
# What an asking can come to: answered, said in words that it cannot be, anything else.
FINE, WORDS, BARE, BROKEN = "fine", "words", "bare", "broken"


@dataclass
class People:
    """Asks the service, and keeps what it has seen."""

    orders: dict[str, Any]
    seen: list[tuple[float, str, float, int, str]] = field(default_factory=list)
    pressed: list[dict[str, Any]] = field(default_factory=list)
    later: list[tuple[float, int, Ask | None]] = field(default_factory=list)
    under_way: int = 0

    def __post_init__(self) -> None:
        """Begin with nothing asked."""
        self.mix = Mix(
            self.orders["links"],
            self.orders["cookies"],
            self.orders["questions"],
            Random(self.orders["seed"]),  # nosec B311 - to be played again
        )
        self.lock = threading.Condition()
        self.count = itertools.count()

    def ask(self, asked: Ask, due: float) -> None:
        """Ask once; `due` is when it was to begin."""
        status, body, place = self._answer_to(asked)
        took = time.time() - due
        verdict = verdict_on(asked.kind, status, body)
        with self.lock:
            self.seen.append((due, asked.kind, took, status, verdict))
            self._go_on(asked, due, status, body, place)
            self.under_way -= 1
            self.lock.notify()

    def _go_on(self, asked: Ask, due: float, status: int, body: bytes, place: str) -> None:
        """Plan what the same person does next."""
        if asked.kind == ANSWERED:
            given = {key: one for key, one in asked.fields.items() if key.startswith("q")}
            told = {"who": asked.who, "at": due, "status": status, "given": given}
            self.pressed.append(told)
            self.mix.give_back(asked.who)
            if status == EXPECTED[ANSWERED]:
                self._plan(0, Ask(TOLD, place, asked.who))
        elif asked.kind == OPENED and asked.fields:
            found = SHOWN.search(body)
            if found and status == 200:
                self._plan(self.mix.thinking(), self.mix.answer(asked, found[1].decode()))
            else:
                self.mix.give_back(asked.who)

    def _plan(self, seconds: float, asked: Ask) -> None:
        heapq.heappush(self.later, (time.time() + seconds, next(self.count), asked))
        self.lock.notify()

    def _answer_to(self, asked: Ask) -> tuple[int, bytes, str]:
        """Return status, page and where it leads; 0 where nothing came back."""
        connection = http.client.HTTPConnection("127.0.0.1", self.orders["port"], timeout=PATIENCE)
        try:
            body = urlencode(asked.fields) if asked.kind == ANSWERED else None
            method = "GET" if body is None else "POST"
            connection.request(method, asked.path, body, self._headers(asked))
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.getheader("Location", "")
        except (OSError, http.client.HTTPException):
            return 0, b"", ""
        finally:
            connection.close()

    def _headers(self, asked: Ask) -> dict[str, str]:
        """Return the headers of a browser behind the proxy: everybody sits at a place of theirs."""
        home, seat = divmod(asked.who, 250)
        said = {"X-Forwarded-For": f"10.0.{home}.{seat + 1}", "Connection": "close"}
        if asked.kind == ANSWERED:
            said["Content-Type"] = "application/x-www-form-urlencoded"
        if asked.path in {"/overview", "/doc"}:
            said["Cookie"] = self.mix.cookies[asked.who]
        return said

    def take(self, *, begins: bool = False) -> tuple[float, Ask] | None:
        """Take what was planned for now or before, or a visit that begins; it is under way then."""
        with self.lock:
            due, asked = time.time(), None
            if self.later and self.later[0][0] <= due:
                due, _count, asked = heapq.heappop(self.later)
            elif not begins:
                return None
            self.under_way += 1
            return due, asked or self.mix.visit()

    def wait(self) -> bool:
        """Wait until something may be due; False where nobody wants anything more."""
        with self.lock:
            soon = self.later[0][0] - time.time() if self.later else LOOK
            self.lock.wait(min(max(soon, 0), LOOK))
            return bool(self.later or self.under_way)


def verdict_on(kind: str, status: int, body: bytes) -> str:
    """Return what an answer comes to."""
    if status == EXPECTED.get(kind, 200):
        return FINE
    if status == 0:
        return BROKEN
    return WORDS if IN_WORDS in body and status >= 500 else BARE


def closed(people: People, threads: int, seconds: float) -> None:
    """Let so many people ask one thing after the other, without a pause."""
    end = time.time() + seconds

    def go() -> None:
        while time.time() < end:
            if found := people.take(begins=True):
                people.ask(found[1], time.time())

    together(threads, go)


def open_loop(people: People, rate: float, threads: int, seconds: float) -> None:
    """Let visits begin as the plan says, whether or not those before have their answers."""
    begins, waiting = time.time(), queue.SimpleQueue[tuple[float, Ask] | None]()
    with people.lock:
        for at in people.mix.arrivals(rate, seconds):
            heapq.heappush(people.later, (begins + at, next(people.count), None))

    def go() -> None:
        while (found := waiting.get()) is not None:
            people.ask(found[1], found[0])

    def send() -> None:
        for found in due_until(people, begins + seconds + 2 * PATIENCE):
            waiting.put(found)
        for _thread in range(threads):
            waiting.put(None)

    sender = threading.Thread(target=send)
    sender.start()
    together(threads, go)
    sender.join()


def due_until(people: People, end: float) -> Iterator[tuple[float, Ask]]:
    """Give what is due, as it becomes due, until nobody wants anything more."""
    wanted = True
    while wanted and time.time() < end:
        if found := people.take():
            yield found
        else:
            wanted = people.wait()


def together(threads: int, go: Any) -> None:
    """Run so many threads until all are done."""
    running = [threading.Thread(target=go) for _thread in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()


def main() -> None:
    """Do what is ordered; tell what was seen."""
    orders = json.load(sys.stdin)
    people = People(orders)
    began = time.time()
    if orders["rate"]:
        open_loop(people, orders["rate"], orders["threads"], orders["seconds"])
    else:
        closed(people, orders["threads"], orders["seconds"])
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "began": began,
        "seconds": time.time() - began,
        "cpu": used.ru_utime + used.ru_stime,
        "seen": people.seen,
        "pressed": people.pressed,
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
