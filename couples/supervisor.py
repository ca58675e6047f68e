"""`couples up`: the whole service from one command, and nothing left behind when it ends.

The supervisor stays small, for it stays: it imports neither the application nor the database layer,
not even the settings. What needs them (planning, migrating, serving, working) runs in children.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from couples import embedded, folder, logs
from couples.environ import log_format, process_environ
from couples.processes import Child, Signals, die_with_parent, listening_socket
from couples.settings_reader import BadSetting, Reader

# Web processes that die this often before answering once are not worth another try.
TRIES = 3
# As long as the first page may take on a small machine that has other work too.
PATIENCE = 60.0


class CannotStart(Exception):
    """The service did not come up; its text says why."""


def main() -> None:
    """Run `couples up`; what cannot be is said in one sentence."""
    logs.start("up", log_format())
    try:
        up()
    except (BadSetting, CannotStart, folder.InUse) as problem:
        logs.give_up(str(problem))


def up() -> None:
    """Start everything, say where to open it, keep it running until Ctrl-C or SIGTERM."""
    began = time.monotonic()
    os.umask(0o077)
    environ = process_environ()
    read = Reader(environ)
    data_dir = read.data_dir()
    folder.make(data_dir)
    host, port = read.host("WEB_HOST", "127.0.0.1"), read.number("WEB_PORT", 8000, 0, 65535)
    with folder.only_one(data_dir), listening(host, port) as listener:
        # The children are told which port it is, where the system chose it.
        environ["WEB_PORT"] = str(listener.getsockname()[1])
        plan = planned(environ)
        Service(plan, data_dir, environ | plan["environ"], listener, began).run()


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Listen on an address; the socket outlives every web process."""
    try:
        listener = listening_socket(host, port)
    except OSError as problem:
        raise CannotStart(
            f"WEB_PORT {port} on WEB_HOST {host} cannot be used "
            f"({problem.strerror}). Choose another, for example WEB_PORT=8001 ./run"
        ) from None
    with listener:
        yield listener


def planned(environ: Mapping[str, str]) -> dict[str, Any]:
    """Let a child read all settings and make the keys; end as it does where it cannot."""
    done = subprocess.run(
        [sys.executable, "-m", "couples", "plan"],
        env=environ,
        stdout=subprocess.PIPE,
        preexec_fn=die_with_parent(os.getpid()),
        check=False,
    )
    if done.returncode:
        sys.exit(1)  # it has said why
    plan: dict[str, Any] = json.loads(done.stdout)
    return plan


@dataclass
class Service:
    """All processes of one service."""

    plan: Mapping[str, Any]
    data_dir: Path
    environ: dict[str, str]
    listener: socket.socket
    began: float = field(default_factory=time.monotonic)
    children: list[Child] = field(default_factory=list)

    def run(self) -> None:
        """Bring everything up, watch over it, and take everything down again."""
        signals = Signals()
        try:
            self.start(signals)
            while not signals.stopping:
                signals.wait(self.keep_running())
        finally:
            self.stop()

    def start(self, signals: Signals) -> None:
        """Start queue and tables, then web, then worker; greet when the first page answers."""
        queue = self.start_queue()
        if not self.plan["is_up_to_date"]:
            self.migrate(signals)
        # The worker waits: on a small machine it would only make the first page later.
        self.add(self.web())
        self.wait_for_page(signals)
        if signals.stopping:
            return
        if queue and not embedded.wait_until_ready(queue):
            raise CannotStart(f"The queue server did not start; see {queue.folder / 'log'}.")
        self.add(self.worker())
        self.greet(time.monotonic() - self.began)

    def greet(self, seconds: float) -> None:
        """Say where to open it; at the very first start what is not set, later the next step."""
        print(f"{self.plan['open_at']} ({seconds:.1f} s)", flush=True)
        mark = self.data_dir / "greeted"
        is_first = not mark.exists()
        if is_first:
            mark.write_text("The first start has been greeted.\n")
        print(self.plan["welcome" if is_first else "again"], flush=True)

    def start_queue(self) -> embedded.Queue | None:
        """Start the embedded queue, where REDIS_URL names none."""
        if not self.plan["brings_queue"]:
            return None
        queue = embedded.plan(self.data_dir)
        self.add(embedded.child(queue))
        self.environ["REDIS_URL_FILE"] = str(queue.folder / embedded.URL_FILE)
        return queue

    def add(self, child: Child) -> Child:
        """Start a child and remember it."""
        self.children.append(child)
        child.start()
        return child

    def migrate(self, signals: Signals) -> None:
        """Bring the tables up to date in a child, which gives its memory back."""
        child = subprocess.Popen(
            [sys.executable, "-m", "couples", "migrate", "--quiet"],
            env=self.environ,
            start_new_session=True,
            preexec_fn=die_with_parent(os.getpid()),  # noqa: PLW1509 - we run no threads
        )
        while child.poll() is None:
            signals.wait(1)
            if signals.stopping:
                child.terminate()
        if child.returncode and not signals.stopping:
            raise CannotStart("The database is not ready; the reason stands above.")

    def web(self) -> Child:
        """Return the web server's child."""
        handle = self.listener.fileno()
        command = [sys.executable, "-m", "couples", "web", "--fd", str(handle)]
        return Child("web", command, self.environ, listen=handle)

    def worker(self) -> Child:
        """Return the child that works and keeps the clock."""
        place = self.data_dir / "clock"
        place.mkdir(mode=0o700, exist_ok=True)
        command = [sys.executable, "-m", "tasks", str(place / "schedule")]
        return Child("worker", command, self.environ)

    def wait_for_page(self, signals: Signals) -> None:
        """Wait until the web server answers; give up where a child keeps dying, or in the end."""
        end = time.monotonic() + PATIENCE
        while not signals.stopping and (complaint := self.complaint()):
            self.keep_running()
            for child in self.children:
                if child.deaths >= TRIES:
                    words = f"see {child.words}" if child.words else "its last words stand above"
                    raise CannotStart(f"The {child.name} server did not start; {words}.")
            if time.monotonic() > end:
                raise CannotStart(f"The pages do not answer: {complaint}.")
            signals.wait(0.05)

    def complaint(self) -> str | None:
        """Return what is wrong with the health page; nothing when it answers well."""
        return complaint(self.listener.getsockname()[:2], self.plan["public_host"], 2)

    def keep_running(self) -> float | None:
        """Start dead children again; return the seconds until one may be started."""
        waits = [child.keep_running() for child in self.children]
        return min((wait for wait in waits if wait is not None), default=None)

    def stop(self) -> None:
        """End web and worker first, which still need the queue."""
        ordered = [child for child in self.children if child.name != "queue"]
        for child in ordered:
            child.ask_to_stop()
        for child in ordered:
            child.wait_or_kill()
        for child in self.children:
            child.ask_to_stop()
            child.wait_or_kill()


def complaint(address: tuple[str, int], host: str, seconds: float) -> str | None:
    """Return why nobody is answered properly at an address; nothing when `/readyz` says 200."""
    # Where somebody listens everywhere, they are asked here.
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # nosec B104
    name = here.get(address[0], address[0])
    # A client of HTTP would bring TLS along, and stay.
    try:
        with socket.create_connection((name, address[1]), timeout=seconds) as wire:
            wire.sendall(f"GET /readyz HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
            words = wire.makefile("rb").readline(99).split()
    except OSError as problem:
        return str(problem) or type(problem).__name__
    status = words[1].decode("ascii", "replace") if len(words) > 1 else "nothing"
    return None if status == "200" else f"/readyz answers {status}"
