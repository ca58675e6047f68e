"""Hashing passwords: slow on purpose, never more than a few at once, in no transaction."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from sqlalchemy import select

from couples.accounts import rules
from couples.accounts.models import Person
from couples.accounts.personal_key.wrapping import Cost, from_password
from couples.db import db, outside

# Each hash takes this much memory for a moment: how many run at once is bounded.
# (rounds, KiB, lanes)
COST = (3, 32 * 1024, 1)
SLOTS = BoundedSemaphore(2)
LIST = Path(__file__).parent / "common_passwords.txt"


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    outside()
    with SLOTS:
        return _hasher().hash(_bytes(password))


def fits(password: str, kept: str | None) -> bool:
    """Whether a password fits its hash; with no hash the same work is done for nothing."""
    outside()
    with SLOTS:
        against = kept or _nobodys_hash(cost_now())
        try:
            return _hasher().verify(against, _bytes(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def proven(person_id: str, password: str) -> str | None:
    """Return the hash that a person's password fits, or None where it is wrong; slow."""
    query = select(Person.password_hash).where(Person.id == person_id)
    kept: str | None = db.session.scalar(query)
    return kept if kept and fits(password, kept) else None


def stretched(password: str, salt: bytes, cost: Cost) -> bytes:
    """Return what a password gives to wrap a person's own key with: as slow as a hash of it."""
    outside()
    with SLOTS:
        return from_password(_bytes(password), salt, cost)


def cost_now() -> Cost:
    """Return rounds, KiB and lanes as they are today."""
    rounds, memory, lanes = current_app.config.get("ARGON2", COST)
    return rounds, memory, lanes


def is_outdated(kept: str) -> bool:
    """Whether a hash was made at another cost than today's."""
    return _hasher().check_needs_rehash(kept)


def is_common(password: str) -> bool:
    """Whether a password is among those everybody tries first."""
    return rules.is_common(password, _common())


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(LIST.read_text(encoding="utf-8").split("\n"))


@lru_cache(maxsize=4)
def _nobodys_hash(cost: tuple[int, int, int]) -> str:
    return PasswordHasher(*cost).hash(b"nobody's password")


def _hasher() -> PasswordHasher:
    return PasswordHasher(*cost_now())


def _bytes(password: str) -> bytes:
    return rules.in_one_form(password).encode("utf-8", "surrogatepass")
