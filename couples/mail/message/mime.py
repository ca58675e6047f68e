"""Writing a letter as the bytes a mail server takes.

Filling in the few headers and two bodies we have by hand is some thirty times faster than the
standard library's message classes, and composing is what limits sending. What makes it safe:
every header goes through `_words`, `_line` or `one_address`, which refuse control characters, and
both bodies are quoted-printable, so nothing in them can end a line, a part or the message.
"""

from __future__ import annotations

import hashlib
import re
from binascii import b2a_qp
from datetime import datetime
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime
from functools import lru_cache

from couples.mail.letter import Letter, Pieces, mail_domain
from couples.settings import Settings

CRLF = "\r\n"
SOFT_BREAK = "=\r\n"
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
# The common case, decided without a parser.
USUAL_ADDRESS = re.compile(
    r"(?=.{1,254}\Z)(?=[^@]{1,64}@)[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+"
)
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
LONGEST_ADDRESS = 254
LONGEST_LINE = 900


class BadAddress(ValueError):
    """Not exactly one address that mail can be sent to; the text never repeats it."""


def one_address(address: str) -> str:
    """Return the address as it stands in an envelope, its domain in ASCII, or raise BadAddress."""
    if USUAL_ADDRESS.fullmatch(address):
        return address
    if CONTROL.search(address) or len(address) > LONGEST_ADDRESS:
        raise BadAddress("not one address")
    try:
        parsed = Address(addr_spec=_ascii_domain(address))
        found = parsed.addr_spec
        found.encode("ascii")
    except (ValueError, IndexError, HeaderParseError) as problem:
        raise BadAddress("not one address") from problem
    if not PLAIN_ADDRESS.fullmatch(found) or ".." in found:
        raise BadAddress("not one address")
    return found


def _ascii_domain(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return address if address.isascii() else f"{local}{at}{domain.encode('idna').decode()}"


def as_bytes(letter: Letter, settings: Settings, now: datetime) -> bytes:
    """Return the whole message, text part first, in seven-bit lines that end in CRLF."""
    boundary = "=_" + hashlib.sha256(letter.message_id.encode()).hexdigest()[:32]
    lines = [
        *(f"{name}: {value}" for name, value in _headers(letter, settings, now)),
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative;{CRLF} boundary="{boundary}"',
        "",
        f"--{boundary}",
        _part("plain", letter.text_pieces or (letter.text,)),
        f"--{boundary}",
        _part("html", letter.html_pieces or (letter.html,)),
        f"--{boundary}--",
        "",
    ]
    return CRLF.join(lines).encode("ascii")


def _headers(letter: Letter, settings: Settings, now: datetime) -> list[tuple[str, str]]:
    headers = [
        ("From", sender(settings.short_name, settings.mail_from)),
        ("To", one_address(letter.to)),
        ("Subject", _words(letter.subject)),
        ("Date", _date(now.replace(microsecond=0))),
        ("Message-ID", _line(letter.message_id)),
        ("Auto-Submitted", "auto-generated"),
        ("List-Id", f"<letters.{_line(mail_domain(settings))}>"),
        # Letters of different rounds have one subject; Gmail keeps apart what differs here.
        ("X-Entity-Ref-ID", _line(letter.message_id.strip("<>").partition("@")[0])),
    ]
    if letter.one_click_url:
        headers.append(("List-Unsubscribe", f"<{_line(letter.one_click_url)}>"))
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return headers


@lru_cache(maxsize=8)
def sender(name: str, address: str) -> str:
    """Return the From line: the dull name, and our address."""
    shown = _words(name)
    if shown == name:
        return str(Address(name, addr_spec=one_address(address)))
    return f"{shown} <{one_address(address)}>"


@lru_cache(maxsize=256)
def _words(value: str) -> str:
    """Return a header of words: plain where it is short ASCII, else as encoded words."""
    if value.isascii() and "=?" not in value and len(value) <= LONGEST_LINE:
        return _line(value)
    _refuse_controls(value)
    return Header(value, "utf-8", maxlinelen=70).encode(linesep=CRLF)


def _line(value: str) -> str:
    """Return a header that stands as it is; whatever could begin another one is refused."""
    _refuse_controls(value)
    if not value.isascii() or len(value) > LONGEST_LINE:
        raise ValueError("a header must be one short line of ASCII")
    return value


def _refuse_controls(value: str) -> None:
    if CONTROL.search(value):
        raise ValueError("a header must be one line")


@lru_cache(maxsize=4)
def _date(now: datetime) -> str:
    return format_datetime(now)


def _part(subtype: str, pieces: Pieces) -> str:
    return CRLF.join(
        (
            f'Content-Type: text/{subtype}; charset="utf-8"',
            "Content-Transfer-Encoding: quoted-printable",
            "",
            _encoded(pieces),
        )
    )


def _encoded(pieces: Pieces) -> str:
    """Encode a body piece by piece; what all letters share, every second one, only once."""
    if len(pieces) == 1:
        return _quoted("\n".join((*pieces[0].splitlines(), "")) or "\n")
    found: list[str] = []
    for place, piece in enumerate(pieces):
        if found and found[-1] and not found[-1].endswith("\n"):
            # A line that goes on: each piece begins a line of the encoding, none grows too long.
            found.append(SOFT_BREAK)
        found.append(_quoted(piece) if place % 2 else _shared(piece))
    return "".join(found)


@lru_cache(maxsize=2048)
def _shared(piece: str) -> str:
    return _quoted(piece)


def _quoted(piece: str) -> str:
    # The encoder breaks lines the way it finds them broken, so they are made CRLF before; "|" keeps
    # a break at the end, which splitting would drop.
    lines = CRLF.join(f"{piece}|".splitlines())[:-1]
    encoded = b2a_qp(lines.encode(), istext=True).decode("ascii")
    # Where it finds no break it makes its own in its own way.
    return encoded if CRLF in lines else encoded.replace("\n", CRLF)
