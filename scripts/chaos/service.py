"""The real service, as an init system keeps it: started again whenever it has ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psutil
from sqlalchemy import func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from couples.db import db
from couples.mail.models import LetterTime
from couples.surveys.models import Plan, Round
from tests.journeys.service import ROOT, Service

# Short, so that what a killed worker held is free again soon.
SHORT = {"LEASE_SECONDS": "8", "VISIBILITY_SECONDS": "8", "WEB_PROCESSES": "2"}
# The Monday before the clocks go forward in the third round.
BEGIN = datetime(2027, 3, 8, 18, tzinfo=UTC)
NAMES = {
    "couples up": "supervisor", "couples web": "web", "-m tasks": "worker and clock",
    "valkey": "queue",
}  # fmt: skip


@dataclass
class Victim(Service):
    """One service that anything may be killed of."""

    more: dict[str, str] = field(default_factory=dict)
    starts: int = 0

    def __post_init__(self) -> None:
        """Begin on a Monday."""
        super().__post_init__()
        self.move_to(BEGIN)
        self.ended = threading.Event()

    def _environ(self) -> dict[str, str]:
        return {**super()._environ(), **SHORT, **self.more}

    def keep_up(self) -> None:
        """Start it again whenever it has ended, until told otherwise; for a thread of its own."""
        while not self.ended.wait(0.3):
            if self.process is not None and self.process.poll() is not None:
                self.spawn()
                self.starts += 1

    def is_back(self) -> bool:
        """Whether pages answer now; nothing else has to run."""
        return self.process is not None and self.process.poll() is None and self._answers()

    def let_end(self) -> None:
        """Start it no more, and end it."""
        self.ended.set()
        time.sleep(0.5)
        self.stop()

    def processes(self) -> dict[str, list[int]]:
        """Return the ids of all processes of the service, by what they are."""
        found: dict[str, list[int]] = {}
        if self.process is None or self.process.poll() is not None:
            return found
        with suppress(psutil.Error):
            top = psutil.Process(self.process.pid)
            for one in (top, *top.children(recursive=True)):
                with suppress(psutil.Error):
                    found.setdefault(_name(one), []).append(one.pid)
        return found

    def is_quiet(self) -> bool:
        """Whether nothing is due, held or unsettled; False while the database cannot say."""
        now = self.now()
        due = select(func.count()).select_from(LetterTime)
        due = due.where(or_(LetterTime.at <= now, LetterTime.held))
        plans = select(func.count()).select_from(Plan).where(Plan.due_at <= now)
        closed = Round.closes_at <= now, Round.settled_at.is_(None), Round.cancelled_at.is_(None)
        rounds = select(func.count()).select_from(Round).where(*closed)
        try:
            db.session.rollback()
            return not any(db.session.scalar(one) for one in (due, plans, rounds))
        except SQLAlchemyError:
            return False

    def cut_power(self) -> None:
        """End all its processes at once."""
        for ids in self.processes().values():
            for one in ids:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)

    def doctor(self) -> subprocess.CompletedProcess[str]:
        """Ask `couples doctor` about it."""
        command = [sys.executable, "-m", "couples", "doctor"]
        return subprocess.run(
            command, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False
        )


def _name(process: psutil.Process) -> str:
    command = " ".join(process.cmdline())
    name = next((name for part, name in NAMES.items() if part in command), "other")
    parent = process.parent()
    is_child = parent is not None and name == "web" and parent.cmdline()
    return f"{name} child" if is_child and " ".join(parent.cmdline()) == command else name
