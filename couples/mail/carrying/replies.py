"""What a mail server's answer means: by its numbers alone, never by its words.

The code is RFC 5321's, the enhanced status RFC 3463's. The same classes hold for the status codes
of a bounce.
"""

from __future__ import annotations

import enum
import re

# The steps at which a letter can be refused.
MAIL, RCPT, DATA, CONTENT = "MAIL", "RCPT", "DATA", "CONTENT"
CLOSING = 421
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")
# Nobody has this address, or it is none: 5.1.7 and 5.1.8 are about the sender's.
NOBODY = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}
OUR_ADDRESS = {"5.1.7", "5.1.8"}
SECURITY_OR_POLICY = "5.7."


class Meaning(enum.Enum):
    """What an answer that is no yes means."""

    # Not now: the letter goes again later.
    LATER = enum.auto()
    # Not now, and the conversation is over.
    GOING_AWAY = enum.auto()
    # There is no such mailbox: letters have no use there.
    NO_MAILBOX = enum.auto()
    # This letter never; the address may well take the next one (a full mailbox, a plain 550).
    REFUSED = enum.auto()
    # It refuses what we are or may do: the operator's trouble, and no letter's or reader's fault.
    POLICY = enum.auto()


def status_of(reply: str) -> str | None:
    """Return the enhanced status that a reply begins with."""
    found = STATUS.match(reply)
    return found[0] if found else None


def meaning(step: str, code: int, status: str | None) -> Meaning:
    """Say what a refusal at this step means; code 0 stands for no answer at all."""
    if code in {0, CLOSING}:
        return Meaning.GOING_AWAY
    if code < 500:
        return Meaning.LATER
    if step == MAIL:
        return Meaning.POLICY
    return meaning_of_status(status)


def meaning_of_status(status: str | None) -> Meaning:
    """Say what an enhanced status means, also where it stands in a bounce.

    One that contradicts a permanent refusal, or is missing, says nothing about the address.
    """
    if status is None:
        return Meaning.REFUSED
    if status in OUR_ADDRESS or status.startswith(SECURITY_OR_POLICY):
        return Meaning.POLICY
    return Meaning.NO_MAILBOX if status in NOBODY else Meaning.REFUSED


def numbers(code: int, status: str | None) -> str | None:
    """Return an answer as the record keeps it: "451", "550 5.1.1", nothing where none came."""
    if not code:
        return None
    return f"{code} {status}" if status else str(code)
