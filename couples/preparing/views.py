"""The pages of the private reflection; those of clearing the air come with them."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts.door import ask, fresh_proof, is_proved, keep_words
from couples.autosave import changed_elsewhere, form_page, not_saved, saved
from couples.preparing import services_reflection, views_airing
from couples.preparing.blueprint import both_texts, pages
from couples.preparing.forms import ReflectionForm
from couples.preparing.services_reflection import ReflectionClash, ReflectionView
from couples.web import flash_toast

__all__ = ["pages", "views_airing"]


@pages.get("/doc/before")
@fresh_proof
def before() -> ResponseReturnValue:
    """Show the two questions with what is written."""
    page = services_reflection.reflection_of(current_user.person_id)
    answers = page.answers
    form = ReflectionForm(
        formdata=None,
        motives=answers.motives,
        own_part=answers.own_part,
        revision=str(page.revision),
    )
    return render_template("preparing/before.html", form=form, page=page)


@pages.post("/doc/before")
def save_before() -> ResponseReturnValue:
    """Keep both answers; on a clash show both texts."""
    form = ReflectionForm()
    if not form.validate():
        page = services_reflection.reflection_of(current_user.person_id)
        return form_page("preparing/before.html", form, page=page)
    kept = keep(form)
    if isinstance(kept, ReflectionClash):
        return both_answers(form, kept.newer)
    flash_toast(_("Saved. Only you can see it, and you’ll find it under Private."))
    return redirect(url_for("agreement.home"), 303)


def keep(form: ReflectionForm) -> ReflectionView | ReflectionClash:
    """Save the form's answers."""
    return services_reflection.save_reflection(
        current_user.person_id, form.answers, form.revision.number, clock.now()
    )


def both_answers(form: ReflectionForm, newer: ReflectionView) -> ResponseReturnValue:
    """Show the answers typed here and those of the other tab."""
    if not is_proved():
        return keep_words(newer=True)
    texts = ((form.motives, newer.answers.motives), (form.own_part, newer.answers.own_part))
    title = _("Document, before")
    return both_texts(form, newer.revision, texts=texts, here=url_for(".before"), title=title)


@pages.post("/doc/before/save")
def autosave_before() -> ResponseReturnValue:
    """Save both answers while they are being written."""
    form = ReflectionForm()
    if not form.validate():
        return not_saved(form)
    kept = keep(form)
    return (
        changed_elsewhere()
        if isinstance(kept, ReflectionClash)
        else saved(kept.revision, clock.now() if kept.revision else None)
    )


@pages.post("/doc/before/skip")
def skip_before() -> ResponseReturnValue:
    """Put the two questions aside."""
    services_reflection.skip_reflection(current_user.person_id, clock.now())
    flash_toast(_("Put aside. The two questions stay under Private."))
    return redirect(url_for("agreement.home"), 303)


@pages.post("/doc/before/delete")
def delete_before() -> ResponseReturnValue:
    """Delete both answers for good."""
    if not is_proved():
        return ask(url_for("preparing.before"))
    services_reflection.delete_reflection(current_user.person_id, clock.now())
    flash_toast(_("Deleted."))
    return redirect(url_for("agreement.home"), 303)
