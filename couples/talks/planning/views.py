"""The page on which times are proposed, and what is pressed on the times of either."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.autosave import form_page
from couples.talks.blueprint import pages
from couples.talks.planning import services as services_planning
from couples.talks.planning.forms import PlanForm
from couples.talks.planning.refusals import PlanningRefusal
from couples.talks.planning.services_plan import plan_page
from couples.web import flash_toast, typed_fields


@pages.route("/talks/plan", methods=["GET", "POST"])
def plan() -> ResponseReturnValue:
    """Propose up to three times for a talk, or for moving the one that is agreed."""
    now = clock.now()
    page = plan_page(current_user.person_id, now)
    form = PlanForm(current_user.zone, now, page.mine)
    if not form.validate_on_submit():
        return form_page("talks/plan.html", form, page=page)
    minutes = form.minutes.data
    done = services_planning.propose(current_user.person_id, form.times, minutes, now)
    return _back(_said(done, page.partner.name))


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
    services_planning.say_yes(current_user.person_id, time_id, clock.now())
    return _back(_("You’ve both said yes to this time."))


@pages.post("/talks/times/<time_id>/back")
def take_time_back(time_id: str) -> ResponseReturnValue:
    """Take back a time of one's own."""
    services_planning.take_back(current_user.person_id, time_id)
    return _back(_("Taken back. This time is no longer proposed."))


@pages.post("/talks/<talk_id>/off")
def call_off(talk_id: str) -> ResponseReturnValue:
    """Call a planned talk off."""
    services_planning.call_off(current_user.person_id, talk_id, clock.now())
    return _back(_("Called off. What you each brought stays for the next talk."))


def _back(sentence: str) -> ResponseReturnValue:
    flash_toast(sentence)
    return redirect(url_for("talks.home"), 303)


@pages.errorhandler(PlanningRefusal)
def planning_refused(refusal: PlanningRefusal) -> ResponseReturnValue:
    """Say why not, and lead back to the talks as they are now."""
    sentence, fields = str(refusal), typed_fields()
    page = render_template("talks/item_refused.html", sentence=sentence, fields=fields)
    return page, refusal.status
