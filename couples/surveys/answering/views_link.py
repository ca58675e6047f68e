"""The mailed link: one empty page that stores what is chosen on it, and can do nothing else."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, session, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from couples import clock
from couples.languages import read_as
from couples.limits import limiter, never_limited
from couples.surveys.answering import forms, services_link
from couples.surveys.answering.services_link import LinkGone, LinkPage
from couples.surveys.blueprint import pages
from couples.web import open_door, page_of_failure

# How many of the pages that are alike for many are kept rendered: two megabytes.
MOST_KEPT = 200
# Stands for the note of when a page was shown while it is rendered.
HERE = "shown-here"


@pages.get("/week/<token>")
@open_door
@never_limited
def by_link(token: str) -> ResponseReturnValue:
    """Show the page of a mailed link: always empty, and nothing changes."""
    now = clock.now()
    page = services_link.page_by_link(token, now)
    # A sentence that waits for whoever sits at this browser is said here, too, and once.
    if "_flashes" in session:
        return _form_page(page, forms.link_form(page))
    begin, end = _empty_page(page)
    return f"{begin}{services_link.shown_at(page, now)}{end}"


def _empty_page(page: LinkPage) -> tuple[str, str]:
    """Return the page up to the note of when it was shown, and on from there, rendered once.

    It is alike for everybody who is asked the same until the same moment: no name stands on it, no
    own words, nothing stored. All it depends on is part of what it is kept under.
    """
    kept: dict[tuple[object, ...], tuple[str, str]] = current_app.extensions["empty_pages"]
    alike = (
        tuple(topic.listed for topic in page.topics), page.scale and page.scale.name, page.weekly,
        page.asks_more, page.mark, page.language, page.zone, page.closes_at,
    )  # fmt: skip
    if found := kept.get(alike):
        return found
    form = forms.link_form(page)
    form.shown.data = HERE
    begin, _here, end = _render("surveys/by_link.html", page, form=form).partition(HERE)
    # Another thread may do the same: what is returned is never what it may have cleared.
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[alike] = begin, end
    return begin, end


def _form_page(page: LinkPage, form: forms.LinkForm) -> str:
    form.shown.data = services_link.shown_at(page, clock.now())
    return _render("surveys/by_link.html", page, form=form)


def _render(template: str, page: LinkPage, **values: Any) -> str:
    _read_as(page)
    return render_template(template, page=page, **values)


def _read_as(page: LinkPage) -> None:
    """Go on as the letter's reader reads, whoever sits at this browser."""
    read_as(page.language, page.zone)


@pages.post("/week/<token>")
@open_door
@limiter.limit("300 per minute")
def answer_by_link(token: str) -> ResponseReturnValue:
    """Store what was chosen; ask again where nothing was, or where no person can have pressed."""
    now = clock.now()
    page = services_link.page_by_link(token, now)
    _read_as(page)
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
    return page_of_failure("surveys/link_gone.html"), 404


@pages.record_once
def _needs_no_cookie(state: BlueprintSetupState) -> None:
    # The address itself is the secret that other sites lack: the page works with cookies refused.
    state.app.extensions["csrf"].exempt(answer_by_link)
    state.app.extensions["empty_pages"] = {}
