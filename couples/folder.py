"""The folder for everything that is kept: for its owner only, used by one service at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from couples.settings import BadSetting


class InUse(Exception):
    """Another process works with the folder; its text says what to do."""


def make(data_dir: Path) -> None:
    """Make the folder, or close it to others where it is there."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        data_dir.chmod(0o700)
    except OSError as problem:
        reason = problem.strerror
        raise BadSetting(f"DATA_DIR names {data_dir}, which cannot be used: {reason}.") from None


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
