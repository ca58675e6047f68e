"""The shared overview, and its numbers as a file."""

from __future__ import annotations

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from couples import clock
from couples.dashboard import numbers, services, words
from couples.dashboard.blueprint import pages

__all__ = ["pages"]


@pages.get("/overview")
def show() -> ResponseReturnValue:
    """Show what opened for both, and the reader's own answers."""
    overview = services.overview(current_user.person_id, clock.now(), current_user.zone)
    if overview.partner:
        g.me = overview.me  # known already: spares the query that every page makes for it
    picture = words.picture(overview)
    return render_template("dashboard/overview.html", overview=overview, picture=picture)


@pages.get("/overview/numbers.csv")
def download() -> ResponseReturnValue:
    """Give the numbers of the chart to keep."""
    overview = services.overview(current_user.person_id, clock.now(), current_user.zone)
    file = Response(numbers.as_csv(overview), mimetype="text/csv")
    file.headers.set("Content-Disposition", "attachment", filename=numbers.FILE_NAME)
    return file
