"""Which states are looked at: one of every page always, all of them with `--soak`."""

from __future__ import annotations

from gallery.shapes import State
from gallery.states import STATES

# A part is as much as one worker looks at in one go.
SIZE = 8
# Whose frame is compared as well: somebody who is signed in, and nobody yet.
FRAMED = ("overview", "front", "start")
# A letter as it was mailed, an exported file, and a page of few words that 503-typed stands for.
NO_PAGES = {"letter-html", "export-file", "413"}


def sample() -> list[State]:
    """Return the first state of every page and address."""
    first: dict[tuple[str, str], State] = {}
    for state in STATES:
        if state.key not in NO_PAGES and not state.is_file:
            first.setdefault((state.page, state.path.partition("?")[0]), state)
    return list(first.values())


def rest() -> list[State]:
    """Return all the other states."""
    chosen = {state.key for state in sample()} | NO_PAGES
    return [state for state in STATES if state.key not in chosen and not state.is_file]


def in_parts(states: list[State], size: int = SIZE) -> list[list[State]]:
    """Return states in parts that each hold one section's, in their order."""
    parts: list[list[State]] = []
    for state in states:
        if not parts or len(parts[-1]) == size or parts[-1][0].section != state.section:
            parts.append([])
        parts[-1].append(state)
    return parts
