"""The inner door: pages of one's private history ask again who sits here (rule P2).

After ten minutes somebody else may hold the unlocked phone. `fresh_proof` marks a view; without a
fresh proof it leads to one page that asks for it, and from there back. Which page was wanted
stands in that page's address, so that two tabs do not mix theirs up, and is only ever a page of
ours that is marked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from couples import clock
from couples.accounts import rules
from couples.typed import other_fields, typed_fields
from couples.web import flash_toast

View = TypeVar("View", bound=Callable[..., Any])
# Choices without a word in them: a page has them again after the proof. None is longer than this.
CARRIED = frozenset({"when", "length", "settings"})
LONGEST_CHOICE = 20


def is_proved() -> bool:
    """Whether the person of this request has just proved who they are."""
    return current_user.is_authenticated and rules.is_fresh(current_user.proved_at, clock.now())


def fresh_proof(view: View) -> View:
    """Let a view be reached only by somebody who has just proved who they are."""

    @wraps(view)
    def proved(**values: Any) -> ResponseReturnValue:
        return view(**values) if is_proved() else ask()

    proved.fresh_proof = True  # type: ignore[attr-defined]
    return leads_back(cast(View, proved))


def leads_back(view: View) -> View:
    """Mark a page that one comes back to after the proof: by itself it asks nothing."""
    view.leads_back = True  # type: ignore[attr-defined]
    return view


def ask(page: str = "") -> ResponseReturnValue:
    """Lead to the page that asks; words of a form that comes too late stay on a page at once.

    `page` is where to come back to, where that is another one than the page asked for.
    """
    if request.method == "POST" and typed_fields():
        return keep_words()
    if request.files:
        flash_toast(_("The file wasn’t taken in. Choose it once more after this."))
    if page:
        return redirect(url_for("accounts.prove", to=page), 303)
    return redirect(way_through(), 303)


def way_through(*, tab: str | None = None) -> str:
    """Return the address of the page that asks, and then leads back to where the reader is."""
    query = urlencode([*request.args.items(multi=True), *_choices()])
    return url_for("accounts.prove", to=request.path + (f"?{query}" if query else ""), tab=tab)


def _choices() -> list[tuple[str, str]]:
    """Return what was chosen on a form that came too late, where it may stand in an address."""
    return [
        (name, value)
        for name, value in other_fields()
        if name in CARRIED and len(value) < LONGEST_CHOICE
    ]


def keep_words(*, newer: bool = False) -> ResponseReturnValue:
    """Show what was typed and nothing that is stored, until it is proved who typed it.

    `newer` says that another tab was first: both texts are shown after the proof (rule A9).
    """
    page = render_template(
        "accounts/proving/late.html",
        fields=typed_fields(),
        others=other_fields(),
        action=request.path,
        way=way_through(tab="y"),
        newer=newer,
    )
    return page, 409


def way_on() -> str:
    """Return the page that was wanted; who has words in another tab is told to go back to it."""
    if "tab" in request.args:
        flash_toast(_("That’s done. Go back to the other tab and send again."))
    return wanted_page()


def wanted_page() -> str:
    """Return the page that was wanted, read only; only marked pages of ours are led to."""
    try:
        wanted = urlsplit(request.args.get("to", ""))
        return _page_of_ours(wanted)
    except (HTTPException, ValueError):
        return url_for("accounts.settings")


def _page_of_ours(wanted: SplitResult) -> str:
    """Build its address anew from the route it names; whatever else it says is left out."""
    routes = current_app.create_url_adapter(request)
    assert routes is not None
    endpoint, values = routes.match(wanted.path, method="GET")
    if not getattr(current_app.view_functions[endpoint], "leads_back", False):
        raise ValueError("not a page one comes back to")
    query = urlencode(parse_qsl(wanted.query))
    return url_for(endpoint, **values) + (f"?{query}" if query else "")
