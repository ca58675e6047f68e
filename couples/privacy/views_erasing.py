"""Erasing one's account: what it means, one press, and the page after it."""

from __future__ import annotations

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts import browser, known, throttle
from couples.privacy import services_erasing
from couples.privacy.blueprint import pages
from couples.privacy.forms_erasing import EraseForm
from couples.web import open_door


@pages.route("/settings/erase", methods=["GET", "POST"])
@throttle.wrong_passwords
def erase() -> ResponseReturnValue:
    """Say what goes and what stays; the press with the right password erases at once."""
    form = EraseForm()
    if form.validate_on_submit() and _erased(form):
        return _gone()
    found = services_erasing.consequences(current_user.person_id)
    page = render_template("privacy/erase.html", form=form, found=found)
    return page, browser.status_of(form)


def _erased(form: EraseForm) -> bool:
    password = form.current_password.data or ""
    right = services_erasing.erase(current_user.person_id, password, clock.now())
    if not right:
        throttle.count_as_wrong()
        form.current_password.errors = [_("That isn’t your current password")]
    return right


def _gone() -> ResponseReturnValue:
    """Lead to a page without a name, and leave nothing of the account in this browser."""
    browser.leave()
    response = make_response(redirect(url_for("privacy.erased"), 303))
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    known.forget(response)
    return response


@pages.get("/settings/erased")
@open_door
def erased() -> ResponseReturnValue:
    """Say that it is done, to nobody in particular."""
    if current_user.is_authenticated:
        return redirect(url_for("accounts.settings"), 303)
    return render_template("privacy/erased.html")
