"""How fast one source may try; nobody else is slowed down by it (rules P3, S7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Response, request, session
from flask_limiter.util import get_remote_address

from couples.accounts import browser
from couples.limits import limiter

View = TypeVar("View", bound=Callable[..., Any])


def failed_sign_ins(view: View) -> View:
    """Slow down failed tries: by address and source together, and by source.

    A browser that this address has signed in with before counts for itself, so that somebody in
    the same home cannot use up its tries.
    """
    by_both = limiter.limit("10 per 15 minutes", key_func=_address_and_source, deduct_when=_failed)
    by_source = limiter.limit(
        "100 per hour", key_func=_source, deduct_when=_failed, exempt_when=_is_known
    )
    return cast(View, by_source(by_both(view)))


def account_letters(view: View) -> View:
    """Slow down how many letters one source may ask for."""
    return cast(View, limiter.limit("20 per hour", methods=["POST"])(view))


def _address_and_source() -> str:
    known = session[browser.KNOWN] if _is_known() else _source()
    return f"{_typed()}:{known}"


def _source() -> str:
    return str(get_remote_address())


def _is_known() -> bool:
    return session.get(browser.KNOWN) == _typed()


def _typed() -> str:
    return browser.fingerprint(request.form.get("address", "").strip())


def _failed(response: Response) -> bool:
    return response.status_code == 422
