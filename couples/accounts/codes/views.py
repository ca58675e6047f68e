"""Setting up codes as a second step, recovery codes, and turning both off."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts import browser, throttle
from couples.accounts.blueprint import pages
from couples.accounts.codes import services
from couples.accounts.codes.forms import FirstCodeForm
from couples.accounts.door import fresh_proof
from couples.settings import Settings
from couples.web import flash_toast


@pages.route("/settings/codes", methods=["GET", "POST"])
@fresh_proof
def codes() -> ResponseReturnValue:
    """Say whether codes are asked for; begin to set them up."""
    if request.method == "POST":
        services.begin(current_user.person_id, clock.now())
        return redirect(url_for("accounts.codes_app"), 303)
    mine = services.state(current_user.person_id)
    return render_template("accounts/codes/codes.html", mine=mine)


@pages.route("/settings/codes/app", methods=["GET", "POST"])
@fresh_proof
@throttle.wrong_passwords
def codes_app() -> ResponseReturnValue:
    """Show the secret to an app, and ask for the first code it makes of it."""
    waiting = services.set_up(current_user.person_id, _label(), clock.now())
    if waiting is None:
        return redirect(url_for("accounts.codes"), 303)
    form = FirstCodeForm()
    if form.is_about_another(waiting.id):
        flash_toast(_("Another key has taken the place of the one you saw. Begin again."))
        return redirect(url_for("accounts.codes"), 303)
    fresh = _confirmed(form) if form.validate_on_submit() else None
    if fresh is not None:
        return _show(fresh, is_on=True)
    page = render_template("accounts/codes/app.html", form=form, waiting=waiting)
    return page, browser.status_of(form)


@pages.route("/settings/codes/recovery", methods=["GET", "POST"])
@fresh_proof
def codes_recovery() -> ResponseReturnValue:
    """Make new recovery codes, and show them this once."""
    mine = services.state(current_user.person_id)
    if mine.since is None:
        return redirect(url_for("accounts.codes"), 303)
    if request.method == "POST":
        here = current_user.session_id
        fresh = services.renew(current_user.person_id, here=here, now=clock.now())
        return _show(fresh or [], is_on=False)
    return render_template("accounts/codes/renew.html", mine=mine)


@pages.route("/settings/codes/off", methods=["GET", "POST"])
@fresh_proof
def codes_off() -> ResponseReturnValue:
    """Turn codes off; secret and recovery codes go."""
    person_id = current_user.person_id
    if services.state(person_id).since is None:
        return redirect(url_for("accounts.codes"), 303)
    if request.method == "POST":
        services.turn_off(person_id, here=current_user.session_id, now=clock.now())
        flash_toast(_("Codes are off. Your password alone signs you in."))
        return redirect(url_for("accounts.settings"), 303)
    return render_template("accounts/codes/off.html")


def _confirmed(form: FirstCodeForm) -> list[str] | None:
    here, typed = current_user.session_id, form.code.data or ""
    fresh = services.confirm(current_user.person_id, typed, here=here, now=clock.now())
    if fresh is None:
        throttle.count_as_wrong()
        form.code.errors = [_("That isn’t the code. Type the one your app shows right now")]
    return fresh


def _show(fresh: list[str], *, is_on: bool) -> ResponseReturnValue:
    """Show recovery codes in the answer itself: they are kept nowhere to be fetched from."""
    return render_template("accounts/codes/recovery.html", codes=fresh, is_on=is_on)


def _label() -> str:
    """Return what the app calls this: the phone may lie about, so nobody's name or address."""
    settings: Settings = current_app.extensions["settings"]
    return settings.short_name
