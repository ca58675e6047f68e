"""Pages on which somebody locks their notes with their password, opens them, and unlocks them."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from couples import clock
from couples.accounts import browser, throttle
from couples.accounts.door import fresh_proof
from couples.accounts.personal_key import services_open
from couples.errors import NotFound
from couples.privacy.blueprint import pages
from couples.privacy.locking import opening, services
from couples.privacy.locking.forms import (
    DeleteLockedForm,
    LockForm,
    OlderForm,
    OpenForm,
    UnlockForm,
)
from couples.privacy.services import must_be_theirs
from couples.web import flash_toast


@pages.route("/private/lock", methods=["GET", "POST"])
@fresh_proof
@throttle.wrong_passwords
def lock() -> ResponseReturnValue:
    """Say what locking means and what it can cost; the press with the password locks."""
    form, is_locking = LockForm(), services.is_locking(current_user.person_id)
    if not is_locking and form.validate_on_submit() and _locked(form):
        flash_toast(_("Your notes are locked. They stay open here while you use them."))
        return redirect(url_for("privacy.notes"), 303)
    values = {"is_locking": is_locking, "is_closed": opening.is_closed()}
    page = render_template("privacy/locking/lock.html", form=form, **values)
    return page, browser.status_of(form)


def _locked(form: LockForm) -> bool:
    typed = form.current_password.data or ""
    right = services.lock_notes(current_user.person_id, typed, current_user.token, clock.now())
    return right or _wrong(form, opening.NOT_YOURS)


@pages.route("/private/lock/off", methods=["GET", "POST"])
@fresh_proof
@throttle.wrong_passwords
def unlock() -> ResponseReturnValue:
    """Keep the notes like everything else again."""
    form = UnlockForm()
    if not services.is_locking(current_user.person_id):
        return redirect(url_for("privacy.lock"), 303)
    if form.validate_on_submit() and _unlocked(form):
        flash_toast(_("Your notes are no longer locked with your password."))
        return redirect(url_for("privacy.notes"), 303)
    return render_template("privacy/locking/off.html", form=form), browser.status_of(form)


def _unlocked(form: UnlockForm) -> bool:
    typed = form.current_password.data or ""
    right = services.unlock_notes(current_user.person_id, typed, clock.now())
    return right or _wrong(
        form, _("Your notes don’t open with this password. Try the one you had before it")
    )


def _wrong(form: FlaskForm, sentence: object) -> bool:
    throttle.count_as_wrong()
    form.current_password.errors = [sentence]
    return False


@pages.post("/private/open")
@throttle.wrong_passwords
def open_notes() -> ResponseReturnValue:
    """Open the notes with the password, and lead to the one that was wanted."""
    form = OpenForm()
    if not services.is_locking(current_user.person_id):
        return redirect(url_for("privacy.notes"), 303)
    if not (form.validate() and opening.proved(form)):
        return opening.locked_page(form=form), 422
    if opening.is_closed():
        return redirect(url_for("privacy.open_older"), 303)
    return redirect(_page_of(form.wanted.data or ""), 303)


@pages.post("/private/close")
def close_notes() -> ResponseReturnValue:
    """Lock the notes now, here and on every other device: somebody may have walked in."""
    services_open.close(current_user.person_id)
    return redirect(url_for("privacy.notes"), 303)


def _page_of(wanted: str) -> str:
    if wanted == "new":
        return url_for("privacy.new_note")
    try:
        must_be_theirs(current_user.person_id, wanted)
    except NotFound:
        return url_for("privacy.notes")
    return url_for("privacy.note", note_id=wanted)


@pages.route("/private/older", methods=["GET", "POST"])
@fresh_proof
@throttle.wrong_passwords
def open_older() -> ResponseReturnValue:
    """Open notes that an older password locks; from then on they open with today's."""
    form = OlderForm()
    if not opening.is_closed():
        return redirect(url_for("privacy.notes"), 303)
    if form.validate_on_submit() and opening.proved(form) and _opened(form):
        flash_toast(_("Your notes are open, and open with your new password from now on."))
        return redirect(url_for("privacy.notes"), 303)
    return render_template("privacy/locking/older.html", form=form), browser.status_of(form)


def _opened(form: OlderForm) -> bool:
    older, typed = form.older_password.data or "", form.current_password.data or ""
    person_id, token = current_user.person_id, current_user.token
    # Today's password was the one after all: proving it has opened them.
    if not opening.is_closed():
        return True
    if services.open_with_older(person_id, older, typed, token, clock.now()):
        return True
    throttle.count_as_wrong()
    form.older_password.errors = [
        _("Your notes don’t open with this password. Try the one you had before it")
    ]
    return False


@pages.route("/private/lock/lost", methods=["GET", "POST"])
@fresh_proof
def delete_locked() -> ResponseReturnValue:
    """Delete locked notes whose password is lost, so that one can write again."""
    form = DeleteLockedForm()
    if not opening.is_closed():
        return redirect(url_for("privacy.lock"), 303)
    if form.validate_on_submit():
        services.delete_locked(current_user.person_id, clock.now())
        flash_toast(_("Deleted."))
        return redirect(url_for("privacy.notes"), 303)
    return render_template("privacy/locking/lost.html", form=form), browser.status_of(form)
