"""People to talk to, as the help page shows them: a file an operator can replace."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

BUNDLED = Path(__file__).with_name("help_lines.toml")


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One place to turn to."""

    name: str
    country: str
    phone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class HelpLines:
    """All of them, and the day they were last checked."""

    lines: tuple[HelpLine, ...]
    checked_on: date | None


def read(path: Path | None) -> HelpLines:
    """Read the operator's file, or the bundled one; raise ValueError where it cannot be used."""
    try:
        found = tomllib.loads((path or BUNDLED).read_text(encoding="utf-8"))
        lines = tuple(HelpLine(**line) for line in found["line"])
        return HelpLines(lines, found.get("checked_on"))
    except (OSError, UnicodeDecodeError, KeyError, TypeError, tomllib.TOMLDecodeError) as problem:
        raise ValueError(f"HELP_LINES_FILE cannot be used: {problem}") from problem
