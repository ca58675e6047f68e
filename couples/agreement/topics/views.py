"""Where topics go, and what comes first."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.agreement.blueprint import pages
from couples.agreement.forms import to_matters
from couples.agreement.needs import services as services_needs
from couples.agreement.refusals import TopicAside
from couples.agreement.topics import services as services_topics
from couples.agreement.topics import services_order
from couples.agreement.topics.forms import MoveForm, OrderForm
from couples.agreement.topics.shapes import Moves
from couples.autosave import form_page
from couples.web import flash_toast


@pages.route("/doc/side/<topic_id>/move", methods=["GET", "POST"])
def move(topic_id: str) -> ResponseReturnValue:
    """Suggest to put a topic aside or to make it part of another; the other's yes does it."""
    moves = services_topics.moves(current_user.person_id, topic_id)
    # A form that was sent says itself what is meant; its address adds nothing.
    form = MoveForm(kind=None if request.method == "POST" else request.args.get("kind"))
    form.offer(moves.targets)
    if moves.gone_at:
        return gone(form, moves, 409 if form.is_submitted() else 200)
    if moves.waiting and not form.is_submitted():
        return redirect(url_for(".side", topic_id=topic_id), 303)
    if not form.validate_on_submit():
        return form_page("agreement/move.html", form, moves=moves)
    return proposed(form, moves)


def gone(form: MoveForm, moves: Moves, status: int, **values: Any) -> ResponseReturnValue:
    """Give back what was typed where a topic has gone meanwhile."""
    return render_template("agreement/move.html", form=form, moves=moves, **values), status


def proposed(form: MoveForm, moves: Moves) -> ResponseReturnValue:
    """Lay a suggestion before the other; where one lies there unread, show both (rule A9)."""
    person_id, topic_id = current_user.person_id, moves.topic.id
    try:
        newer = services_topics.propose(person_id, topic_id, form.proposal, clock.now())
    except TopicAside as refusal:
        return gone(form, services_topics.moves(person_id, topic_id), 409, refusal=str(refusal))
    if newer is not None:
        form.seen.data = newer.waiting.id if newer.waiting else ""
        values = {"moves": newer, "newer": newer.waiting}
        return render_template("agreement/move.html", form=form, **values), 409
    flash_toast(_("Your suggestion is there for you both to see. No reply is due."))
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.post("/doc/moves/<move_id>/use")
def use_move(move_id: str) -> ResponseReturnValue:
    """Say yes to what the other suggests about a topic."""
    topic_id = services_topics.use(current_user.person_id, move_id, clock.now())
    flash_toast(_("You’ve both said yes to this."))
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.post("/doc/moves/<move_id>/talk")
def talk_about_move(move_id: str) -> ResponseReturnValue:
    """Keep it for a talk."""
    topic_id = services_topics.keep_for_talk(current_user.person_id, move_id, clock.now())
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.post("/doc/moves/<move_id>/withdraw")
def withdraw_move(move_id: str) -> ResponseReturnValue:
    """Take one's own suggestion about a topic back."""
    topic_id = services_topics.withdraw(current_user.person_id, move_id, clock.now())
    flash_toast(_("Withdrawn."))
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.route("/doc/order", methods=["GET", "POST"])
def order() -> ResponseReturnValue:
    """The topics in the order of the text, each to be moved up or down by either."""
    person_id = current_user.person_id
    page, form = services_order.order(person_id), OrderForm()
    if not form.validate_on_submit():
        return form_page("agreement/order.html", form, page=page)
    topic_id = form.up.data or form.down.data
    newer = services_order.move(person_id, topic_id, form.step, form.seen.data or "")
    if newer is not None:
        return render_template("agreement/order.html", form=form, page=newer, newer=True), 409
    flash_toast(_("Moved. You both see this order."))
    pressed = "up" if form.up.data else "down"
    return redirect(url_for(".order", _anchor=f"{pressed}-{topic_id}"), 303)


@pages.post("/doc/mine/<need_id>/matters")
def matters(need_id: str) -> ResponseReturnValue:
    """Set how much one's own need matters, right in the list."""
    services_needs.need_page(current_user.person_id, need_id)
    number = to_matters(request.form.get("matters"))
    if number is not None:
        services_order.set_matters(current_user.person_id, need_id, number, clock.now())
        flash_toast(_("Saved. Only you can see it."))
    return redirect(url_for(".mine", _anchor=f"m-{need_id}"), 303)
