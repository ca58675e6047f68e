"""What is written so that it outlives a power cut."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_new(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file that must not exist yet, for its owner only, whole or not at all."""
    draft = _draft(path, text, mode)
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
    settle(path.parent)


def replace(path: Path, text: str) -> None:
    """Put a new text in the place of an old one, whole or not at all."""
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
    _draft(path, text, mode).replace(path)
    settle(path.parent)


def _draft(path: Path, text: str, mode: int) -> Path:
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        os.fchmod(file.fileno(), mode)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
