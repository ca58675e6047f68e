"""What both see: the opened pages, side by side, promises under review, terms."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.agreement import services_home
from couples.agreement.blueprint import pages, today
from couples.agreement.needs import services_opening
from couples.agreement.promises import services as services_wording
from couples.agreement.promises import services_begun, services_side
from couples.agreement.rules import Terms
from couples.agreement.signing import services_terms
from couples.agreement.signing.forms_terms import TermsForm
from couples.agreement.topics import services as services_topics
from couples.autosave import form_page
from couples.web import flash_toast


@pages.get("/doc/open")
def opened() -> ResponseReturnValue:
    """All topics both can read."""
    home = services_home.home_opened(current_user.person_id)
    aside = services_topics.aside(current_user.person_id)
    return render_template("agreement/open.html", home=home, aside=aside)


@pages.post("/doc/open")
def open_pages() -> ResponseReturnValue:
    """Open the two pages for oneself; they opened for both at the same moment."""
    services_opening.open_pages(current_user.person_id)
    flash_toast(_("Both pages are open."))
    return redirect(url_for(".opened"), 303)


@pages.get("/doc/side/<topic_id>")
def side(topic_id: str) -> ResponseReturnValue:
    """One topic, both needs, and its promise."""
    page = services_side.side(current_user.person_id, topic_id)
    left = services_begun.left_behind(current_user.person_id, topic_id) if page.retired else None
    return render_template("agreement/side.html", page=page, left=left)


@pages.post("/doc/side/<topic_id>/review")
def review(topic_id: str) -> ResponseReturnValue:
    """Put a promise under review, or take it off (rule A8)."""
    wanted = request.form.get("wanted") == "yes"
    services_wording.review(current_user.person_id, topic_id, wanted, clock.now())
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.route("/doc/rhythm", methods=["GET", "POST"])
def rhythm() -> ResponseReturnValue:
    """How often, when, how to talk, when to read again (rule A6)."""
    person_id, day = current_user.person_id, today()
    page = services_terms.terms(person_id, current_user.zone, day)
    form = TermsForm(day, **terms_values(page.terms), revision=str(page.revision))
    if not form.validate_on_submit():
        return form_page("agreement/rhythm.html", form, page=page)
    newer = services_terms.save_terms(person_id, form.terms, form.revision.number, clock.now())
    if newer is not None:
        form.revision.data = str(newer.revision)
        return render_template("agreement/rhythm.html", form=form, page=newer, newer=newer), 409
    flash_toast(_("Saved. You both see it."))
    return redirect(url_for(".home"), 303)


def terms_values(terms: Terms) -> dict[str, Any]:
    """Return what the form of the terms begins with."""
    rhythm = terms.rhythm
    return {
        "every_weeks": rhythm.every_weeks,
        "opens_weekday": rhythm.opens_weekday,
        "opens_hour": rhythm.opens_hour,
        "closes_weekday": rhythm.closes_weekday,
        "closes_hour": rhythm.closes_hour,
        "zone": rhythm.zone,
        "talk_plan": terms.talk_plan,
        "review_on": terms.review_on,
    }
