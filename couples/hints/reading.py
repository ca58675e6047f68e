"""How a text is read: in sentences of plain lower-case words that know where they stood.

Apostrophes are made alike, short forms are written out ("you're", "youre", "you are"), blanks are
single and quoted words are hidden, so that one pattern meets every way of typing the same thing.
Everything here goes through the text once; nothing backtracks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'"})
TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?|\x00+|[.!?…\n]+|[,;:()–—]|--+|- ")
# What opens a quotation, and what may close it.
CLOSING = {
    '"': '"', "“": "”", "„": '“”"', "«": "»", "»": "«", "‘": "’", "‚": "‘’'", "'": "'",
}  # fmt: skip
HIDDEN, HIDDEN_WORD = "\x00", "_"


@dataclass(frozen=True, slots=True, repr=False)
class Sentence:
    """Plain words between blanks, and for each letter the place it has in the text."""

    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    text: str

    def quote(self, start: int, end: int) -> str:
        """Return what was typed for a stretch of the plain words, on one line and not too long."""
        while start < end and self.plain[start] in " ,":
            start += 1
        while end > start and self.plain[end - 1] in " ,.?":
            end -= 1
        words = self.text[self.starts[start] : self.ends[max(start, end - 1)]].split()
        short = " ".join(words[:7])
        return f"{short[:60].rstrip()} …" if len(words) > 7 or len(short) > 60 else short

    @property
    def typed(self) -> str:
        """Return the sentence as it was typed."""
        return self.text[self.starts[0] : self.ends[-1]]


def read(text: str, plain: Callable[[str], str], *, quoted: bool = False) -> list[Sentence]:
    """Return the sentences of a text, its words made `plain`; quoted ones hidden by default."""
    shown = text if quoted else without_quotes(text)
    shown = shown.translate(APOSTROPHES)
    found: list[Sentence] = []
    tokens: list[tuple[str, int, int]] = []
    for match in TOKEN.finditer(shown):
        word, start, end = match.group(), match.start(), match.end()
        if word[0] in ".!?…\n":
            tokens.append(("?" if "?" in word else ".", start, end))
            if not _inside(shown, word, end):
                found += _sentence(text, tokens)
                tokens = []
        else:
            tokens.append((_sign(word) or plain(word), start, end))
    return found + _sentence(text, tokens)


def _inside(shown: str, mark: str, end: int) -> bool:
    """Tell whether a mark ends no sentence: three dots in mid-sentence, or the dot in 7.30."""
    after = shown[end : end + 2].lstrip()[:1]
    return "\n" not in mark and (
        (mark == "." and end < len(shown) and not shown[end].isspace())
        or (mark in {"…", "..."} and after.islower())
    )


def _sign(word: str) -> str:
    """Return what stands for a comma, a dash or hidden words; nothing for a word."""
    if word[0] in ",;:()–—-":
        return ","
    return HIDDEN_WORD if word[0] == HIDDEN else ""


def _sentence(text: str, tokens: list[tuple[str, int, int]]) -> list[Sentence]:
    """Join tokens to a sentence; none where there is no word among them."""
    if not any(word not in {",", ".", "?", HIDDEN_WORD} for word, _, _ in tokens):
        return []
    if tokens[-1][0] not in {".", "?"}:
        tokens = [*tokens, (".", tokens[-1][2], tokens[-1][2])]
    plain, starts, ends = [" "], [tokens[0][1]], [tokens[0][1]]
    for word, start, end in tokens:
        length = len(word) + 1
        plain.append(f"{word} ")
        starts += [start] * length
        ends += [end] * length
    return [Sentence("".join(plain), tuple(starts), tuple(ends), text)]


def without_quotes(text: str) -> str:
    """Return a text of the same length in which quoted words are hidden."""
    letters = list(text)
    place = 0
    while place < len(text):
        end = _closing(text, place) if text[place] in CLOSING else -1
        if end > place:
            letters[place : end + 1] = HIDDEN * (end + 1 - place)
            place = end
        place += 1
    return "".join(letters)


def _closing(text: str, start: int) -> int:
    """Return where a quotation that opens here ends, or -1: a lone mark quotes nothing."""
    marks = CLOSING[text[start]]
    single = marks in {"’", "'", "‘’'"}
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if (single and (before.isalnum() or not after.isalnum())) or not after:
        return -1
    limit = min(len(text), start + 400)
    end = _next(text, marks, start + 1, limit)
    while single and end > 0 and text[end + 1 : end + 2].isalnum():
        end = _next(text, marks, end + 1, limit)
    return end if "\n\n" not in text[start : max(end, start)] else -1


def _next(text: str, marks: str, start: int, limit: int) -> int:
    """Return where the first of some marks stands, or -1."""
    return min((at for mark in marks if (at := text.find(mark, start, limit)) > 0), default=-1)


def blotted(
    plain: str, covers: Sequence[tuple[re.Pattern[str], re.Pattern[str]]], longest: int
) -> str:
    """Return a sentence of the same length in which covered clauses are blotted out."""
    letters = list(plain)
    for opener, end in covers:
        for match in opener.finditer(plain):
            latest = match.end() - 1 + longest
            close = end.search(plain, match.end() - 1, latest)
            stop = close.start() if close else min(len(plain) - 1, latest)
            letters[match.start() + 1 : stop] = "_" * (stop - match.start() - 1)
    return "".join(letters)
