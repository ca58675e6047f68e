"""The page of questions of the couple's own."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.errors import Refusal
from couples.surveys.blueprint import pages
from couples.surveys.own_questions import services as services_questions
from couples.surveys.own_questions.forms import QuestionForm
from couples.surveys.own_questions.refusals import QuestionRefusal
from couples.web import flash_toast


@pages.route("/week/questions", methods=["GET", "POST"])
def questions() -> ResponseReturnValue:
    """Show the couple's own questions; take a suggestion."""
    found = services_questions.questions(current_user.person_id)
    form = QuestionForm()
    if form.validate_on_submit():
        return _suggested(form)
    status = 422 if form.errors else 200
    return render_template("surveys/questions.html", form=form, page=found), status


def _suggested(form: QuestionForm) -> ResponseReturnValue:
    """Lay it before the other; what was typed stays on the page where that is refused."""
    person_id = current_user.person_id
    try:
        services_questions.suggest(person_id, form.words.data, clock.now())
    except Refusal as refusal:
        form.words.errors = [str(refusal)]
        found = services_questions.questions(person_id)
        return render_template("surveys/questions.html", form=form, page=found), refusal.status
    flash_toast(_("Your question is there for you both to see. No reply is due."))
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("surveys.questions"), 303)


@pages.errorhandler(QuestionRefusal)
def question_refused(refusal: QuestionRefusal) -> ResponseReturnValue:
    """Say why not, and lead back to the questions as they are now."""
    page = render_template("surveys/question_refused.html", sentence=str(refusal))
    return page, refusal.status


@pages.post("/week/questions/<question_id>/use")
def use_question(question_id: str) -> ResponseReturnValue:
    """Say yes to the other's question."""
    services_questions.use(current_user.person_id, question_id, clock.now())
    flash_toast(_("You’ve both said yes. It is asked from the next page on."))
    return _back()


@pages.post("/week/questions/<question_id>/away")
def put_question_away(question_id: str) -> ResponseReturnValue:
    """Take one's own suggestion back, or put the other's away."""
    services_questions.put_away(current_user.person_id, question_id, clock.now())
    flash_toast(_("It has left this page."))
    return _back()


@pages.post("/week/questions/<question_id>/retire")
def retire_question(question_id: str) -> ResponseReturnValue:
    """Stop asking a question; what was answered stays."""
    services_questions.retire(current_user.person_id, question_id, clock.now())
    flash_toast(_("Retired. What was answered stays."))
    return _back()
