"""A database that a test gives back is like a new one for the next, or is given to nobody."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from couples.db import Base
from tests.databases import Databases, with_database

A_LETTER = "INSERT INTO pulses (name, at) VALUES ('clock', now())"


def rows(address: str) -> int:
    """Return how many rows all tables of the application hold together."""
    tables = [sql.Identifier(name) for name in Base.metadata.tables]
    counts = [sql.SQL("SELECT count(*) FROM {}").format(table) for table in tables]
    with psycopg.connect(plain(address)) as connection:
        return sum(next(connection.execute(count))[0] for count in counts)


def plain(address: str) -> str:
    """Return an address as the driver itself takes it."""
    return address.replace("+psycopg", "")


def test_what_one_test_wrote_is_gone_for_the_next_even_where_a_connection_was_left_open(
    postgres: str,
) -> None:
    databases = Databases(postgres)
    with databases.fresh() as first:
        left_open = psycopg.connect(plain(first))
        left_open.execute("SELECT 1")
        with psycopg.connect(plain(first)) as connection:
            connection.execute(A_LETTER)
        assert rows(first) == 1
    with databases.fresh() as second:
        assert second == first and rows(second) == 0
        with psycopg.connect(plain(second)) as connection:
            assert len(connection.execute("SELECT * FROM alembic_version").fetchall()) == 1
    with pytest.raises(psycopg.OperationalError):
        left_open.execute("SELECT 1")
    left_open.close()
    databases.drop_all()


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE pulses RENAME TO lost",
        "ALTER TABLE pulses ADD more text",
        "ALTER TABLE pulses ALTER at DROP NOT NULL",
        "CREATE TABLE planted (words text)",
        "CREATE INDEX ix_pulses_more ON pulses (at)",
        "DROP TABLE alembic_version",
        "UPDATE alembic_version SET version_num = 'x'",
        "ANALYZE alembic_version",
    ],
)
def test_a_database_whose_tables_were_changed_is_given_to_nobody(
    postgres_databases: Databases, change: str
) -> None:
    with postgres_databases.fresh() as first, psycopg.connect(plain(first)) as connection:
        connection.execute(change.encode())
    with postgres_databases.fresh() as second:
        assert second != first and rows(second) == 0
    name = first.rpartition("/")[2]
    server = with_database(postgres_databases.server, "postgres")
    with psycopg.connect(server) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        assert connection.execute(query, [name]).fetchall() == []
