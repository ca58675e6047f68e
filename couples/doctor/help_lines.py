"""How old the list of people to talk to is."""

from __future__ import annotations

from collections.abc import Iterator

from couples import clock
from couples.doctor.findings import Finding, note, ok
from couples.settings import Settings


def check(settings: Settings) -> Iterator[Finding]:
    """Say when it was last checked, and what to do where that is long ago."""
    found = settings.help_lines
    if not found.is_stale(clock.now().date()):
        yield ok(f"The help lines were checked on {found.checked_on}.")
        return
    when = f"on {found.checked_on}" if found.checked_on else "nobody has noted when"
    yield note(
        f"The help lines were last checked: {when}. Compare each with what it publishes itself, "
        "and write the day into checked_on of HELP_LINES_FILE."
    )
