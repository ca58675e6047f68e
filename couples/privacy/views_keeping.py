"""The page on which one chooses how long what one kept to oneself stays (rule S5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from couples.accounts import browser
from couples.accounts.door import fresh_proof
from couples.accounts.sections import add_section
from couples.privacy.blueprint import pages
from couples.privacy.forms_keeping import LENGTHS, KeepingForm, chosen
from couples.surveys import services_keeping
from couples.web import flash_toast


@pages.route("/settings/keeping", methods=["GET", "POST"])
@fresh_proof
def keeping() -> ResponseReturnValue:
    """Choose for how long what one kept to oneself stays."""
    person_id = current_user.person_id
    kept = chosen(services_keeping.kept_for(person_id))
    form = KeepingForm(length=request.args.get("length", kept))
    if form.validate_on_submit():
        services_keeping.keep_for(person_id, form.months)
        flash_toast(_("Saved."))
        return redirect(url_for("accounts.settings"), 303)
    return render_template("privacy/keeping.html", form=form), browser.status_of(form)


def _values(person_id: str, now: datetime) -> dict[str, Any]:
    return {"said": LENGTHS[chosen(services_keeping.kept_for(person_id))][2]}


add_section(
    "keeping",
    place=64,
    label=_l("What you kept to yourself"),
    template="privacy/_keeping.html",
    values=_values,
)
