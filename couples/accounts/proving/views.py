"""The page that asks once more who sits here."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts import browser, throttle
from couples.accounts.blueprint import pages
from couples.accounts.codes.forms import CodeForm
from couples.accounts.codes.views_signing import say_left
from couples.accounts.door import way_on
from couples.accounts.proving import services
from couples.accounts.proving.forms import ProveForm
from couples.accounts.services_passwords import asks_for_code


@pages.route("/settings/prove", methods=["GET", "POST"])
@throttle.wrong_passwords
@throttle.wrong_codes_here
def prove() -> ResponseReturnValue:
    """Ask for a proof, and lead on to the page that was wanted."""
    password = ProveForm()
    code = CodeForm() if asks_for_code(current_user.person_id) else None
    form = code if code and "code" in request.form else password
    if form.validate_on_submit() and (_by_code(form) if form is code else _by_password(form)):
        return redirect(way_on(), 303)
    page = render_template("accounts/proving/prove.html", form=form, password=password, code=code)
    return page, browser.status_of(form)


def _by_password(form: ProveForm) -> bool:
    typed = form.current_password.data or ""
    person_id, session_id = current_user.person_id, current_user.session_id
    token = services.prove_by_password(person_id, session_id, typed, clock.now())
    if token is None:
        throttle.count_as_wrong()
        form.current_password.errors = [_("That isn’t your password. Type it once more")]
        return False
    browser.go_on(token)
    return True


def _by_code(form: CodeForm) -> bool:
    typed = form.typed_code()
    person_id, session_id = current_user.person_id, current_user.session_id
    found = services.prove_by_code(person_id, session_id, typed, clock.now())
    if found is None:
        throttle.count_as_wrong()
        form.say_wrong()
        return False
    browser.go_on(found.token)
    say_left(found.left)
    return True
