"""The mailed link: one empty page that stores what is chosen on it, and can do nothing else."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import refresh

from couples import clock
from couples.limits import limiter
from couples.surveys.answering import forms, services_link
from couples.surveys.answering.services_link import LinkGone, LinkPage
from couples.surveys.blueprint import pages
from couples.web import open_door


@pages.get("/week/<token>")
@open_door
def by_link(token: str) -> ResponseReturnValue:
    """Show the page of a mailed link: always empty, and nothing changes."""
    page = services_link.page_by_link(token, clock.now())
    return _form_page(page, forms.link_form(page))


def _form_page(page: LinkPage, form: forms.LinkForm) -> str:
    form.shown.data = services_link.shown_at(page, clock.now())
    return _render("surveys/by_link.html", page, form=form)


def _render(template: str, page: LinkPage, **values: Any) -> str:
    """Render as the letter's reader reads, whoever sits at this browser."""
    g.language, g.zone = page.language, page.zone
    refresh()
    return render_template(template, page=page, **values)


@pages.post("/week/<token>")
@open_door
@limiter.limit("300 per minute")
def answer_by_link(token: str) -> ResponseReturnValue:
    """Store what was chosen; ask again where nothing was, or where no person can have pressed."""
    now = clock.now()
    page = services_link.page_by_link(token, now)
    form = forms.link_form(page)
    if form.validate_on_submit():
        if not services_link.too_soon(page, form.shown.data or "", now):
            services_link.save_by_link(token, form.answers(), now)
            return redirect(url_for("surveys.done_by_link", token=token), 303)
        form.ask_once_more()
    return _form_page(page, form), 422


@pages.get("/week/<token>/done")
@open_door
def done_by_link(token: str) -> ResponseReturnValue:
    """Confirm in the same words whatever was chosen."""
    return _render("surveys/done_by_link.html", services_link.page_by_link(token, clock.now()))


@pages.errorhandler(LinkGone)
def link_gone(_problem: LinkGone) -> ResponseReturnValue:
    """Answer every void link alike, one that never was included."""
    return render_template("surveys/link_gone.html"), 404


@pages.record_once
def _needs_no_cookie(state: BlueprintSetupState) -> None:
    # The address itself is the secret that other sites lack: the page works with cookies refused.
    state.app.extensions["csrf"].exempt(answer_by_link)
