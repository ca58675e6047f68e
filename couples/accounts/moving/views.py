"""The pages of another address, typed and confirmed."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts import browser, known, throttle
from couples.accounts.blueprint import pages
from couples.accounts.door import fresh_proof
from couples.accounts.moving import services
from couples.accounts.moving.forms import NewAddressForm
from couples.accounts.services_profile import profile
from couples.web import flash_toast


@pages.route("/settings/address", methods=["GET", "POST"])
@fresh_proof
@throttle.account_letters
def address() -> ResponseReturnValue:
    """Ask for a new address; the page is the same whether or not it has an account (P1)."""
    person_id, now = current_user.person_id, clock.now()
    form = NewAddressForm(profile(person_id).address)
    if form.validate_on_submit():
        services.ask_for_address(person_id, form.address.data, now, press=form.draft.press)
        return redirect(url_for("accounts.address_sent"), 303)
    waits = services.waiting(person_id, now)
    page = render_template("accounts/moving/address.html", form=form, waits=waits)
    return page, browser.status_of(form)


@pages.post("/settings/address/cancel")
def keep_address() -> ResponseReturnValue:
    """Let an address that waits go; without a proof, since this only guards the account."""
    services.give_up(current_user.person_id, clock.now())
    flash_toast(_("Your address stays as it is."))
    return redirect(url_for("accounts.settings"), 303)


@pages.get("/settings/address/sent")
def address_sent() -> ResponseReturnValue:
    """Say that a letter is on its way."""
    return render_template("accounts/sent.html", what="address")


@pages.route("/settings/address/<token>", methods=["GET", "POST"])
@fresh_proof
def new_address(token: str) -> ResponseReturnValue:
    """Show the new address to its person; only pressing the button makes it theirs.

    Whoever opens the link without their session signs in first, and comes back.
    """
    person_id, now = current_user.person_id, clock.now()
    wanted = services.look_at_move(person_id, token, now)
    if request.method != "POST":
        return render_template("accounts/moving/confirm.html", move=wanted)
    services.move(person_id, token, session_id=current_user.session_id, now=now)
    known.remember(wanted.address)
    flash_toast(_("Your address is changed. Every other device is signed out."))
    return redirect(url_for("accounts.settings"), 303)
