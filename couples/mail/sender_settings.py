"""What of the settings decides how letters leave, and who may tell us that one came back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from couples.settings_reader import BadSetting, Reader

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

# A local part holds 64 characters (RFC 5321): "+" and the tag take 43 of them.
LONGEST_LOCAL = 64
TAG_LENGTH = 42
SELECTOR = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
LEAST_BITS, MOST_BITS = 1024, 4096


@dataclass(frozen=True, slots=True)
class DkimKey:
    """The key that signs letters, ready to use, and the name its other half has in the DNS."""

    selector: str
    private: RSAPrivateKey | Ed25519PrivateKey = field(repr=False)


def read_verp(read: Reader, mail_from: str) -> bool:
    """Read whether each letter gets a sender of its own: yes, wherever there is room for it."""
    wish = read.text("VERP", "")
    if wish not in {"", "0", "1"}:
        raise BadSetting("VERP must be 1 (each letter has its own envelope sender) or 0.")
    fits = len(mail_from.rpartition("@")[0]) + 1 + TAG_LENGTH <= LONGEST_LOCAL
    if wish == "1" and not fits:
        most = LONGEST_LOCAL - 1 - TAG_LENGTH
        raise BadSetting(f"VERP needs a MAIL_FROM of at most {most} characters before the @.")
    return wish != "0" and fits


def read_dkim(read: Reader) -> DkimKey | None:
    """Read the key that signs letters; None where neither key nor selector is set."""
    selector, path = read.text("DKIM_SELECTOR", "").lower(), read.path("DKIM_KEY_FILE")
    if not selector and path is None:
        return None
    if not selector or path is None:
        raise BadSetting("DKIM_SELECTOR and DKIM_KEY_FILE belong together: set both or neither.")
    if not SELECTOR.fullmatch(selector):
        raise BadSetting("DKIM_SELECTOR must be a name of letters, digits and hyphens.")
    return DkimKey(selector, _private_key(path))


def _private_key(path: Path) -> RSAPrivateKey | Ed25519PrivateKey:
    # Loading these takes longer than all other settings together.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    key = _loaded(path)
    if isinstance(key, Ed25519PrivateKey):
        return key
    if isinstance(key, RSAPrivateKey) and LEAST_BITS <= key.key_size <= MOST_BITS:
        return key
    raise BadSetting(f"DKIM_KEY_FILE must hold RSA of {LEAST_BITS}–{MOST_BITS} bits, or Ed25519.")


def _loaded(path: Path) -> object:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return load_pem_private_key(path.read_bytes(), None)
    except OSError as problem:
        raise BadSetting(f"DKIM_KEY_FILE names {str(path)!a}, which cannot be read.") from problem
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # Not `from problem`: what a library says about a key stays out of every log.
        raise BadSetting("DKIM_KEY_FILE must hold one private key in PEM, unencrypted.") from None


def read_returns_secret(read: Reader) -> str | None:
    """Read the secret by which a mail system proves itself at /mail/returned."""
    return read.strong_secret("RETURNS_SECRET")
