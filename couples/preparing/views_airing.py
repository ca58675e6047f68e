"""The page of clearing the air, and every press on it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.autosave import changed_elsewhere, form_page, not_saved, saved
from couples.preparing import services_airing
from couples.preparing.blueprint import both_texts, pages
from couples.preparing.forms import AirForm
from couples.preparing.services_airing import WordsClash, WordsKept
from couples.web import flash_toast


@pages.get("/doc/air")
def air() -> ResponseReturnValue:
    """Where it stands: what it is, writing, folded, both texts."""
    page = services_airing.air(current_user.person_id)
    form = AirForm(formdata=None, words=page.words, revision=str(page.revision))
    return render_template("preparing/air.html", form=form, page=page)


@pages.post("/doc/air")
def save_air() -> ResponseReturnValue:
    """Keep one's words and, by the other button, fold them."""
    page = services_airing.air(current_user.person_id)
    form = AirForm()
    if not form.validate_on_submit():
        return form_page("preparing/air.html", form, page=page)
    kept = keep(form)
    if isinstance(kept, WordsClash):
        return both_words(form, kept)
    if form.is_ready:
        services_airing.say_ready(current_user.person_id, clock.now())
    else:
        flash_toast(_("Saved. Only you can see it."))
    return redirect(url_for(".air"), 303)


def keep(form: AirForm) -> WordsKept | WordsClash:
    """Save the form's words."""
    return services_airing.save_words(
        current_user.person_id, form.words.data, form.revision.number, clock.now()
    )


def both_words(form: AirForm, newer: WordsClash) -> ResponseReturnValue:
    """Show the words typed here and those of the other tab."""
    texts = ((form.words, newer.words),)
    title = _("Document, one talk")
    return both_texts(form, newer.revision, texts=texts, here=url_for(".air"), title=title)


@pages.post("/doc/air/save")
def autosave_air() -> ResponseReturnValue:
    """Save one's words while they are being written."""
    services_airing.air(current_user.person_id)
    form = AirForm()
    if not form.validate():
        return not_saved(form)
    kept = keep(form)
    return (
        changed_elsewhere()
        if isinstance(kept, WordsClash)
        else saved(kept.revision, clock.now() if kept.revision else None)
    )


@pages.post("/doc/air/want")
def want_air() -> ResponseReturnValue:
    """Say that one would like to."""
    services_airing.want(current_user.person_id, clock.now())
    return redirect(url_for(".air"), 303)


@pages.post("/doc/air/want/back")
def take_wish_back() -> ResponseReturnValue:
    """Take that back; one's words stay, for oneself."""
    services_airing.take_wish_back(current_user.person_id)
    flash_toast(_("Taken back."))
    return redirect(url_for(".air"), 303)


@pages.post("/doc/air/away")
def put_line_away() -> ResponseReturnValue:
    """Let the line that tells of the other's wish never come back."""
    services_airing.put_away(current_user.person_id, clock.now())
    return redirect(url_for("agreement.home"), 303)


@pages.post("/doc/air/ready/back")
def unfold_air() -> ResponseReturnValue:
    """Unfold one's words to change something."""
    services_airing.take_back(current_user.person_id)
    return redirect(url_for(".air"), 303)


@pages.post("/doc/air/close")
def close_air() -> ResponseReturnValue:
    """Close it for oneself, for good."""
    services_airing.close(current_user.person_id, clock.now())
    flash_toast(_("Closed. No page of yours brings it up again."))
    return redirect(url_for("agreement.home"), 303)
