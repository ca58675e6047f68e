"""What changed between two texts, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\w+(?:[’'-]\w+)*|\s+|[^\w\s]")

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: Kind
    text: str


def word_difference(old: str, new: str) -> tuple[Piece, ...]:
    """Return the way from one text to the other; joined without what came, it is the old one."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return tuple(_joined(_pieces(steps, before, after)))


def _pieces(
    steps: Sequence[tuple[str, int, int, int, int]], before: list[str], after: list[str]
) -> Iterator[Piece]:
    for step, start, end, new_start, new_end in steps:
        if step == "equal":
            yield Piece("same", "".join(before[start:end]))
            continue
        yield Piece("removed", "".join(before[start:end]))
        yield Piece("added", "".join(after[new_start:new_end]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join changes with only blanks between them: whole phrases read better than single words."""
    removed = added = ""
    for piece in pieces:
        if piece.kind == "removed":
            removed += piece.text
        elif piece.kind == "added":
            added += piece.text
        elif piece.text.isspace() and removed and added:
            removed, added = removed + piece.text, added + piece.text
        else:
            yield from _changed(removed, added)
            yield piece
            removed = added = ""
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    """Write one change; a blank that both ends share stays outside of it."""
    tail = ""
    while removed and added and removed[-1].isspace() and removed[-1] == added[-1]:
        tail, removed, added = removed[-1] + tail, removed[:-1], added[:-1]
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
    if tail:
        yield Piece("same", tail)
