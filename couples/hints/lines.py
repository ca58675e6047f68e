"""How phrases are written, one a line, and how the lines become one pattern, in any language.

    you never >> [even|once] GOODDEED !> ... yourself     # said to the other

A name in capitals is a list of words. `(a|b)` is a choice, `[a|b]` may be missing, `...` stands for
up to six words (in German of one clause), `....` for up to eight of any kind, `FEW` for up to two,
`ADV` for little words like "really", `ANYing` for a word that ends so and `~` for any ending. A
line that is indented more goes on from the one above. What follows `>>` has to come next and `!>`
must not, and neither is quoted back. Patterns are built when first asked for: a process that reads
nobody's words pays for none of this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from textwrap import dedent

_OPTIONAL = re.compile(r"\[([^\]]+)\] ")
_LAST = re.compile(r" \[([^\]]+)\]$")
_NAME = re.compile(r"\b[A-Z]{3,}\b")
_FIRST = re.compile(r"([a-z'-]+) (.+)")
_WIDE = r"(?:[^ .?]+ ){0,8}?"
_MARK = re.compile(r" (>>|!>) ")


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """What the signs in a line stand for in one language."""

    lists: Mapping[str, str]
    # Where a clause begins, and up to six words between two others.
    begin: str
    gap: str


def any_of(words: str) -> str:
    """Return a pattern for one of many words; a line between words stands for a blank."""
    return f"(?:{'|'.join(word.replace('_', ' ') for word in words.split())})"


@cache
def _names(book: Book) -> dict[str, str]:
    """Return the pattern that each name in capitals stands for."""
    found = {name: any_of(words) for name, words in book.lists.items() if name.isupper()}
    found |= {"END": "[.?,]", "STOP": "[.?]", "ANY": "[^ ,.?]+"}
    # A list may name another one, as in "make me feel DARK".
    return {name: _NAME.sub(lambda other: found[other[0]], words) for name, words in found.items()}


def compiled(pattern: str, book: Book) -> re.Pattern[str]:
    """Compile a plain pattern in which lists of words are named in capitals."""
    return re.compile(_written_out(pattern, book))


def phrases(lines: str, book: Book, *, begin: bool = False) -> re.Pattern[str]:
    """Compile lines of phrases to one pattern whose group q is what would be quoted."""
    by_first: dict[str, list[str]] = {}
    for line in _joined(lines):
        match = _FIRST.fullmatch(line)
        first, rest = match.groups() if match and match[2][:2] not in {">>", "!>"} else ("", line)
        by_first.setdefault(first, []).append(_line(rest, book))
    groups = [
        f"{first}{' ' if first else ''}(?:{'|'.join(rest)})" for first, rest in by_first.items()
    ]
    return re.compile(f"{book.begin if begin else ''} (?P<q>{'|'.join(groups)})")


def _joined(lines: str) -> list[str]:
    """Return whole lines: one that is indented more goes on from the one above."""
    found: list[str] = []
    for line in dedent(lines).splitlines():
        text = line.partition("#")[0].strip()
        if text and line[0] == " ":
            found[-1] += text if text[0] == "|" else f" {text}"
        elif text:
            found.append(text)
    return found


def _line(text: str, book: Book) -> str:
    """Return the pattern of one line: what is quoted, and what has to follow or must not."""
    parts = _MARK.split(text)
    return _written_out(parts[0], book) + "(?= )" + _after(parts[1:], book)


def _after(parts: list[str], book: Book) -> str:
    """Return looks ahead: whatever stands behind a `>>` is looked for after it."""
    if not parts:
        return ""
    mark, text, rest = parts[0], _written_out(parts[1], book), parts[2:]
    if mark == "!>":
        return f"(?! {text} ){_after(rest, book)}"
    return f"(?= {text}(?= ){_after(rest, book)})"


def _written_out(text: str, book: Book) -> str:
    """Put patterns in the place of signs and names."""
    text = _LAST.sub(r"(?: (?:\1))?", _OPTIONAL.sub(r"(?:(?:\1) )?", text))
    text = re.sub(r"\((?!\?)", "(?:", text)
    text = (
        text.replace(".... ", _WIDE)
        .replace("... ", book.gap)
        .replace("FEW ", r"(?:[^ ,.?]+ ){0,2}?")
    )
    text = text.replace("ANYing", "[^ ,.?]+ing")
    little = _names(book)["ADV"]
    text = text.replace("ADV ", f"(?:{little} ){{0,3}}").removesuffix(" ADV") + (
        f"(?: {little}){{0,3}}" if text.endswith(" ADV") else ""
    )
    text = _NAME.sub(lambda match: _names(book)[match.group()], text)
    return text.replace("~", "[^ ,.?]*")
