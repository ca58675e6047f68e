"""The page of open questions, to read together."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from couples.agreement.listed import LISTED
from couples.pairing.services import couple_of
from couples.talks.blueprint import pages
from couples.talks.prompts.reader import prompts_for


@pages.get("/talks/prompts")
def prompts() -> ResponseReturnValue:
    """List all open questions by topic."""
    couple_of(current_user.person_id)
    found = prompts_for(get_locale())
    return render_template("talks/prompts.html", prompts=found, listed=LISTED)
