"""Writing down what came of a talk."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.autosave import form_page
from couples.talks.blueprint import pages
from couples.talks.sitting import services_after
from couples.talks.sitting.forms import AfterForm, after_form
from couples.talks.sitting.pages import page_to_write, to_talk, today
from couples.web import flash_toast


@pages.route("/talks/<talk_id>/after", methods=["GET", "POST"])
def after(talk_id: str) -> ResponseReturnValue:
    """Say of each line whether it was talked about, and write one next step down, or none."""
    page = page_to_write(talk_id)
    form = after_form(page, today())
    if form.validate_on_submit():
        return _written(talk_id, form)
    if not page.is_living and not form.is_submitted():
        return to_talk(talk_id)
    return form_page("talks/after.html", form, page=page, newer=form.catch_up(page.revision))


def _written(talk_id: str, form: AfterForm) -> ResponseReturnValue:
    """End the talk; where the other was first, show both texts (rule A9)."""
    person_id, seen = current_user.person_id, form.began_with
    if services_after.write_down(person_id, talk_id, form.written, clock.now(), seen):
        flash_toast(_("Written down. You both see it."))
        return to_talk(talk_id)
    page = page_to_write(talk_id)
    newer = form.catch_up(page.revision)
    return render_template("talks/after.html", form=form, page=page, newer=newer), 409
