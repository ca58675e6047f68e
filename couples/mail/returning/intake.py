"""Where mail that came back comes in: a pipe, a file, or a Maildir that something else fills."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from couples.mail.returning.reports import MOST_BYTES
from couples.mail.returning.returns import handle


def take(stream: BinaryIO, now: datetime) -> None:
    """Take one message; what is too big to be a report is read to its end and left."""
    raw = stream.read(MOST_BYTES + 1)
    # A mail server whose pipe closes early would think that the message was not taken.
    while stream.read(MOST_BYTES):
        pass
    handle(raw, now)


def take_file(path: Path, now: datetime) -> None:
    """Take the message in a file, which stays as it is."""
    with path.open("rb") as stream:
        take(stream, now)


def take_maildir(folder: Path, now: Callable[[], datetime]) -> int:
    """Take every new message of a Maildir, and move each to the read ones; return how many."""
    count = 0
    for path in _new(folder):
        take_file(path, now())
        path.rename(folder / "cur" / f"{path.name.partition(':')[0]}:2,S")
        count += 1
    return count


def _new(folder: Path) -> Iterator[Path]:
    found = sorted(path for path in (folder / "new").iterdir() if not path.name.startswith("."))
    yield from (path for path in found if path.is_file())
