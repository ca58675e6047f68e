"""How connections behave: SQLite made safe for several writers, PostgreSQL tried before use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import import_module
from typing import Any

import pysqlite3
from sqlalchemy import Connection, Engine, event

from couples import turns
from couples.db import is_writing

SAFE_WAL = (3, 51, 3)
# Writing so much anew takes a second or two, for which writers wait.
SCRUBBED = 200_000_000
CONNECT_SECONDS = 5
SILENT_SECONDS = 10


def options(url: str) -> dict[str, Any]:
    """Return the engine's options for a database address."""
    found: dict[str, Any]
    if url.startswith("sqlite"):
        found = {"module": pysqlite3.dbapi2, "connect_args": {"timeout": 10}}
    else:
        # Kept are few, but no thread ever waits for one: the settings allow no more threads than
        # these. Each is tried before use, where that tells anything (couples/postgres.py).
        found = {"pool_size": 10, "max_overflow": 54}
        # A server that is gone without a word shall not hold a page up for minutes.
        found["connect_args"] = {
            "connect_timeout": CONNECT_SECONDS,
            "tcp_user_timeout": SILENT_SECONDS * 1000,
            "keepalives_idle": SILENT_SECONDS,
            "keepalives_interval": 5,
            "keepalives_count": 2,
        }
    # What was typed stands in a statement's parameters: no error may print them (rule S1).
    return {**found, "hide_parameters": True}


def prepare(engine: Engine) -> None:
    """Set what every connection of this engine needs."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        # Only here: the embedded database needs no driver of the other.
        import_module("couples.postgres").prepare(engine)


def scrub(engine: Engine) -> None:
    """Take what was deleted out of the embedded database's file and its log for good.

    SQLite overwrites deleted rows by itself. Writing the file anew also takes whatever may be left
    where rows were moved between pages; a large one is left to its operator, for the night.
    """
    if engine.dialect.name != "sqlite":
        return
    # Not through a transaction of ours: neither can be done inside one.
    with closing(engine.raw_connection()) as connection:
        pages, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "page_size")
        )
        if pages * size <= SCRUBBED:
            connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions by itself, deferred: two of those lose updates silently.
    connection.isolation_level = None
    # Before 3.51.3 two writers can corrupt a write-ahead log.
    journal = "WAL" if pysqlite3.sqlite_version_info >= SAFE_WAL else "TRUNCATE"
    for pragma in (
        "busy_timeout=10000",
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if not is_writing():
        connection.exec_driver_sql("BEGIN")
        return
    turns.take()
    connection.exec_driver_sql("BEGIN IMMEDIATE")
