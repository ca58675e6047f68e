"""Who lives through it: couples that have signed, made through our own services."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import psutil

from couples.pairing.services import couple_of
from tests import world as worlds
from tests.cast import make_person
from tests.faults.postgres_server import OwnPostgres
from tests.world import World


@dataclass(frozen=True)
class Person:
    """One of two, and what they are like."""

    name: str
    person_id: str
    couple_id: str
    partner: str
    # Pauses, stops letters, comes back; the others' letters are all expected.
    restless: bool = False
    # Ends the link in the last round, or erases their account.
    leaves: bool = False
    erases: bool = False

    @property
    def address(self) -> str:
        """Where their letters go."""
        return f"{self.name.lower()}@example.org"


def populate(couples: int, now: datetime) -> dict[str, Person]:
    """Make so many couples whose agreement is in force; return everybody by name.

    Every third couple has somebody restless; the last of at least three parts, and in the first of
    at least four somebody erases their account.
    """
    people = {}
    for number in range(couples):
        one, two = (f"P{number}{leaf}" for leaf in "ab")
        world = World(people={name: make_person(name, now) for name in (one, two)})
        worlds.link(world, one, two, now)
        worlds.sign_first_version(world, one, two, now)
        couple_id = couple_of(world.people[one]).id
        ends = couples > 2 and number == couples - 1
        erases = couples > 3 and number == 0
        for name, partner in ((one, two), (two, one)):
            first = name == one
            people[name] = Person(
                name, world.people[name], couple_id, partner,
                restless=first and number % 3 == 1, leaves=first and (ends or erases),
                erases=first and erases,
            )  # fmt: skip
    return people


class Postgres:
    """A PostgreSQL server that may be killed and is started again."""

    def __init__(self, own: OwnPostgres) -> None:
        """Know a running server."""
        self.own = own
        self.url = own.url

    def pids(self) -> list[int]:
        """Return the server's first process and all others of it; none while it is dead."""
        try:
            first = psutil.Process(self.own.server.get_pid())
            return [first.pid, *(one.pid for one in first.children())]
        except psutil.Error:
            return []

    def keep_up(self) -> None:
        """Start it again where it has died."""
        if not self.pids():
            # What is left of a killed one may still hold its memory: tried again in a moment.
            with suppress(subprocess.SubprocessError, AssertionError):
                self.own.start()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Run a server in a folder of its own, on a disk that is waited for."""
    found = Postgres(OwnPostgres(spared=False))
    try:
        yield found
    finally:
        found.keep_up()
        found.own.remove()
