"""The folder for everything that is kept: for its owner only, used by one service at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from couples.settings_reader import BadSetting

# What the database writes at once at the least.
PROBE = 4096
OTHERS = 0o077
# The instant of the last backup, written by it.
LAST_BACKUP = "last_backup"
OURS = (
    "clock", "erased", "figures", "greeted", LAST_BACKUP, "letters", "lock", "pages.db", "queue",
    "secret_key", "sealing_keys",
)  # fmt: skip


class InUse(Exception):
    """Another process works with the folder; its text says what to do."""


def make(data_dir: Path) -> None:
    """Make the folder, or close it to others where it is there. Raises BadSetting."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        _close_to_others(data_dir)
        try_writing(data_dir)
    except OSError as problem:
        raise _unusable(data_dir, str(problem.strerror)) from None


def _close_to_others(data_dir: Path) -> None:
    """Take it for ourselves; one with other people's things is left as it is (`DATA_DIR=/var`)."""
    if not data_dir.stat().st_mode & OTHERS:
        return
    found = {path.name for path in data_dir.iterdir()} - {"lost+found"}
    if found and found.isdisjoint(OURS):
        raise _unusable(
            data_dir, "others may enter it and it holds other things; name a folder of its own"
        )
    data_dir.chmod(0o700)


def _unusable(data_dir: Path, why: str) -> BadSetting:
    return BadSetting(f"DATA_DIR names {data_dir}, which cannot be used: {why}.")


def try_writing(data_dir: Path) -> None:
    """Write a little and take it away again. Raises OSError: the disk is full, or read-only."""
    probe = data_dir / f".probe.{os.urandom(4).hex()}"
    try:
        probe.write_bytes(bytes(PROBE))
    finally:
        probe.unlink(missing_ok=True)


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the folder's lock; refuse where another process holds it."""
    handle = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle, data_dir)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, data_dir: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InUse(
            f"The service already runs on {data_dir}. Stop it first; to start a second one, set "
            "another DATA_DIR and another WEB_PORT."
        ) from None
