"""How fast one source may try; nobody else is slowed down by it (rules P3, S7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, make_response, request
from flask.typing import ResponseReturnValue

from couples import limits
from couples.accounts import known
from couples.accounts.addresses import index_of_typed
from couples.limits import limiter

View = TypeVar("View", bound=Callable[..., Any])

Counted = Callable[..., "list[limits.Free]"]

FREE_BY_BOTH = 10
FREE_BY_SOURCE = 60
FREE_CODES = 5
# A code is one of a million, and three are right at a time: so few tries a day find none.
CODES_A_DAY = "50 per day"


@dataclass(frozen=True, slots=True)
class Owed:
    """Whose code is asked for, by what this is known here, and their address."""

    by: str
    person_id: str
    address: str


def failed_sign_ins(view: View) -> View:
    """Let more and more time pass between failed tries: by address and source, and by source.

    A browser that this address has signed in with before counts for itself, so that somebody in
    the same home cannot use up its tries.
    """
    return _slowed(view, _counted)


def _slowed(view: View, counted_of: Counted) -> View:
    """Count a try before it is made, and uncount it where it was not a wrong one."""

    @wraps(view)
    def tried(**values: Any) -> ResponseReturnValue:
        counted = counted_of(**values) if request.method == "POST" else []
        until = limits.claim(counted)
        if until is not None:
            return limits.refused(until)
        response = make_response(view(**values))
        if not _was_wrong(response):
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


def wrong_codes(owed: Callable[..., Owed | None]) -> Callable[[View], View]:
    """Slow down who guesses a code after a right password or a letter's link.

    It counts by that password or link, and by person and source, never by person alone: whoever
    hammers from elsewhere locks nobody out. `owed` is called with the arguments of the view.
    """

    def counted(**values: Any) -> list[limits.Free]:
        found = owed(**values)
        return [(f"code:{found.by}", FREE_CODES), (_place(found), FREE_CODES)] if found else []

    def place() -> str:
        found = owed(**(request.view_args or {}))
        return _place(found) if found else limits.source()

    return lambda view: _codes_a_day(_slowed(view, counted), place)


def wrong_codes_here(view: View) -> View:
    """Let nobody try all codes at a browser somebody left open; signing in anew stays possible."""
    return _codes_a_day(view, limits.asker)


def _place(owed: Owed) -> str:
    return f"code:{owed.person_id}:{known.browser_of(owed.address) or limits.source()}"


def _codes_a_day(view: View, key: Callable[[], str]) -> View:
    limit = limiter.shared_limit(
        CODES_A_DAY, scope="codes", key_func=key, methods=["POST"], deduct_when=_was_wrong
    )
    return cast(View, limit(view))


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
    """Remember in this request that what was typed was not the right password or code."""
    g.wrong_password = True


def _was_wrong(_response: Response) -> bool:
    return bool(g.get("wrong_password"))
