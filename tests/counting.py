"""Counting what the database is asked, so that no time has to be measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, text

from couples.db import db, is_postgres, is_writing


@dataclass
class Asked:
    """The statements that were sent; those inside a transaction of ours apart."""

    all: list[str] = field(default_factory=list)
    writing: list[str] = field(default_factory=list)
    # With what it was asked with; that a transaction begins is left out, which SQLite's driver
    # leaves to us to say.
    given: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def hearing(target: Any, name: str, hear: Callable[..., None]) -> Iterator[None]:
    """Listen to the database for a while."""
    event.listen(target, name, hear)
    try:
        yield
    finally:
        event.remove(target, name, hear)


@contextmanager
def asked() -> Iterator[Asked]:
    """Note every statement; many rows in one are one."""
    found = Asked()

    def note(*given: Any) -> None:
        found.all.append(given[2])
        if not given[2].startswith("BEGIN"):
            found.given.append((given[2], given[3]))
        if is_writing():
            found.writing.append(given[2])

    with hearing(db.engine, "before_cursor_execute", note):
        yield found


@contextmanager
def commits() -> Iterator[list[object]]:
    """Note every commit."""
    found: list[object] = []
    with hearing(db.engine, "commit", found.append):
        yield found


def plan_of(statement: str, values: Any, without: tuple[str, ...] = ("seqscan",)) -> str:
    """Return how the database goes about it, a line a step.

    Few rows would tempt PostgreSQL to read them all: forbidden that, it says whether it must.
    """
    with db.engine.connect() as connection:
        how = "EXPLAIN" if is_postgres() else "EXPLAIN QUERY PLAN"
        for way in without if is_postgres() else ():
            connection.execute(text(f"SET enable_{way} = off"))
        rows = connection.exec_driver_sql(f"{how} {statement}", values).all()
        connection.rollback()
    return "\n".join(str(row[-1]) for row in rows) + "\n"
