"""What can be nothing but a note on another server: one's answers by year, and other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from couples.privacy.export.labels import TITLES
from couples.privacy.export.readable import Line, line_of
from couples.privacy.forms import LONGEST

# What becomes a note as a whole; rounds become one for each year.
WHOLE = (
    "clearing_the_air", "what_i_heard", "suggestions", "moves", "begun", "promises", "terms",
    "versions", "signatures", "review_answers", "for_the_review", "longer_looks", "own_questions",
    "agenda_items", "steps",
)  # fmt: skip


def notes_from(own: Mapping[str, Any]) -> Iterator[str]:
    """Give every note a file is good for: private ones, and what else was written or answered."""
    for note in own["notes"]:
        if note["words"]:
            yield from pieces(note["words"], LONGEST)
    for year in sorted({one["opened_at"][:4] for one in own["rounds"]}):
        rounds = [one for one in own["rounds"] if one["opened_at"].startswith(year)]
        yield from _as_note("rounds", rounds, year)
    for key in WHOLE:
        yield from _as_note(key, own[key])


def _as_note(key: str, value: Any, year: str = "") -> Iterator[str]:
    line = line_of(key, value)
    if line is not None:
        heading = _("%(what)s, %(year)s", what=line.label, year=year) if year else line.label
        text = "\n\n".join([heading, *map(_written, line.lines)])
        yield from pieces(text, LONGEST)


def of_need(need: Mapping[str, Any]) -> Iterator[str]:
    """Give the note of a need for which there is no room, or that is being written already."""
    line = line_of("needs", [need])
    if line is not None:
        text = "\n\n".join([str(TITLES["needs"]), *map(_written, line.lines)])
        yield from pieces(text, LONGEST)


def of_reflection(reflection: Mapping[str, Any]) -> Iterator[str]:
    """Give the note of two answers beside which others stand already."""
    line = line_of("reflection", reflection)
    if line is not None:
        text = "\n\n".join([line.label, *map(_written, line.lines)])
        yield from pieces(text, LONGEST)


def _written(line: Line, indent: str = "") -> str:
    """Return a line with everything under it, as text."""
    if not line.lines:
        label = f"{line.label}: " if line.label else ""
        return f"{indent}{label}{line.text}"
    head = [f"{indent}{line.label}:"] if line.label else []
    deeper = indent + "  " if head else indent
    return "\n".join([*head, *(_written(each, deeper) for each in line.lines)])


def pieces(text: str, most: int) -> Iterator[str]:
    """Cut a text where a thing or a line ends, so that no piece is longer; nothing gets lost."""
    while len(text) > most:
        ends = (text.rfind(sign, 1, most) for sign in ("\n\n", "\n", " "))
        end = next((found for found in ends if found > most // 2), most)
        yield text[:end]
        text = text[end:].lstrip("\n")
    if text.strip():
        yield text
