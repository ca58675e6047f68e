"""What a check finds: one line for an operator."""

from __future__ import annotations

from dataclasses import dataclass
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
