"""One evening: fill, find out how much is too much, then ask for four fifths of it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from load import audit, figures, judge, world
from load.client import FINE
from load.evening import Evening, Wishes
from load.service import UP, Site, site
from load.watch import Watch

STEPS = (1, 2, 4, 8, 16)
OF_SATURATION = 0.8
WARM = 1.0
LOOK_AFTER = 1.0
FAULT_AT = 1 / 3
# More than ever wait at once, unless all is lost.
PEOPLE = 64


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
        judge.log(evening, place)
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
    taken = place.service.recipients()
    states, wrong_letters = audit.wrong_letters(taken, unknown=in_hand)
    evening.findings += wrong + wrong_letters
    seen = [tuple(one) for one in evening.told["seen"]]
    evening.results |= {
        "wishes": asdict(evening.wishes),
        "steps": evening.steps,
        "rate": evening.rate,
        "rows": [asdict(one) for one in figures.rows(seen)],
        "calm": [asdict(one) for one in figures.rows(judge.calm(evening, seen))],
        "answers": {"saved": saved, "people": people, "lost": len(wrong)},
        "letters": dict(states),
        "doubled": audit.doubled(taken),
    }
    judge.pages(evening, seen)
    judge.recovery(evening, place, seen)
    judge.memory(evening)
