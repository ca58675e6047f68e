"""The list of erased accounts: a file apart from the database and its backups (rule S5).

A line holds a fingerprint, which only the keys make from a person's id, and a day. Whoever puts an
older backup back finds by it who must not come back with it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from couples import disk
from couples.sealing import KeyRing

LINE = re.compile(r"([0-9a-f]{64}) \d{4}-\d\d-\d\d")


def mark_of(ring: KeyRing, person_id: str) -> str:
    """Return what stands in the list for a person; no address has the same fingerprint."""
    return ring.index(f"erased {person_id}")


def read(path: Path) -> frozenset[str]:
    """Return the marks in the list; a line that was cut off is none. Raises OSError."""
    try:
        text = path.read_text("ascii", "replace")
    except FileNotFoundError:
        return frozenset()
    return frozenset(found[1] for line in text.splitlines() if (found := LINE.fullmatch(line)))


def add(path: Path, marks: Iterable[str], day: date) -> None:
    """Put marks at the end of the list, on the disk before this returns. Raises OSError."""
    lines = "".join(f"{mark} {day.isoformat()}\n" for mark in marks).encode()
    if not lines:
        return
    is_new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "rb+", buffering=0) as file:
        # Several processes write it; where a power cut left half a line, a new one begins.
        fcntl.flock(file, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        begun = end > 0 and os.pread(handle, 1, end - 1) != b"\n"
        os.write(handle, b"\n" + lines if begun else lines)
        os.fsync(handle)
    if is_new:
        disk.settle(path.parent)


def check(path: Path) -> None:
    """Raise OSError where the list cannot be read, or could not be written; nothing is."""
    read(path)
    place = path if path.exists() else path.parent
    if not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
