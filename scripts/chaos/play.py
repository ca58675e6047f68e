"""The play: people live, time passes, somebody kills; then all becomes quiet and is looked at."""

from __future__ import annotations

import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Literal

from chaos import audit, evidence, mailbox
from chaos.acts import ACTS, leave
from chaos.audit_answers import BERLIN
from chaos.browser import Browser
from chaos.driver import Driver
from chaos.evidence import Evidence
from chaos.journal import Answered, Journal
from chaos.killer import Killer, interrupted
from chaos.mailbox import Mailbox
from chaos.population import Person, Postgres, populate, postgres
from chaos.service import Victim
from chaos.verdict import Verdict
from couples.app import create_app
from couples.db import db
from couples.settings import Settings
from tests.journeys.service import until

# When time stands a while, in the week that begins on the Monday after people signed.
MOMENTS = (
    (3, 19, 10), (4, 8, 30), (4, 20, 30), (5, 11, 0), (5, 21, 0), (6, 10, 0), (6, 20, 40),
    (7, 8, 30), (8, 12, 0), (9, 20, 0),
)  # fmt: skip
# How long what is due waits while processes go on being killed; then nobody is, until it is done.
GOES_ON = 4.0
# In less time somebody may not come to everything there is to do, in minutes.
LONG_ENOUGH = 3.0
# Within so many seconds of the last kill all of it has to be done.
RECOVERS_WITHIN = 90.0


@dataclass(frozen=True)
class Plan:
    """How long, with whom, on what."""

    folder: Path
    minutes: float = 10.0
    seed: int = 1
    couples: int = 6
    database: Literal["sqlite", "postgres"] = "sqlite"
    weeks: int = 3
    kill_every: tuple[float, float] = (2.0, 10.0)
    act_every: tuple[float, float] = (0.3, 1.5)
    moments: tuple[tuple[int, int, int], ...] = MOMENTS


@dataclass
class Told:
    """What happened, and what the audit says."""

    verdicts: list[Verdict]
    kills: dict[str, int]
    starts: int
    waited: float
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_fine(self) -> bool:
        """Whether every invariant held."""
        return not any(one.broken for one in self.verdicts)


def moments(
    begin: datetime, weeks: int, chosen: tuple[tuple[int, int, int], ...] = MOMENTS
) -> list[datetime]:
    """Return when time stands a while, in order."""
    monday = begin.astimezone(BERLIN).replace(hour=0, minute=0)
    return [
        (monday + timedelta(days=7 * week + day)).replace(hour=hour, minute=minute)
        for week in range(weeks)
        for day, hour, minute in chosen
    ]


@contextmanager
def going_on(*runs: threading.Thread) -> Iterator[None]:
    """Run threads as long as this lasts; whoever uses it tells them to stop."""
    for run in runs:
        run.start()
    try:
        yield
    finally:
        for run in runs:
            run.join(60)


def play(plan: Plan) -> Told:
    """Live through it, and look what is left."""
    with ExitStack() as open_now:
        server = open_now.enter_context(postgres()) if plan.database == "postgres" else None
        smtp_url = open_now.enter_context(mailbox.running(plan.folder / "mail"))
        more = {"DATABASE_URL": server.url} if server else {}
        service = Victim(plan.folder, smtp_url, more=more)
        open_now.callback(service.let_end)
        service.start()
        settings = Settings.from_environ(service.environ)
        open_now.enter_context(create_app(settings).app_context())
        open_now.callback(db.engine.dispose)
        open_now.callback(db.session.remove)
        return Stage(plan, service, server).run()


