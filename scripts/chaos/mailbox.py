"""A mail server in a process of its own: `python -m chaos.mailbox PORT FOLDER`.

It writes each letter it takes to a file of its own and only then, a moment later, answers: what is
killed meanwhile never learns what became of its letter, and the letter is on record.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from tests.journeys.service import until
from tests.servers import free_port

ANSWERS_AFTER = 0.05


@dataclass(frozen=True)
class Mail:
    """One letter as it was taken: when by this machine's clock, for whom, and what."""

    at: float
    to: str
    content: str

    @cached_property
    def message(self) -> EmailMessage:
        """The letter itself."""
        found = email.message_from_string(self.content, policy=email.policy.default)
        assert isinstance(found, EmailMessage)
        return found

    @cached_property
    def letter_id(self) -> str:
        """The row it was composed from, by its Message-ID."""
        return str(self.message["Message-ID"]).strip("<> ").partition("@")[0]

    @cached_property
    def text(self) -> str:
        """All its words."""
        parts = (self.message.get_body((kind,)) for kind in ("plain", "html"))
        return "\n".join(str(part.get_content()) for part in parts if part is not None)

    def link(self, path: str) -> str:
        """Return the path of its first link that begins so; empty where there is none."""
        found = re.search(rf"https?://[^\s/]+({re.escape(path)}[^\s<>\"]*)", self.text)
        return found[1] if found else ""


class Keeper:
    """Keeps each letter in a file."""

    def __init__(self, folder: Path) -> None:
        """Number letters on from what is there."""
        self.folder = folder
        self.count = len(list(folder.glob("*.json")))

    def keep(self, to: str, content: str) -> None:
        """Write one letter, whole or not at all."""
        self.count += 1
        path = self.folder / f"{self.count:06d}.json"
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps({"at": time.time(), "to": to, "content": content}))
        draft.replace(path)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a letter."""
        for recipient in envelope.rcpt_tos:
            self.keep(recipient, envelope.content.decode("utf-8", "replace"))
        await asyncio.sleep(ANSWERS_AFTER)
        return "250 kept"


class Mailbox:
    """What has been taken so far; each file is read once."""

    def __init__(self, folder: Path) -> None:
        """Look into a keeper's folder."""
        self.folder = folder
        self.known: dict[str, Mail] = {}

    def all(self) -> list[Mail]:
        """Return everything, oldest first."""
        for path in sorted(self.folder.glob("*.json")):
            if path.name not in self.known:
                self.known[path.name] = Mail(**json.loads(path.read_text()))
        return [self.known[name] for name in sorted(self.known)]

    def to(self, address: str) -> list[Mail]:
        """Return what has come to one address, oldest first."""
        return [mail for mail in self.all() if mail.to == address]


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run the mail server; give what SMTP_URL must say to reach it."""
    folder.mkdir(exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", "chaos.mailbox", str(port), str(folder)]
    places = os.pathsep.join(path for path in sys.path if path)
    server = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": places})
    try:
        until((folder / "ready").exists, "the mail server listens")
        yield f"smtp://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


async def serve(port: int, folder: Path) -> None:
    """Take letters until told to stop."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    keeper = Keeper(folder)
    server = await loop.create_server(lambda: SMTP(keeper, loop=loop), "127.0.0.1", port)
    (folder / "ready").touch()
    await stop.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
