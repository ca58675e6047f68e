"""Whether the mail server lets us in, encrypts, and takes our sender; nothing is sent."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from couples import greeting
from couples.db import new_id
from couples.doctor.findings import Finding, bad, ok
from couples.mail.carrying.carriers import transport_for
from couples.mail.carrying.transport import SmtpTransport, Unreachable, port_of
from couples.mail.message import verp
from couples.settings import Settings, is_loopback_host


def check(settings: Settings) -> Iterator[Finding]:
    """Go as far as a letter would before anybody is named: connect, encrypt, sign in, sender."""
    transport = transport_for(settings)
    if not isinstance(transport, SmtpTransport):
        yield ok(f"SMTP_URL is not set: letters are captured{greeting.where(settings)}.")
        return
    name = name_of(transport.url)
    try:
        smtp = transport.connect()
    except (OSError, smtplib.SMTPException, UnicodeError, Unreachable) as problem:
        yield bad(f"SMTP_URL: {name} does not let us in ({reason(problem)}).")
        return
    try:
        yield ok(f"The mail server {name} lets us in.")
        yield encryption(smtp, transport.url)
        yield sender(smtp, settings)
    except (OSError, smtplib.SMTPException) as problem:
        yield bad(f"SMTP_URL: {name} hung up when it was asked ({type(problem).__name__}).")
    finally:
        smtp.close()


def name_of(url: str) -> str:
    """Return how the mail server is called in sentences: never with user or password."""
    return f"{urlsplit(url).hostname} port {port_of(url)}"


def reason(problem: Exception) -> str:
    """Return why a server did not let us in, without anything that was said to it."""
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return f"it does not know the user or the password, reply {problem.smtp_code}"
    if isinstance(problem, Unreachable):
        return str(problem)
    return type(problem).__name__


def encryption(smtp: smtplib.SMTP, url: str) -> Finding:
    """Whether letters go encrypted to the mail server."""
    if isinstance(smtp.sock, ssl.SSLSocket):
        return ok(f"Letters go to it encrypted ({smtp.sock.version()}).")
    if is_loopback_host(urlsplit(url).hostname or ""):
        return ok("Letters go to it in clear; it is on this machine.")
    return bad("Letters go to it in clear: use smtps://, or one that offers STARTTLS.")


def sender(smtp: smtplib.SMTP, settings: Settings) -> Finding:
    """Whether it takes the sender that letters have on their envelopes."""
    address = verp.envelope_sender(settings, new_id())
    code, _words = smtp.mail(address)
    smtp.rset()
    if code == 250:
        return ok(
            "It takes our sender; returned letters can be told apart."
            if address != settings.mail_from
            else "It takes our sender."
        )
    if address == settings.mail_from:
        return bad(f"It refuses MAIL_FROM as the sender (reply {code}): set one it may send for.")
    plain, _words = smtp.mail(settings.mail_from)
    smtp.rset()
    if plain == 250:
        return bad(
            f"It takes MAIL_FROM but not a sender of each letter's own (reply {code}): let it "
            "send for addresses with a + in them, or set VERP=0."
        )
    return bad(f"It refuses our sender (reply {code}): set a MAIL_FROM it may send for.")
