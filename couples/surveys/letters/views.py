"""Sections of the settings about letters, and the link that stops them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from couples import clock
from couples.accounts.sections import add_section, settings_page
from couples.errors import NotFound
from couples.pairing.services import couple_or_none
from couples.surveys.blueprint import pages
from couples.surveys.letters import services as services_choices
from couples.surveys.letters.forms import LettersForm, short_days
from couples.surveys.rounds.services_plan import is_weekly
from couples.web import flash_toast, open_door


def _letter_values(person_id: str, now: datetime) -> dict[str, Any]:
    view = services_choices.letters_view(person_id, now)
    return {"form": LettersForm(view), "short": short_days(), **_pause_values(person_id, now)}


def _pause_values(person_id: str, now: datetime) -> dict[str, Any]:
    couple = couple_or_none(person_id)
    letters = services_choices.letters_view(person_id, now)
    return {
        "letters": letters,
        "partner": couple.partner.name if couple else None,
        "weekly": is_weekly(couple.id if couple else None),
    }


add_section(
    "when",
    place=10,
    label=_l("Check-ins"),
    template="settings/_letters.html",
    values=_letter_values,
)
add_section(
    "pause",
    place=20,
    label=_l("Pause"),
    template="settings/_pause.html",
    values=_pause_values,
)


@pages.post("/settings/letters")
def save_letters() -> ResponseReturnValue:
    """Keep when letters come and what they show."""
    person_id, now = current_user.person_id, clock.now()
    form = LettersForm(services_choices.letters_view(person_id, now))
    if not form.validate_on_submit():
        return settings_page(422, when={"form": form})
    services_choices.save_letters(person_id, form.wishes(), now)
    flash_toast(_("Saved. Only you can see it."))
    return redirect(url_for("accounts.settings", _anchor="when"), 303)


@pages.post("/settings/pause")
def pause() -> ResponseReturnValue:
    """Pause, or come back."""
    length = _length()
    if request.form.get("length") == "back":
        services_choices.resume(current_user.person_id)
    elif length is None:
        raise NotFound
    else:
        services_choices.pause(current_user.person_id, length, clock.now())
    flash_toast(_("Saved. Only you can see it."))
    return redirect(url_for("accounts.settings", _anchor="pause"), 303)


def _length() -> services_choices.Break | None:
    wanted = request.form.get("length")
    return next((length for length in services_choices.BREAKS if length == wanted), None)


@pages.get("/stop/<token>")
@open_door
def stop_page(token: str) -> ResponseReturnValue:
    """Offer to stop or to pause; the same page for any token, and nothing changes."""
    return render_template("surveys/stop.html", done=None)


@pages.post("/stop/<token>")
@open_door
def stop(token: str) -> ResponseReturnValue:
    """Stop or pause; the same answer for a used or unknown token (RFC 8058).

    Mail programs stop with their one field. The page asks to choose first: programs that look
    through mail press buttons as they come, and would stop letters that nobody wanted to stop.
    """
    length = _length()
    if request.form.get("List-Unsubscribe") == "One-Click" or request.form.get("length") == "stop":
        services_choices.stop_by_token(token, clock.now())
        return render_template("surveys/stop.html", done="stop")
    if length is None:
        return render_template("surveys/stop.html", done=None, asks_again=True), 422
    services_choices.pause_by_token(token, length, clock.now())
    return render_template("surveys/stop.html", done=length)


@pages.record_once
def _needs_no_session(state: BlueprintSetupState) -> None:
    # Mail programs press this button themselves: no cookie, no page before it.
    state.app.extensions["csrf"].exempt(stop)
