"""The real service for journeys: `couples up` on its own folder, port, mail server and clock."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pysqlite3

from couples.app import create_app
from couples.db import db
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from tests.servers import free_port

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
# A Monday evening: what is shown does not depend on the day the tests run.
BEGIN = datetime(2027, 3, 1, 18, tzinfo=UTC)
PATIENCE = 30.0
BAD_LINES = re.compile(r"Traceback|\bERROR\b|\bCRITICAL\b|it is started again")


def until(ask: Callable[[], T], what: str, seconds: float = PATIENCE) -> T:
    """Ask until there is an answer; fail saying what was waited for."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := ask():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:g} seconds in vain for {what}")


def descendants(process: int) -> list[int]:
    """Return a process and all that it has started, itself first."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in descendants(int(child)))]


@dataclass
class Service:
    """One running service; what it starts ends with it."""

    folder: Path
    smtp_url: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        """Choose keys and set the clock; nothing runs yet."""
        self.clock_file = self.folder / "clock"
        self.log_file = self.folder / "log"
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = self._environ()
        self.move_to(BEGIN)

    def _environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        return {
            **kept,
            "LC_ALL": "C.UTF-8",
            "DATA_DIR": str(self.folder / "var"),
            "SECRET_KEY": new_secret_key(),
            "SEALING_KEYS": KeyRing.new().text(),
            "WEB_PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "SMTP_URL": self.smtp_url,
            "MAIL_FROM": "pages@pages.example",
            "OPERATOR": "the people next door",
            "EXIT_URL": "bundled",
            "TEST_CLOCK_FILE": str(self.clock_file),
            "TICK_SECONDS": "1",
        }

    def start(self) -> None:
        """Start everything and wait for the first page."""
        self.spawn()
        until(self._answers, f"the first page; the log says:\n{self.log()}")

    def spawn(self) -> None:
        """Start everything and wait for nothing."""
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "couples", "up"],
                cwd=ROOT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"it ended at once:\n{self.log()}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """Ask it to end, as Ctrl-C does; insist where it does not."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()  # its children are tied to it and end as well
            self.process.wait()

    def kill(self) -> None:
        """End all its processes at once and without a word, as a power cut does."""
        assert self.process is not None
        for process in descendants(self.process.pid):
            os.kill(process, signal.SIGKILL)
        self.process.wait()
        until(self._is_gone, "the port to be free")

    def _is_gone(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) != 0

    def now(self) -> datetime:
        """Return what time it is for the service."""
        return datetime.fromtimestamp(time.time() + float(self.clock_file.read_text()), UTC)

    def move_to(self, instant: datetime) -> None:
        """Move time for all processes alike."""
        draft = self.clock_file.with_suffix(".new")
        draft.write_text(f"{instant.timestamp() - time.time():.3f}")
        draft.replace(self.clock_file)

    def is_quiet(self) -> bool:
        """Whether no letter is due or on its way."""
        query = "SELECT count(*) FROM letter_times WHERE held OR at <= ?"
        instant = self.now().strftime("%Y-%m-%d %H:%M:%S.%f")
        # The library the service itself uses: two copies of SQLite would undo each other's locks.
        database = pysqlite3.connect(f"file:{self.folder}/var/pages.db?mode=ro", uri=True)
        try:
            return int(database.execute(query, (instant,)).fetchone()[0]) == 0
        finally:
            database.close()

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Let a test prepare things through our own services, on the same database."""
        app = create_app(Settings.from_environ(self.environ))
        with app.app_context():
            yield
            db.session.remove()
            db.engine.dispose()

    def log(self) -> str:
        """Return what the service has said so far."""
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def complaints(self) -> list[str]:
        """Return the lines of the log that should not be there."""
        return [line for line in self.log().splitlines() if BAD_LINES.search(line)]
