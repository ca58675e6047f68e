"""The page between a right password and a session, where codes are on."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from couples import clock
from couples.accounts import browser, throttle
from couples.accounts.blueprint import pages
from couples.accounts.codes import marks
from couples.accounts.codes.forms import CodeForm, only_paper_counts
from couples.accounts.codes.services_signing import second_step
from couples.accounts.throttle import Owed
from couples.web import flash_toast, open_door


def owed() -> Owed | None:
    """Return whose code this browser owes, while it does."""
    mark = marks.read(clock.now())
    return Owed(mark.id, mark.half.person_id, mark.address) if mark else None


@pages.route("/signin/code", methods=["GET", "POST"])
@open_door
@throttle.wrong_codes(owed)
def sign_in_code() -> ResponseReturnValue:
    """Ask for a code, for a short while after a right password; begin a session by it."""
    mark, form = marks.read(clock.now()), CodeForm()
    if mark is None:
        return redirect(url_for("accounts.sign_in"), 303)
    if form.validate_on_submit() and _entered(form, mark):
        return redirect(browser.onward(), 303)
    return render_template("accounts/codes/sign_in.html", form=form), browser.status_of(form)


def _entered(form: CodeForm, mark: marks.Mark) -> bool:
    if only_paper_counts(form):
        return False
    entered = second_step(mark.half, form.typed_code(), keep=mark.keep, now=clock.now())
    if entered is None:
        throttle.count_as_wrong()
        form.say_wrong()
        return False
    browser.enter(entered.token, mark.address, keep=mark.keep)
    say_left(entered.left)
    return True


def say_left(left: int | None) -> None:
    """Say on the next page how many recovery codes are left, where one was used up."""
    if left == 0:
        flash_toast(_("That was your last recovery code. Make new ones in your settings."))
    elif left is not None:
        flash_toast(
            ngettext(
                "You used a recovery code. %(num)s is left.",
                "You used a recovery code. %(num)s are left.",
                left,
            )
        )
