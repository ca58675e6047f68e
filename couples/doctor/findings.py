"""What a check finds: one line for an operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

Mark = Literal["ok", "BAD", "note"]
BAD: Mark = "BAD"


@dataclass(frozen=True, slots=True)
class Finding:
    """How it is, and in words what it is and what to do."""

    mark: Mark
    words: str


def ok(words: str) -> Finding:
    """Say what works."""
    return Finding("ok", words)


def bad(words: str) -> Finding:
    """Say what does not work, and what to do."""
    return Finding("BAD", words)


def note(words: str) -> Finding:
    """Say what is worth knowing, or could not be asked."""
    return Finding("note", words)


def in_words(time: timedelta) -> str:
    """Return a length of time as somebody would say it."""
    seconds = max(0, round(time.total_seconds()))
    for name, unit in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * unit:
            return f"{seconds // unit} {name}s"
    return f"{seconds} seconds"
