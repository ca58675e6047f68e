"""The chart's numbers as a file for spreadsheets (rule O4): the rows of the table, no more."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response
from flask_babel import gettext as _
from markupsafe import Markup

from couples.dashboard.overview import Overview
from couples.dashboard.rules import PersonMark, Row
from couples.dashboard.words import event_name, plain, say

NOTHING = Markup()
FILE_NAME = "pages.csv"
# A spreadsheet would take a cell that begins like this for a formula, and run it.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def as_csv(overview: Overview) -> str:
    """Return the rows of the overview's table."""
    people = [line.person for line in overview.overall.lines]
    said = say(overview.sentence, weekly=overview.weekly)
    hides_own, weekly = overview.hides_own, overview.weekly
    return table_as_csv(overview.table, people, said, weekly=weekly, hides_own=hides_own)


def table_as_csv(
    table: Iterable[Row],
    people: Sequence[PersonMark],
    said: Markup = NOTHING,
    *,
    weekly: bool,
    hides_own: bool = False,
) -> str:
    """Return a table's rows, days as 2026-10-08, a missing answer as an empty cell.

    What is `said` of them stands in the last row, as its note; and so does that one's own are not
    among them.
    """
    heading = [_("Week of") if weekly else _("Opened on"), *(one.name for one in people), _("Note")]
    notes = [plain(said)] if said else []
    notes += [_("What you kept to yourself isn’t shown right now.")] if hides_own else []
    below = [["", *[""] * len(people), note] for note in notes]
    return sheet([heading, *(_cells(row, len(people)) for row in table), *below])


def sheet(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as the text of a file; no cell of it is a formula to a spreadsheet."""
    written = io.StringIO()
    written.write("\ufeff")  # without it some programs read names in a wrong encoding
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow(_safe(cell) for cell in row)
    return written.getvalue()


def as_file(text: str) -> Response:
    """Return the text as a file to keep, under a name that tells nothing (rule S4)."""
    file = Response(text, mimetype="text/csv")
    file.headers.set("Content-Disposition", "attachment", filename=FILE_NAME)
    return file


def _cells(row: Row, people: int) -> list[str]:
    if row.mark:
        return [row.on.isoformat(), *[""] * people, event_name(row.mark)]
    numbers = ["" if point.value is None else str(point.value) for point in row.points]
    only_me = any(point.only_me for point in row.points)
    return [row.on.isoformat(), *numbers, _("Only you see this") if only_me else ""]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell
