"""`./run texts`: bring every translation up to the words of the pages; `--check` only looks.

A translation is couples/translations/LANGUAGE/LC_MESSAGES/messages.po, which people edit, and
messages.mo beside it, which runs. Both are in the tree, since a checkout runs without a build, and
both come out the same to the byte wherever they are made: they hold no date and no name.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HOME = Path(__file__).resolve().parent.parent
TRANSLATIONS = HOME / "couples" / "translations"
FILE = Path("LC_MESSAGES", "messages.po")
KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}
# Where words are, and what reads them. A template that cannot be read must not pass for an empty
# one. The sheets in *.typ have no words of their own: all comes to them from Python.
SOURCES = {
    "couples": [("**.py", "python")],
    "tasks": [("**.py", "python")],
    "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")],
}
OPTIONS = {"**.html": {"silent": "false"}, "**.txt": {"silent": "false"}}
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
NUMBER = "%(num)s"
TAGS = re.compile(r"</?[a-z]+\d?")
HEADER = "# The words of Facing Pages in LANGUAGE. How to change them: CONTRIBUTING.md."


class Book(Catalog):
    """The words of one language, with a head that tells nothing but how to read them."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What both files say before the first word."""
        return [
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def asked_for(home: Path = HOME) -> Catalog:
    """Return every text that pages, letters and files ask the translations for."""
    found = Catalog()
    for folder, methods in SOURCES.items():
        here = extract_from_dir(home / folder, methods, OPTIONS, KEYWORDS)
        for name, _line, text, _comments, context in here:
            # Without lines: they would differ with every change of the code.
            found.add(text, locations=[(f"{folder}/{name}", 0)], context=context)
    return found


def read(path: Path) -> Catalog:
    """Return a translation as it lies there."""
    language = path.parent.parent.name
    with path.open("rb") as file:
        return read_po(file, locale=language, ignore_obsolete=True, abort_invalid=True)


def brought_up(language: str, asked: Catalog, before: Catalog | None) -> Book:
    """Return a translation with all that is asked for and nothing else; no guess is made."""
    head = HEADER.replace("LANGUAGE", language)
    book = Book(locale=language, header_comment=head, fuzzy=False)
    for message in messages(asked):
        known = before.get(message.id, message.context) if before is not None else None
        said = known.string if known is not None and known.id == message.id else ""
        flags = known.flags if known is not None and known.fuzzy else ()
        files = [(name, 0) for name in sorted({name for name, _line in message.locations})]
        book.add(message.id, said, files, flags, context=message.context)
    return book


def messages(catalog: Catalog) -> Iterator[Message]:
    """Give every text, without the head of the file."""
    return (message for message in catalog if message.id)


def po_of(book: Book) -> bytes:
    """Return the file that people edit."""
    file = BytesIO()
    write_po(file, book, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def mo_of(book: Book) -> bytes:
    """Return the file that runs."""
    file = BytesIO()
    write_mo(file, book)
    return file.getvalue()


def faults(path: Path, asked: Catalog) -> Iterator[str]:
    """Give what a translation lacks, has too much or says in another form."""
    if not path.is_file():
        yield "messages.po is missing: run ./run texts"
        return
    held = read(path)
    wanted = {_key(message) for message in messages(asked)}
    for message in messages(held):
        if _key(message) not in wanted:
            yield f"nobody asks for: {_first(message.id)}"
        else:
            yield from (
                f"{bad}: {_first(message.id)}" for bad in _of_one(message, held.num_plurals)
            )
    here = {_key(message) for message in messages(held)}
    yield from (f"missing: {_first(key[1])}" for key in sorted(wanted - here, key=str))
    compiled = path.with_suffix(".mo")
    book = brought_up(path.parent.parent.name, held, held)
    if not compiled.is_file() or compiled.read_bytes() != mo_of(book):
        yield "messages.mo is not what messages.po says: run ./run texts"


def _of_one(message: Message, plurals: int) -> Iterator[str]:
    """Give what is wrong with one text."""
    said, asked = _forms(message.string), _forms(message.id)
    if not all(said):
        yield "empty"
        return
    if message.fuzzy:
        yield "a guess (fuzzy)"
    if isinstance(message.id, tuple) and len(said) != plurals:
        yield f"{len(said)} plural forms instead of {plurals}"
    for form in said:
        # "One is left" may go without its number; what stands for many may not.
        free = {NUMBER} if form != said[-1] else set()
        if _marks(form, HOLES, free) != _marks(asked[-1], HOLES, free):
            yield "other placeholders"
        if _marks(form, TAGS) != _marks(asked[-1], TAGS):
            yield "other tags"
        if _edges(form) != _edges(asked[-1]):
            yield "other spaces around it"


def _marks(text: str, pattern: re.Pattern[str], free: Collection[str] = ()) -> Counter[str]:
    return Counter(one for one in pattern.findall(text) if one not in free)


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text or ""),)


def _first(text: object) -> str:
    return _forms(text)[0]


def _key(message: Message) -> tuple[str | None, object]:
    return message.context, message.id


def files() -> list[Path]:
    """Return every translation there is."""
    return sorted(folder / FILE for folder in TRANSLATIONS.iterdir() if folder.is_dir())


def main(arguments: list[str]) -> int:
    """Bring all translations up to the code, or say what is wrong with them."""
    asked, wrong = asked_for(), 0
    for path in files():
        if "--check" not in arguments:
            book = brought_up(path.parent.parent.name, asked, read(path) if path.exists() else None)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(po_of(book))
            path.with_suffix(".mo").write_bytes(mo_of(book))
        found = list(faults(path, asked))
        for fault in found:
            print(f"{path.relative_to(HOME)}: {fault}")
        print(f"{path.parent.parent.name}: {len(asked)} texts, {len(found)} to look at")
        wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
