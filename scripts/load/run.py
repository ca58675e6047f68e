"""One evening: fill, find out how much is too much, then ask for four fifths of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from load import audit, figures, world
from load.client import BARE, BROKEN, FINE
from load.service import UP, Site, site
from load.watch import Watch

STEPS = (1, 2, 4, 8, 16)
OF_SATURATION = 0.8
WARM = 1.0
LOOK_AFTER = 1.0
FAULT_AT = 1 / 3
BAD = re.compile(r" (ERROR|CRITICAL) |Traceback")
# More than ever wait at once, unless all is lost.
PEOPLE = 64
LEAST_TO_CAST = 180.0


@dataclass(frozen=True)
class Wishes:
    """What is to be run; without a rate it is found out."""

    seconds: float = 600.0
    fault: str = "none"
    database: str = "postgres"
    couples: int = 200
    rounds: int = 26
    rate: float = 0.0
    step_seconds: float = 4.0
    seed: int = 7
    tick: int = 15


@dataclass
class Evening:
    """What was seen."""

    wishes: Wishes
    steps: dict[int, float] = field(default_factory=dict)
    rate: float = 0.0
    told: dict[str, Any] = field(default_factory=dict)
    pressed: list[dict[str, Any]] = field(default_factory=list)
    began_fault: float = 0.0
    ended_fault: float = 0.0
    watch: Watch | None = None
    findings: list[str] = field(default_factory=list)
    # What ended by itself, and how often.
    ended: Counter[str] = field(default_factory=Counter)
    results: dict[str, Any] = field(default_factory=dict)


def run(wishes: Wishes) -> Evening:
    """Live through one evening, and look at it afterwards."""
    evening = Evening(wishes)
    with site(wishes.database, wishes.tick) as place, world.inside(place.settings):
        place.move_to(world.BEGINS)
        filled = world.fill(wishes.couples, wishes.rounds)
        place.move_to(world.BEGINS)
        place.start()
        _find_rate(evening, place, filled)
        with _kept_up(evening, place):
            _load(evening, place, filled)
            _look(evening, place, filled)
        for name, count in evening.ended.items():
            evening.findings.append(f"{name} ended by itself, {count} times, and was started again")
        evening.results["log"] = errors_in(place)
    return evening


@contextmanager
def _kept_up(evening: Evening, place: Site) -> Iterator[None]:
    """Start again what ends by itself, and count it: nothing here is killed but by the fault."""
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(LOOK_AFTER):
            evening.ended.update(place.keep_up())

    keeper = threading.Thread(target=go_on)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _orders(evening: Evening, place: Site, filled: world.World, **more: Any) -> dict[str, Any]:
    wanted = {"port": place.port, "seed": evening.wishes.seed, "questions": filled.questions}
    return {**wanted, "links": filled.links, "cookies": filled.cookies, **more}


def _ask(evening: Evening, orders: dict[str, Any]) -> dict[str, Any]:
    """Let people in a process of their own ask; keep what they pressed."""
    told: dict[str, Any] = json.loads(
        subprocess.run(
            [sys.executable, "-m", "load.client"],
            input=json.dumps(orders).encode(),
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
    )
    evening.pressed += told["pressed"]
    return told


def _find_rate(evening: Evening, place: Site, filled: world.World) -> None:
    """Let more and more people ask without a pause: the most answered is how much is too much."""
    evening.rate = evening.wishes.rate
    # The first page of each process reads its templates.
    warm = _orders(evening, place, filled, rate=0, threads=4, seconds=WARM)
    _ask(evening, warm)
    if evening.rate:
        return
    for people in STEPS:
        orders = _orders(evening, place, filled, rate=0, threads=people)
        told = _ask(evening, {**orders, "seconds": evening.wishes.step_seconds})
        evening.steps[people] = len(told["seen"]) / told["seconds"]
        bad = sum(one[4] != FINE for one in told["seen"])
        if bad:
            evening.findings.append(f"{bad} pages were not fine with {people} people")
    evening.rate = OF_SATURATION * max(evening.steps.values())


def _load(evening: Evening, place: Site, filled: world.World) -> None:
    """Ask steadily while letters go, and while something is gone for a time."""
    seconds = evening.wishes.seconds
    begins, letters = place.now(), max(1, len(filled.waiting))

    def when(place: int) -> datetime:
        """Let half go evenly over the time, and the other half all at once in its middle."""
        share = FAULT_AT if place % 2 else 0.05 + 0.85 * place / letters
        return begins + timedelta(seconds=share * seconds)

    world.put_off(filled, when)
    evening.watch = Watch(place, every=min(5.0, seconds / 10))
    fault = threading.Thread(target=_fault, args=(evening, place))
    fault.start()
    orders = _orders(evening, place, filled, rate=evening.rate, threads=PEOPLE)
    evening.told = _ask(evening, {**orders, "seconds": seconds})
    fault.join()
    evening.watch.stop()


def _fault(evening: Evening, place: Site) -> None:
    """Let something be gone in the middle, for a fifth of the time or half a minute."""
    seconds, fault = evening.wishes.seconds, evening.wishes.fault
    if fault == "none":
        return
    time.sleep(FAULT_AT * seconds)
    with world.inside(place.settings):
        # In the middle of a batch, if there is one soon.
        end = time.time() + seconds / 10
        while not audit.being_sent() and time.time() < end:
            time.sleep(0.01)
    evening.began_fault = time.time()
    place.begin(fault)
    time.sleep(min(30.0, seconds / 5))
    place.end(fault)
    evening.ended_fault = time.time()


def _look(evening: Evening, place: Site, filled: world.World) -> None:
    """Wait until no letter is due, then look whether every promise was kept."""
    end = time.time() + UP
    while (waiting := audit.letters_due(place.now())) and time.time() < end:
        time.sleep(0.2)
    if waiting:
        evening.findings.append(
            f"{waiting} letters still wait after {UP:g} s: {audit.waiting(place.now())}"
        )
    saved, people, wrong = audit.lost_answers(filled, evening.pressed)
    in_hand = place.settings.worker_threads if evening.wishes.fault != "none" else 0
    states, wrong_letters = audit.wrong_letters(place.service.recipients(), unknown=in_hand)
    evening.findings += wrong + wrong_letters
    seen = [tuple(one) for one in evening.told["seen"]]
    evening.results |= {
        "wishes": asdict(evening.wishes),
        "steps": evening.steps,
        "rate": evening.rate,
        "rows": [asdict(one) for one in figures.rows(seen)],
        "answers": {"saved": saved, "people": people},
        "letters": dict(states),
    }
    _judge_pages(evening, seen)
    _judge_recovery(evening, place, seen)
    _judge_memory(evening)


def _judge_pages(evening: Evening, seen: list[figures.Seen]) -> None:
    """Find what was not fine where nothing was wrong, and what was not in words where it was."""
    during = evening.began_fault, evening.ended_fault + figures.RECOVERY
    for due, kind, _took, status, verdict in seen:
        excused = evening.began_fault and during[0] - UP <= due <= during[1]
        if verdict in {BARE, BROKEN} or (verdict != FINE and not excused):
            evening.findings.append(f"{kind} came to {status}, {verdict}")


def _judge_recovery(evening: Evening, place: Site, seen: list[figures.Seen]) -> None:
    if not evening.ended_fault:
        return
    at = place.at(evening.ended_fault)
    found = {
        "pages": figures.seconds_until_pages(seen, evening.ended_fault),
        "letters": audit.seconds_until_letters(at),
        "all letters due by then": audit.seconds_until_caught_up(at),
    }
    evening.results["recovered"] = found
    for name, seconds in found.items():
        if seconds is not None and seconds > figures.RECOVERY:
            evening.findings.append(f"{name} recovered after {seconds:.1f} s")


def _judge_memory(evening: Evening) -> None:
    assert evening.watch is not None
    early, late = figures.memory_grown(evening.watch.memory)
    last = evening.watch.memory[-1][1]
    told = evening.told
    evening.results["memory_mb"] = {"early": early, "late": late, **last}
    evening.results["shares"] = figures.shares(
        evening.watch.processors(), told["cpu"], told["seconds"]
    )
    if evening.wishes.seconds >= LEAST_TO_CAST and not figures.is_flat(early, late):
        evening.findings.append(f"memory grew from {early:.0f} to {late:.0f} MB")


def errors_in(place: Site) -> dict[str, list[str]]:
    """Return the different complaints of each process."""
    found = {}
    for name in place.service.commands:
        lines = place.service.said(name).splitlines()
        bad = {line.partition(" ")[2] for line in lines if BAD.search(line)}
        found[name] = sorted(bad)[:10]
    return found
