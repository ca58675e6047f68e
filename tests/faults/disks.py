"""A disk that gets full, or can only be read: a small one of its own where we may mount one.

Elsewhere, and where its files are open, SQLite itself is told of a limit, or that it may not write;
it answers in the same words.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

SIZE = 6 * 1024 * 1024
CHUNK = bytes(4096)


def mounted(folder: Path, size: int = SIZE) -> bool:
    """Lay a small disk over a folder, where this is allowed."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "pages-test", str(folder)]
    with suppress(OSError):
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    return False


@dataclass
class Disk:
    """A folder on a disk that can be filled, closed to writers, and given back."""

    folder: Path
    is_own: bool
    pragmas: list[str] = field(default_factory=list)

    def watch(self, engine: Engine) -> None:
        """Let every connection from now on be held to what the disk is like."""

        def hold(connection: Any, _record: object, _proxy: object) -> None:
            for pragma in self.pragmas:
                connection.execute(f"PRAGMA {pragma}")

        event.listen(engine, "checkout", hold)

    def fill(self) -> None:
        """Leave no room, not even what the write-ahead log has for itself."""
        if self.is_own:
            with (self.folder / "ballast").open("ab", buffering=0) as file, suppress(OSError):
                while True:
                    os.write(file.fileno(), CHUNK)
        self.pragmas = [] if self.is_own else ["max_page_count=1"]

    def make_room(self) -> None:
        """Give the room back."""
        (self.folder / "ballast").unlink(missing_ok=True)
        self.pragmas = [] if self.is_own else ["max_page_count=1073741823"]

    def close_to_writers(self) -> None:
        """Let nobody write any more, whoever has its files open: no mount allows that."""
        self.pragmas = ["query_only=ON"]

    def open_to_writers(self) -> None:
        """Let everybody write again."""
        self.pragmas = ["query_only=OFF"]

    def remount(self, how: str) -> None:
        """Make all of it read-only ("ro"), or not ("rw"), while nobody has it open."""
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True)


@contextmanager
def disk_in(folder: Path, size: int = SIZE) -> Iterator[Disk]:
    """Give a disk of its own in a folder."""
    folder.mkdir()
    is_own = mounted(folder, size)
    try:
        yield Disk(folder, is_own)
    finally:
        if is_own:
            # What still has a file open there keeps it until it ends.
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
