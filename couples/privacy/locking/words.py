"""What a note says, locked with the person's own key; what comes out is sealed like any text.

AES-256-GCM, padded and bound to its place as `sealing` does it: moved to another note or another
person it does not open.
"""

from __future__ import annotations

import base64
import binascii

from couples.accounts.personal_key.services import OpenKey
from couples.sealing import CannotOpen, KeyRing, Place


def lock(words: str, key: OpenKey, note_id: str, person_id: str) -> str:
    """Return the words as only this key opens them."""
    return base64.b64encode(_ring(key).seal(words, _place(note_id, person_id))).decode()


def unlock(text: str, key: OpenKey, note_id: str, person_id: str) -> str:
    """Return the words, or raise CannotOpen."""
    try:
        locked = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise CannotOpen("a locked note") from problem
    return _ring(key).unseal(locked, _place(note_id, person_id))


def _ring(key: OpenKey) -> KeyRing:
    # The id of the key goes in front and into what it is bound to.
    return KeyRing(key.id, {key.id: key.key}, b"")


def _place(note_id: str, person_id: str) -> Place:
    return Place("notes", "locked words", note_id, person_id)
