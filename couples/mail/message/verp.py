"""One envelope sender a letter, so that what comes back says itself which letter it was.

pages@example.org becomes pages+<tag>@example.org. The tag is the letter's id and a code that only
we can make: nobody can have an address suppressed by inventing what came back.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import re
from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode

from couples.mail.sender_settings import TAG_LENGTH
from couples.settings import Settings

ID_BYTES = 16
CODE_BYTES = 10
PURPOSE = b"pages.envelope-sender."
TAGGED = re.compile(rf"[^@\s]*\+([a-z2-7]{{{TAG_LENGTH}}})@[^@\s]+", re.ASCII | re.IGNORECASE)


def envelope_sender(settings: Settings, letter_id: str) -> str:
    """Return the address to which word about this letter comes back."""
    if not settings.verp:
        return settings.mail_from
    local, _, domain = settings.mail_from.rpartition("@")
    plain = urlsafe_b64decode(f"{letter_id}==")
    tag = b32encode(plain + _code(settings, plain)).decode().rstrip("=").lower()
    return f"{local}+{tag}@{domain}"


def letter_of(settings: Settings, address: str) -> str | None:
    """Return the id of the letter that had this sender, or None where we never made it.

    Only the tag counts: on its way a message may have got another domain, or capitals.
    """
    found = TAGGED.fullmatch(address.strip().strip("<>"))
    if found is None:
        return None
    try:
        # 42 characters stand for 26 bytes; six signs of equality fill them up to the encoding's 48.
        both = b32decode(f"{found[1].upper()}======")
    except binascii.Error:
        return None
    plain, code = both[:ID_BYTES], both[ID_BYTES:]
    if not hmac.compare_digest(code, _code(settings, plain)):
        return None
    return urlsafe_b64encode(plain).decode().rstrip("=")


def _code(settings: Settings, plain: bytes) -> bytes:
    key = settings.secret_key.encode()
    return hmac.digest(key, PURPOSE + plain, hashlib.sha256)[:CODE_BYTES]
