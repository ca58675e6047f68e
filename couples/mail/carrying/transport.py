"""Handing letters over: to a mail server, step by step, or to a folder on this machine.

What matters is how far a failed attempt got. Until the letter's content is on its way nothing can
have been sent, and it may be tried again; from then on, without an answer, nobody knows.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from typing import NoReturn, Protocol, Self
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from couples.mail.carrying import replies
from couples.mail.carrying.failures import FateUnknown, NotSent, Unreachable
from couples.mail.carrying.replies import CLOSING, CONTENT, DATA, MAIL, RCPT
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
GO_AHEAD = 354


class Connection(Protocol):
    """One open way to hand letters over, used for a batch."""

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
        return SmtpConnection(self)

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


class SmtpConnection:
    """One conversation with the mail server, begun again when it turns out to be over."""

    def __init__(self, transport: SmtpTransport) -> None:
        """Remember whom to call; nothing is opened yet."""
        self.transport = transport
        self.smtp: smtplib.SMTP | None = None
        # Whether this conversation has taken a letter: one that did may be over for its age.
        self.has_carried = False

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *failure: object) -> None:
        """Say goodbye; what the server answers is of no interest."""
        try:
            if self.smtp is not None and failure[0] is None:
                self.smtp.docmd("QUIT")
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            self.drop()

    def open(self) -> None:
        """Connect unless connected, or raise Unreachable."""
        if self.smtp is not None:
            return
        try:
            self.smtp = self.transport.connect()
        except (OSError, smtplib.SMTPException, UnicodeError) as problem:
            raise Unreachable(type(problem).__name__) from problem

    def drop(self) -> None:
        """Hang up."""
        smtp, self.smtp, self.has_carried = self.smtp, None, False
        if smtp is not None:
            smtp.close()

    def send(self, sender: str, to: str, content: bytes) -> str | None:
        """Hand over one letter and return the answer's numbers, or raise NotSent or FateUnknown."""
        self._announce(sender)
        self._expect(RCPT, f"TO:<{to}>", {250, 251})
        self._expect(DATA, "", {GO_AHEAD})
        return self._deliver(content)

    def _announce(self, sender: str) -> None:
        """Begin a letter; a kept connection that has died meanwhile is replaced once."""
        was_kept = self.has_carried
        code, status = self._ask_or_drop(MAIL, f"FROM:<{sender}>")
        if was_kept and code in {0, CLOSING}:
            self.drop()
            code, status = self._ask_or_drop(MAIL, f"FROM:<{sender}>")
        if code != 250:
            self._refused(MAIL, code, status)

    def _expect(self, command: str, words: str, wanted: set[int]) -> None:
        code, status = self._ask_or_drop(command, words)
        if code not in wanted:
            self._refused(command, code, status)

    def _refused(self, step: str, code: int, status: str | None) -> NoReturn:
        """Leave a letter that came to nothing; one that says goodbye is left for good."""
        over = code == CLOSING or self.smtp is None
        if over or self._ask_or_drop("RSET", "")[0] != 250:
            self.drop()
        raise NotSent(step, code, status)

    def _ask_or_drop(self, command: str, words: str) -> tuple[int, str | None]:
        """Return the reply's code and status, or code 0 where there is nobody to reply."""
        try:
            self.open()
            assert self.smtp is not None
            code, reply = self.smtp.docmd(command, words)
        except (OSError, smtplib.SMTPException, Unreachable):
            code, reply = 0, b""
        if not 200 <= code < 600:  # nothing, or nothing that makes sense: we are out of step
            self.drop()
            return 0, None
        return code, _status(reply)

    def _deliver(self, content: bytes) -> str | None:
        assert self.smtp is not None
        try:
            self.smtp.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            code, reply = self.smtp.getreply()
        except (OSError, smtplib.SMTPException) as problem:
            self.drop()
            raise FateUnknown(type(problem).__name__) from problem
        status = _status(reply)
        if 400 <= code < 600:
            self._refused(CONTENT, code, status)
        if not 200 <= code < 300:
            self.drop()
            raise FateUnknown(f"reply {code}")
        self.has_carried = True
        return replies.numbers(code, status)


def _status(reply: bytes) -> str | None:
    return replies.status_of(reply.decode("ascii", "replace"))
