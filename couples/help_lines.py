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
        lines = tuple(_line(line) for line in found["line"])
        checked_on = found.get("checked_on")
    except (OSError, UnicodeDecodeError, KeyError, TypeError, tomllib.TOMLDecodeError) as problem:
        reason = " ".join(str(problem).split())
        raise ValueError(f"HELP_LINES_FILE cannot be used: {reason}.") from problem
    if type(checked_on) is not date and checked_on is not None:
        raise ValueError("HELP_LINES_FILE cannot be used: checked_on must be a day.")
    return HelpLines(lines, checked_on)


def _line(values: dict[str, object]) -> HelpLine:
    """Return one line; each of its values is a text, and an address one that can be followed."""
    if not all(isinstance(value, str) for value in values.values()):
        raise TypeError("every value of a line must be a text")
    line = HelpLine(**values)  # type: ignore[arg-type]
    if line.url and not line.url.startswith(("https://", "http://", "tel:")):
        raise TypeError("a url must begin with https://")
    return line
