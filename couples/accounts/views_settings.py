"""The page before the first private one, and what a person sets about their account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from couples import clock
from couples.accounts import (
    browser,
    choices,
    services_passwords,
    services_profile,
    services_signup,
    throttle,
)
from couples.accounts.blueprint import pages
from couples.accounts.door import fresh_proof
from couples.accounts.events import wording
from couples.accounts.events.services import events_of
from couples.accounts.forms import AboutForm, ChangePasswordForm
from couples.accounts.sections import add_section, settings_page
from couples.accounts.services import sessions_of
from couples.accounts.services_elsewhere import sign_out_elsewhere, sign_out_one
from couples.languages import read_as
from couples.web import flash_toast


@pages.before_app_request
def start_first() -> ResponseReturnValue | None:
    """Lead a new person to the one page about quick exit before anything private (rule L4)."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "open_door", False) or request.endpoint == "accounts.start":
        return None
    if current_user.is_authenticated and not current_user.started:
        return redirect(url_for("accounts.start"), 303)
    return None


@pages.before_app_request
def know_ones_way() -> None:
    """Begin no more with the first need once a page of one's own came before an answer."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method == "GET" and view and not getattr(view, "open_door", False):
        browser.is_new_no_more()


@pages.route("/start", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Explain quick exit and its limits, once."""
    if request.method != "POST":
        return render_template("accounts/start.html")
    services_signup.begin(current_user.person_id, clock.now())
    if "invite" not in session:
        return redirect("/doc/mine/new", 303)
    browser.begin_as_new()
    return redirect(browser.onward(), 303)


@pages.get("/settings")
def settings() -> ResponseReturnValue:
    """Everything that can be set, on one page."""
    return settings_page()


@pages.route("/settings/about", methods=["GET", "POST"])
def about() -> ResponseReturnValue:
    """Change name, language and time zone."""
    person_id = current_user.person_id
    mine = services_profile.profile(person_id)
    form = AboutForm(name=mine.name, language=mine.language, zone=mine.zone)
    if form.validate_on_submit():
        services_profile.change_profile(
            person_id,
            name=form.name.data,
            language=form.language.data,
            zone=form.zone.data,
            now=clock.now(),
        )
        read_as(form.language.data, form.zone.data)
        flash_toast(_("Saved."))
        return redirect(url_for("accounts.settings"), 303)
    return render_template("accounts/about.html", form=form), browser.status_of(form)


@pages.route("/settings/password", methods=["GET", "POST"])
@throttle.wrong_passwords
def password() -> ResponseReturnValue:
    """Change the password; every other session ends."""
    form = ChangePasswordForm(services_passwords.known(current_user.person_id))
    if form.validate_on_submit() and _changed(form):
        flash_toast(_("Your new password is set. Every other device is signed out."))
        return redirect(url_for("accounts.settings"), 303)
    return render_template("accounts/password.html", form=form), browser.status_of(form)


def _changed(form: ChangePasswordForm) -> bool:
    right = services_passwords.change_password(
        current_user.person_id,
        current=form.current_password.data,
        password=form.password.data,
        session_id=current_user.session_id,
        now=clock.now(),
    )
    if not right:
        throttle.count_as_wrong()
        form.current_password.errors = [_("That isn’t your current password. Type it once more")]
    return right


@pages.get("/settings/sessions")
@fresh_proof
def sessions() -> ResponseReturnValue:
    """Show where the person is signed in, and what happened lately to their account."""
    person_id, now = current_user.person_id, clock.now()
    mine = sessions_of(person_id, now, here=current_user.session_id)
    events = wording.told(events_of(person_id, now))
    return render_template("accounts/sessions.html", sessions=mine, events=events)


@pages.post("/settings/sessions/<session_id>/end")
@fresh_proof
def end_one(session_id: str) -> ResponseReturnValue:
    """Sign one browser out."""
    sign_out_one(current_user.person_id, session_id, clock.now())
    flash_toast(_("Signed out there."))
    return redirect(url_for("accounts.sessions"), 303)


@pages.post("/settings/sessions/end")
@fresh_proof
def end_others() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    sign_out_elsewhere(current_user.person_id, clock.now(), here=current_user.session_id)
    flash_toast(_("Signed out everywhere else."))
    return redirect(url_for("accounts.sessions"), 303)


def _about_values(person_id: str, now: datetime) -> dict[str, Any]:
    mine = services_profile.profile(person_id)
    return {"profile": mine, "language": choices.LANGUAGES.get(mine.language, mine.language)}


def _device_values(person_id: str, now: datetime) -> dict[str, Any]:
    return {"count": len(sessions_of(person_id, now, here=""))}


add_section(
    "devices",
    place=60,
    label=_l("Sign-in and devices"),
    template="accounts/_devices.html",
    values=_device_values,
)
add_section(
    "about",
    place=70,
    label=_l("Language and display"),
    template="accounts/_about.html",
    values=_about_values,
)
