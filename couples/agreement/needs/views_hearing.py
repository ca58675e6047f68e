"""What I hear: written, said by a press, and answered by the need's author (rule A4)."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.agreement.blueprint import pages
from couples.agreement.needs import services_hearing
from couples.agreement.needs.services_hearing import HearPage
from couples.agreement.promises import services_side
from couples.agreement.promises.forms import AFRESH, KEEP, AnswerForm, HearForm
from couples.agreement.unsent.services import TypedElsewhere
from couples.autosave import changed_elsewhere, form_page, not_saved, saved
from couples.text import to_number
from couples.web import flash_toast


@pages.route("/doc/hear/<need_id>", methods=["GET", "POST"])
def hear(need_id: str) -> ResponseReturnValue:
    """Put the other's need in one's own words."""
    if request.form.get("then") == AFRESH:
        return afresh(need_id)
    page = services_hearing.hear_page(current_user.person_id, need_id)
    form = HearForm(page)
    if form.validate_on_submit():
        return said(page, form)
    return form_page("agreement/hear.html", form, page=page)


def afresh(need_id: str) -> ResponseReturnValue:
    """Forget what was typed, and write on or, where nothing can be said any more, go back."""
    revision = to_number(request.form.get("revision"))
    ended = services_hearing.start_afresh(current_user.person_id, need_id, revision)
    if ended:
        return redirect(url_for(".side", topic_id=ended), 303)
    return redirect(url_for(".hear", need_id=need_id), 303)


def said(page: HearPage, form: HearForm) -> ResponseReturnValue:
    """Keep the words or say them, as the button says; on a clash show both texts."""
    person_id, partner = current_user.person_id, page.couple.partner.name
    try:
        if form.then.data == KEEP:
            services_hearing.keep_hearing(person_id, page.need.id, form.heard, clock.now())
            flash_toast(_("Kept for later. Only you can see it."))
            return back(page)
        newer = services_hearing.hear(person_id, page.need.id, form.heard, clock.now())
    except TypedElsewhere as other:
        form.revision.data = str(other.kept.revision)
        return both(page, form, there=other.kept.fields["words"], kept=True)
    if newer is not None:
        form.seen.data = str(newer.revision)
        return both(page, form, there=newer.words, kept=False)
    flash_toast(_("%(name)s can read it now. No reply is due.", name=partner))
    return back(page)


def back(page: HearPage) -> ResponseReturnValue:
    """Go back to the topic."""
    return redirect(url_for(".side", topic_id=page.need.topic_id), 303)


def both(page: HearPage, form: HearForm, **values: Any) -> ResponseReturnValue:
    """Show what was typed here beside what came meanwhile (rule A9)."""
    return render_template("agreement/hear.html", form=form, page=page, **values), 409


@pages.post("/doc/hear/<need_id>/save")
def autosave_hearing(need_id: str) -> ResponseReturnValue:
    """Keep words while they are typed; nothing of it is shown to the other."""
    form = HearForm(services_hearing.hear_page(current_user.person_id, need_id))
    form.then.data = KEEP
    if not form.validate():
        return not_saved(form)
    now, person_id = clock.now(), current_user.person_id
    try:
        revision = services_hearing.keep_hearing(person_id, need_id, form.heard, now)
    except TypedElsewhere:
        return changed_elsewhere()
    return saved(revision, now)


@pages.post("/doc/hear/<need_id>/answer")
def answer_hearing(need_id: str) -> ResponseReturnValue:
    """Say whether that is it; where other words stand there by now, show them and ask again."""
    form = AnswerForm()
    person_id, said_now = current_user.person_id, form.answer.data or ""
    known = services_hearing.answer(person_id, need_id, said_now, form.revision.number, clock.now())
    if known.recorded:
        return redirect(url_for(".side", topic_id=known.topic_id), 303)
    page = services_side.side(person_id, known.topic_id)
    return render_template("agreement/side.html", page=page, reworded=need_id), 409
