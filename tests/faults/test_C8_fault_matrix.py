"""Rule C8 as a matrix: whatever the mail server does, wherever the worker is killed.

`./run soak` plays every pair of both on both databases; by itself a fixed sample is played.
"""  # noqa: N999

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from couples.mail.models import LetterState
from tests.databases import fresh_postgres
from tests.faults.outcomes import OUTCOMES, UNKNOWN, Outcome, Peer
from tests.faults.trap import PEERS, POINTS

NOBODY = "nobody"
KILLS = (NOBODY, *POINTS)
DATABASES = ("sqlite", "postgres")
# Killed before its first letter has begun, a worker leaves no trace.
HARMLESS = KILLS[: KILLS.index("in beginning")]
# The real half minute is the transport's own setting; here it is long enough for a machine at work.
PATIENCE = 1.0
STEPS = 40

Case = tuple[str, Outcome, str]
pytestmark = [pytest.mark.faults, pytest.mark.timeout(60)]


def matrix() -> list[Case]:
    """Return every case."""
    return [(d, outcome, kill) for d in DATABASES for outcome in OUTCOMES for kill in KILLS]


def sample() -> list[Case]:
    """Return some: on each database every outcome and every point of death, in other pairs."""
    pairs = [
        (database, OUTCOMES[(n * step + 1) % len(OUTCOMES)], kill)
        for database, step in zip(DATABASES, (1, 3), strict=True)
        for n, kill in enumerate(KILLS)
    ]
    usual = [(d, OUTCOMES[0], kill) for d in DATABASES for kill in ("after the dot", *KILLS[-2:])]
    return pairs + [case for case in usual if case not in pairs]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        cases = matrix() if metafunc.config.getoption("soak") else sample()
        ids = [f"{database}, {outcome.name}, {kill}" for database, outcome, kill in cases]
        metafunc.parametrize("case", cases, ids=ids)


class Sender:
    """The process that workers are forked from."""

    def __init__(self, database_url: str, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.faults.sender", database_url, str(folder)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        begun = self.order("seed")
        self.now = datetime.fromisoformat(begun["now"])
        self.addresses: list[str] = begun["addresses"]

    def order(self, do: str, **values: Any) -> dict[str, Any]:
        """Have something done; return what it says."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"do": do, **values}) + "\n")
        self.process.stdin.flush()
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def stop(self) -> None:
        """End it."""
        self.process.communicate()


@pytest.fixture(scope="module")
def senders(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Callable[[str], Sender]]:
    """Return a function that gives the sender of a database, one for all cases."""
    found: dict[str, Sender] = {}
    open_databases = ExitStack()

    def sender(database: str) -> Sender:
        if database not in found:
            folder = tmp_path_factory.mktemp(database)
            url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'pages.db')}"
            if database == "postgres":
                server = request.getfixturevalue("postgres")
                url = open_databases.enter_context(fresh_postgres(server))
            found[database] = Sender(url, folder)
        return found[database]

    yield sender
    for one in found.values():
        one.stop()
    open_databases.close()


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    peer = Peer()
    yield peer
    peer.stop()


class Play:
    """One case, worker after worker, until no letter is unfinished."""

    def __init__(self, sender: Sender, peer: Peer, outcome: Outcome, kill: str) -> None:
        self.sender, self.peer, self.outcome, self.kill = sender, peer, outcome, kill
        self.now = sender.now
        self.killed = 0
        self.fates: dict[str, Any] = {"unfinished": len(sender.addresses)}
        sender.order("post")
        first, second, _third = sender.addresses
        peer.set(outcome, first, second, PEERS.get(kill, ""))

    def to_the_end(self) -> None:
        """Let workers go on, each where the one before it has left off."""
        for _step in range(STEPS):
            self._work()
            self.fates = self.sender.order("fates")
            if not self.fates["unfinished"]:
                return
            due = datetime.fromisoformat(self.fates["next"])
            self.now = max(self.now + timedelta(minutes=1), due)
        raise AssertionError(f"still unfinished: {self.fates}")

    def _work(self) -> None:
        settled = len(self.sender.addresses) - self.fates["unfinished"]
        if self._run_worker("" if self.killed or self.kill in PEERS else self.kill, settled):
            self.killed += 1
            # Another one comes at once, while the dead one's claim lasts.
            assert self._run_worker("", settled) == 0

    def _run_worker(self, point: str, settled: int) -> int:
        silent = self.outcome.name.startswith("silent")
        status: int = self.sender.order(
            "work",
            now=self.now.isoformat(),
            smtp_url=self.peer.url,
            patience=PATIENCE if silent else None,
            point="" if point == NOBODY else point,
            settled=settled,
        )["status"]
        assert status in {0, -9}, "the worker failed by itself"
        return status


def test_C8_every_letter_is_sent_once_or_its_fate_is_on_record(
    case: Case, senders: Callable[[str], Sender], peer: Peer
) -> None:
    database, outcome, kill = case
    play = Play(senders(database), peer, outcome, kill)
    play.to_the_end()

    assert play.killed == (kill != NOBODY)
    others = []
    for address in play.sender.addresses:
        usual = outcome.end if address == peer.target else LetterState.SENT
        state, taken = LetterState(play.fates["states"][address]), peer.taken.count(address)
        if state is UNKNOWN:
            assert taken <= 1
        else:
            assert taken == (state is LetterState.SENT)
        if state is not usual:
            others.append(state)
    assert others in ([], [] if kill in HARMLESS else [UNKNOWN]), "other than without the kill"
    assert play.fates["times"] == 0
