"""Alembic's environment: the same scripts on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from couples.db import Base, UtcDateTime


def render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our types as plain ones: a migration must not change when the code does."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run the migrations over the connection that `couples.migrate` hands in."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        render_item=render,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
