"""A look back as a PDF file: the same words and numbers as the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask_babel import gettext as _

from couples import formats
from couples.agreement.document.pdf import Paper, file_of
from couples.dashboard.picture.drawing import WIDE
from couples.dashboard.picture.standalone import svg_of
from couples.dashboard.rules import PersonMark, Point, Row, Series
from couples.lookback import words
from couples.lookback.shapes import Held, LookBack, Need


def file_name(found: LookBack) -> str:
    """Return a name that tells nobody anything (rule S4)."""
    return f"document-{found.half_year.number}.pdf"


def pdf_of(found: LookBack, paper: Paper) -> bytes:
    """Return the file in the reader's language, or refuse where it cannot be made."""
    return file_of("lookback/page.typ", _sheet(found), paper)


def _sheet(found: LookBack) -> dict[str, Any]:
    """Everything in the order in which it is read, as words; empty where a part is left out."""
    sentence = words.sentence(found).striptags()
    return {
        "heading": _("Looking back"),
        "title": words.heading(found.half_year),
        "versions": [
            {"label": words.version_line(one), "words": ", ".join(one.topics)}
            for one in found.versions
        ],
        "lines": {
            "chart": svg_of(words.drawn(found, WIDE)) if found.overall.days else "",
            "alt": sentence or words.nothing_opened(),
            **_table([_told(row) for row in found.table], found.people, found.weekly),
        },
        "needs": [_need(one, found.weekly) for one in found.needs],
        "talks": [_talk(one) for one in found.talks],
        "labels": {
            "versions": _("What we agreed"),
            "lines": _("Satisfied with us, overall"),
            "needs": _("Need by need"),
            "talks": _("Our talks"),
            "empty": words.nothing_opened(),
        },
    }


def _table(rows: list[list[str]], people: Sequence[PersonMark], weekly: bool) -> dict[str, Any]:
    first = _("Week of") if weekly else _("Opened on")
    return {"head": [first, *(person.name for person in people)], "rows": rows}


def _told(row: Row) -> list[str]:
    """One row of the table: a day with each one's number, or what was signed that day."""
    day = formats.short_day(row.on)
    if row.mark:
        return [day, words.event_name(row.mark)]
    return [day, *map(_number, row.points)]


def _number(point: Point) -> str:
    return str(_("no answer") if point.value is None else point.value)


def _need(need: Need, weekly: bool) -> dict[str, Any]:
    people = tuple(line.person for line in need.series.lines)
    return {"name": need.topic, **_table(_days(need.series), people, weekly)}


def _days(series: Series) -> list[list[str]]:
    points = zip(*(line.points for line in series.lines), strict=True)
    return [
        [formats.short_day(day), *map(_number, each)]
        for day, each in zip(series.days, points, strict=True)
    ]


def _talk(held: Held) -> dict[str, Any]:
    return {
        "day": formats.day_year(held.on),
        "things": [{**asdict(person), "words": said} for person, said in held.things],
        "step": held.step,
        "step_label": _("The next step") if held.step else "",
        "until": words.until(held),
        "became": words.became(held),
    }
