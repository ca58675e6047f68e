"""Reading a file somebody made anywhere: nothing in it is believed before it is checked.

It is bounded before it is parsed, parsed strictly, and described by the schema of our own export.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from importlib.resources import files
from typing import Any, NoReturn

from flask_babel import lazy_gettext as _l

from couples.privacy.export.services import FORMAT, VERSION
from couples.text import UNWRITABLE

MOST_BYTES = 2 * 1024 * 1024
# A copy of a whole life here has a tenth of it; more only costs time to look through.
MOST_PARTS = 150_000
DEEPEST = 16
# Never looked at twice, however it ends: a string that is not closed must not cost a minute.
STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
DIGITS = 9

TOO_LONG = _l(
    "This file is longer than 2 MB. Nothing of it was taken in. Choose the one you downloaded."
)
NOT_TEXT = _l(
    "This file isn’t text, so it can’t be read. Nothing was taken in. Choose the one you "
    "downloaded."
)
NOT_JSON = _l(
    "This file isn’t JSON as it is written here, so it can’t be read. Nothing was taken "
    "in. Choose the one you downloaded."
)
NOT_OURS = _l(
    "This isn’t a file of one’s own words from a server of this kind. Nothing was taken "
    "in. Choose the one you downloaded."
)
NEWER = _l(
    "This file was made by a newer version of these pages. Nothing of it was taken in. "
    "Try again once this server is up to date."
)
UNWRITTEN = _l(
    "There are characters in this file that no keyboard writes. Nothing was taken in. "
    "Choose the file as you downloaded it."
)


class Unreadable(Exception):
    """A file that cannot be taken in; says why."""

    def __init__(self, sentence: Any) -> None:
        """Remember the sentence for the page."""
        super().__init__("the file cannot be taken in")
        self.sentence = sentence


def read(raw: bytes) -> dict[str, Any]:
    """Return what a file holds, as the schema describes it, or raise Unreadable."""
    own = _parsed(_text(raw))
    if not isinstance(own, dict) or own.get("format") != FORMAT:
        raise Unreadable(NOT_OURS)
    version = own.get("version")
    if isinstance(version, int) and version > VERSION:
        raise Unreadable(NEWER)
    if not _is_described(own):
        raise Unreadable(NOT_OURS)
    if any(UNWRITABLE.search(text) for text in _strings(own)):
        raise Unreadable(UNWRITTEN)
    return own


def _text(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise Unreadable(TOO_LONG)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreadable(NOT_TEXT) from problem


def _parsed(text: str) -> Any:
    if not _is_bounded(text):
        raise Unreadable(NOT_JSON)
    try:
        return json.loads(
            text,
            parse_constant=_refuse,
            parse_float=_refuse,
            parse_int=_whole_number,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as problem:
        raise Unreadable(NOT_JSON) from problem


def _is_bounded(text: str) -> bool:
    """Whether it is neither deep nor in countless parts, found out without building any of it."""
    bare = STRINGS.sub("", text)
    if bare.count(",") + bare.count("{") + bare.count("[") > MOST_PARTS:
        return False
    depth = 0
    for sign in re.findall(r"[\[\]{}]", bare):
        depth += 1 if sign in "[{" else -1
        if depth > DEEPEST:
            return False
    return True


def _refuse(_written: str) -> NoReturn:
    raise ValueError("neither fractions nor NaN are in such a file")


def _whole_number(written: str) -> int:
    if len(written) > DIGITS:
        raise ValueError("no number in such a file is so long")
    return int(written)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands there twice")
    return found


def schema() -> dict[str, Any]:
    """Return the published description of the file."""
    text = files("couples.privacy.export").joinpath("schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _is_described(own: dict[str, Any]) -> bool:
    from jsonschema import Draft202012Validator, FormatChecker  # heavy, and needed once in a life

    checker = FormatChecker(formats=())
    checker.checks("date", raises=ValueError)(_is_day)
    checker.checks("date-time", raises=ValueError)(_is_moment)
    found = Draft202012Validator(schema(), format_checker=checker).iter_errors(own)
    return next(found, None) is None


def _is_day(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.fromisoformat(value))


def _strings(value: Any) -> Iterator[str]:
    """Give every text of a value that is known to be shallow, names left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
