"""What can be nothing but a note on another server: one's answers by year, and other words.

A note's mark follows from what is in the file: the same part of it is there once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from couples.db import key_ring
from couples.privacy.export.labels import TITLES
from couples.privacy.export.readable import Line, line_of
from couples.privacy.forms import LONGEST

# What becomes a note as a whole; rounds become one for each year.
WHOLE = (
    "clearing_the_air", "what_i_heard", "suggestions", "moves", "begun", "promises", "terms",
    "versions", "signatures", "review_answers", "for_the_review", "longer_looks", "own_questions",
    "agenda_items", "steps",
)  # fmt: skip
ID_LENGTH = 22


@dataclass(frozen=True, slots=True, repr=False)
class NewNote:
    """A note to be begun under this id, unless it is there."""

    id: str
    words: str


def notes_from(person_id: str, own: Mapping[str, Any]) -> Iterator[NewNote]:
    """Give every note a file is good for: private ones, and what else was written or answered."""
    for note in own["notes"]:
        if note["words"]:
            yield from new_notes(person_id, "note", note["words"], note["words"])
    for year in sorted({one["opened_at"][:4] for one in own["rounds"]}):
        rounds = [one for one in own["rounds"] if one["opened_at"].startswith(year)]
        yield from _as_note(person_id, "rounds", rounds, year)
    for key in WHOLE:
        yield from _as_note(person_id, key, own[key])


def _as_note(person_id: str, key: str, value: Any, year: str = "") -> Iterator[NewNote]:
    line = line_of(key, value)
    if line is not None:
        heading = _("%(what)s, %(year)s", what=line.label, year=year) if year else line.label
        text = "\n\n".join([heading, *map(_written, line.lines)])
        yield from new_notes(person_id, key, value, text)


def of_need(person_id: str, need: Mapping[str, Any]) -> Iterator[NewNote]:
    """Give the note of a need for which there is no room, or that is being written already."""
    line = line_of("needs", [need])
    if line is not None:
        text = "\n\n".join([str(TITLES["needs"]), *map(_written, line.lines)])
        yield from new_notes(person_id, "need", need, text)


def of_reflection(person_id: str, reflection: Mapping[str, Any]) -> Iterator[NewNote]:
    """Give the note of two answers beside which others stand already."""
    line = line_of("reflection", reflection)
    if line is not None:
        text = "\n\n".join([line.label, *map(_written, line.lines)])
        yield from new_notes(person_id, "reflection", reflection, text)


def _written(line: Line, indent: str = "") -> str:
    """Return a line with everything under it, as text."""
    if not line.lines:
        label = f"{line.label}: " if line.label else ""
        return f"{indent}{label}{line.text}"
    head = [f"{indent}{line.label}:"] if line.label else []
    deeper = indent + "  " if head else indent
    return "\n".join([*head, *(_written(each, deeper) for each in line.lines)])


def new_notes(person_id: str, key: str, value: Any, text: str) -> Iterator[NewNote]:
    """Give a text as notes that fit; what is too long for one goes on in the next."""
    written = json.dumps([person_id, key, value], ensure_ascii=False, sort_keys=True)
    for place, words in enumerate(pieces(text, LONGEST)):
        found = key_ring().index(f"taken in:{place}:{written}")
        yield NewNote(found[:ID_LENGTH], words)


def pieces(text: str, most: int) -> Iterator[str]:
    """Cut a text where a thing or a line ends, so that no piece is longer; nothing gets lost."""
    while len(text) > most:
        ends = (text.rfind(sign, 1, most) for sign in ("\n\n", "\n", " "))
        end = next((found for found in ends if found > most // 2), most)
        yield text[:end]
        text = text[end:].lstrip("\n")
    if text.strip():
        yield text
