"""How composers look: in the very transaction that then says that the letter is being sent.

What a reader decides until that commit counts. Outside of it, in tests and for letters that go one
by one, they look through the session as everything else does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Row, Select

from couples.db import db

_line: ContextVar[Connection | None] = ContextVar("line", default=None)


def look(
    query: Select[*tuple[Any, ...]], values: Mapping[str, Any]
) -> Row[*tuple[Any, ...]] | None:
    """Return the first row that a query finds."""
    line = _line.get()
    asked = db.session.execute(query, values) if line is None else line.execute(query, values)
    return asked.first()


@contextmanager
def looking_on(line: Connection) -> Iterator[None]:
    """Let composers look on this connection."""
    token = _line.set(line)
    try:
        yield
    finally:
        _line.reset(token)
