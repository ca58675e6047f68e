"""Taking in a file of one's own words: one press, and a page that says what came of it."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from couples import clock
from couples.accounts import browser
from couples.accounts.door import fresh_proof
from couples.limits import asker, limiter
from couples.privacy.blueprint import pages
from couples.privacy.export.views import files
from couples.privacy.locking.opening import is_closed, key_to_take
from couples.privacy.services import NotesLocked
from couples.privacy.taking_in import reading, services
from couples.privacy.taking_in.forms import TakeInForm
from couples.privacy.taking_in.services import TakenIn
from couples.uploads import with_room

# Beside the file the form needs little.
ROOM = reading.MOST_BYTES + 64 * 1024
LOCKED = _l("Your notes are locked. Open them first, then choose the file once more")
# Once in a life, and a few more times until it is the right file.
few = limiter.limit("10 per hour", key_func=asker, methods=["POST"])


@pages.route("/settings/import", methods=["GET", "POST"])
@with_room(ROOM)
@fresh_proof
@files
@few
def take_in() -> ResponseReturnValue:
    """Say what would come in and how; the press takes in what is in the file."""
    form = TakeInForm(settings="settings" in request.args)
    taken = _taken(form) if form.validate_on_submit() else None
    if taken is not None:
        return render_template("privacy/imported.html", taken=taken)
    page = render_template("privacy/import.html", form=form, is_closed=is_closed())
    return page, browser.status_of(form)


def _taken(form: TakeInForm) -> TakenIn | None:
    try:
        own = reading.read(form.file.data.read(reading.MOST_BYTES + 1))
        return services.take_in(
            current_user.person_id,
            own,
            with_settings=form.settings.data,
            key=key_to_take(),
            now=clock.now(),
        )
    except reading.Unreadable as problem:
        form.file.errors = [problem.sentence]
    except NotesLocked:
        form.file.errors = [LOCKED]
    return None
