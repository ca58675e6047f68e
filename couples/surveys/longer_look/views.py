"""The page of the longer look, which nobody but its author ever sees."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts.door import fresh_proof, is_proved, keep_words
from couples.autosave import changed_elsewhere, not_saved, saved
from couples.surveys.blueprint import pages
from couples.surveys.longer_look import services as services_longer
from couples.surveys.longer_look.forms import LookForm, look_form
from couples.surveys.longer_look.services import LONG_SCALE, LongerPage, Look, LookClash
from couples.web import flash_toast


@pages.get("/week/longer")
@fresh_proof
def longer() -> ResponseReturnValue:
    """Show the sixteen questions where they may be answered, and those that are over."""
    page = services_longer.longer_page(current_user.person_id, clock.now())
    return _page(page, look_form(page.look))


def _page(page: LongerPage, form: LookForm) -> str:
    if not is_proved():
        # Only a form that came too late gets here: what is over stays behind the door.
        page = replace(page, past=())
    return render_template("surveys/longer.html", page=page, form=form, scale=LONG_SCALE)


@pages.post("/week/longer")
def save_longer() -> ResponseReturnValue:
    """Keep what is filled in, or end it."""
    form = look_form(None)
    if not form.validate():
        return _page(_open_page(), form), 422
    kept = _keep(form)
    if isinstance(kept, LookClash):
        return _both(_open_page(), form, kept)
    flash_toast(_("Finished.") if form.finishes else _("Saved. Only you can see it."))
    # An empty one has no page of its own for whoever reads another language by now.
    return redirect(url_for("surveys.longer" if kept.points else "surveys.week"), 303)


def _open_page() -> LongerPage:
    return services_longer.open_page(current_user.person_id, clock.now())


def _both(page: LongerPage, form: LookForm, clash: LookClash) -> ResponseReturnValue:
    if not is_proved():
        return keep_words(newer=True)
    form.show_clash(clash.newer)
    return _page(page, form), 409


def _keep(form: LookForm) -> Look | LookClash:
    keep = services_longer.finish_look if form.finishes else services_longer.save_look
    return keep(current_user.person_id, form.given(), form.revision.number, clock.now())


@pages.post("/week/longer/save")
def autosave_longer() -> ResponseReturnValue:
    """Keep what is filled in while it is filled in; answers the script."""
    services_longer.open_page(current_user.person_id, clock.now())
    form = look_form(None)
    if not form.validate():
        return not_saved(form)
    kept = services_longer.save_look(
        current_user.person_id, form.given(), form.revision.number, clock.now()
    )
    if isinstance(kept, LookClash):
        return changed_elsewhere()
    return saved(kept.revision, kept.saved_at)


@pages.post("/week/longer/away")
def put_longer_away() -> ResponseReturnValue:
    """Leave it for half a year."""
    services_longer.put_away(current_user.person_id, clock.now())
    flash_toast(_("Put away for half a year."))
    return redirect(url_for("surveys.done"), 303)
