"""One neutral letter to one address, handed over as every letter is; no row is written."""

from __future__ import annotations

from couples import clock
from couples.db import new_id
from couples.doctor.mail_server import name_of
from couples.mail.carrying.carriers import transport_for
from couples.mail.carrying.transport import FateUnknown, NotSent, Unreachable
from couples.mail.letter import Letter, mail_domain
from couples.mail.message import mime, signing, verp
from couples.settings import Settings

WORDS = "This is a test letter. If you can read it, letters from here arrive."


def send(settings: Settings, address: str) -> tuple[bool, str]:
    """Hand over a test letter; return whether it was taken, and in words what was answered."""
    try:
        to = mime.one_address(address)
    except mime.BadAddress:
        return False, "That is not one address."
    where = name_of(settings.smtp_url) if settings.smtp_url else "the folder of captured letters"
    letter_id = new_id()
    content = signing.signed(
        settings, mime.as_bytes(_letter(settings, to, letter_id), settings, clock.now())
    )
    try:
        with transport_for(settings).connection() as connection:
            connection.open()
            connection.send(verp.envelope_sender(settings, letter_id), to, content)
    except Unreachable as problem:
        return False, f"{where} does not let us in ({problem}); nothing was sent."
    except NotSent as problem:
        return False, f"{where} refused the letter ({problem})."
    except FateUnknown as problem:
        return False, f"{where} gave no answer ({problem}); the letter may have been sent."
    return True, f"{where} took the letter. Look whether it arrives, and not among the junk."


def _letter(settings: Settings, to: str, letter_id: str) -> Letter:
    html = f"<p>{WORDS}</p>\n"
    own_id = f"<{letter_id}@{mail_domain(settings)}>"
    return Letter("test", to, "Test letter", f"{WORDS}\n", html, own_id)
