"""What this browser keeps: a session's token, an invite in its pocket, that one is new."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, render_template, session, url_for
from flask_babel import get_locale
from flask_login import current_user, login_user, logout_user
from flask_wtf import FlaskForm

from couples import clock, languages
from couples.accounts import known, login
from couples.accounts.forms import ConfirmForm
from couples.accounts.personal_key import services_open
from couples.accounts.services import end_session, person_of
from couples.settings import Settings
from couples.web import return_address

# What outlives signing in: an invite that was looked at, and where one was going.
POCKET = ("invite", "return_to")


def enter(token: str, address: str, keep: bool = False) -> None:
    """Sit down with a new session; whatever was signed in here before ends."""
    pocket = _pocket(token)
    leave()
    session.update(pocket)
    session.permanent = keep
    _sit_down(token)
    known.remember(address)


def _pocket(token: str) -> dict[str, str]:
    """Return what goes along: an invite that another person looked at here stays behind."""
    pocket = {name: session[name] for name in POCKET if name in session}
    before = session.get("_user_id")
    if before and person_of(before) != person_of(token):
        pocket.pop("invite", None)
    return pocket


def begin_as_new() -> None:
    """Remember that whoever sits here has just begun, until they were at a page of their own."""
    session["is_new"] = True


def is_new_no_more() -> bool:
    """Forget it; return whether they had just begun."""
    return bool(session.pop("is_new", False))


def go_on(token: str) -> None:
    """Stay signed in with a session's fresh token; what this browser keeps stays."""
    permanent = session.permanent
    if current_user.is_authenticated:
        services_open.follow(current_user.person_id, current_user.token, token)
    _sit_down(token)
    session.permanent = permanent


def _sit_down(token: str) -> None:
    """Be signed in, unless the session was ended or got another token in this very moment.

    A second press of the same button does that: its answer is the one that counts.
    """
    if found := login.load(token):
        login_user(found)


def leave() -> None:
    """End this browser's session on the server and forget it here."""
    if current_user.is_authenticated:
        end_session(current_user.session_id, clock.now())
    logout_user()
    session.clear()


def onward() -> str:
    """Return where somebody goes who has signed in: an invite in the pocket comes first."""
    if code := session.get("invite"):
        return url_for("pairing.invite", code=code)
    return return_address()


def elsewhere() -> Response:
    """Return the answer that leads away; nothing in the request decides where to (rule S4)."""
    settings: Settings = current_app.extensions["settings"]
    if settings.exit_url == "bundled":
        response = Response(render_template("exit.html"))
    else:
        response = Response(status=303, headers={"Location": settings.exit_url})
    # Not "cache": clearing it is slow, and no page of ours is ever kept there.
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    # Clear-Site-Data is ignored without HTTPS.
    known.forget(response)
    return response


def account_of(form: ConfirmForm) -> dict[str, Any]:
    """Return what the form says about a new account."""
    return {
        "name": form.name.data,
        "password": form.password.data,
        "language": form.language.data,
        "zone": form.zone.data,
    }


def language() -> str:
    """Return the language this page is read in, as accounts and letters keep it."""
    return languages.language_of(get_locale())


def status_of(form: FlaskForm) -> int:
    """Return the status of a page with this form: 422 where something has to be changed."""
    return 422 if form.errors else 200