class Stage:
    """Everybody who has a part in it."""

    def __init__(self, plan: Plan, service: Victim, server: Postgres | None) -> None:
        """Make the people; nobody lives or kills yet."""
        self.plan, self.service, self.server = plan, service, server
        self.people = populate(plan.couples, service.now())
        db.session.remove()
        self.mail = Mailbox(plan.folder / "mail")
        self.journal = Journal(plan.folder / "journal.jsonl")
        chance = Random(f"{plan.seed}/killer")  # nosec B311 - to be played again
        self.killer = Killer(service, chance, plan.kill_every, server)
        self.drivers = [self._driver(place, one) for place, one in enumerate(self.people.values())]
        self.waits: list[float] = []

    def _driver(self, place: int, person: Person) -> Driver:
        # An address each, so that nobody uses up what another may try.
        browser = Browser(self.service.port, f"127.0.1.{place % 250 + 1}")
        chance = Random(f"{self.plan.seed}/{person.name}")  # nosec B311 - as above
        mail = Mailbox(self.plan.folder / "mail")
        return Driver(person, self.service, self.journal, mail, chance, browser)

    def run(self) -> Told:
        """Let all of them go on until the last moment has passed, then look."""
        keepers = [threading.Thread(target=self.service.keep_up)]
        lives = [
            threading.Thread(target=one.live, args=(ACTS, leave, self.plan.act_every))
            for one in self.drivers
        ]
        killing = [
            threading.Thread(target=one)
            for one in (self.killer.go_on, self.killer.look_after_database)
        ]
        with going_on(*keepers):
            try:
                with going_on(*killing, *lives):
                    try:
                        self.let_time_pass()
                    finally:
                        self.stop_all()
                return self.look()
            finally:
                self.service.ended.set()

    def stop_all(self) -> None:
        """Let nobody begin anything any more."""
        self.killer.ended.set()
        for driver in self.drivers:
            driver.ended.set()

    def let_time_pass(self) -> None:
        """Move time from moment to moment, once what is due has been done."""
        steps = moments(self.service.now(), self.plan.weeks, self.plan.moments)
        each, began = self.plan.minutes * 60 / len(steps), time.monotonic()
        for place, step in enumerate(steps):
            if place == len(steps) * 2 // 3:
                for driver in self.drivers:
                    driver.may_leave.set()
            self.service.move_to(step)
            self.killer.stirred.set()
            # What recovering took before is taken off, but each moment stands a while.
            time.sleep(max(each / 3, began + each * (place + 1) - time.monotonic()))
            self.wait_until_quiet(GOES_ON)
            self.killer.rests.set()
            self.waits.append(self.wait_until_quiet(RECOVERS_WITHIN))
            self.killer.rests.clear()

    def wait_until_quiet(self, most: float) -> float:
        """Wait until nothing is due; return for how long."""
        began = time.monotonic()
        while not self.service.is_quiet() and time.monotonic() < began + most:
            time.sleep(0.1)
        return time.monotonic() - began

    def settled_doctor(self) -> subprocess.CompletedProcess[str]:
        """Ask doctor until it is content: time has moved by days, and no tick may have come yet."""
        end = time.monotonic() + RECOVERS_WITHIN
        while (said := self.service.doctor()).returncode and time.monotonic() < end:
            time.sleep(1)
        return said

    def look(self) -> Told:
        """Let all become quiet, and audit it."""
        while self.server and not self.server.pids():
            self.server.keep_up()
        until(self.service.is_back, "the pages answer again", RECOVERS_WITHIN)
        self.waits.append(self.wait_until_quiet(RECOVERS_WITHIN))
        found = evidence.gather(self.people, self.journal, self.mail.all(), self.service.now())
        found.log = self.service.log()
        # A thread says what became of one letter before it begins the next.
        threads = Settings.from_environ(self.service.environ).worker_threads
        found.most_unknown = interrupted(self.killer.kills) * threads
        evidence.ask_doctor(found, self.settled_doctor())
        verdicts = [
            *audit.audited(found),
            audit.lived(found, self.plan.weeks),
            audit.recovered(self.waits, RECOVERS_WITHIN),
        ]
        if self.plan.minutes >= LONG_ENOUGH:
            verdicts.append(audit.done(found))
        kills = dict(self.killer.kills)
        return Told(verdicts, kills, self.service.starts, max(self.waits), self.counts(found))

    def counts(self, found: Evidence) -> dict[str, int]:
        """Count what there was to audit: letters, and what people did, by what it was."""
        pressed = [one.outcome for one in self.journal.of(Answered)]
        deeds = Counter(audit.what_of(one) for one in found.journal.entries)
        return {
            "rounds": len(found.rounds),
            "letters": len(found.mail),
            "unknown": sum(row.state == "unknown" for row in found.letters),
            "answers saved": pressed.count("saved"),
            "answers lost on the way": pressed.count("lost"),
            **{name: count for name, count in sorted(deeds.items()) if name in audit.DEEDS},
            "things seen and done": len(self.journal.entries),
        }
