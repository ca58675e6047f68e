"""Handing letters over: to a mail server, step by step, or to a folder on this machine.

What matters is how far a failed attempt got. Until the letter's content is on its way nothing can
have been sent, and it may be tried again; from then on, without an answer, nobody knows.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from typing import Protocol, Self
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from couples.mail.carrying.conversation import SmtpConnection
from couples.mail.carrying.failures import FateUnknown, NotSent, Unreachable
from couples.settings import is_loopback_host

__all__ = [
    "Connection",
    "FateUnknown",
    "NotSent",
    "SmtpTransport",
    "Transport",
    "Unreachable",
    "context_for",
    "port_of",
]

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0


class Connection(Protocol):
    """One open way to hand letters over, used for a batch."""

    @property
    def is_open(self) -> bool:
        """Whether it is ready for a letter without waiting for anybody."""

    def open(self) -> None:
        """Be ready for a letter, or raise Unreachable."""

    def send(self, sender: str, to: str, content: bytes) -> str | None:
        """Hand over one letter and return the answer's numbers, or raise NotSent or FateUnknown."""

    def __enter__(self) -> Self:
        """Return itself; nothing is opened yet."""

    def __exit__(self, *failure: object) -> None:
        """Close what is open, quietly."""


class Transport(Protocol):
    """A way for letters to leave."""

    def connection(self) -> Connection:
        """Return a new connection, not yet opened."""


def port_of(url: str) -> int:
    """Return the port of a mail server's address, the usual one where it names none."""
    parts = urlsplit(url)
    if parts.scheme == "smtps":
        return parts.port or 465
    return parts.port or (587 if parts.username else 25)


def context_for(host: str) -> ssl.SSLContext:
    """Return how we encrypt to a host: its certificate must hold, but not on this machine.

    No authority signs a certificate for localhost, and whoever could stand between two processes
    of one machine reads their memory anyway.
    """
    context = ssl.create_default_context()
    if is_loopback_host(host):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@dataclass(frozen=True, slots=True)
class SmtpTransport:
    """A mail server: smtp://user:password@host:port or smtps://…

    smtp:// is encrypted by STARTTLS where the server offers it. With ?starttls=1 nothing goes
    without, with ?starttls=0 all goes in clear. A password never goes in clear to another machine.
    """

    url: str
    hello: str = "localhost"
    connect_seconds: float = CONNECT_SECONDS
    answer_seconds: float = ANSWER_SECONDS

    def connection(self) -> Connection:
        """Return a new connection, not yet opened."""
        return SmtpConnection(self.connect)

    def connect(self) -> smtplib.SMTP:
        """Connect, encrypt and sign in as the address says."""
        parts = urlsplit(self.url)
        smtp = self._dial(parts)
        try:
            self._introduce(smtp, parts)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _dial(self, parts: SplitResult) -> smtplib.SMTP:
        host, port = parts.hostname or "localhost", port_of(self.url)
        name, seconds = self.hello, self.connect_seconds
        if parts.scheme != "smtps":
            return smtplib.SMTP(host, port, local_hostname=name, timeout=seconds)
        context = context_for(host)
        return smtplib.SMTP_SSL(host, port, local_hostname=name, timeout=seconds, context=context)

    def _introduce(self, smtp: smtplib.SMTP, parts: SplitResult) -> None:
        if smtp.sock is not None:
            smtp.sock.settimeout(self.answer_seconds)
        smtp.ehlo_or_helo_if_needed()
        self._encrypt(smtp, parts)
        if not parts.username:
            return
        if not isinstance(smtp.sock, ssl.SSLSocket) and not is_loopback_host(parts.hostname or ""):
            raise Unreachable("it offers no encryption, and no password is sent in clear")
        smtp.login(unquote(parts.username), unquote(parts.password or ""))

    def _encrypt(self, smtp: smtplib.SMTP, parts: SplitResult) -> None:
        wish = parse_qs(parts.query).get("starttls", [""])[0]
        if parts.scheme == "smtps" or wish == "0":
            return
        if smtp.has_extn("starttls"):
            # An offer that is not kept raises: it is a passing trouble, or somebody between us.
            smtp.starttls(context=context_for(parts.hostname or "localhost"))
            smtp.ehlo_or_helo_if_needed()
        elif wish == "1":
            raise Unreachable("it offers no encryption, which starttls=1 demands")
