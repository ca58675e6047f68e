"""Writing many couples fast: rows made by the database itself, what is unsealed made here.

Couple `n` is due today where `n` can be divided by the share. Only what is read of these is sealed
for its place; everybody else's sealed columns hold random bytes of the same size, since nobody
reads them. Ids look like ours: 22 characters in no order.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from couples.agreement.document.content import Clause, Content, Signer, to_plain
from couples.agreement.rhythm import Rhythm
from couples.db import key_ring
from couples.sealing import Place
from couples.surveys import rhythm as rhythms
from scale.tables import TABLES

DAY = date(2026, 9, 3)  # a Thursday
NOW = datetime(2026, 9, 2, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC")
LISTED = ("time", "heard", "home", "money", "family")
PROMISE = "Each week we keep one evening free for the two of us, without telephones."
DUE = (
    "CREATE UNLOGGED TABLE due_words (n int PRIMARY KEY, due_at timestamptz, zone text,"
    " version bytea, address1 bytea, name1 bytea, index1 text,"
    " address2 bytea, name2 bytea, index2 text)"
)


def fill(address: str, couples: int, share: int, say: Callable[[str], None]) -> int:
    """Write so many couples, of which one in `share` is due today; return how many are due."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET session_replication_role = replica")
        with connection.cursor() as cursor:
            cursor.execute(DUE)
            _copy_due(cursor, couples, share)
        kept = _without_indexes(connection)
        values = _values(couples)
        for statement in TABLES:
            connection.execute(statement, values)
            say(f"{statement.split()[2]} filled")
        for definition in kept:
            connection.execute(definition)
        say(f"{len(kept)} keys and indexes made")
        connection.execute("DROP TABLE due_words")
        connection.execute("SET session_replication_role = origin")
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
    return couples // share


def row_id(kind: str, n: int) -> str:
    """Return the id of a row; the same characters as `left(md5(kind || n), 22)`."""
    return hashlib.md5(f"{kind}{n}".encode(), usedforsecurity=False).hexdigest()[:22]


def _values(couples: int) -> dict[str, Any]:
    noise = {f"noise{size}": os.urandom(size + 31) for size in (64, 256, 1024, 4096)}
    times = {"now": NOW, "before": NOW - WEEK, "year": NOW - 52 * WEEK, "ahead": NOW + 30 * WEEK}
    return {"couples": couples, "day": DAY, **noise, **times}


def _copy_due(cursor: psycopg.Cursor[Any], couples: int, share: int) -> None:
    with cursor.copy("COPY due_words FROM STDIN") as copy:
        for n in range(share, couples + 1, share):
            copy.write_row(_due(n, n // share))


def _due(n: int, place: int) -> tuple[Any, ...]:
    zone = ZONES[place % len(ZONES)]
    rhythm = Rhythm(1, DAY.weekday(), place % 24, 6, 20, zone)
    people = row_id("a", n), row_id("b", n)
    text = _sealed("versions", "content", row_id("v", n), row_id("c", n), _content(people, rhythm))
    due_at = rhythms.local_instant(DAY, rhythm.opens_hour, zone)
    return (n, due_at, zone, text, *(one for who in people for one in _person(who)))


def _content(people: tuple[str, str], rhythm: Rhythm) -> str:
    signers = Signer(people[0], "Maya", "disc"), Signer(people[1], "Jonas", "diamond")
    clauses = tuple(
        Clause(hashlib.sha1(one.encode(), usedforsecurity=False).hexdigest()[:22], one, "", (),
               None, PROMISE, PROMISE, PROMISE, "weekly")
        for one in LISTED
    )  # fmt: skip
    content = Content(signers, clauses, rhythm, "Sunday, after supper.", date(2027, 3, 1))
    return json.dumps(to_plain(content), ensure_ascii=False)


def _person(person_id: str) -> Iterator[Any]:
    address = f"{person_id}@example.org"
    yield _sealed("persons", "address", person_id, person_id, address)
    yield _sealed("persons", "name", person_id, person_id, "Maya")
    yield key_ring().index(address)


def _sealed(table: str, column: str, row: str, owner: str, plain: str) -> bytes:
    return key_ring().seal(plain, Place(table, f"{column}_sealed", row, owner))


def _without_indexes(connection: psycopg.Connection[Any]) -> list[sql.SQL]:
    """Take indexes, keys and references away; return how to make them again, in this order."""
    found = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype = 'f'"
        " FROM pg_constraint WHERE contype IN ('p', 'u', 'f')"
        " AND connamespace = 'public'::regnamespace ORDER BY contype = 'f', contype = 'u'"
    ).fetchall()
    for table, name, _definition, _reference in reversed(found):
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    indexes = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " AND tablename <> 'due_words'"
    ).fetchall()
    for name, _definition in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    # A reference that is not looked at again holds for new rows all the same.
    made = [
        f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}{" NOT VALID" if reference else ""}'
        for table, name, text, reference in found
    ]
    return [sql.SQL(one) for one in [*made, *(text for _name, text in indexes)]]
