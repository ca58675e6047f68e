"""People to talk to, as the help page shows them: a file an operator can replace."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from couples.languages import base_of

BUNDLED = Path(__file__).with_name("help_lines.toml")
# Numbers change: after this the page says itself that its list is old, and `doctor` too.
STALE_AFTER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One place to turn to."""

    name: str
    country: str
    phone: str = ""
    url: str = ""
    # The languages for whose readers it comes first; none: it is for everybody.
    languages: tuple[str, ...] = ()
    # What `country` says in other languages, in pairs.
    country_in: tuple[tuple[str, str], ...] = ()

    def read_in(self, language: str) -> HelpLine:
        """Return the line as readers of a language see it; its name is what it calls itself."""
        said = dict(self.country_in)
        base = said.get(base_of(language), self.country)
        return replace(self, country=said.get(language, base))


@dataclass(frozen=True, slots=True)
class HelpLines:
    """All of them, and the day they were last checked."""

    lines: tuple[HelpLine, ...]
    checked_on: date | None

    def for_reader(self, language: str) -> list[HelpLine]:
        """Return the reader's own lines first, then those for everybody, then the others."""
        places = {True: 0, False: 2}
        found = sorted(
            self.lines,
            key=lambda line: places[language in line.languages] if line.languages else 1,
        )
        return [line.read_in(language) for line in found]

    def is_stale(self, today: date) -> bool:
        """Whether nobody has looked for a year, or nobody says when they did."""
        return self.checked_on is None or today - self.checked_on > STALE_AFTER


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
    languages, country_in = values.pop("languages", []), values.pop("country_in", {})
    if not isinstance(languages, list):
        raise TypeError("languages must be a list")
    if not isinstance(country_in, dict):
        raise TypeError("country_in must be a table by language")
    texts = [*values.values(), *languages, *country_in.values()]
    if not all(isinstance(value, str) for value in texts):
        raise TypeError("every value of a line must be a text")
    lists = {"languages": tuple(languages), "country_in": tuple(country_in.items())}
    line = HelpLine(**values, **lists)  # type: ignore[arg-type]
    if line.url and not line.url.startswith(("https://", "http://", "tel:")):
        raise TypeError("a url must begin with https://")
    return line
