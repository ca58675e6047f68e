"""The inner door: pages of one's private history ask again who sits here (rule P2).

After ten minutes somebody else may hold the unlocked phone. `fresh_proof` marks a view; without a
fresh proof it leads to one page that asks for it, and from there back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from couples import clock
from couples.accounts import rules

View = TypeVar("View", bound=Callable[..., Any])
ASKED = "prove_for"


def is_proved() -> bool:
    """Whether the person of this request has just proved who they are."""
    return current_user.is_authenticated and rules.is_fresh(current_user.proved_at, clock.now())


def fresh_proof(view: View) -> View:
    """Let a view be reached only by somebody who has just proved who they are.

    A form that comes too late is shown again after the proof, by its own page.
    """

    @wraps(view)
    def proved(**values: Any) -> ResponseReturnValue:
        return view(**values) if is_proved() else ask(values)

    proved.fresh_proof = True  # type: ignore[attr-defined]
    return cast(View, proved)


def ask(values: dict[str, Any]) -> ResponseReturnValue:
    """Lead to the page that asks, and remember which page of ours was wanted."""
    session[ASKED] = [request.endpoint, values]
    return redirect(url_for("accounts.prove"), 303)


def wanted_page() -> str:
    """Return the page that was wanted, read only; only marked pages of ours are led to."""
    endpoint, values = session.pop(ASKED, None) or ["accounts.settings", {}]
    view = current_app.view_functions.get(endpoint)
    if not getattr(view, "fresh_proof", False):
        return url_for("accounts.settings")
    return url_for(endpoint, **values)
