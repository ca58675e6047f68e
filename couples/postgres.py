"""How connections to PostgreSQL behave: no round trip that gives nothing (docs/decisions/0031)."""

from __future__ import annotations

import select
import time
from typing import Any

from psycopg import Cursor
from psycopg.pq import Format, TransactionStatus
from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import InvalidatePoolError

from couples.db import is_writing

# Who used a connection within this time need not ask whether the server is still there: a server
# that has ended since has said so on the line, which is looked at each time.
FRESH_SECONDS = 1.0


class BinaryCursor(Cursor[Any]):
    """Reads instants and sealed values as they are, not as text that has to be parsed."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Ask for what is found in binary form."""
        super().__init__(*given, **named)
        self.format = Format.BINARY


def prepare(engine: Engine) -> None:
    """Set what every connection of this engine needs."""

    def checkout(line: Any, record: Any, _proxy: object) -> None:
        _try_before_use(engine, line, record)

    event.listen(engine, "connect", _connected)
    event.listen(engine, "checkin", _used)
    event.listen(engine, "checkout", checkout)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _before)
    event.listen(engine, "handle_error", _failed)


def _connected(line: Any, record: Any) -> None:
    line.cursor_factory = BinaryCursor
    record.info["used"] = time.monotonic()


def _used(_line: Any, record: Any) -> None:
    record.info["used"] = time.monotonic()


def _try_before_use(engine: Engine, line: Any, record: Any) -> None:
    """Let no page meet a server that has been restarted: all connections are made anew then."""
    idle = time.monotonic() - record.info["used"]
    if idle < FRESH_SECONDS and not line.closed and not _has_been_told(line):
        return
    try:
        engine.dialect.do_ping(line)
    except line.Error as problem:
        raise InvalidatePoolError from problem


def _has_been_told(line: Any) -> bool:
    """Whether something has come that nobody asked for: mostly that the server ends."""
    look = select.poll()
    look.register(line.fileno(), select.POLLIN)
    return bool(look.poll(0))


def _begin(connection: Connection) -> None:
    """Begin no transaction for what only reads.

    Each statement has a snapshot of its own either way. What is saved are two round trips, and the
    statements' plans: the driver forgets what it has prepared with every rollback.
    """
    if not _is_by_itself(connection):
        _choose(connection, reads=not is_writing())


def _before(connection: Connection, _cursor: object, statement: str, *_given: object) -> None:
    """Begin one after all for what writes or locks: it ends as whoever sent it says."""
    if _is_by_itself(connection):
        return
    if not statement.startswith("SELECT") or "FOR " in statement:
        _choose(connection, reads=False)


def _is_by_itself(connection: Connection) -> bool:
    """Whether somebody has asked for it that each statement is a transaction by itself."""
    return bool(connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT")


def _failed(context: ExceptionContext) -> None:
    """Let all connections be made anew where a plan they keep is of a table that has changed."""
    problem = context.original_exception
    diagnosis = getattr(problem, "diag", None)
    if getattr(diagnosis, "source_function", None) == "RevalidateCachedQuery":
        context.is_disconnect = True


def _choose(connection: Connection, *, reads: bool) -> None:
    line: Any = connection.connection.dbapi_connection
    # Within a transaction it stays; of a dead connection the statement itself will tell.
    if line.autocommit != reads and line.pgconn.transaction_status == TransactionStatus.IDLE:
        line.autocommit = reads
