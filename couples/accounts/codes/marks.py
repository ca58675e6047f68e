"""What a browser keeps between a right password and its code; it is signed, and short-lived.

It holds an id of its own (tries are counted by it), whose code is waited for, a seal that fits one
password only, whether to stay signed in, and until when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import session

from couples.accounts.codes import rules
from couples.accounts.codes.services_signing import address_of
from couples.accounts.services_passwords import Half
from couples.db import new_id

NAME = "second"


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose password was right at this browser, a short while ago."""

    id: str
    half: Half
    keep: bool
    address: str


def put(half: Half, keep: bool, now: datetime) -> None:
    """Remember in this browser that the password was right."""
    until = int((now + rules.MARK_LASTS).timestamp())
    session[NAME] = [new_id(), half.person_id, half.seal, keep, until]


def read(now: datetime) -> Mark | None:
    """Return what this browser may still finish, or None: too late, or all has changed."""
    mark_id, person_id, seal, keep, until = session.get(NAME) or ("", "", "", False, 0)
    half = Half(person_id, seal)
    address = address_of(half) if now.timestamp() < until else None
    return None if address is None else Mark(mark_id, half, keep, address)
