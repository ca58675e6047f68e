"""What holds for passkeys, decided without a database or a clock."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

Purpose = Literal["sign_in", "add", "prove"]

LASTS = timedelta(minutes=5)
CHALLENGE_BYTES = 32
LABEL_LONGEST = 60
MOST = 20
# What a browser sends is a few hundred characters, with an attestation a few thousand.
ANSWER_LONGEST = 32 * 1024
USUAL_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys of this service work: the name they are bound to, and the page's origin."""

    host: str
    origin: str


def site_of(public_url: str) -> Site | None:
    """Return where passkeys work, or None: they are bound to a name, and need HTTPS.

    On this machine alone plain HTTP will do, by the name "localhost" where it was an address.
    """
    parts = urlsplit(public_url)
    host, is_local = (parts.hostname or "").lower(), False
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        is_local = host == "localhost" or host.endswith(".localhost")
    else:
        if not address.is_loopback:
            return None
        host, is_local = "localhost", True
    if not host or (parts.scheme != "https" and not is_local):
        return None
    port = "" if parts.port in {None, USUAL_PORTS.get(parts.scheme)} else f":{parts.port}"
    return Site(host, f"{parts.scheme}://{host}{port}")


def is_own_number(host: str) -> bool:
    """Whether a page is read at this machine's own number, such as 127.0.0.1, not by a name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def goes_back(kept: int, found: int) -> bool:
    """Whether a count of uses stands still or goes back: then two devices hold one passkey.

    Passkeys that travel between devices count nothing: theirs is always 0.
    """
    return bool(kept or found) and found <= kept


def is_id(text: str) -> bool:
    """Whether a text can be the id of a row; nothing else is looked for."""
    return re.fullmatch(r"[A-Za-z0-9_-]{22}", text) is not None
