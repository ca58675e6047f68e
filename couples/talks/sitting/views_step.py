"""The step that came of a talk: changed, done, let go, or made a suggestion for a promise."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.agreement.forms import choices
from couples.agreement.unsent.services import TypedElsewhere
from couples.autosave import form_page
from couples.talks.blueprint import pages
from couples.talks.sitting import services_promise, services_steps
from couples.talks.sitting.forms import StepForm, TopicForm, revision_of, step_form
from couples.talks.sitting.pages import page_of, to_talk, today
from couples.web import flash_toast


@pages.route("/talks/<talk_id>/step", methods=["GET", "POST"])
def step(talk_id: str) -> ResponseReturnValue:
    """Change the step, or write one down later; where the other was first, show both (A9)."""
    page = page_of(talk_id)
    form = step_form(page, today())
    if not page.may_write_step and not form.is_submitted():
        return to_talk(talk_id)
    if not form.validate_on_submit():
        return form_page("talks/step.html", form, page=page, newer=form.catch_up(revision_of(page)))
    return _changed(talk_id, form)


def _changed(talk_id: str, form: StepForm) -> ResponseReturnValue:
    """Change the step; where the other was first, show both texts (rule A9)."""
    person_id, revision = current_user.person_id, form.revision.number
    if services_steps.change(person_id, talk_id, form.step, revision, clock.now()):
        flash_toast(_("Saved. You both see it."))
        return to_talk(talk_id)
    page = page_of(talk_id)
    newer = form.catch_up(revision_of(page))
    return render_template("talks/step.html", form=form, page=page, newer=newer), 409


@pages.post("/talks/<talk_id>/step/done")
def step_done(talk_id: str) -> ResponseReturnValue:
    """Say that the step is done."""
    services_steps.done(current_user.person_id, talk_id, clock.now())
    flash_toast(_("Done."))
    return to_talk(talk_id)


@pages.post("/talks/<talk_id>/step/let-go")
def step_let_go(talk_id: str) -> ResponseReturnValue:
    """Let the step go."""
    services_steps.let_go(current_user.person_id, talk_id, clock.now())
    flash_toast(_("Let go."))
    return to_talk(talk_id)


@pages.route("/talks/<talk_id>/step/promise", methods=["GET", "POST"])
def step_promise(talk_id: str) -> ResponseReturnValue:
    """Lay the step's words down where the reader would suggest them for a promise."""
    page = services_promise.promise_page(current_user.person_id, talk_id)
    form = TopicForm()
    form.topic.choices = choices((topic.id, topic.name) for topic in page.topics)
    if not form.validate_on_submit():
        return form_page("talks/promise.html", form, page=page)
    topic_id = form.topic.data or ""
    try:
        services_promise.lay_down(current_user.person_id, talk_id, topic_id, clock.now())
    except TypedElsewhere as kept:
        values = {"page": page, "kept": kept.kept.fields["words"], "topic_id": topic_id}
        return render_template("talks/promise.html", form=form, **values), 409
    return redirect(url_for("agreement.words", topic_id=topic_id), 303)
