"""Words for a promise: typed, kept for later, sent, and answered."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.agreement.blueprint import pages, today
from couples.agreement.promises import services as services_wording
from couples.agreement.promises import services_begun
from couples.agreement.promises.forms import AFRESH, KEEP, WordsForm
from couples.agreement.promises.services_begun import WordsPage
from couples.agreement.promises.wordings import from_plain
from couples.agreement.unsent.services import TypedElsewhere
from couples.autosave import changed_elsewhere, form_page, not_saved, saved
from couples.web import flash_toast


@pages.route("/doc/side/<topic_id>/words", methods=["GET", "POST"])
def words(topic_id: str) -> ResponseReturnValue:
    """Suggest words; where newer ones came meanwhile, show both (rule A9)."""
    begun = services_begun.begin(current_user.person_id, topic_id)
    form = WordsForm(begun.side.couple.me.name, today(), begun.wording)
    if form.then.data == AFRESH:
        services_begun.start_afresh(current_user.person_id, topic_id, form.revision.number)
        return redirect(url_for(".words", topic_id=topic_id), 303)
    if form.validate_on_submit():
        return sent(begun, form)
    newer = begun.side if begun.is_stale else None
    return form_page("agreement/words.html", form, **shown(begun, newer=newer))


def shown(begun: WordsPage, **values: Any) -> dict[str, Any]:
    """Return what the page of suggesting words shows beside its form."""
    return {"page": begun.side, "saved_at": begun.saved_at, **values}


def sent(begun: WordsPage, form: WordsForm) -> ResponseReturnValue:
    """Keep the words or send them, as the button says; on a clash show both texts."""
    topic_id, person_id = begun.side.topic.id, current_user.person_id
    try:
        if form.then.data == KEEP:
            services_begun.keep_words(person_id, topic_id, form.wording, clock.now())
            flash_toast(_("Kept for later. Only you can see it."))
            return redirect(url_for(".side", topic_id=topic_id), 303)
        newer = services_wording.suggest(person_id, topic_id, form.wording, clock.now())
    except TypedElsewhere as other:
        return both_typed(begun, form, other)
    if newer is not None:
        form.seen.data = newer.seen
        values = {**shown(begun, newer=newer), "page": newer}
        return render_template("agreement/words.html", form=form, **values), 409
    partner = begun.side.couple.partner.name
    flash_toast(_("Your wording is with %(name)s. No reply is due.", name=partner))
    return redirect(url_for(".side", topic_id=topic_id), 303)


def both_typed(begun: WordsPage, form: WordsForm, other: TypedElsewhere) -> ResponseReturnValue:
    """Show what was typed here beside what another tab kept (rule A9)."""
    form.revision.data = str(other.kept.revision)
    typed = from_plain(other.kept.fields, other.kept.revision)
    values = shown(begun, elsewhere=typed)
    return render_template("agreement/words.html", form=form, **values), 409


@pages.post("/doc/side/<topic_id>/words/save")
def autosave_words(topic_id: str) -> ResponseReturnValue:
    """Keep words while they are typed; nothing of it is shown to the other."""
    begun = services_begun.begin(current_user.person_id, topic_id)
    form = WordsForm(begun.side.couple.me.name, today(), begun.wording)
    form.then.data = KEEP
    if not form.validate():
        return not_saved(form)
    now, person_id = clock.now(), current_user.person_id
    try:
        revision = services_begun.keep_words(person_id, topic_id, form.wording, now)
    except TypedElsewhere:
        return changed_elsewhere()
    return saved(revision, now)


@pages.post("/doc/words/<suggestion_id>/use")
def use_words(suggestion_id: str) -> ResponseReturnValue:
    """Say yes to the other's words."""
    topic_id = services_wording.use(current_user.person_id, suggestion_id, clock.now())
    flash_toast(_("You’ve both said yes to this wording."))
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.post("/doc/words/<suggestion_id>/talk")
def talk_first(suggestion_id: str) -> ResponseReturnValue:
    """Keep the other's words for a talk."""
    topic_id = services_wording.keep_for_talk(current_user.person_id, suggestion_id, clock.now())
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.post("/doc/words/<suggestion_id>/withdraw")
def withdraw_words(suggestion_id: str) -> ResponseReturnValue:
    """Take one's own words back."""
    topic_id = services_wording.withdraw(current_user.person_id, suggestion_id, clock.now())
    flash_toast(_("Withdrawn."))
    return redirect(url_for(".side", topic_id=topic_id), 303)
