"""The pages of the agreement: home, and each person's own needs."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts.door import ask, is_proved, leads_back
from couples.agreement import services_home
from couples.agreement.blueprint import pages
from couples.agreement.forms import NeedForm, NewNeedForm
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening, views_hearing
from couples.agreement.promises import views as views_words
from couples.agreement.promises import views_side as views_shared
from couples.agreement.review import views as views_review
from couples.agreement.shapes import NeedClash, NeedPage, NeedView
from couples.agreement.signing import services_versions
from couples.agreement.signing import views as views_signing
from couples.agreement.topics import services as services_topics
from couples.agreement.topics import views as views_topics
from couples.autosave import changed_elsewhere, form_page, not_saved, saved
from couples.errors import NotFound
from couples.preparing.services import offers
from couples.web import flash_toast

__all__ = [
    "pages",
    "views_hearing",
    "views_review",
    "views_shared",
    "views_signing",
    "views_topics",
    "views_words",
]


@pages.get("/doc")
def home() -> ResponseReturnValue:
    """Where both stand: writing, folded, opened, working out promises, signed."""
    person_id = current_user.person_id
    home = services_home.home(person_id)
    values = {"offers": offers(person_id), "review": views_review.due_line()}
    return render_template("agreement/home.html", home=home, **values)


@pages.get("/doc/mine")
def mine() -> ResponseReturnValue:
    """All my needs."""
    needs = services_needs.my_needs(current_user.person_id)
    kept = services_versions.kept_versions(current_user.person_id)
    found = offers(current_user.person_id)
    return render_template("agreement/mine.html", needs=needs, kept=kept, offers=found)


@pages.route("/doc/mine/new", methods=["GET", "POST"])
def new_need() -> ResponseReturnValue:
    """Choose what a new need is about."""
    form = NewNeedForm()
    if form.validate_on_submit():
        need_id = services_needs.begin_need(current_user.person_id, form.heading, clock.now())
        return redirect(url_for(".write", need_id=need_id), 303)
    needs = services_needs.my_needs(current_user.person_id)
    headings = services_topics.headings(current_user.person_id)
    return form_page("agreement/new.html", form, needs=needs, headings=headings)


@pages.route("/doc/mine/<need_id>", methods=["GET", "POST"])
@leads_back
def write(need_id: str) -> ResponseReturnValue:
    """Write one need; it saves itself, and by its buttons."""
    try:
        page = services_needs.need_page(current_user.person_id, need_id)
    except NotFound:
        return taken_away()
    if page.is_past and not is_proved():
        return ask()
    form = NeedForm(data=need_values(page.need))
    if form.validate_on_submit():
        return keep(page, form, form.then.data)
    template = "fixed" if (page.fixed or page.folded) and not form.is_submitted() else "write"
    return form_page(f"agreement/{template}.html", form, page=page)


def taken_away() -> ResponseReturnValue:
    """Give back what was typed on a need that is gone; nothing more than 404 on a visit."""
    if request.method != "POST":
        raise NotFound
    return render_template("agreement/taken.html", form=NeedForm()), 404


def need_values(need: NeedView) -> dict[str, Any]:
    """Return what the form of a need begins with."""
    words = need.words
    return {
        "before": words.before,
        "request": words.request,
        "own_part": words.own_part,
        "matters": words.matters,
        "revision": str(need.revision),
    }


def keep(page: NeedPage, form: NeedForm, then: str | None) -> ResponseReturnValue:
    """Save a need and go where its button says; on a clash show both texts."""
    kept = services_needs.save_need(
        current_user.person_id, page.need.id, form.words, form.revision.number, clock.now()
    )
    if isinstance(kept, NeedClash):
        form.revision.data = str(kept.need.revision)
        values = {"page": page, "newer": kept.need}
        return render_template("agreement/write.html", form=form, **values), 409
    flash_toast(_("Saved. Only you can see it."))
    if then == "read":
        return redirect(url_for(".read_one", need_id=page.need.id), 303)
    if then == "next" and page.next_id:
        return redirect(url_for(".write", need_id=page.next_id), 303)
    return redirect(url_for(".mine"), 303)


@pages.post("/doc/mine/<need_id>/save")
def autosave(need_id: str) -> ResponseReturnValue:
    """Save while typing; 409 where another tab was first, and nothing is overwritten."""
    services_needs.need_page(current_user.person_id, need_id)
    form = NeedForm()
    if not form.validate():
        return not_saved(form)
    now = clock.now()
    kept = services_needs.save_need(
        current_user.person_id, need_id, form.words, form.revision.number, now
    )
    return changed_elsewhere() if isinstance(kept, NeedClash) else saved(kept.revision, now)


@pages.post("/doc/mine/<need_id>/delete")
def delete_need(need_id: str) -> ResponseReturnValue:
    """Take a draft away."""
    services_needs.delete_need(current_user.person_id, need_id)
    flash_toast(_("Taken away."))
    return redirect(url_for(".mine"), 303)


@pages.get("/doc/mine/<need_id>/open")
def read_one(need_id: str) -> ResponseReturnValue:
    """Read one need written later before opening it."""
    page = services_needs.need_page(current_user.person_id, need_id)
    return render_template("agreement/read_one.html", page=page)


@pages.post("/doc/mine/<need_id>/open")
def open_need(need_id: str) -> ResponseReturnValue:
    """Open one need written later, by its author's own press (rule A2)."""
    topic_id = services_opening.open_need(current_user.person_id, need_id, clock.now())
    flash_toast(_("This need is open for you both."))
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.get("/doc/read")
def read_through() -> ResponseReturnValue:
    """Read everything once more before saying ready."""
    needs = services_needs.my_needs(current_user.person_id)
    return render_template("agreement/read.html", needs=needs)


@pages.post("/doc/ready")
def ready() -> ResponseReturnValue:
    """Fold one's page; both open when the other's is folded too."""
    services_opening.say_ready(current_user.person_id, clock.now())
    return redirect(url_for(".home"), 303)


@pages.post("/doc/ready/back")
def take_back() -> ResponseReturnValue:
    """Unfold one's page."""
    services_opening.take_back(current_user.person_id)
    return redirect(url_for(".mine"), 303)
