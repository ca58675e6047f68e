"""How fast one browser may try passkeys; nobody else is slowed down by it (rules P3, S7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask_login import current_user

from couples import limits
from couples.accounts import known
from couples.accounts.throttle import FREE_BY_SOURCE, slowed
from couples.limits import limiter

View = TypeVar("View", bound=Callable[..., Any])


def failed_passkeys(view: View) -> View:
    """Let more and more time pass between failed tries of one browser.

    Counted apart from passwords: whoever fails here makes nobody wait who types one.
    """
    return slowed(view, lambda: [(f"passkey:{_browser()}", FREE_BY_SOURCE)])


def asking(view: View) -> View:
    """Slow down how many challenges one browser may ask for: each is a row for five minutes."""
    return cast(View, limiter.limit("60 per 10 minutes", key_func=_browser)(view))


def _browser() -> str:
    """Return who is counted; somebody in the same home uses up no tries of a browser in use."""
    browser_id = None if current_user.is_authenticated else known.browser_id()
    return limits.mark_of(f"browser:{browser_id}") if browser_id else limits.sitter()
