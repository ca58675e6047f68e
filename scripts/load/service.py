"""The service as docker-compose has it: web, worker, clock, queue, database and a mail server."""

from __future__ import annotations

import http.client
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from couples.migrate import migrate
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from tests.faults.postgres_server import OwnPostgres
from tests.faults.service import CELERY, Service, answers, wait_until

WEB_PROCESSES, WEB_THREADS, WORKER_THREADS = 2, 4, 4
UP = 60.0


@dataclass
class Site:
    """All that runs, and the settings it runs with."""

    service: Service
    settings: Settings
    postgres: OwnPostgres | None
    port: int
    clock_file: Path

    def now(self) -> datetime:
        """Return what time it is for the service."""
        return self.at(time.time())

    def at(self, moment: float) -> datetime:
        """Return what time it was for the service at a moment of this machine."""
        return datetime.fromtimestamp(moment + float(self.clock_file.read_text()), UTC)

    def move_to(self, instant: datetime) -> None:
        """Move time for all processes alike."""
        draft = self.clock_file.with_suffix(".new")
        draft.write_text(f"{instant.timestamp() - time.time():.3f}")
        draft.replace(self.clock_file)

    def begin(self, fault: str) -> None:
        """Let something be gone."""
        if fault == "redis":
            self.service.stop_queue()
        elif fault == "smtp":
            self.service.kill("smtp")
        elif fault == "postgres" and self.postgres:
            self.postgres.stop()

    def end(self, fault: str) -> None:
        """Bring it back; it listens when this returns."""
        if fault == "redis":
            self.service.start_queue()
        elif fault == "smtp":
            self.service.restart("smtp")
            wait_until(lambda: answers(self.service.smtp_port), UP, "the mail server listens")
        elif fault == "postgres" and self.postgres:
            self.postgres.start()

    def start(self) -> None:
        """Start what works; the pages answer when this returns."""
        self.service.start("worker", [*CELERY, "worker", *WORKER])
        self.service.start_clock("clock")
        self.port = int(self.service.start_web().rpartition(":")[2])
        wait_until(self.is_open, UP, f"the first page: {self.service.said('web')[-500:]}")

    def keep_up(self) -> list[str]:
        """Start again what has ended by itself, as Compose does; return what that was."""
        running = list(self.service.running.items())
        gone = [name for name, process in running if process.poll() is not None]
        for name in gone:
            self.service.restart(name)
        return gone

    def is_open(self) -> bool:
        """Whether a page is answered; `/readyz` wants more, which only a whole start does."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            asked.request("GET", "/healthz")
            return asked.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()

    def processes(self) -> dict[str, int]:
        """Return the ids of what runs, by name."""
        found = {name: process.pid for name, process in self.service.running.items()}
        if self.postgres:
            found["postgres"] = int(self.postgres.server.get_pid() or 0)
        if (queue := self.service.queue._process) is not None:
            found["queue"] = queue.pid
        return found


WORKER = [
    "--pool=threads", f"--concurrency={WORKER_THREADS}", "--loglevel=WARNING",
    "--without-gossip", "--without-mingle", "-n", "worker@load",
]  # fmt: skip


@contextmanager
def site(database: str, tick: int) -> Iterator[Site]:
    """Make everything that the processes need, none of which runs yet; take all down in the end."""
    folder = Path(tempfile.mkdtemp(prefix="pages-load-"))
    postgres = OwnPostgres(spared=False) if database == "postgres" else None
    service = None
    try:
        url = postgres.url if postgres else f"sqlite:///{folder / 'pages.db'}"
        migrate(url)
        environ = _environ(folder, url, tick)
        (folder / "clock").write_text("0")
        service = Service(folder, environ)
        settings = Settings.from_environ(environ)
        yield Site(service, settings, postgres, 0, folder / "clock")
    finally:
        if service:
            service.stop()
        if postgres:
            postgres.remove()
        shutil.rmtree(folder, ignore_errors=True)


def _environ(folder: Path, url: str, tick: int) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {
        **kept,
        "SECRET_KEY": new_secret_key(),
        "SEALING_KEYS": KeyRing.new().text(),
        "DATABASE_URL": url,
        "DATA_DIR": str(folder / "var"),
        "TEST_CLOCK_FILE": str(folder / "clock"),
        "WEB_PROCESSES": str(WEB_PROCESSES),
        "WEB_THREADS": str(WEB_THREADS),
        "WORKER_THREADS": str(WORKER_THREADS),
        # Everybody comes through the proxy, from an address of their own.
        "PROXY_HOPS": "1",
        "TICK_SECONDS": str(tick),
        "LOG_FORMAT": "text",
        "PYTHONUNBUFFERED": "1",
    }
