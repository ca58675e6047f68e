"""The pages of one's own passkeys."""

from __future__ import annotations

from flask import current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts import browser
from couples.accounts.blueprint import pages
from couples.accounts.door import fresh_proof, is_proved
from couples.accounts.passkeys import services, services_challenges, throttle
from couples.accounts.passkeys.forms import LabelForm
from couples.accounts.passkeys.place import site
from couples.accounts.passkeys.refusals import NotCalled, ProofTooOld
from couples.accounts.passkeys.views_asking import answer, asked
from couples.accounts.services_passwords import asks_for_code
from couples.settings import Settings
from couples.web import flash_toast


@pages.get("/settings/passkeys")
@fresh_proof
def passkeys() -> ResponseReturnValue:
    """Show one's passkeys, and the form that adds one."""
    mine = services.passkeys_of(current_user.person_id)
    values = {"form": LabelForm(), "has_codes": asks_for_code(current_user.person_id)}
    return render_template("accounts/passkeys/list.html", passkeys=mine, **values)


@pages.post("/settings/passkeys/options")
@throttle.asking
def passkey_to_add() -> ResponseReturnValue:
    """Ask the browser to make a passkey, once it has a name."""
    _label()
    settings: Settings = current_app.extensions["settings"]
    name, now = settings.short_name, clock.now()
    return asked(services_challenges.ask_to_add(current_user.person_id, site(), name, now))


@pages.post("/settings/passkeys")
def add_passkey() -> ResponseReturnValue:
    """Keep what the browser has made."""
    label, person_id = _label(), current_user.person_id
    services.add(person_id, current_user.session_id, site(), answer(), label, clock.now())
    flash_toast(_("Your passkey is added. Every other device is signed out."))
    return jsonify(to=url_for("accounts.passkeys"))


def _label() -> str:
    """Return what was typed, from somebody who has just proved who they are.

    The script stays on the page and says what is missing: what was typed is not lost.
    """
    form = LabelForm()
    if not is_proved():
        raise ProofTooOld
    if not form.validate():
        raise NotCalled(str(form.label.errors[0]))
    return str(form.label.data)


@pages.route("/settings/passkeys/<passkey_id>", methods=["GET", "POST"])
@fresh_proof
def passkey(passkey_id: str) -> ResponseReturnValue:
    """Call a passkey otherwise, or remove it."""
    one = services.look_at(current_user.person_id, passkey_id)
    if request.form.get("then") == "remove":
        return _removed(passkey_id)
    form = LabelForm(label=one.label)
    if form.validate_on_submit():
        services.rename(current_user.person_id, passkey_id, form.label.data)
        flash_toast(_("Saved."))
        return redirect(url_for("accounts.passkeys"), 303)
    page = render_template("accounts/passkeys/one.html", form=form, one=one)
    return page, browser.status_of(form)


def _removed(passkey_id: str) -> ResponseReturnValue:
    person_id, session_id = current_user.person_id, current_user.session_id
    services.remove(person_id, session_id, passkey_id, clock.now())
    flash_toast(_("The passkey is removed. Every other device is signed out."))
    return redirect(url_for("accounts.passkeys"), 303)
