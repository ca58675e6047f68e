"""Taking a copy of one's own words along: made as it is asked for, kept nowhere, never mailed."""

from __future__ import annotations

import json
from datetime import datetime

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date, to_user_timezone
from flask_login import current_user

from couples import clock
from couples.accounts import browser
from couples.accounts.door import fresh_proof
from couples.accounts.events.services import note
from couples.limits import asker, limiter
from couples.privacy.blueprint import pages
from couples.privacy.export.forms import ExportForm
from couples.privacy.export.readable import parts_of
from couples.privacy.export.services import own_words
from couples.privacy.locking.opening import is_closed, key_to_take

# Counted together with every other text that is made into a file.
files = limiter.shared_limit("20 per 10 minutes", scope="files", key_func=asker, methods=["POST"])


@pages.route("/settings/export", methods=["GET", "POST"])
@fresh_proof
@files
def export() -> ResponseReturnValue:
    """Say what is in it and what is not; a press gives one of the two files."""
    form = ExportForm()
    if form.validate_on_submit():
        return made(form.kind.data, clock.now())
    page = render_template("privacy/export.html", form=form, is_closed=is_closed())
    return page, browser.status_of(form)


def made(kind: str, now: datetime) -> Response:
    """Make the file; that it was made is remembered for its person alone."""
    own = own_words(current_user.person_id, now, key_to_take())
    if kind == "json":
        file = Response(json.dumps(own, ensure_ascii=False, indent=1), mimetype="application/json")
    else:
        page = render_template("privacy/export_file.html", parts=parts_of(own), made_at=now)
        file = Response(page, mimetype="text/html")
    note(current_user.person_id, "exported", now)
    day = format_date(to_user_timezone(now).date(), "yyyy-MM-dd")
    file.headers.set("Content-Disposition", "attachment", filename=f"pages-{day}.{kind}")
    return file
