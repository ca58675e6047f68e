"""The page of this week, and one's own past rounds."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts.door import fresh_proof
from couples.surveys.answering import forms, services_week
from couples.surveys.answering import services as services_answers
from couples.surveys.answering.late import typed_answers
from couples.surveys.answering.scale import SCALE_ASKED
from couples.surveys.answering.services import RoundClosed
from couples.surveys.answering.services_week import State, Week
from couples.surveys.blueprint import pages
from couples.surveys.longer_look.services import has_past, offer_of
from couples.surveys.rules import OVERALL
from couples.text import clean, clean_line
from couples.web import flash_toast


@pages.get("/week")
def week() -> ResponseReturnValue:
    """Show what can be answered now, or when the next page opens."""
    found = services_week.week_of(current_user.person_id, clock.now())
    if found.state is State.OPEN:
        return _open_page(found)
    offer = offer_of(current_user.person_id, clock.now())
    return render_template("surveys/between.html", week=found, offer=offer)


def _open_page(week: Week) -> str:
    assert week.round is not None
    if week.round.skipped:
        return render_template("surveys/skipped.html", week=week, round=week.round)
    return form_page(week, forms.week_form(week, week.round.draft))


def form_page(week: Week, form: forms.WeekForm) -> str:
    """Render the page with what is filled in."""
    return render_template("surveys/week.html", week=week, round=week.round, form=form)


@pages.post("/week")
def answer() -> ResponseReturnValue:
    """Store the answers, shared or kept."""
    person_id, now = current_user.person_id, clock.now()
    found = services_week.open_week(person_id, clean_line(request.form.get("round")), now)
    form = forms.week_form(found)
    if form.validate_on_submit():
        clash = services_answers.save_answers(person_id, _id(found), form.answers(), now)
        if clash is None:
            return redirect(url_for("surveys.done"), 303)
        form.show_clash(clash)
    return form_page(found, form), 422


def _id(week: Week) -> str:
    return week.round.id if week.round else ""


@pages.errorhandler(RoundClosed)
def round_closed(problem: RoundClosed) -> ResponseReturnValue:
    """Say that the page has closed, and keep on it what came too late."""
    typed = request.form
    round_id = clean_line(typed.get("round"))
    found = services_week.typed_round(current_user.person_id, round_id, clock.now())
    numbers = typed_answers(found, typed) if found else []
    late = {"words": clean(typed.get("words")), "numbers": numbers}
    return render_template("surveys/too_late.html", problem=problem, **late), problem.status


@pages.get("/week/done")
def done() -> ResponseReturnValue:
    """Confirm, and let go."""
    found = services_week.week_of(current_user.person_id, clock.now())
    if found.round is None or not found.round.mine.answered:
        return redirect(url_for("surveys.week"), 303)
    offer = offer_of(current_user.person_id, clock.now())
    return render_template("surveys/done.html", week=found, round=found.round, offer=offer)


@pages.post("/week/link")
def replace_link() -> ResponseReturnValue:
    """Make the mailed link void."""
    services_week.replace_link(current_user.person_id, clock.now())
    flash_toast(_("The link in your email no longer works. You can answer here."))
    return redirect(url_for("surveys.week"), 303)


@pages.get("/week/past")
@fresh_proof
def past_list() -> ResponseReturnValue:
    """Show the way to every one of one's own rounds that is over."""
    found = services_week.past_rounds(current_user.person_id, clock.now())
    looks = has_past(current_user.person_id)
    return render_template("surveys/past_list.html", rounds=found, looks=looks)


@pages.get("/week/past/<round_id>")
@fresh_proof
def past(round_id: str) -> ResponseReturnValue:
    """Show one's own answers of a round that is over."""
    found = services_week.past_round(current_user.person_id, round_id, clock.now())
    begun = typed_answers(found, found.draft.fields)
    overall = OVERALL
    shown = {"overall": overall, "scale": SCALE_ASKED, "begun": begun}
    return render_template("surveys/past.html", round=found, **shown)


@pages.post("/week/past/<round_id>/withdraw")
def withdraw(round_id: str) -> ResponseReturnValue:
    """Take back the sharing of a past round."""
    services_answers.withdraw(current_user.person_id, round_id, clock.now())
    flash_toast(_("No longer shared. It is gone from the shared pages."))
    return redirect(url_for("surveys.past", round_id=round_id), 303)
