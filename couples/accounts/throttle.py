"""How fast one source may try; nobody else is slowed down by it (rules P3, S7)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, make_response, request
from flask.typing import ResponseReturnValue

from couples import limits
from couples.accounts import known
from couples.accounts.addresses import index_of_typed
from couples.limits import limiter

View = TypeVar("View", bound=Callable[..., Any])

FREE_BY_BOTH = 10
FREE_BY_SOURCE = 60


def failed_sign_ins(view: View) -> View:
    """Let more and more time pass between failed tries: by address and source, and by source.

    A browser that this address has signed in with before counts for itself, so that somebody in
    the same home cannot use up its tries.
    """

    @wraps(view)
    def tried() -> ResponseReturnValue:
        counted = _counted()
        until = limits.claim(counted)
        if until is not None:
            return limits.refused(until)
        response = make_response(view())
        if response.status_code != 422:
            limits.give_back(counted)
        return response

    return cast(View, tried)


def _counted() -> list[limits.Free]:
    typed, source = request.form.get("address", ""), limits.source()
    address = index_of_typed(typed)[:16]
    browser_id = known.browser_of(typed)
    if browser_id:
        return [(f"{address}:{browser_id}", FREE_BY_BOTH)]
    # The source first: once it is refused, made-up addresses leave no counters behind.
    return [(source, FREE_BY_SOURCE), (f"{address}:{source}", FREE_BY_BOTH)]


def account_letters(view: View) -> View:
    """Slow down how many letters one source may ask for."""
    return cast(View, limiter.limit("20 per hour", methods=["POST"])(view))


def wrong_passwords(view: View) -> View:
    """Slow down who guesses the current password at a browser somebody left open."""
    limit = limiter.shared_limit(
        "10 per 15 minutes",
        scope="passwords",
        key_func=limits.asker,
        methods=["POST"],
        deduct_when=_was_wrong,
    )
    return cast(View, limit(view))


def count_as_wrong() -> None:
    """Remember in this request that the current password was not the typed one."""
    g.wrong_password = True


def _was_wrong(_response: Response) -> bool:
    return bool(g.get("wrong_password"))
