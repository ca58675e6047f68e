"""`couples up`: the whole service from one command, and nothing left behind when it ends.

The supervisor stays small: it imports neither the application nor the database layer, so what
needs them (migrating, serving, working) runs in children.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from couples import embedded, folder, freshness, greeting, keys
from couples.processes import Child, Signals, die_with_parent
from couples.settings import Reader, Settings, process_environ

# Web processes that die this often before answering once are not worth another try.
TRIES = 3
# As long as the first page may take on a small machine that has other work too.
PATIENCE = 60.0


class CannotStart(Exception):
    """The service did not come up; its text says why."""


def up() -> None:
    """Start everything, say where to open it, keep it running until Ctrl-C or SIGTERM."""
    os.umask(0o077)
    environ = process_environ()
    data_dir = Reader(environ).data_dir()
    folder.make(data_dir)
    with folder.only_one(data_dir):
        keys.ensure(environ)
        environ = process_environ()
        settings = Settings.from_environ(environ)
        with listening(settings) as listener:
            Service(settings, environ, listener).run()


@contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """Listen on WEB_HOST and WEB_PORT; the socket outlives every web process."""
    from couples.serving import listening_socket

    try:
        listener = listening_socket(settings.web_host, settings.web_port)
    except OSError as problem:
        raise CannotStart(
            f"WEB_PORT {settings.web_port} on WEB_HOST {settings.web_host} cannot be used "
            f"({problem.strerror}). Choose another, for example WEB_PORT=8001 ./run"
        ) from None
    with listener:
        yield listener


@dataclass
class Service:
    """All processes of one service."""

    settings: Settings
    environ: dict[str, str]
    listener: socket.socket
    children: list[Child] = field(default_factory=list)

    def run(self) -> None:
        """Bring everything up, watch over it, and take everything down again."""
        signals = Signals()
        self.point_to_port()
        try:
            self.start(signals)
            while not signals.stopping:
                signals.wait(self.keep_running())
        finally:
            self.stop()

    def point_to_port(self) -> None:
        """Tell the children which port it is, where the system chose it."""
        port = self.listener.getsockname()[1]
        self.environ["WEB_PORT"] = str(port)
        self.settings = Settings.from_environ(self.environ)

    def start(self, signals: Signals) -> None:
        """Start queue and tables, then web, then worker; greet when the first page answers."""
        began = time.monotonic()
        queue = self.start_queue()
        if not freshness.is_up_to_date(self.settings):
            self.migrate(signals)
        # The worker waits: on a small machine it would only make the first page later.
        self.add(self.web())
        self.wait_for_page(signals)
        if signals.stopping:
            return
        if queue and not embedded.wait_until_ready(queue):
            raise CannotStart(f"The queue server did not start; see {queue.folder / 'log'}.")
        self.add(self.worker())
        greeting.say(self.settings, time.monotonic() - began)

    def start_queue(self) -> embedded.Queue | None:
        """Start the embedded queue, where REDIS_URL names none."""
        if self.settings.redis_url:
            return None
        queue = embedded.plan(self.settings.data_dir)
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
        place = self.settings.data_dir / "clock"
        place.mkdir(mode=0o700, exist_ok=True)
        command = [
            sys.executable, "-m", "celery", "--quiet", "-A", "tasks", "worker",
            "--pool", "threads", "--concurrency", str(self.settings.worker_threads),
            "--clock", str(place / "schedule"), "--loglevel", "WARNING",
            "--without-gossip", "--without-mingle", "--without-heartbeat",
        ]  # fmt: skip
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
        return complaint(self.listener.getsockname()[:2], self.settings.public_host, 2)

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
    """Return what is wrong with the health page at an address; nothing when it answers 200."""
    # Where somebody listens everywhere, they are asked here.
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # nosec B104
    name = here.get(address[0], address[0])
    connection = http.client.HTTPConnection(name, address[1], timeout=seconds)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as problem:
        return str(problem) or type(problem).__name__
    finally:
        connection.close()
    return None if status == 200 else f"/healthz answers {status}"
