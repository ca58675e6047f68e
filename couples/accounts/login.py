"""Who sits at this browser, as Flask-Login sees it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from flask import g
from flask_login import UserMixin

from couples import clock
from couples.accounts.services import Found, find_session, person_of


@dataclass(frozen=True)
class SignedIn(UserMixin, Found):  # type: ignore[misc]
    """The signed-in person of this request."""

    token: str

    def get_id(self) -> str:
        """Return what the cookie keeps: the session's token, never the person's id."""
        return self.token


def load(token: str) -> SignedIn | None:
    """Return who this token belongs to while its session lives."""
    found = find_session(token, clock.now())
    if found is None:
        g.token_is_nobodys = person_of(token) is None
        return None
    known = {one.name: getattr(found, one.name) for one in fields(found)}
    return SignedIn(**known, token=token)
