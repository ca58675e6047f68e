"""A language nobody speaks: every text 40 % longer, each letter with an accent, in brackets.

It is made from what the code asks for, so that a text on a page in plain letters is one that was
forgotten, and one that does not fit is seen before somebody translates it. Two locales hold it:
Greek, whose days and months have no Latin letters, and Arabic, which is read from the right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import texts
from babel.messages.catalog import Catalog
from flask import Flask

from couples import languages

LEFT, RIGHT = "el", "ar"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àƀçðéƒĝĥîĵķļɱñöþɋŕšŧûṽŵẋýžÀɃÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŦÛṼŴẊÝŽ"
LETTERS = str.maketrans(PLAIN, ACCENTED)
LONGER = 0.4
# Placeholders, tags and marks of HTML stay as they are.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?[a-z][^>]*>|&\w+;|\s+)")
WORD = re.compile(r"[A-Za-z]{2,}")
# What a reader hears or sees that is no text between tags.
SAID = ("aria-label", "title", "placeholder", "alt", "aria-roledescription", "label")
TOLD = re.compile(r"data-(busy|show-text|hide-text|show-label|hide-label|two|one|gone|leaving)")
SILENT = frozenset({"script", "style", "textarea", "svg"})
EMPTY = frozenset({"input", "br", "meta", "link", "hr", "img", "source", "wbr", "col"})


def said(text: str) -> str:
    """Return a text as this language says it."""
    room = round(len(text) * LONGER)
    spoken = []
    for piece in KEPT.split(text):
        if not piece or KEPT.fullmatch(piece):
            spoken.append(piece)
            continue
        more = min(room, max(1, round(len(piece) * LONGER)))
        room -= more
        spoken.append(_drawn_out(piece.translate(LETTERS), more))
    return f"⟦{''.join(spoken)}⟧"


def _drawn_out(word: str, more: int) -> str:
    """Say one letter of a word for longer, as a longer word would be."""
    place = next((at for at, letter in enumerate(word) if letter.lower() in "àéîöûý"), None)
    if place is None:
        return word
    return word[:place] + word[place] * more + word[place:]


@cache
def asked_for() -> Catalog:
    """Return every text of ours, looked for once."""
    found: Catalog = texts.asked_for()
    return found


def write(folder: Path, *locales: str) -> None:
    """Write the catalogues into a folder."""
    for name in locales:
        forms = Catalog(locale=name).num_plurals
        book = texts.Book(locale=name, fuzzy=False)
        for message in texts.messages(asked_for()):
            book.add(message.id, _spoken(message.id, forms), context=message.context)
        path = (folder / name / texts.FILE).with_suffix(".mo")
        path.parent.mkdir(parents=True)
        path.write_bytes(texts.mo_of(book))


def _spoken(text: str | Sequence[str], forms: int) -> str | tuple[str, ...]:
    """Return a text in this language, or as many forms of it as the locale has for numbers."""
    if isinstance(text, str):
        return said(text)
    return (said(text[0]), *[said(text[1])] * (forms - 1))


@contextmanager
def spoken_in(app: Flask, folder: Path, *locales: str) -> Iterator[None]:
    """Let an application know these languages too, as one that comes with another version."""
    folders = app.extensions["babel"].translation_directories
    write(folder, *locales)
    folders.append(str(folder))
    languages.WRITTEN_AS.update({name: name for name in locales})
    try:
        yield
    finally:
        folders.remove(str(folder))
        for name in locales:
            del languages.WRITTEN_AS[name]


class Plain(HTMLParser):
    """Collects what a page says in plain Latin words and outside what people wrote."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__(convert_charrefs=True)
        words = sorted({word for one in known for word in WORD.findall(one)}, key=len)
        self.known = frozenset(words)
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            if name in SAID or TOLD.fullmatch(name):
                self._look(value)
        # What somebody wrote says so; places of time zones have names.
        place = tag == "option" and ("/" in given.get("value", "") or given.get("value") == "UTC")
        theirs = tag != "html" and ("dir" in given or "lang" in given or place)
        if tag not in EMPTY:
            quiet = tag in SILENT or theirs or (bool(self.open) and self.open[-1][1])
            self.open.append((tag, quiet))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1][1]):
            self._look(data)

    def _look(self, text: str) -> None:
        if any(word not in self.known for word in WORD.findall(_spelt(text))):
            self.found.append(" ".join(text.split()))


def _spelt(text: str) -> str:
    """Return a text without words that have an accent in them, as all of ours have."""
    return re.sub(r"\w*[^\W\dA-Za-z_]\w*", " ", text)


def plain_words(page: str, known: Iterable[str]) -> Iterator[str]:
    """Give what a page says in no language of its reader."""
    reader = Plain(known)
    reader.feed(page)
    reader.close()
    yield from reader.found
