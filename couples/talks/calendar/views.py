"""A talk as a file for a calendar, and the page of the private address."""

from __future__ import annotations

from flask import Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.limits import limiter
from couples.talks.blueprint import pages
from couples.talks.calendar import services as services_calendar
from couples.talks.calendar.ics import calendar_of
from couples.web import flash_toast, open_door, same_for_all


def _calendar(found: tuple[services_calendar.Appointment, ...], disposition: str) -> Response:
    settings = current_app.extensions["settings"]
    response = Response(calendar_of(found, settings.short_name), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f"{disposition}; filename=date.ics"
    return response


@pages.get("/talks/<talk_id>/calendar.ics")
def calendar_file(talk_id: str) -> ResponseReturnValue:
    """One agreed talk as a file for any calendar, under a name that tells nothing (rule S4)."""
    found = services_calendar.appointment(current_user.person_id, talk_id)
    return _calendar((found,), "attachment")


@pages.get("/talks/calendar/<token>.ics")
@open_door
@same_for_all
@limiter.limit("300 per minute")
def calendar_feed(token: str) -> ResponseReturnValue:
    """All agreed talks for whoever holds the private address; no session, no trace."""
    return _calendar(services_calendar.appointments(token), "inline")


@pages.get("/talks/calendar")
def calendar() -> ResponseReturnValue:
    """Show the private address, and say who can read what by it."""
    token = services_calendar.address_token(current_user.person_id)
    public_url = current_app.extensions["settings"].public_url
    path = url_for(".calendar_feed", token=token) if token else ""
    return render_template(
        "talks/calendar.html",
        address=path and public_url + path,
        may_make=services_calendar.may_make_address(current_user.person_id),
        has_any=services_calendar.has_address(current_user.person_id),
    )


@pages.post("/talks/calendar")
def make_calendar() -> ResponseReturnValue:
    """Make the private address."""
    services_calendar.make_address(current_user.person_id, clock.now())
    flash_toast(_("Your calendar address is ready. Only you can see it."))
    return redirect(url_for(".calendar"), 303)


@pages.post("/talks/calendar/replace")
def replace_calendar() -> ResponseReturnValue:
    """Make another address; the earlier one stops working."""
    services_calendar.replace_address(current_user.person_id, clock.now())
    flash_toast(_("This is a new address. The old one no longer works."))
    return redirect(url_for(".calendar"), 303)


@pages.post("/talks/calendar/remove")
def remove_calendar() -> ResponseReturnValue:
    """Take the private address away."""
    services_calendar.remove_address(current_user.person_id)
    flash_toast(_("The address no longer works."))
    return redirect(url_for(".calendar"), 303)
