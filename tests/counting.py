"""Counting what the database is asked, so that no time has to be measured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from couples.db import db, is_writing


@dataclass
class Asked:
    """The statements that were sent; those inside a transaction of ours apart."""

    all: list[str] = field(default_factory=list)
    writing: list[str] = field(default_factory=list)


@contextmanager
def asked() -> Iterator[Asked]:
    """Note every statement; many rows in one are one."""
    found = Asked()

    def note(*given: Any) -> None:
        found.all.append(given[2])
        if is_writing():
            found.writing.append(given[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
