"""Bringing the tables to what the models say, on either database, by one process at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import OperationalError

from couples import engine as engines
from couples.db import Base

LOCK = 7_305_113_201
# Whoever waits for a table makes all others wait behind: rather this migration is tried again.
PATIENCE = "5s"
LOCK_NOT_AVAILABLE = "55P03"
MODELS = (
    "keycheck", "pulse", "mail.models", "accounts.models", "pairing.models", "preparing.models",
    "agreement.models", "agreement.unsent.models", "agreement.signing.models",
    "agreement.review.models", "surveys.models", "dashboard.cards.models", "talks.models",
    "privacy.models",
)  # fmt: skip


def load_models() -> None:
    """Import every module that declares tables."""
    for name in MODELS:
        import_module(f"couples.{name}")


class Busy(Exception):
    """Somebody holds a table for too long; its text says what to do."""


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at this address to a revision; raise Busy where a table is held."""
    try:
        with _alone(url) as connection:
            command.upgrade(_config(connection), revision)
    except OperationalError as problem:
        if getattr(problem.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise Busy(
                f"A table was in use for longer than {PATIENCE}, so the tables are not all up to "
                "date yet. Nothing is half done: run couples migrate again in a quiet moment."
            ) from None
        raise


def go_back(url: str, revision: str) -> None:
    """Take the database at this address back to an earlier revision; what came later is lost."""
    with _alone(url) as connection:
        command.downgrade(_config(connection), revision)


@contextmanager
def _alone(url: str) -> Iterator[Connection]:
    load_models()
    engine = create_engine(url, **engines.options(url))
    engines.prepare(engine)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _let_tables_be_rebuilt)
    try:
        with engine.connect() as connection:
            _lock(connection)
            yield connection
            _check_references(connection)
            connection.commit()
    finally:
        # The lock lasts as long as the connection, which would else live on in the pool.
        engine.dispose()


def _let_tables_be_rebuilt(connection: sqlite3.Connection, _record: object) -> None:
    # SQLite changes a table by copying it; dropping the old one would count as deleting its rows.
    connection.execute("PRAGMA foreign_keys=OFF")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"rows refer to nothing after the migration: {broken}")


def differences(connection: Connection) -> list[object]:
    """Return what an up-to-date database still differs in from the models; nothing is right."""
    load_models()
    found = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(found, Base.metadata))


def write_revision(url: str, message: str) -> None:
    """Write a new migration from the difference between database and models, numbered in order."""
    scripts = list((Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py"))
    revision = f"{len(scripts) + 1:04}"
    load_models()
    engine = create_engine(url, **engines.options(url))
    with engine.connect() as connection:
        command.revision(_config(connection), message=message, autogenerate=True, rev_id=revision)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _lock(connection: Connection) -> None:
    """Let two processes that start at once migrate one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
        connection.execute(
            text("SELECT set_config('lock_timeout', :most, false)"), {"most": PATIENCE}
        )
