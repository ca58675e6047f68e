"""Letters kept on this machine, as long as no mail server is set (rule S6)."""

from __future__ import annotations

import email
import email.policy
import mailbox
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Self

from couples.errors import NotFound
from couples.mail.carrying.replies import CONTENT
from couples.mail.carrying.transport import Connection, NotSent, Unreachable
from couples.settings import Settings

MOST_SHOWN = 200
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CapturedTransport:
    """A folder of letters that only the user who runs the service may read."""

    folder: Path

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the transport into the folder beside the other data."""
        return cls(settings.data_dir / "letters")

    def connection(self) -> Connection:
        """Return a new connection, not yet opened."""
        return CapturedConnection(self.folder)


class CapturedConnection:
    """Keeps letters in a Maildir: complete or not at all."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; nothing is opened yet."""
        self.folder = folder
        self.is_open = False

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *failure: object) -> None:
        """There is nothing to close."""

    def open(self) -> None:
        """Make the folder, or raise Unreachable."""
        try:
            self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.box = mailbox.Maildir(self.folder)  # it makes its folders 0700
            self.is_open = True
        except OSError as problem:
            raise Unreachable(type(problem).__name__) from problem

    def send(self, sender: str, to: str, content: bytes) -> str | None:
        """Keep one letter."""
        try:
            self.box.add(content.replace(b"\r\n", b"\n"))
        except OSError as problem:
            raise NotSent(CONTENT) from problem
        return None


@dataclass(frozen=True, slots=True)
class Captured:
    """One kept letter, as the page shows it."""

    key: str
    to: str
    subject: str
    sent_at: datetime
    text: str
    html: str


def captured_letters(settings: Settings) -> list[Captured]:
    """Return the last kept letters, newest first."""
    box = _box(settings)
    if box is None:
        return []
    # A Maildir's keys begin with the moment of writing.
    keys = sorted(box.keys(), reverse=True)[:MOST_SHOWN]
    letters = [_captured(key, box.get_bytes(key)) for key in keys]
    return sorted(letters, key=lambda letter: (letter.sent_at, letter.key), reverse=True)


def captured_letter(settings: Settings, key: str) -> Captured:
    """Return one kept letter, or raise NotFound."""
    box = _box(settings)
    if box is None or key not in box.keys():  # noqa: SIM118 - a Maildir is no dict
        raise NotFound
    return _captured(key, box.get_bytes(key))


def _box(settings: Settings) -> mailbox.Maildir | None:
    try:
        return mailbox.Maildir(CapturedTransport.of(settings).folder, create=False)
    except mailbox.NoSuchMailboxError:
        return None


def _captured(key: str, content: bytes) -> Captured:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    date = message["Date"]
    return Captured(
        key=key,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=parsedate_to_datetime(str(date)) if date else NEVER,
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    return str(part.get_content()) if part is not None else ""
