"""What one step of the audit found, and the summary of all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
FOLDER = HOME / "var" / "audit"


class NotAsked(Exception):
    """A tool could not be installed, or could not be asked; says why in a sentence."""


@dataclass(frozen=True)
class Outcome:
    """How much one step looked at, and what it found."""

    looked_at: str
    findings: list[str]


def line(name: str, outcome: Outcome | NotAsked, seconds: float) -> str:
    """Return one line of the summary."""
    if isinstance(outcome, NotAsked):
        return f"{name:22}NOT ASKED      {seconds:6.1f} s  {outcome}"
    count = len(outcome.findings)
    word = f"{count} finding{'' if count == 1 else 's'}"
    return f"{name:22}{word:15}{seconds:6.1f} s  {outcome.looked_at}"


def verdict(outcomes: list[Outcome | NotAsked]) -> tuple[int, str]:
    """Return the exit code and the last line: only what was asked can have passed."""
    missing = sum(isinstance(one, NotAsked) for one in outcomes)
    found = sum(len(one.findings) for one in outcomes if isinstance(one, Outcome))
    said = f"audit: {len(outcomes) - missing} steps asked, {found} findings, {missing} not asked"
    return (1 if found else 2 if missing else 0), said
