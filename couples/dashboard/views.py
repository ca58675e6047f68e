"""The shared overview, and its numbers as a file; the rooms' pages register by being imported."""

from __future__ import annotations

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from couples import clock
from couples.accounts.door import is_proved, leads_back, way_through
from couples.dashboard import numbers, rules, services, words
from couples.dashboard.blueprint import pages
from couples.dashboard.cards import views as views_cards  # noqa: F401
from couples.dashboard.mine import views as views_mine  # noqa: F401
from couples.dashboard.one_topic import views as views_topic  # noqa: F401
from couples.dashboard.overview import Overview
from couples.limits import never_limited

__all__ = ["pages"]


@pages.get("/overview")
@leads_back
@never_limited
def show() -> ResponseReturnValue:
    """Show what opened for both, and the reader's own answers."""
    overview = _overview()
    if overview.partner:
        g.me = overview.me  # known already: spares the query that every page makes for it
    picture = words.picture(overview)
    values = {"overview": overview, "picture": picture, "way": way_through()}
    return render_template("dashboard/overview.html", **values)


@pages.get("/overview/numbers.csv")
def download() -> ResponseReturnValue:
    """Give the numbers of the chart to keep."""
    overview = _overview()
    return numbers.as_file(numbers.as_csv(overview))


def _overview() -> Overview:
    most = rules.most_of(request.args.get("rounds"))
    reader = current_user.person_id, clock.now(), current_user.zone
    return services.overview(*reader, most, g.get("standing"), is_proved())
