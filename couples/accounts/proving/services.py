"""Proving once more who sits at a browser (rule P2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from couples.accounts import passwords
from couples.accounts.codes.services_taking import take
from couples.accounts.personal_key import services_open
from couples.accounts.services import prove_session
from couples.db import transaction


@dataclass(frozen=True, slots=True)
class Proved:
    """The session's fresh token; after a code from paper, how many of those are left."""

    token: str = field(repr=False)
    left: int | None


def prove_by_password(person_id: str, session_id: str, password: str, now: datetime) -> str | None:
    """Return the session's fresh token, or None where the password is wrong or the session over.

    What the person has locked with their password is open from then on.
    Outside any transaction: checking takes long, and SQLite has one writer.
    """
    if passwords.proven(person_id, password) is None:
        return None
    token = prove_session(session_id, now)
    if token is not None:
        services_open.open_with(person_id, password, token, now)
    return token


@transaction()
def prove_by_code(person_id: str, session_id: str, typed: str, now: datetime) -> Proved | None:
    """Return the session's fresh token, or None where the code is wrong or the session over."""
    taken = take(person_id, typed, now)
    token = prove_session(session_id, now) if taken else None
    return Proved(token, taken.left) if taken and token else None
