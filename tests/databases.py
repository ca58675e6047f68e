"""Fresh PostgreSQL databases: copied from the migrated template, emptied and given out again.

To make one and to drop it waits for two checkpoints of the server; to empty it takes a hundredth.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

# Files are copied, not written through the log a second time: in half the time.
COPY = "TEMPLATE template_pages STRATEGY FILE_COPY"
# The one table that is not empty in a fresh database.
MIGRATED = "alembic_version"
# Whatever changes a table, an index, a constraint or a statistic writes a row of these anew.
CATALOGUES = (
    "pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_index", "pg_namespace",
    "pg_proc", "pg_statistic", "pg_trigger", MIGRATED,
)  # fmt: skip


def with_database(address: str, name: str) -> str:
    """Return a server's address with another database name."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def run(address: str, statement: str) -> None:
    """Run one statement that cannot stand in a transaction."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def fresh_postgres(server: str) -> Iterator[str]:
    """Make a migrated database for as long as this lasts."""
    databases = Databases(server)
    with databases.fresh() as address:
        yield address
    databases.drop_all()


@dataclass
class Databases:
    """The databases of one server that are not in use."""

    server: str
    spare: list[str] = field(default_factory=list)
    # By name: what a database's catalogues said when it was made.
    made_as: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Give out an empty migrated database for as long as this lasts."""
        name = self.spare.pop() if self.spare else self._make()
        yield with_database(self.server, name).replace("postgresql://", "postgresql+psycopg://")
        self._take_back(name)

    def drop_all(self) -> None:
        """Drop those that are not in use."""
        while self.spare:
            run(self.server, f"DROP DATABASE {self.spare.pop()} WITH (FORCE)")

    def _make(self) -> str:
        name = f"t{uuid.uuid4().hex[:12]}"
        run(self.server, f"CREATE DATABASE {name} {COPY}")
        with psycopg.connect(with_database(self.server, name)) as connection:
            self.made_as[name] = _catalogues(connection)
        return name

    def _take_back(self, name: str) -> None:
        """Keep a database for the next test, emptied; drop one whose tables have changed."""
        with psycopg.connect(with_database(self.server, name), autocommit=True) as connection:
            _send_all_away(connection)
            is_as_made = _catalogues(connection) == self.made_as[name]
            if is_as_made:
                _empty(connection)
                # A table that was truncated has a new file, and so a new row of the catalogue.
                self.made_as[name] = _catalogues(connection)
        if is_as_made:
            self.spare.append(name)
        else:
            run(self.server, f"DROP DATABASE {name} WITH (FORCE)")


def _send_all_away(connection: psycopg.Connection) -> None:
    connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def _catalogues(connection: psycopg.Connection) -> Any:
    """Return how many rows each catalogue has, and which transaction wrote the newest."""
    try:
        parts = (f"SELECT count(*), max(xmin::text::bigint) FROM {name}" for name in CATALOGUES)
        return connection.execute(" UNION ALL ".join(parts).encode()).fetchall()
    except psycopg.errors.UndefinedTable:
        return None


def _empty(connection: psycopg.Connection) -> None:
    """Delete every row, without asking what refers to it, and give its room back.

    In room that deleted rows have left, new ones would lie in any order.
    """
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> %s"
        " AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0",
        (MIGRATED,),
    ).fetchall()
    if not tables:
        return
    names = [name for (name,) in tables]
    deletes = [f"DELETE FROM {name}" for name in names]
    connection.execute("; ".join(["SET session_replication_role = replica", *deletes]).encode())
    connection.execute(f"VACUUM (INDEX_CLEANUP ON, TRUNCATE ON) {', '.join(names)}".encode())
