"""Links that prove something: a signature over a row's id and generation, one salt a purpose.

No table holds a token: it is computed when the letter is written and again when it comes back.
Its age is the row's (a token of a row that has run out proves nothing), and raising the row's
generation makes every earlier token void.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Literal

from flask import current_app
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature, Signer

from couples.errors import NotFound

Purpose = Literal[
    "confirm", "reset", "week", "stop", "shown", "note", "calendar", "address", "second",
    "press",
]  # fmt: skip


# What signs for us by itself (forms, marks of browsers) would take SHA-1 (ASVS 11.4.1).
Signer.default_digest_method = staticmethod(hashlib.sha256)


class Cookie(SecureCookieSessionInterface):
    """What a browser keeps of its session, signed with SHA-256 as everything else is."""

    digest_method = staticmethod(hashlib.sha256)


def make(purpose: Purpose, row_id: str, generation: int = 0) -> str:
    """Return the token that proves knowledge of a letter about this row."""
    return _signer(purpose).sign(f"{row_id}.{generation}").decode()


def read(purpose: Purpose, token: str) -> tuple[str, int]:
    """Return the row's id and generation, or raise NotFound."""
    try:
        row_id, _, generation = _signer(purpose).unsign(token.encode()).decode().rpartition(".")
        return row_id, int(generation)
    except (BadSignature, UnicodeError, ValueError) as problem:
        raise NotFound from problem


def fingerprint(purpose: str, about: str) -> bytes:
    """Return 32 bytes that are always the same for this, and tell nobody what it is."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"pages.{purpose} {about}".encode(), hashlib.sha256)


def _signer(purpose: Purpose) -> Signer:
    key = current_app.config["SECRET_KEY"]
    return Signer(key, salt=f"pages.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256)
