"""The only place that asks what time it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

_offset_file: Path | None = None


def use_offset_file(path: Path | None) -> None:
    """Add the number of seconds in this file to the time: how tests move it for all processes."""
    global _offset_file
    _offset_file = path


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC) + _offset()


def _offset() -> timedelta:
    if _offset_file is None:
        return timedelta(0)
    try:
        return timedelta(seconds=float(_offset_file.read_text() or 0))
    except FileNotFoundError:
        return timedelta(0)
