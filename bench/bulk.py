"""Many other people's rows, written by the database itself; nobody reads what is in them.

Ids are fingerprints of numbers, so that they lie as far apart as the service's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Table,
    text,
)

from bench.filling import OPENS
from couples.db import Base, UtcDateTime, db, is_postgres

BEFORE, LONG_AFTER = OPENS - timedelta(weeks=50), OPENS + timedelta(days=730)
SEALED = bytes(1100)
SERIES = {
    True: "generate_series(1, {count}) AS s(i)",
    False: "(WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < {count})"
    " SELECT i FROM r) AS s",
}


@contextmanager
def writing() -> Iterator[Connection]:
    """Give the one connection, which asks for no references and takes nothing back."""
    db.session.remove()
    db.engine.dispose()
    with db.engine.connect() as connection:
        if is_postgres():
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text("SET synchronous_commit = off"))
        else:
            connection.rollback()
            _let_go(connection.connection.driver_connection)
        yield connection
        connection.commit()
        if not is_postgres():
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA journal_mode=WAL").fetchall()
        # What was set here goes with it.
        connection.invalidate()


def _let_go(raw: Any) -> None:
    for pragma in ("foreign_keys=OFF", "journal_mode=OFF", "cache_size=-2000000"):
        raw.execute(f"PRAGMA {pragma}").fetchall()
    raw.create_function("md5", 1, _md5, deterministic=True)


def _md5(words: str) -> str:
    return hashlib.md5(words.encode(), usedforsecurity=False).hexdigest()


def fill(connection: Connection, name: str, count: int, **given: str) -> None:
    """Write so many rows; what is not given as SQL over the number `i` is the same everywhere."""
    table, values = Base.metadata.tables[name], dict(given)
    for column in table.columns:
        if column.name not in values and not column.nullable:
            values[column.name] = _plain(column)
    series = SERIES[is_postgres()].format(count=int(count))
    statement = _insert(table, values, series)
    known: Mapping[str, Any] = {"sealed": SEALED, "day": OPENS.date()}
    used = {key: value for key, value in known.items() if f":{key}" in statement}
    connection.execute(text(statement), used)


def _insert(table: Table, values: Mapping[str, str], series: str) -> str:
    names, chosen = ", ".join(values), ", ".join(values.values())
    return f"INSERT INTO {table.name} ({names}) SELECT {chosen} FROM {series}"  # noqa: S608 - ours


def _plain(column: Column[Any]) -> str:
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return at(BEFORE)
    for found, sql in (
        (LargeBinary, ":sealed"), (Boolean, "false"), (Integer, "0"), (Date, ":day"),
        (JSON, "'{}'"),
    ):  # fmt: skip
        if isinstance(kind, found):
            return sql
    return "''"


def row_id(kind: str, number: str = "i") -> str:
    """Return the SQL of the id that a number's row of a kind has."""
    return f"substr(md5('{kind}' || {number}), 1, 22)"


def id_of(kind: str, number: int) -> str:
    """Return that id."""
    return _md5(f"{kind}{number}")[:22]


def at(moment: datetime, seconds: str = "0") -> str:
    """Return the SQL of a moment, so many seconds later."""
    words = moment.strftime("%Y-%m-%d %H:%M:%S")
    if is_postgres():
        return f"timestamptz '{words}+00' + ({seconds}) * interval '1 second'"
    return f"strftime('%Y-%m-%d %H:%M:%f000', '{words}', '+' || ({seconds}) || ' seconds')"


def settle(table: str = "") -> None:
    """Let the database do now what it does by itself after a while, for one table or for all.

    PostgreSQL looks at what it holds; SQLite does not, and only puts its log away.
    """
    # Not through a transaction of ours: none of it can be done inside one.
    db.session.rollback()
    with closing(db.engine.raw_connection()) as connection:
        raw: Any = connection.driver_connection
        if is_postgres():
            raw.autocommit = True
            raw.execute(f"VACUUM ANALYZE {table}")
            raw.autocommit = False
        else:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def add_crowd(couples: int) -> None:
    """Write couples for whom nothing is due: plans, an open round, a letter that waits."""
    later = at(LONG_AFTER, "i % 1000000")
    with writing() as to:
        fill(to, "couples", couples, id=row_id("c"))
        fill(to, "versions", 1, id=row_id("v"), couple_id=row_id("c"), number="1")
        fill(
            to, "letter_choices", couples, id=row_id("h"), person_id=row_id("p"),
            look_in_due_at=f"CASE WHEN i % 4 = 0 THEN {later} END",
        )  # fmt: skip
        fill(
            to, "plans", couples, id=row_id("l"), couple_id=row_id("c"),
            version_id=row_id("v", "1"), due_at=later,
        )  # fmt: skip
        fill(
            to, "rounds", couples, id=row_id("r"), couple_id=row_id("c"), number="1",
            version_id=row_id("v", "1"), every_weeks="1", closes_at=later,
            questions_sealed="''",
        )  # fmt: skip
        fill(
            to, "letters", couples, id=row_id("t"), key=row_id("k"), kind="'closed'",
            state="'pending'", person_id=row_id("p"), couple_id=row_id("c"),
            about_id=row_id("r"), due_at=later,
        )  # fmt: skip
        fill(to, "letter_times", couples, letter_id=row_id("t"), at=later)
    settle()


def add_others(couples: int, rounds: int) -> None:
    """Write couples with so many rounds, answered by both."""
    couple, place = row_id("c", f"((i - 1) / {rounds} + 1)"), f"(i - 1) % {rounds}"
    with writing() as to:
        fill(to, "couples", couples, id=row_id("c"))
        fill(to, "versions", couples, id=row_id("v"), couple_id=row_id("c"), number="1")
        fill(to, "persons", 2 * couples, id=row_id("p"), address_index=row_id("a"), zone="'UTC'")
        fill(
            to, "rounds", couples * rounds, id=row_id("r"), couple_id=couple,
            version_id=row_id("v", f"((i - 1) / {rounds} + 1)"), number=f"{place} + 1",
            opens_at=at(BEFORE, f"({place}) * 604800"), every_weeks="1", settled_at=at(BEFORE),
        )  # fmt: skip
        for person in (0, 1):
            fill(
                to, "responses", couples * rounds, id=row_id(f"s{person}"), round_id=row_id("r"),
                couple_id=couple, person_id=row_id("p", f"((i - 1) / {rounds} * 2 + 1 + {person})"),
                payload_sealed=":sealed",
            )  # fmt: skip
    settle()
