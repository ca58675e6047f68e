"""A person's own copy in words, for one page that any browser opens: no values but the file's.

Only what says nothing is left out: empty places, and most answers that are no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from couples import formats
from couples.accounts.events.wording import WORDS
from couples.agreement.document.wording import weekday_name
from couples.agreement.listed import topic_name
from couples.privacy.export.labels import IN_PARTS, LABELS, TITLES
from couples.privacy.export.values import KINDS, VALUES
from couples.surveys.scales.items import LANGUAGE, scale

# The last word of a name tells that its value is a day or a moment.
DATED = frozenset({"at", "on", "since", "until", "day"})
# What happened to the account is called as its own page calls it.
CALLED = {str(kind): words for kind, words in WORDS.items()} | VALUES
# Names whose values are choices or moments; every other text is somebody's own.
CHOICES = frozenset({"became", "card", "ended_with", "for", "mark", "owner", "kind"})


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One line: what it is called, and either its text or further lines; none is left empty.

    `label_in` and `text_in` are the languages of what is never translated.
    """

    label: str
    text: str = ""
    lines: tuple[Line, ...] = ()
    label_in: str = ""
    text_in: str = ""


def parts_of(own: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the parts that hold something, each with one line for each thing in it."""
    return tuple(line for key in TITLES if (line := line_of(key, own[key])) is not None)


def line_of(key: str, value: Any, part: str = "") -> Line | None:
    """Return one named value with its label, or nothing where it is empty."""
    label = str(IN_PARTS.get((part, key), LABELS[key]))
    if value is None or value == "" or value == []:
        return None
    if key in {"about", "into"}:
        return Line(label, about(value))
    if key == "weekday":
        return Line(label, weekday_name(value))
    if isinstance(value, list):
        return Line(label, lines=tuple(_item(each) for each in value))
    if isinstance(value, dict):
        lines = tuple(_lines(value, key))
        return Line(label, lines=lines) if lines else None
    return Line(label, _text(key, value))


def _lines(value: Mapping[str, Any], part: str = "") -> Iterator[Line]:
    said = ((key, each) for key, each in value.items() if each is not False or _tells(key, value))
    found = (line_of(key, each, part) for key, each in said)
    return (line for line in found if line is not None)


def _tells(key: str, value: Mapping[str, Any]) -> bool:
    """Whether a no tells something: that words are there and were kept. Others are left out."""
    return key == "words_shared" and bool(value.get("words"))


def _item(value: Mapping[str, Any]) -> Line:
    """Return one thing of a list: a question with its answer is one line."""
    if value.keys() == {"about", "answer"}:
        return Line(about(value["about"]), _points(value["answer"]))
    if value.keys() == {"item", "points"}:
        return _question(**value)
    if value.keys() == {"kind", "listed", "words"}:
        return Line("", about(value))
    return Line("", lines=tuple(_lines(value)))


def _question(item: str, points: int | None) -> Line:
    """Return an answer to a published question, both as they were printed."""
    found = next((one for one in scale("csi16").items if one.key == item), None)
    if found is None:
        return Line(_("Question %(number)s", number=item), _points(points))
    printed = found.label(points)
    if printed in {"", str(points)}:
        return Line(found.words, _points(points), label_in=LANGUAGE)
    return Line(found.words, printed, label_in=LANGUAGE, text_in=LANGUAGE)


def about(value: Mapping[str, Any]) -> str:
    """Return what something is about, in the reader's language."""
    return topic_name(value["listed"], value["words"]) or str(KINDS[value["kind"]])


def is_dated(key: str) -> bool:
    """Whether what has this name is a day or a moment; words that look like one are words."""
    return key.rpartition("_")[2] in DATED


def _dated(value: str) -> str:
    if "T" in value:
        return formats.day_moment(datetime.fromisoformat(value))
    return formats.long_day_year(date.fromisoformat(value))


def _points(value: int | None) -> str:
    return str(_("Skipped") if value is None else value)


def _text(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if key == "hour":
        return formats.hour(value)
    shown = str(value)
    if is_dated(key):
        return _dated(shown)
    known = CALLED.get(shown) if key in CHOICES else None
    return str(known or VALUES.get(shown if key == "said_to_what_was_heard" else "", shown))
