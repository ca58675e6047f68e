"""The person's own key in this request, and the password that opens it."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm

from couples import clock, limits
from couples.accounts import browser, throttle
from couples.accounts.personal_key import services_open
from couples.accounts.personal_key.services import OpenKey
from couples.accounts.proving import services as proving
from couples.accounts.throttle import FREE_BY_BOTH
from couples.privacy.locking import services
from couples.privacy.locking.forms import OpenForm

NOT_YOURS = _l("That isn’t your password. Type it once more")
OLDER = _l("That is your password, but your notes open with the one you had before. Type that one")
TOO_SOON = _l("That was often wrong. Wait a minute and try again; your words stay here")


def own_key() -> OpenKey | None:
    """Return the key that is open in this browser; being used, it stays open."""
    return services_open.use(current_user.person_id, current_user.token, clock.now())


def key_to_take() -> OpenKey | None:
    """Return the key that is open in this browser, and let its time run."""
    return services_open.key_of(current_user.person_id, current_user.token, clock.now())


def is_closed() -> bool:
    """Whether the notes are locked, and not open in this browser."""
    return services.is_locking(current_user.person_id) and key_to_take() is None


def locked_page(wanted: str = "", form: OpenForm | None = None) -> str:
    """Ask for the password; `wanted` is the note that is led to afterwards."""
    form = form or OpenForm(formdata=None, wanted=wanted)
    return render_template("privacy/locking/locked.html", form=form)


def proved(form: FlaskForm) -> bool:
    """Whether the typed password is the person's; what it opens is open from then on."""
    person_id, typed = current_user.person_id, form.current_password.data or ""
    token = proving.prove_by_password(person_id, current_user.session_id, typed, clock.now())
    if token is None:
        throttle.count_as_wrong()
        form.current_password.errors = [NOT_YOURS]
        return False
    browser.go_on(token)
    return True


def opened_beside_words(form: FlaskForm) -> bool:
    """Open the notes with the password that came along with words, if one did.

    The usual limit would answer with a page of its own, and the words would be gone.
    """
    if not form.current_password.data:
        return True
    key = limits.mark_of(f"beside words:{current_user.person_id}")
    counted = [(key, FREE_BY_BOTH)]
    if limits.claim(counted) is not None:
        form.current_password.errors = [TOO_SOON]
        return False
    is_right = proved(form)
    if is_right:
        limits.give_back(counted)
    if is_right and is_closed():
        form.current_password.errors = [OLDER]
    return not form.current_password.errors
