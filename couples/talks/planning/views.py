"""The page on which times are proposed, and what is pressed on the times of either."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.autosave import form_page
from couples.talks.blueprint import pages
from couples.talks.pages import to_talks
from couples.talks.planning import services as services_planning
from couples.talks.planning.forms import PlanForm
from couples.talks.planning.refusals import AgreedMeanwhile
from couples.talks.planning.services_plan import plan_page


@pages.route("/talks/plan", methods=["GET", "POST"])
def plan() -> ResponseReturnValue:
    """Propose up to three times for a talk, or for moving the one that is agreed."""
    now = clock.now()
    page = plan_page(current_user.person_id, now)
    form = PlanForm(current_user.zone, now, page.mine, page.held)
    if not form.validate_on_submit():
        return form_page("talks/plan.html", form, page=page)
    typed = form.times, form.minutes.data
    try:
        done = services_planning.propose(current_user.person_id, *typed, now, form.holds.data)
    except AgreedMeanwhile as refusal:
        return _asked_again(form, refusal)
    return to_talks(_said(done, page.partner.name))


def _asked_again(form: PlanForm, refusal: AgreedMeanwhile) -> ResponseReturnValue:
    """Show what holds now, and everything typed: pressing again proposes to move it."""
    page = plan_page(current_user.person_id, form.now)
    form.holds.data = page.held
    shown = render_template("talks/plan.html", form=form, page=page, newer=str(refusal))
    return shown, refusal.status


def _said(done: services_planning.Proposed, name: str) -> str:
    sentences: dict[services_planning.Proposed, str] = {
        "proposed": _("Proposed to %(name)s. No reply is due.", name=name),
        "agreed": _("%(name)s had proposed this time, too. You’ve both said yes to it.", name=name),
        "unchanged": _("You’ve both said yes to this time already. It stays as it is."),
    }
    return sentences[done]


@pages.post("/talks/times/<time_id>/yes")
def say_yes(time_id: str) -> ResponseReturnValue:
    """Say yes to a time the other proposed."""
    shown = request.form.get("shown", "")
    services_planning.say_yes(current_user.person_id, time_id, clock.now(), shown)
    return to_talks(_("You’ve both said yes to this time."))


@pages.post("/talks/times/<time_id>/back")
def take_time_back(time_id: str) -> ResponseReturnValue:
    """Take back a time of one's own."""
    services_planning.take_back(current_user.person_id, time_id)
    return to_talks(_("Taken back. This time is no longer proposed."))


@pages.post("/talks/<talk_id>/off")
def call_off(talk_id: str) -> ResponseReturnValue:
    """Call a planned talk off."""
    services_planning.call_off(current_user.person_id, talk_id, clock.now())
    return to_talks(_("Called off. What you each brought stays for the next talk."))
