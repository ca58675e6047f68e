"""The whole service as real processes on a world with one of everything, and where it writes."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis
from flask import Flask
from sqlalchemy import inspect, text

from couples.db import db
from couples.embedded import last_url
from tests.canary.browsing import Browser
from tests.canary.finding import Place
from tests.journeys.service import Service, until
from tests.servers import SmtpPeer
from tests.world import World
from tests.world_trust import HALF_IN, half_in

# An address that the mail server knows nothing of; it says so in the words of real ones.
NOBODY = "nobody-here"


class Peer(SmtpPeer):
    """A real SMTP server that keeps every letter as it came, and its envelope."""

    def __init__(self) -> None:
        """Start at once."""
        self.raw: list[tuple[str, str, bytes]] = []
        self.refused: list[str] = []
        super().__init__()

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Refuse one kind of address, and repeat it as servers do."""
        if NOBODY in address:
            self.refused.append(address)
            return f"550 5.1.1 <{address}>: Recipient address rejected: User unknown"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep one letter with its envelope."""
        for recipient in envelope.rcpt_tos:
            self.raw.append((envelope.mail_from, recipient, envelope.content))
        return await super().handle_DATA(server, session, envelope)


@dataclass
class House:
    """A running service, its people, and where its words could turn up."""

    service: Service
    peer: Peer
    world: World
    app: Flask
    browsers: dict[str, Browser] = field(default_factory=dict)
    opened: list[Browser] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)

    def plant(self, word: str) -> None:
        """Put a word on purpose wherever the service could have left one."""
        (self.service.folder / "var" / word).write_bytes(word.encode("utf-16-le"))
        with self.service.log_file.open("a") as log:
            log.write(f"WARNING somebody wrote {word}\n")
        with db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE planted (words VARCHAR)"))
            connection.execute(text("INSERT INTO planted VALUES (:word)"), {"word": word})
        body = base64.b64encode(json.dumps(["x", word]).encode())
        self.queue().rpush("planted", body)
        until(lambda: body in b"".join(self.heard), "the queue to be told")
        self.fresh_browser().get(f"/signin?{word}")

    def browser(self, who: str) -> Browser:
        """Return the one browser of a person of the world, signed in; or of nobody."""
        if who == "nobody":
            return self.fresh_browser()
        if who not in self.browsers:
            self.browsers[who] = self.fresh_browser(self._cookies(who))
        return self.browsers[who]

    def fresh_browser(self, cookies: dict[str, str] | None = None) -> Browser:
        """Return one more browser; of nobody, unless it brings cookies."""
        self.opened.append(Browser(self.service.port, cookies or {}))
        return self.opened[-1]

    def close(self) -> None:
        """Close all browsers."""
        for browser in self.opened:
            browser.close()

    def _cookies(self, who: str) -> dict[str, str]:
        client = self.app.test_client()
        if who == HALF_IN:
            half_in(client, self.world.people["Hugo"])
        else:
            with client.session_transaction() as session:
                session["_user_id"] = self.world.sessions[who]
                session["_fresh"] = True
        name = self.app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        assert cookie is not None
        return {name: cookie.value}

    def address(self, rule: str, kind: str = "") -> str:
        """Return a route with the world's own things in it, or with the one that is named."""

        def known(found: re.Match[str]) -> str:
            return self.world.things[kind or found[1].rpartition(":")[2]]

        return re.sub(r"<([^>]+)>", known, rule)

    def listen(self) -> None:
        """Hear everything the queue is told from now on, in a thread of its own."""

        def hear() -> None:
            watching = self.queue().monitor()  # type: ignore[no-untyped-call]
            with suppress(redis.ConnectionError), watching as monitor:
                for told in monitor.listen():
                    self.heard.append(told["command"].encode())

        threading.Thread(target=hear, daemon=True).start()
        until(lambda: self.heard, "the queue to be told something")

    def queue(self) -> redis.Redis:
        """Return a connection to the embedded queue."""
        return redis.Redis.from_url(last_url(self.service.folder / "var") or "")

    def places(self) -> Iterator[Place]:
        """Give everything the service has written: files, rows, the queue, pages' edges."""
        yield from files(self.service.folder)
        yield from rows()
        yield from database_files()
        yield from self._kept_in_queue()
        yield "the queue, all it was told", b"\n".join(self.heard)
        for browser in self.opened:
            yield from browser.observed

    def _kept_in_queue(self) -> Iterator[Place]:
        with suppress(redis.ConnectionError):
            queue = self.queue()
            for key in queue.scan_iter():
                kept: Any = queue.dump(key)
                yield f"the queue, {key!r}", key + b"\n" + (kept or b"")


def files(folder: Path) -> Iterator[Place]:
    """Give every file the service has made, names included."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        yield name, name.encode() + (b"\n" + path.read_bytes() if path.is_file() else b"")


def rows() -> Iterator[Place]:
    """Give every row of every table there is, whoever made it."""
    db.session.rollback()
    with db.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                cells = [cell if isinstance(cell, bytes) else str(cell).encode() for cell in row]
                yield f"table {table}", b"\n".join(cells)


def database_files() -> Iterator[Place]:
    """Give PostgreSQL's own files: this database's tables, and its log of what was written."""
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("CHECKPOINT"))
        folder = Path(connection.scalar(text("SHOW data_directory")) or "")
        number = connection.scalar(
            text("SELECT oid FROM pg_database WHERE datname = current_database()")
        )
    for part in (folder / "base" / str(number), folder / "pg_wal"):
        yield from ((f"PostgreSQL {name}", data) for name, data in files(part))
