"""Reading and writing many rows with one statement, as each database does it best.

A value apiece would be thousands of parameters in a text that is never twice the same: finding
them there costs more than all the rest. PostgreSQL gets one: an array of ids, or rows as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    String,
    Table,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from couples.db import Base, db, insert, is_postgres

Values = Mapping[str, Any]
STRINGS = ARRAY(String)
ROWS = "rows"
COUNTED = {"preserve_rowcount": True}


def among(column: Any, values: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of these."""
    if not is_postgres():
        one: ColumnElement[bool] = column.in_(values)
        return one
    found: ColumnElement[bool] = column == any_(bindparam(None, list(values), type_=STRINGS))
    return found


def insert_many(table: Table, rows: Sequence[Values], *, once: str | None = None) -> int:
    """Insert rows that all name the same columns; return how many were.

    A row whose `once` is there already is left out.
    """
    if not rows:
        return 0
    statement, values = insert(table), rows
    if is_postgres():
        statement = _from_json(table, tuple(rows[0]))
        values = [{ROWS: json.dumps(rows, default=_as_text)}]
    if once is not None:
        statement = statement.on_conflict_do_nothing(index_elements=[once])
    # One row given is one statement's values, not a list of these.
    given = values[0] if len(values) == 1 else values
    result: Any = db.session.execute(statement, given, execution_options=COUNTED)
    return int(result.rowcount)


@cache
def _from_json(table: Table, names: Sequence[str]) -> Any:
    columns = [column(name, table.c[name].type) for name in names]
    rows = func.json_to_recordset(cast(bindparam(ROWS, type_=String), JSON))
    given = rows.table_valued(*columns).render_derived(with_types=True)
    return insert(table).from_select(names, select(given))


def _as_text(value: bytes | date) -> str:
    """Write what JSON has no word for as PostgreSQL reads it."""
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value.isoformat()


def values_of(row: Base) -> dict[str, Any]:
    """Return the columns of an object that was made and not added to the session."""
    return {one.name: getattr(row, one.name) for one in row.__table__.columns}


def place_of(table: str) -> ColumnElement[Any]:
    """Return where a row of a table lies, as the running database calls it.

    By their ids, which lie anywhere, finding a thousand rows again would cost more than claiming
    them.
    """
    return literal_column(f"{table}.{'ctid' if is_postgres() else 'rowid'}")
