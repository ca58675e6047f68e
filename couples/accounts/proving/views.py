"""The page that asks once more who sits here."""

from __future__ import annotations

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts import browser, throttle
from couples.accounts.blueprint import pages
from couples.accounts.proving import services
from couples.accounts.proving.door import wanted_page
from couples.accounts.proving.forms import ProveForm


@pages.route("/settings/prove", methods=["GET", "POST"])
@throttle.wrong_passwords
def prove() -> ResponseReturnValue:
    """Ask for a proof, and lead on to the page that was wanted."""
    form = ProveForm()
    if form.validate_on_submit() and _proved(form):
        return redirect(wanted_page(), 303)
    return render_template("accounts/proving/prove.html", form=form), browser.status_of(form)


def _proved(form: ProveForm) -> bool:
    typed = form.current_password.data or ""
    person_id, session_id = current_user.person_id, current_user.session_id
    token = services.prove_by_password(person_id, session_id, typed, clock.now())
    if token is None:
        throttle.count_as_wrong()
        form.current_password.errors = [_("That isn’t your password")]
        return False
    browser.go_on(token)
    return True
