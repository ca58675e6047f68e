"""Child processes: started so that they end with their parent, started again when they die."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from couples import logs

log = logs.named("couples")
PR_SET_PDEATHSIG = 1
LONGEST_WAIT = 30.0
# A child that has run this long counts as healthy again.
HEALTHY_AFTER = 60.0
# One that refuses what it finds ends within this time.
BRIEF = 10.0


def die_with_parent(parent: int) -> Callable[[], None]:
    """Return what a child calls first so that the kernel ends it when `parent` dies (Linux)."""
    control = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def tie() -> None:
        if control is None:
            return
        control(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we were tied to it
            os._exit(1)

    return tie


def listening_socket(host: str, port: int) -> socket.socket:
    """Listen on an address; OSError where somebody else does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(1024)
    return listener


@dataclass
class Child:
    """One child process that is kept running.

    `listen` is a socket it inherits, `feed` what it reads from standard input, `words` the file
    for what it says (else it speaks where the supervisor does), `grace` its seconds to finish.
    """

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    listen: int | None = None
    feed: bytes | None = None
    words: Path | None = None
    grace: float = 10.0
    # What may mend it where it ended by itself as soon as it was started.
    mend: Callable[[], None] | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started_at: float = 0.0
    deaths: int = 0
    asked_at: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches the supervisor alone."""
        self.started_at = time.monotonic()
        with self.words.open("wb") if self.words else contextlib.nullcontext() as words:
            self.process = subprocess.Popen(
                self.command,
                env=self.environ,
                stdin=subprocess.PIPE if self.feed else subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                pass_fds=() if self.listen is None else (self.listen,),
                start_new_session=True,
                preexec_fn=die_with_parent(os.getpid()),  # noqa: PLW1509 - we run no threads
            )
        # One that has died by now is found dead by whoever watches.
        with contextlib.suppress(BrokenPipeError):
            self._feed()

    def _feed(self) -> None:
        if self.feed and self.process and self.process.stdin:
            with self.process.stdin as mouth:
                mouth.write(self.feed)

    @property
    def is_running(self) -> bool:
        """Whether it runs now."""
        return self.process is not None and self.process.poll() is None

    def next_start(self) -> float:
        """Return when a dead child is started again: later after each death in a row."""
        return self.started_at + min(LONGEST_WAIT, 0.25 * float(1 << min(self.deaths, 10)))

    def keep_running(self) -> float | None:
        """Start it again where it has died and waited; return the seconds still to wait."""
        if self.is_running:
            return None
        if self.process is not None:
            self._bury()
        wait = self.next_start() - time.monotonic()
        if wait > 0:
            return wait
        self.start()
        return None

    def _bury(self) -> None:
        lived = time.monotonic() - self.started_at
        self.deaths = 1 if lived > HEALTHY_AFTER else self.deaths + 1
        code = self.process.returncode if self.process else None
        log.warning("a child ended; it is started again", child=self.name, status=code)
        if self.mend and code and code > 0 and lived < BRIEF:
            self.mend()
        self.process = None

    def ask_to_stop(self) -> None:
        """Ask it to finish what it does and end."""
        self.asked_at = time.monotonic()
        if self.process is not None and self.is_running:
            self.process.terminate()

    def wait_or_kill(self) -> None:
        """Wait for its end within its grace from when it was asked, then make it end."""
        if self.process is None:
            return
        try:
            # Those who were asked together end together: no waiting comes on top of another's.
            self.process.wait(max(0.1, self.asked_at + self.grace - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("a child did not end; it is killed", child=self.name, seconds=self.grace)
            self.process.kill()
            self.process.wait()


class Signals:
    """What wakes the supervisor: a child's end, or the wish to stop."""

    def __init__(self) -> None:
        """Listen from now on."""
        self.reader, writer = os.pipe()
        for end in (self.reader, writer):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def wait(self, seconds: float | None) -> None:
        """Sleep until a signal comes or the time is over."""
        import select

        if select.select([self.reader], [], [], seconds)[0]:
            os.read(self.reader, 1024)
