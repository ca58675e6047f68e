"""The database: base class, types, sealed columns, and who may commit."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    MetaData,
    Select,
    String,
    TypeDecorator,
    any_,
    func,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from couples import turns
from couples.sealing import KeyRing, Place

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(metadata=Base.metadata)
# A pool with no connection left, a server that is gone, restarts, is full or stands still.
AWAY = (OperationalError, InterfaceError, TimeoutError)
# For statements over many rows: no object in the session is looked through for each of them.
UNSYNCHRONIZED = {"synchronize_session": False}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant in UTC; naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Read at once what the driver gives: years of rounds hold hundreds of instants."""
        return _instant if dialect.name == "sqlite" else _in_utc


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(f"{text}+00:00") if text else None


def _in_utc(value: datetime | None) -> datetime | None:
    return value.astimezone(UTC) if value else None


def is_postgres() -> bool:
    """Whether the running application's database is PostgreSQL."""
    return db.session.get_bind().dialect.name == "postgresql"


def insert(table: Any) -> Any:
    """Return this database's INSERT, which can say what to do where the row is there already."""
    return (postgresql.insert if is_postgres() else sqlite.insert)(table)


def found_free(column: Any, found: Select[Any]) -> ColumnElement[bool]:
    """Return the condition of being among the rows a query finds and nobody else holds right now.

    `column` is what the query selects. SQLite has one writer: whoever asks holds them all.
    """
    if not is_postgres():
        among: ColumnElement[bool] = column.in_(found)
        return among
    # A generic plan would scan the whole table for `id IN (…)`, not for an array.
    free = found.with_for_update(skip_locked=True)
    held: ColumnElement[bool] = column == any_(func.array(free.scalar_subquery()))
    return held


def new_id() -> str:
    """Return 128 random bits as 22 characters: an id that tells neither order nor time."""
    return secrets.token_urlsafe(16)


def key_ring() -> KeyRing:
    """Return the keys of the running application."""
    ring: KeyRing = current_app.extensions["sealing"]
    return ring


class Row:
    """A row with a random id and an owner to whom its sealed columns are bound.

    `sealed_owner` names the attribute that holds the owner's id (a person's, or a couple's where
    the text is shared). Id and owner are set before sealed columns, which need both.
    """

    __tablename__: str
    sealed_owner: ClassVar[str] = "id"

    id: Mapped[str] = mapped_column(String(22), primary_key=True)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id())
        sealed = {name for name in values if isinstance(getattr(type(self), name), Sealed)}
        for name in sorted(values, key=lambda name: name in sealed):
            setattr(self, name, values[name])


class Sealed:
    """An attribute that reads and writes plain text while its column holds it sealed."""

    def __init__(self, column: str, as_json: bool = False) -> None:
        """Stand for the column of this name; `as_json` keeps any JSON value instead of text."""
        self.column = column
        self.as_json = as_json
        self.table = ""

    def __set_name__(self, kind: type[Row], _name: str) -> None:
        self.table = getattr(kind, "__tablename__", "")

    def __get__(self, row: Row | None, kind: type[Row]) -> Any:
        if row is None:
            return self
        sealed = getattr(row, self.column)
        if sealed is None:
            return None
        return self._opened(sealed, self.place(row))

    def opened(self, sealed: bytes | None, row_id: str, owner: str) -> Any:
        """Return what this column of a row holds that was read as columns, as no object."""
        place = Place(self.table, self.column, row_id, owner)
        return None if sealed is None else self._opened(sealed, place)

    def sealed(self, value: Any, row_id: str, owner: str) -> bytes:
        """Return what this column of a row is to hold that is written as columns, as no object."""
        return self._sealed(value, Place(self.table, self.column, row_id, owner))

    def _opened(self, sealed: bytes, place: Place) -> Any:
        plain = key_ring().unseal(sealed, place)
        return json.loads(plain) if self.as_json else plain

    def __set__(self, row: Row, value: Any) -> None:
        sealed = None if value is None else self._sealed(value, self.place(row))
        setattr(row, self.column, sealed)

    def _sealed(self, value: Any, place: Place) -> bytes:
        plain = json.dumps(value, ensure_ascii=False) if self.as_json else value
        return key_ring().seal(plain, place)

    def place(self, row: Row) -> Place:
        """Return the place a value of this row is bound to."""
        owner = getattr(row, row.sealed_owner)
        if not row.id or not owner:
            raise ValueError(f"{row.__tablename__}.{self.column} is sealed before its owner is set")
        return Place(row.__tablename__, self.column, row.id, owner)


def sealed_text(column: str) -> Any:
    """Declare an attribute of text whose column holds it sealed."""
    return Sealed(column)


def sealed_json(column: str) -> Any:
    """Declare an attribute of JSON values whose column holds them sealed."""
    return Sealed(column, as_json=True)


_writing: ContextVar[bool] = ContextVar("writing", default=False)


def is_writing() -> bool:
    """Whether this context is inside `transaction()`."""
    return _writing.get()


def outside() -> None:
    """Let go of the snapshot that was read from, before something slow.

    Else a connection waits for it, and what SQLite or PostgreSQL would tidy up waits as well.
    Within `transaction()` all stays: the demo is written in one piece, and nobody waits for it.
    """
    if not _writing.get():
        db.session.rollback()


@contextmanager
def transaction() -> Iterator[None]:
    """Commit everything inside together or not at all; the outermost one decides.

    Used as `@transaction()` on a service, or as `with transaction():`.
    """
    if _writing.get():
        yield
        return
    # What was read before belongs to an older snapshot, which SQLite would not let us write from.
    db.session.rollback()
    token = _writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)
        turns.give_back()


@contextmanager
def writing(line: Connection) -> Iterator[None]:
    """Commit what is done on a connection of one's own: beside it, sessions cost more than letters.

    No service is called inside: it would wait for this transaction in one of its own.
    """
    token = _writing.set(True)
    try:
        with line.begin():
            yield
    finally:
        _writing.reset(token)
        turns.give_back()
