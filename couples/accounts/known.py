"""The mark of a browser that has signed in to an address before: its tries count for itself.

It holds a random id and keyed fingerprints that only fit this browser, so two marks tell nobody
that they belong to the same person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from couples.accounts.addresses import index_of_typed
from couples.db import key_ring, new_id
from couples.settings import Settings

LASTS = int(timedelta(days=180).total_seconds())
# A shared device may be known to several people.
MOST = 4


@dataclass(slots=True)
class Mark:
    """What the cookie says."""

    browser_id: str = field(default_factory=new_id)
    addresses: list[str] = field(default_factory=list)

    def fingerprint(self, typed: str) -> str:
        """Return how this browser, and no other, remembers an address."""
        return key_ring().index(f"known:{self.browser_id}:{index_of_typed(typed)}")[:16]


def browser_of(typed: str) -> str | None:
    """Return this browser's id if the typed address has signed in with it before."""
    mark = _read()
    return mark.browser_id if mark.fingerprint(typed) in mark.addresses else None


def browser_id() -> str | None:
    """Return this browser's id if anybody has signed in with it before."""
    mark = _read()
    return mark.browser_id if mark.addresses else None


def remember(address: str) -> None:
    """Mark this browser as known to an address."""
    mark = _read()
    fresh = mark.fingerprint(address)
    mark.addresses = [fresh, *(one for one in mark.addresses if one != fresh)][:MOST]
    value = _signer().dumps([mark.browser_id, mark.addresses])

    @after_this_request
    def write(response: Response) -> Response:
        response.set_cookie(_name(), value, max_age=LASTS, **_options())
        return response


def forget(response: Response) -> None:
    """Take the mark away (rule S4)."""
    response.delete_cookie(_name(), **_options())


def _read() -> Mark:
    try:
        found = _signer().loads(request.cookies.get(_name(), ""), max_age=LASTS)
    except BadData:
        return Mark()
    return Mark(*found)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known browser")


def _name() -> str:
    return "__Host-pages-known" if _is_secure() else "pages-known"


def _is_secure() -> bool:
    settings: Settings = current_app.extensions["settings"]
    return settings.is_https


def _options() -> dict[str, Any]:
    return {"path": "/", "secure": _is_secure(), "httponly": True, "samesite": "Lax"}
