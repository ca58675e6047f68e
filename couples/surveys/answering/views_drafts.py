"""Beside answering: what is begun and not sent, a round left out, a slower rhythm."""

from __future__ import annotations

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock, formats
from couples.autosave import changed_elsewhere, not_saved, saved
from couples.surveys.answering import (
    forms,
    services_drafts,
    services_skipping,
    services_slower,
    services_week,
)
from couples.surveys.answering.drafts import Draft
from couples.surveys.answering.services import RoundClosed
from couples.surveys.answering.services_drafts import DraftClash
from couples.surveys.answering.views import form_page
from couples.surveys.blueprint import pages
from couples.text import clean_line
from couples.web import flash_toast


@pages.post("/week/save")
def save_draft() -> ResponseReturnValue:
    """Keep what is filled in while it is filled in; answers the script, or the third button."""
    round_id = clean_line(request.form.get("round"))
    if request.form.get("then") == "later":
        return _come_back_later(round_id)
    try:
        return _keep_draft(round_id)
    except RoundClosed:
        sentence = _("This page has closed. What was kept before stays with you.")
        return jsonify(saved=sentence), 422


def _keep_draft(round_id: str) -> ResponseReturnValue:
    person_id, now = current_user.person_id, clock.now()
    found = services_week.open_week(person_id, round_id, now)
    form = forms.week_form(found)
    if not form.may_be_kept():
        return not_saved(form)
    assert found.round is not None
    kept = services_drafts.save_draft(
        person_id, found.round.id, form.begun(), form.revision.number, now
    )
    if isinstance(kept, DraftClash):
        return changed_elsewhere()
    return saved(kept.revision, kept.saved_at, _said(kept))


def _come_back_later(round_id: str) -> ResponseReturnValue:
    person_id, now = current_user.person_id, clock.now()
    found = services_week.open_week(person_id, round_id, now)
    form = forms.week_form(found)
    if not form.may_be_kept():
        return form_page(found, form), 422
    kept = services_drafts.save_draft(person_id, round_id, form.begun(), form.revision.number, now)
    if isinstance(kept, DraftClash):
        form.show_newer(kept.newer)
        return form_page(found, form), 409
    is_kept = kept.saved_at is not None
    sentence = _("Kept. Not sent yet; only you can see it.") if is_kept else _said(kept)
    flash_toast(sentence)
    return redirect(url_for("surveys.week"), 303)


def _said(draft: Draft) -> str:
    if draft.saved_at is None:
        return str(_("Nothing is waiting to be sent."))
    moment = formats.clock(draft.saved_at)
    return str(_("Not sent yet. Saved at %(moment)s; only you can see it.", moment=moment))


@pages.post("/week/draft/discard")
def discard_draft() -> ResponseReturnValue:
    """Start over."""
    round_id = clean_line(request.form.get("round"))
    services_drafts.discard_draft(current_user.person_id, round_id)
    flash_toast(_("Gone. Nothing of it was sent."))
    return redirect(url_for("surveys.week"), 303)


@pages.post("/week/skip")
def skip() -> ResponseReturnValue:
    """Leave the open round out."""
    services_skipping.skip(current_user.person_id, clock.now())
    return redirect(url_for("surveys.week"), 303)


@pages.post("/week/skip/back")
def answer_after_all() -> ResponseReturnValue:
    """Take leaving it out back."""
    services_skipping.answer_after_all(current_user.person_id, clock.now())
    return redirect(url_for("surveys.week"), 303)


@pages.post("/week/slower/away")
def put_slower_away() -> ResponseReturnValue:
    """Leave the rhythm as it is."""
    services_slower.put_slower_away(current_user.person_id, clock.now())
    flash_toast(_("It stays as it is."))
    return redirect(url_for("surveys.week"), 303)
