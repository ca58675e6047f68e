"""How fast one source may try; nobody else is slowed down by it (rules P3, S7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, make_response, request
from flask.typing import ResponseReturnValue

from couples import alarms, limits
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
# From browsers nobody has used before, wherever they are: one place alone does not use them up,
# and many find no code in years (100 tries a day, three of a million right).
CODES_OF_UNKNOWN = 100


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
    return slowed(view, _counted)


def slowed(view: View, counted_of: Counted) -> View:
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

    It counts by that password or link, and by person and source. What browsers that are not known
    got wrong is summed up for a day as well; then they need a code from paper: `takes_paper_only`.
    So whoever hammers locks nobody out. `owed` is called with the arguments of the view.
    """

    def counted(**values: Any) -> list[limits.Free]:
        found = owed(**values)
        return [(f"code:{found.by}", FREE_CODES), (_place(found), FREE_CODES)] if found else []

    def place() -> str:
        found = owed(**(request.view_args or {}))
        return _place(found) if found else limits.source()

    return lambda view: _codes_a_day(slowed(_summed_up(view, owed), counted), place)


def _summed_up(view: View, owed: Callable[..., Owed | None]) -> View:
    """Count what unknown browsers try of one person's codes, before they try it."""

    @wraps(view)
    def tried(**values: Any) -> ResponseReturnValue:
        found = owed(**values) if request.method == "POST" else None
        if found is None or known.browser_of(found.address):
            return cast(ResponseReturnValue, view(**values))
        key = limits.mark_of(f"codes of:{found.person_id}")
        g.takes_paper_only = not limits.claim_of_day(key, CODES_OF_UNKNOWN)
        response = make_response(view(**values))
        if not g.takes_paper_only and not _was_wrong(response):
            limits.give_back_of_day(key)
        return response

    return cast(View, tried)


def takes_paper_only() -> bool:
    """Whether codes of an app are not even looked at: too many were wrong today (S7, C9)."""
    return bool(g.get("takes_paper_only"))


def wrong_codes_here(view: View) -> View:
    """Let nobody try all codes at a browser somebody left open; elsewhere all goes on."""
    return _codes_a_day(view, limits.sitter)


def _place(owed: Owed) -> str:
    place = known.browser_of(owed.address) or limits.source()
    return limits.mark_of(f"code:{owed.person_id}:{place}")


def _codes_a_day(view: View, key: Callable[[], str]) -> View:
    limit = limiter.shared_limit(
        CODES_A_DAY, scope="codes", key_func=key, methods=["POST"], deduct_when=_was_wrong
    )
    return cast(View, limit(view))


def account_letters(view: View) -> View:
    """Slow down how many letters one person, or one source, may ask for; others it asks nothing."""
    limit = limiter.limit(
        "20 per hour", key_func=limits.asker, methods=["POST"], deduct_when=_was_posted
    )
    return cast(View, limit(view))


def wrong_passwords(view: View) -> View:
    """Slow down who guesses the current password at a browser somebody left open."""
    limit = limiter.shared_limit(
        "10 per 15 minutes",
        scope="passwords",
        key_func=limits.sitter,
        methods=["POST"],
        deduct_when=_was_wrong,
    )
    return cast(View, limit(view))


def count_as_wrong() -> None:
    """Remember in this request that what was typed was not the right password or code."""
    g.wrong_password = True
    alarms.told("a proof was refused")


def _was_posted(response: Response) -> bool:
    """Whether a letter goes: a form that was shown again counts for nothing."""
    return response.status_code == 303


def _was_wrong(_response: Response) -> bool:
    return bool(g.get("wrong_password"))
