"""Who sits at this browser, as Flask-Login sees it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_login import UserMixin

from couples import clock
from couples.accounts.services import find_session


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """The signed-in person of this request."""

    token: str
    session_id: str
    person_id: str
    name: str
    language: str
    zone: str
    started: bool

    def get_id(self) -> str:
        """Return what the cookie keeps: the session's token, never the person's id."""
        return self.token


def load(token: str) -> SignedIn | None:
    """Return who this token belongs to while its session lives."""
    found = find_session(token, clock.now())
    if found is None:
        return None
    return SignedIn(
        token=token,
        session_id=found.session_id,
        person_id=found.person_id,
        name=found.name,
        language=found.language,
        zone=found.zone,
        started=found.started,
    )
