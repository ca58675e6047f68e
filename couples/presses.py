"""One press, one row: a form that makes something carries what its row's id is made of (I12)."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from couples.db import new_id


def row_id(press: str | None, *about: str) -> str:
    """Return the id of the row that a press makes: the same for the same press about the same."""
    text = "\0".join([press or new_id(), *about])
    return urlsafe_b64encode(sha256(text.encode()).digest()[:16]).decode().rstrip("=")
