"""Reading the agreement again, when its day has come."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.agreement.blueprint import pages
from couples.agreement.review import services as services_review
from couples.agreement.review import services_topics
from couples.agreement.review.forms import review_form
from couples.agreement.review.shapes import Answered, Notice, ReviewPage
from couples.autosave import form_page
from couples.web import flash_toast


@pages.route("/doc/review", methods=["GET", "POST"])
def read_again() -> ResponseReturnValue:
    """Say of each promise what becomes of it; each alone, and open once both have."""
    page = due()
    form = review_form(page)
    if not form.validate_on_submit():
        return form_page("agreement/review.html", form, page=page)
    answered = services_review.answer_review(
        current_user.person_id, current_user.zone, form.answers, clock.now()
    )
    return said(answered, late=form.is_late)


def due() -> ReviewPage:
    """Return what the signed-in person is asked now."""
    return services_review.review_page(current_user.person_id, current_user.zone, clock.now())


def due_line() -> Notice | None:
    """Return what the agreement's first page says of it to the signed-in person."""
    return services_review.review_notice(current_user.person_id, current_user.zone, clock.now())


def said(answered: Answered, *, late: bool) -> ResponseReturnValue:
    """Tell what became of the answers, in words that say nothing of the other's."""
    if answered == "replaced":
        page = due()
        form = review_form(page)
        values = {"page": page, "replaced": True}
        return render_template("agreement/review.html", form=form, **values), 409
    if late or answered == "late":
        flash_toast(_("One was answered by you both in the meantime. It stays as it is."))
    else:
        flash_toast(_("Saved. Each opens once you’ve both answered it."))
    return redirect(url_for(".read_again"), 303)


@pages.post("/doc/review/topics/<topic_id>/away")
def put_topic_away(topic_id: str) -> ResponseReturnValue:
    """Put away what was left over from talks."""
    services_topics.put_away(current_user.person_id, topic_id, clock.now())
    flash_toast(_("It has left this page."))
    return redirect(url_for(".read_again"), 303)
