"""Front page, signing in and out, signing up, and a forgotten password."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts import (  # noqa: F401 - letters and settings register by being imported
    browser,
    known,
    letters,
    services_passwords,
    services_signup,
    throttle,
    views_returned,
    views_settings,
)
from couples.accounts.blueprint import pages
from couples.accounts.codes import marks, resetting
from couples.accounts.codes import views as codes  # noqa: F401
from couples.accounts.codes import views_signing as second_step  # noqa: F401
from couples.accounts.forms import AddressForm, ConfirmForm, ResetForm, SignInForm
from couples.accounts.moving import views as moving  # noqa: F401
from couples.accounts.passkeys import views as passkeys  # noqa: F401
from couples.accounts.proving import views as proving  # noqa: F401
from couples.accounts.services_passwords import Half
from couples.accounts.services_signup import AddressTaken, LinkGone
from couples.web import flash_toast, open_door, page_of_failure

__all__ = ["pages"]

# Where a link that has run out is asked for again.
ASK_AGAIN = {"accounts.confirm": "accounts.sign_up", "accounts.new_address": "accounts.address"}


@pages.errorhandler(LinkGone)
def link_gone(_problem: LinkGone) -> ResponseReturnValue:
    """Say that a link has run out, and offer a fresh one."""
    again = ASK_AGAIN.get(request.endpoint or "", "accounts.forgot")
    return page_of_failure("accounts/link_gone.html", again=url_for(again)), 410


@pages.errorhandler(AddressTaken)
def address_taken(_problem: AddressTaken) -> ResponseReturnValue:
    """Say to somebody who reads this address's mail that it has an account."""
    return render_template("accounts/already.html"), 409


@pages.get("/")
@open_door
def front() -> ResponseReturnValue:
    """What this is, and the way in; on to the overview for somebody signed in."""
    if current_user.is_authenticated:
        return redirect("/overview", 303)
    return render_template("accounts/front.html", sign_in=SignInForm())


@pages.get("/signin")
@open_door
def sign_in() -> ResponseReturnValue:
    """Show the form for signing in."""
    if current_user.is_authenticated:
        return redirect(browser.onward(), 303)
    return render_template("accounts/signin.html", sign_in=SignInForm())


@pages.post("/signin")
@open_door
@throttle.failed_sign_ins
def try_sign_in() -> ResponseReturnValue:
    """Begin a session where address and password match; only failed tries are counted."""
    form, now = SignInForm(), clock.now()
    typed, keep = (form.address.data or "").strip(), bool(form.keep.data)
    found = services_passwords.sign_in(typed, form.password.data or "", keep=keep, now=now)
    if found is None:
        throttle.count_as_wrong()
        return render_template("accounts/signin.html", sign_in=form, title_error=True), 422
    if isinstance(found, Half):
        marks.put(found, keep, now)
        return redirect(url_for("accounts.sign_in_code"), 303)
    browser.enter(found, typed, keep=keep)
    return redirect(browser.onward(), 303)


@pages.post("/signout")
@open_door
def sign_out() -> ResponseReturnValue:
    """End the session here and on the server."""
    browser.leave()
    flash_toast(_("You’re signed out."))
    return redirect(url_for("accounts.front"), 303)


@pages.get("/exit")
@open_door
def leave_now() -> ResponseReturnValue:
    """Quick exit: end the session, clear the browser's storage, be somewhere else (rule S4)."""
    browser.leave()
    session.clear()
    return browser.elsewhere()


@pages.route("/signup", methods=["GET", "POST"])
@open_door
@throttle.account_letters
def sign_up() -> ResponseReturnValue:
    """Ask for an address only; the page is the same whether or not it has an account (P1)."""
    form = AddressForm()
    if form.validate_on_submit():
        press, language = form.draft.press, browser.language()
        services_signup.ask_for_account(form.address.data, language, clock.now(), press=press)
        return redirect(url_for("accounts.sign_up_sent"), 303)
    return render_template("accounts/signup.html", form=form), browser.status_of(form)


@pages.get("/signup/sent")
@open_door
def sign_up_sent() -> ResponseReturnValue:
    """Say that a letter is on its way."""
    return render_template("accounts/sent.html", what="signup")


@pages.route("/confirm/<token>", methods=["GET", "POST"])
@open_door
def confirm(token: str) -> ResponseReturnValue:
    """Choose name, password, language and zone; only pressing the button makes the account."""
    now = clock.now()
    asked = services_signup.look_at_link(token, now)
    form = ConfirmForm(asked.address)
    if form.validate_on_submit():
        session_token = services_signup.confirm(token, now=now, **browser.account_of(form))
        browser.enter(session_token, asked.address)
        return redirect(url_for("accounts.start"), 303)
    page = render_template("accounts/confirm.html", form=form, address=asked.address)
    return page, browser.status_of(form)


@pages.route("/reset", methods=["GET", "POST"])
@open_door
@throttle.account_letters
def forgot() -> ResponseReturnValue:
    """Ask for a letter that leads to a new password."""
    form = AddressForm()
    if form.validate_on_submit():
        press = form.draft.press
        services_passwords.ask_for_reset(form.address.data, clock.now(), press=press)
        return redirect(url_for("accounts.reset_sent"), 303)
    return render_template("accounts/forgot.html", form=form), browser.status_of(form)


@pages.get("/reset/sent")
@open_door
def reset_sent() -> ResponseReturnValue:
    """Say that a letter is on its way if the address has an account."""
    return render_template("accounts/sent.html", what="reset")


@pages.route("/reset/<token>", methods=["GET", "POST"])
@open_door
@throttle.wrong_codes(resetting.owed)
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password; it does not sign in (rule P2)."""
    wish = services_passwords.look_at_reset(token, clock.now())
    form = ResetForm(wish)
    if form.validate_on_submit() and resetting.is_set(form, token, wish):
        browser.leave()
        # Who reads the address's mail gets past whoever is trying from the same home.
        known.remember(wish.knows.address)
        flash_toast(_("Your new password is set. Sign in with it."))
        return redirect(url_for("accounts.sign_in"), 303)
    return render_template("accounts/reset.html", form=form), browser.status_of(form)
