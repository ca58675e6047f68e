"""Saying to a person, and to nobody else, that letters do not reach them; and trying again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from couples.accounts import services_returned
from couples.accounts.blueprint import pages
from couples.accounts.sections import add_section
from couples.accounts.services_profile import profile
from couples.web import flash_toast


def _values(person_id: str, now: datetime) -> dict[str, Any] | None:
    # Known from the session: for nearly everybody this asks the database nothing.
    if not current_user.unreached:
        return None
    why = services_returned.why_nothing_arrives(person_id)
    return {"why": why, "address": profile(person_id).address} if why else None


add_section(
    "unreached",
    place=5,
    label=_l("Emails"),
    template="accounts/_unreached.html",
    values=_values,
)


@pages.post("/settings/mail-again")
def mail_again() -> ResponseReturnValue:
    """Write to one's own address again."""
    services_returned.write_again(current_user.person_id)
    flash_toast(_("Saved. The next email goes as usual."))
    return redirect(url_for("accounts.settings"), 303)
