"""What a message that came back says: that a letter failed (RFC 3464) or is unwanted (RFC 5965).

It comes from strangers, so nothing in it is believed but numbers, and nothing of it is kept or
logged. Whatever is too big, broken or simply another kind of message says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser

from couples import logs

log = logs.named("couples.mail")

MOST_BYTES = 1024 * 1024
# A report holds three or four; hundreds inside each other would keep us busy for nothing.
MOST_BOUNDARIES = 50
# The parser reads these as messages of their own, or not at all when they are encoded.
OWN_FORMAT = re.compile(rb"message/(?:global-)?(delivery-status|feedback-report)", re.IGNORECASE)
AS_TEXT = rb"text/x-\1"
EMPTY_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
# Where the address a message was delivered to may stand, whoever kept it in a mailbox.
DELIVERED_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
ADDRESS = re.compile(r"[^\s<>,;:\"()]{1,64}@[^\s<>,;:\"()]{1,253}")
MESSAGE_ID = re.compile(r"<[^\s<>]{1,250}>")
STATUS = re.compile(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])")
ANY_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
UNDEFINED = "5.0.0"
UNWANTED = {"abuse", "fraud", "opt-out"}


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What came back: a bounce with a status for each address that failed, or a complaint."""

    is_complaint: bool
    addresses: tuple[str, ...]
    message_ids: tuple[str, ...] = ()
    statuses: tuple[str | None, ...] = ()


def read(raw: bytes) -> Report | None:
    """Read one message; None where it says nothing we act upon."""
    if len(raw) > MOST_BYTES or raw.lower().count(b"boundary") > MOST_BOUNDARIES:
        return None
    try:
        return _read(BytesParser().parsebytes(OWN_FORMAT.sub(AS_TEXT, raw)))
    except Exception as problem:  # a stranger's message can be broken in any way
        log.info("returned mail is not readable", kind=type(problem).__name__)
        return None


def _read(message: Message) -> Report | None:
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return None
    parts = {part.get_content_type(): part for part in _parts(message)}
    if status := parts.get("text/x-delivery-status"):
        return _bounce(message, status)
    if feedback := parts.get("text/x-feedback-report"):
        return _complaint(message, feedback, _original(parts))
    return None


def _parts(message: Message) -> Iterator[Message]:
    payload = message.get_payload()
    for part in payload if isinstance(payload, list) else []:
        if isinstance(part, Message):
            yield part


def _bounce(message: Message, status: Message) -> Report | None:
    """Return what failed for good; one copy that arrived, or still may, and nothing has."""
    groups = [group for group in _groups(status) if group["Action"]]
    actions = {_word(group, "Action") for group in groups}
    if actions != {"failed"}:
        return None
    failed = tuple(_status(group) for group in groups)
    return Report(is_complaint=False, addresses=_delivered_to(message), statuses=failed)


def _status(group: Message) -> str | None:
    """Return a recipient's status; some servers tell the real one in the diagnosis alone."""
    found = ANY_STATUS.match(_word(group, "Status"))
    if found and found[0] != UNDEFINED:
        return found[0]
    diagnosis = STATUS.search(str(group["Diagnostic-Code"] or ""))
    return (diagnosis or found or [None])[0]


def _complaint(message: Message, feedback: Message, original: Message | None) -> Report | None:
    fields = next(iter(_groups(feedback)), None)
    if fields is None or _word(fields, "Feedback-Type") not in UNWANTED:
        return None
    senders = _addresses(fields, "Original-Mail-From")
    if original is not None:
        senders += _addresses(original, "Return-Path")
    ids = MESSAGE_ID.findall(str(original["Message-ID"] or "")) if original is not None else []
    return Report(True, (*_delivered_to(message), *senders), tuple(ids))


def _original(parts: dict[str, Message]) -> Message | None:
    """Return the letter that was sent back along, or its headers alone."""
    for kind in ("message/rfc822", "message/global", "message/global-headers"):
        if kind in parts:
            return next(_parts(parts[kind]), None)
    headers = parts.get("text/rfc822-headers")
    return BytesHeaderParser().parsebytes(_content(headers).lstrip()) if headers else None


def _groups(part: Message) -> list[Message]:
    """Return the groups of fields of a report: about the message, then one a recipient."""
    texts = EMPTY_LINE.split(_content(part))
    return [BytesHeaderParser().parsebytes(text.lstrip()) for text in texts if text.strip()]


def _content(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _word(fields: Message, name: str) -> str:
    words = str(fields[name] or "").split()
    return words[0].lower() if words else ""


def _delivered_to(message: Message) -> tuple[str, ...]:
    return tuple(found for name in DELIVERED_TO for found in _addresses(message, name))


def _addresses(message: Message, name: str) -> tuple[str, ...]:
    values = (str(value)[:4096] for value in message.get_all(name, []))
    return tuple(found for value in values for found in ADDRESS.findall(value))
