"""How fast one source may try passkeys; nobody else is slowed down by it (rules P3, S7)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import make_response
from flask.typing import ResponseReturnValue

from couples import limits
from couples.accounts.throttle import FREE_BY_SOURCE
from couples.limits import limiter

View = TypeVar("View", bound=Callable[..., Any])


def failed_passkeys(view: View) -> View:
    """Let more and more time pass between failed tries of one source.

    Counted apart from passwords: whoever fails here makes nobody wait who types one.
    """

    @wraps(view)
    def tried() -> ResponseReturnValue:
        counted = [(f"passkey:{limits.source()}", FREE_BY_SOURCE)]
        until = limits.claim(counted)
        if until is not None:
            return limits.refused(until)
        response = make_response(view())
        limits.give_back(counted)
        return response

    return cast(View, tried)


def asking(view: View) -> View:
    """Slow down how many challenges one source may ask for: each is a row for five minutes."""
    return cast(View, limiter.limit("60 per 10 minutes", key_func=limits.asker)(view))
