"""Which transport carries the letters of this server."""

from __future__ import annotations

from couples.mail.carrying.captured import CapturedTransport
from couples.mail.carrying.transport import SmtpTransport, Transport
from couples.settings import Settings


def transport_for(settings: Settings) -> Transport:
    """Return the mail server's transport, or the folder's where no server is set (rule S6)."""
    if settings.smtp_url is None:
        return CapturedTransport.of(settings)
    hello = "localhost" if settings.is_loopback else settings.public_host
    return SmtpTransport(settings.smtp_url, hello=hello)
