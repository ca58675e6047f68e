"""What a letter may say of anybody: its reader's own address, and their own name as a greeting."""

from __future__ import annotations

import email
import email.policy
import html
import re
from collections.abc import Iterator
from email.message import EmailMessage

from tests.canary.filling import Filler
from tests.canary.finding import STEM, Place, leaks, numbers


def hold_own_name_and_address_alone(filler: Filler) -> None:
    """Allow exactly: the recipient in the envelope and after "To:", their name in the greeting.

    The first name is the reader's own, stands once in each part, and in no other letter.
    """
    maya = filler.by_rule("/settings/about").words["name"]
    new = filler.by_rule("/settings/address again").words["address"]
    gone = filler.by_rule("/confirm").words["name"]
    names = {
        new: maya,
        "maya@example.org": maya,
        filler.by_rule("/signup").words["address"]: gone,
    }
    for sender, recipient, raw in filler.house.peer.raw:
        found = list(letter_without(recipient, names.get(recipient, ""), raw))
        assert leaks(filler.canaries, [("the sender", sender.encode()), *found]) == []
    greeted = [
        to for _from, to, raw in filler.house.peer.raw if numbers(raw) - numbers(to.encode())
    ]
    assert set(greeted) == set(names), "somebody's canary name was greeted"


def letter_without(recipient: str, name: str, raw: bytes) -> Iterator[Place]:
    """Give a letter's headers and parts without what may stand there."""
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(letter, EmailMessage) and letter["To"] == recipient
    del letter["To"]
    for key, value in letter.items():
        yield f"{key} of a letter", str(value).encode()
    for part in letter.walk():
        if not part.is_multipart():
            said = html.unescape(str(part.get_content()))
            yield part.get_content_type(), said.replace(f"Hello {name},", "Hello,", 1).encode()
    body = raw.replace(b"To: " + recipient.encode() + b"\r\n", b"", 1)
    assert len(re.findall(STEM.encode(), body)) == (2 if name and numbers(body) else 0)
