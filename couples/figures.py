"""What a monitor may measure, in Prometheus' form: whether all goes on, and how long pages take.

No name, address, page or act of anybody is in it. On a server of a few, counts alone would tell
one partner when the other was here, so they are left out there (docs/decisions/0034).
"""

from __future__ import annotations

import fcntl
import hmac
import os
import shutil
import struct
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug import exceptions

from couples import alarms, clock, environ, figures_now
from couples.settings import Settings

FOLDER, LOCK = "figures", "lock"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
UNCOUNTED = frozenset({"healthz", "healthz_letters", "readyz"})
# All that one process ever writes down takes some ten kilobytes.
ROOM = 1 << 20
PATIENCE = 60.0


def start(app: Flask, settings: Settings) -> None:
    """Measure, and offer what was measured at /metrics to whoever knows METRICS_TOKEN."""
    if settings.metrics_token is None:
        return
    # No page of the map: to everybody else it is, with any method, the missing page it is not.
    app.before_request(_answer_monitor)
    app.before_request(lambda: setattr(g, "begun", time.perf_counter()))
    app.after_request(_count)
    # Where no folder can be made, pages go on uncounted until the next start.
    app.extensions["figures"] = None
    with suppress(OSError):
        app.extensions["figures"] = Counts(*own_folder(settings.data_dir / FOLDER))


def own_folder(shared: Path) -> tuple[Path, int]:
    """Make a folder for this web server, and give the lock that it and its forks hold on it.

    Folders of servers that have ended are removed: nobody holds theirs.
    """
    shared.mkdir(mode=0o700, parents=True, exist_ok=True)
    # One at a time: a folder that is not locked yet would look like one that was left.
    door = os.open(shared / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        for left in (path for path in shared.iterdir() if path.is_dir()):
            with suppress(OSError):
                os.close(_locked(left))
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(dir=shared))
        return folder, _locked(folder)
    finally:
        os.close(door)


def _locked(folder: Path) -> int:
    """Take the lock of a folder; it lasts until the last process that holds it has ended."""
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


class Counts:
    """What the processes of one web server count, each in a file of its own."""

    def __init__(self, folder: Path, held: int) -> None:
        """Begin with nothing; `held` is the folder's lock."""
        self.folder, self.held = folder, held
        environ.tell_library("PROMETHEUS_MULTIPROC_DIR", str(folder))
        self.histogram = counters()
        # Of which process the file is laid out: a fork needs another.
        self.laid_out_by = 0
        self.again_at = 0.0
        self.lock = threading.Lock()

    def observe(self, kind: str, outcome: str, seconds: float) -> None:
        """Count one answer, or leave it uncounted where there is no room."""
        try:
            if self._has_room():
                self.histogram.labels(kind, outcome).observe(seconds)
        except OSError:
            # A full or broken disk costs figures, and no page: they are worth less.
            self.laid_out_by, self.again_at = 0, time.monotonic() + PATIENCE

    def _has_room(self) -> bool:
        with self.lock:
            if self.laid_out_by == os.getpid():
                return True
            if time.monotonic() < self.again_at:
                return False
            # Set first: after a failure, whichever it is, it is not tried at once.
            self.again_at = time.monotonic() + PATIENCE
            lay_out(self.folder / f"histogram_{os.getpid()}.db")
            self.laid_out_by = os.getpid()
            return True

    def text(self) -> bytes:
        """Give the sums over all processes."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = CollectorRegistry()
        # Nothing is given where a file cannot be read: the sum would be wrong.
        with suppress(OSError, RuntimeError, ValueError, struct.error):
            MultiProcessCollector(registry, str(self.folder))  # type: ignore[no-untyped-call]
            return generate_latest(registry)
        return b""


def lay_out(path: Path) -> None:
    """Write a file's whole room before the library maps it; raises OSError.

    Through a mapping a full disk is no error but the end of the process (SIGBUS), and an empty
    file is one that cannot be read: so it gets its name once it is whole.
    """
    # A process of this number may have ended: its counts go on.
    if path.exists():
        return
    draft = path.with_suffix(".draft")
    try:
        with draft.open("wb") as file:
            file.write(bytes(ROOM))
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def counters() -> Any:
    """Return the histogram of pages; only here is the library loaded, which takes two megabytes."""
    from prometheus_client import CollectorRegistry, Histogram

    return Histogram(
        "pages_answer_seconds",
        "Time until an answer was ready, by kind of page and what became of it.",
        ["kind", "outcome"],
        buckets=BOUNDS,
        registry=CollectorRegistry(),
    )


def _count(response: Response) -> Response:
    counts: Counts | None = current_app.extensions["figures"]
    if counts and "begun" in g and request.endpoint not in UNCOUNTED:
        seconds = time.perf_counter() - g.begun
        counts.observe(kind_of(), outcome_of(response.status_code), seconds)
    return response


def kind_of() -> str:
    """Return the kind of what was asked for: a file, an open page, or one of a person's own."""
    if request.endpoint == "static":
        return "file"
    view = current_app.view_functions.get(request.endpoint or "")
    return "open" if view is None or getattr(view, "open_door", False) else "own"


def outcome_of(status: int) -> str:
    """Return what became of a request; that a form was saved looks like a page that was read."""
    return "answered" if status < 400 else "refused" if status < 500 else "failed"


def _answer_monitor() -> ResponseReturnValue | None:
    """Give all figures to whoever knows the token; to others there is no such page (rule S7)."""
    settings: Settings = current_app.extensions["settings"]
    # A host that is not ours is refused as for every page.
    is_missing = isinstance(request.routing_exception, exceptions.NotFound)
    if not is_missing or request.path != "/metrics" or request.method not in {"GET", "HEAD"}:
        return None
    said = _said()
    # As bytes: a header may hold anything, and only ASCII text can be compared.
    if hmac.compare_digest(said.encode(), (settings.metrics_token or "").encode()):
        return metrics(settings)
    if said:
        alarms.tried("figures with a wrong token")
    return None


def metrics(settings: Settings) -> ResponseReturnValue:
    """Give what is at this moment and, where there are many accounts, what has added up."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    counts: Counts | None = current_app.extensions["figures"]
    now = figures_now.Now(settings, clock.now())
    registry = CollectorRegistry()
    registry.register(now)
    text = generate_latest(registry)
    if counts and now.are_many:
        text += counts.text()
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def _said() -> str:
    """Return the token a request came with, empty where it came with none."""
    given = request.authorization
    return (given.token or "") if given is not None and given.type == "bearer" else ""
