"""The chart's numbers as a file for spreadsheets (rule O4): the rows of the table, no more."""

import csv
import io

from flask_babel import gettext as _

from couples.dashboard.overview import Overview
from couples.dashboard.rules import Row
from couples.dashboard.words import event_names

FILE_NAME = "pages.csv"
# A spreadsheet would take a cell that begins like this for a formula, and run it.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(overview: Overview) -> str:
    """Return the rows of the table, days as 2026-10-08, a missing answer as an empty cell."""
    sheet = io.StringIO()
    sheet.write("\ufeff")  # without it some programs read names in a wrong encoding
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL)
    writer.writerow(_safe(cell) for cell in _heading(overview))
    for row in overview.table:
        writer.writerow(_safe(cell) for cell in _cells(row, len(overview.overall.lines)))
    return sheet.getvalue()


def _heading(overview: Overview) -> list[str]:
    day = _("Week of") if overview.weekly else _("Opened on")
    names = [line.person.name for line in overview.overall.lines]
    return [day, *names, _("Note")]


def _cells(row: Row, people: int) -> list[str]:
    if row.event:
        return [row.on.isoformat(), *[""] * people, event_names()[row.event]]
    numbers = ["" if point.value is None else str(point.value) for point in row.points]
    only_me = any(point.only_me for point in row.points)
    return [row.on.isoformat(), *numbers, _("Only you see this") if only_me else ""]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell
