"""How a person's own key is wrapped: pure cryptography, bytes in and bytes out.

A wrapped value is `nonce (12 bytes) | ciphertext | tag`, AES-256-GCM. What it is for and whose it
is are associated data: moved to another person, or used for something else, it does not open.
"""

from __future__ import annotations

import secrets

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
# Rounds, KiB and lanes of Argon2id.
Cost = tuple[int, int, int]


class CannotUnwrap(Exception):
    """Not with this password or token, or it was changed, or it is somebody else's."""


def new_key() -> bytes:
    """Return a key that nobody has seen."""
    return secrets.token_bytes(KEY_BYTES)


def new_salt() -> bytes:
    """Return a salt for one wrapping."""
    return secrets.token_bytes(SALT_BYTES)


def from_password(password: bytes, salt: bytes, cost: Cost) -> bytes:
    """Return what a password gives to wrap with; slow on purpose."""
    rounds, memory, lanes = cost
    return hash_secret_raw(password, salt, rounds, memory, lanes, KEY_BYTES, Type.ID)


def from_token(token: str) -> bytes:
    """Return what a session's token gives to wrap with; 256 random bits need nothing slow."""
    expand = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"pages.personal key of a session")
    return expand.derive(token.encode("utf-8", "replace"))


def wrap(key: bytes, by: bytes, *place: str) -> bytes:
    """Wrap a key for one place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(by).encrypt(nonce, key, "|".join(place).encode())


def unwrap(wrapped: bytes, by: bytes, *place: str) -> bytes:
    """Return the key, or raise CannotUnwrap."""
    nonce, rest = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    try:
        return AESGCM(by).decrypt(nonce, rest, "|".join(place).encode())
    except (InvalidTag, ValueError) as problem:
        raise CannotUnwrap from problem


def to_text(cost: Cost) -> str:
    """Write a cost as it is kept."""
    return ",".join(map(str, cost))


def to_cost(text: str) -> Cost:
    """Read a kept cost."""
    rounds, memory, lanes = map(int, text.split(","))
    return rounds, memory, lanes
