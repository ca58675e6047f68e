"""Authenticated encryption of what people write (rule S1).

A sealed value is `key id (1 byte length, then ASCII) | nonce (12 bytes) | ciphertext | tag`,
AES-256-GCM. Where it stands, `table|column|row|owner|key id`, is associated data: moved to
another row or given to another owner it no longer opens. Plain text is padded to steps, so the
length of the sealed value tells little.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32
STEPS = (64, 256, 1024, 4096, 16384)
INDEX = "index"


class CannotOpen(Exception):
    """A sealed value was changed, moved, or sealed with a key that is not on the ring."""


class Place(NamedTuple):
    """Where a sealed value stands and to whom it belongs."""

    table: str
    column: str
    row: str
    owner: str

    def associated(self, key_id: str) -> bytes:
        """Return the associated data that binds a value to this place."""
        table, column, row, owner = self
        return f"{table}|{column}|{row}|{owner}|{key_id}".encode()


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys by their ids; the active one seals, all of them open."""

    active: str
    keys: dict[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    # Made once: a page may open hundreds of values, and making one costs as much as opening.
    _ciphers: dict[str, AESGCM] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._ciphers.update({name: AESGCM(key) for name, key in self.keys.items()})

    @classmethod
    def parse(cls, text: str) -> KeyRing:
        """Read lines (or words) of `id=base64`; the first is active; `index` finds addresses."""
        words = text.split()
        pairs = dict(_pair(word) for word in words)
        if len(pairs) < len(words):
            raise ValueError("an id stands there twice.")
        index_key = pairs.pop(INDEX, None)
        if index_key is None or not pairs:
            raise ValueError("it needs an index= line and at least one key line.")
        return cls(active=next(iter(pairs)), keys=pairs, index_key=index_key)

    @classmethod
    def new(cls) -> KeyRing:
        """Make a ring with one key."""
        return cls("k1", {"k1": secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))

    def with_new_key(self) -> KeyRing:
        """Return a ring with one more key, which is the active one."""
        number = 1 + max(int(name[1:]) for name in self.keys if name[1:].isdigit())
        keys = {f"k{number}": secrets.token_bytes(KEY_BYTES), **self.keys}
        return KeyRing(f"k{number}", keys, self.index_key)

    def text(self) -> str:
        """Write the ring as `parse` reads it."""
        lines = [self.active, *(name for name in self.keys if name != self.active)]
        pairs = [(name, self.keys[name]) for name in lines] + [(INDEX, self.index_key)]
        return "".join(f"{name}={base64.b64encode(key).decode()}\n" for name, key in pairs)

    def seal(self, plain: str, place: Place) -> bytes:
        """Seal a text for one place."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._ciphers[self.active].encrypt(
            nonce, _padded(plain.encode()), place.associated(self.active)
        )
        return bytes([len(self.active)]) + self.active.encode() + nonce + sealed

    def unseal(self, sealed: bytes, place: Place) -> str:
        """Open a sealed value, or raise CannotOpen."""
        key_id = self.key_of(sealed)
        start = 1 + len(key_id)
        nonce, rest = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
        try:
            plain = self._ciphers[key_id].decrypt(nonce, rest, place.associated(key_id))
        except (InvalidTag, KeyError, ValueError) as problem:
            raise CannotOpen(f"{place.table}.{place.column} of one row") from problem
        return plain[4 : 4 + int.from_bytes(plain[:4], "big")].decode()

    def key_of(self, sealed: bytes) -> str:
        """Return the id of the key a value was sealed with."""
        return sealed[1 : 1 + sealed[0]].decode("ascii", "replace") if sealed else ""

    def index(self, value: str) -> str:
        """Return a keyed fingerprint by which an equal value is found again."""
        return hmac.new(self.index_key, value.encode(), hashlib.sha256).hexdigest()


def _pair(word: str) -> tuple[str, bytes]:
    name, _, value = word.partition("=")
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error as problem:
        raise ValueError("every line must read id=base64.") from problem
    if not name.isalnum() or not name.isascii() or len(name) > 16 or len(key) != KEY_BYTES:
        raise ValueError("every line must read id=base64, with 32 bytes behind the base64.")
    return name, key


def _padded(plain: bytes) -> bytes:
    """Put the length in front and fill up to the next step."""
    framed = len(plain).to_bytes(4, "big") + plain
    size = next((step for step in STEPS if step >= len(framed)), -(-len(framed) // 16384) * 16384)
    return framed.ljust(size, b"\0")
