"""Erasing one's account: what it means, one press, and the page after it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from couples import clock
from couples.accounts import browser, known
from couples.accounts.door import fresh_proof
from couples.accounts.sections import add_section
from couples.formats import day_moment
from couples.privacy import services_erasing
from couples.privacy.blueprint import pages
from couples.privacy.forms_erasing import EraseForm
from couples.web import flash_toast, open_door


@pages.route("/settings/erase", methods=["GET", "POST"])
@fresh_proof
def erase() -> ResponseReturnValue:
    """Say what goes and what stays; the press erases at once, or in seven days."""
    form = EraseForm(when=request.args.get("when"))
    if form.validate_on_submit():
        return _planned() if form.when.data == "later" else _gone()
    person_id = current_user.person_id
    values = {
        "found": services_erasing.consequences(person_id),
        "planned": services_erasing.planned_for(person_id),
    }
    return render_template("privacy/erase.html", form=form, **values), browser.status_of(form)


def _planned() -> ResponseReturnValue:
    at = services_erasing.plan(current_user.person_id, clock.now())
    flash_toast(_("Your account will be erased on %(when)s.", when=day_moment(at)))
    return redirect(url_for("accounts.settings"), 303)


def _gone() -> ResponseReturnValue:
    """Lead to a page without a name, and leave nothing of the account in this browser."""
    services_erasing.erase(current_user.person_id, clock.now())
    browser.leave()
    response = make_response(redirect(url_for("privacy.erased"), 303))
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    known.forget(response)
    return response


@pages.post("/settings/erase/keep")
def keep_account() -> ResponseReturnValue:
    """Take a planned erasing back; that must be easy, so no fresh proof is asked for."""
    services_erasing.take_back(current_user.person_id, clock.now())
    flash_toast(_("Your account stays."))
    return redirect(url_for("accounts.settings"), 303)


@pages.get("/settings/erased")
@open_door
def erased() -> ResponseReturnValue:
    """Say that it is done, to nobody in particular."""
    if current_user.is_authenticated:
        return redirect(url_for("accounts.settings"), 303)
    return render_template("privacy/erased.html")


def _planned_values(person_id: str, now: datetime) -> dict[str, Any] | None:
    at = services_erasing.planned_for(person_id)
    return {"at": at} if at else None


# First of all, where there is something to take back.
add_section(
    "erasing",
    place=1,
    label=_l("Your account will be erased"),
    template="privacy/_planned.html",
    values=_planned_values,
)
