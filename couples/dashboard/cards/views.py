"""What one person does with a card on their overview."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.dashboard.blueprint import pages
from couples.dashboard.cards import services
from couples.web import flash_toast


@pages.post("/overview/cards/away")
def put_card_away() -> ResponseReturnValue:
    """Put away the card the form names."""
    services.put_away(current_user.person_id, request.form.get("shown", ""), clock.now())
    flash_toast(_("Put away. Only you see this."))
    return redirect(url_for("dashboard.show"), 303)
