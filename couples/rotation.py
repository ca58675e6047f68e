"""A new sealing key, and everything people wrote sealed with it.

Each batch is a transaction of its own and changes only values that another key sealed, so a
rotation that was cut off goes on where it stopped. Only adding the key needs the service stopped:
once started again it knows both keys, and people may write while the rest is sealed anew. The
index key, by which addresses are found, stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from couples import folder, keys
from couples import migrate as migrations
from couples.db import Base, Row, Sealed, db, key_ring, transaction
from couples.sealing import KeyRing
from couples.settings import BadSetting, Settings
from couples.upkeep import database_only

BATCH = 200
TRIES = 20


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One sealed column of one table."""

    model: type[Row]
    sealed: Sealed

    @property
    def table(self) -> Any:
        """The table it is in."""
        return self.model.__table__  # type: ignore[attr-defined]

    @property
    def column(self) -> Any:
        """The column that holds the sealed value."""
        return self.table.c[self.sealed.column]


def rotate(settings: Settings, environ: Mapping[str, str]) -> int:
    """Add a key to the key file and seal everything with it; return how many values."""
    path = key_file(environ)
    migrations.load_models()
    folder.make(settings.data_dir)
    with database_only(settings) as app:
        if not is_unfinished(settings.sealing):
            with folder.only_one(settings.data_dir):
                app.extensions["sealing"] = settings.sealing.with_new_key()
                write(path, key_ring())
        return sum(reseal(column) for column in sealed_columns())


def key_file(environ: Mapping[str, str]) -> Path:
    """Return the file of the sealing keys; refuse where they come from the environment."""
    path = environ.get("SEALING_KEYS_FILE", "").strip()
    if not path:
        raise BadSetting(
            "SEALING_KEYS_FILE must name the key file; SEALING_KEYS cannot be changed."
        )
    return Path(path)


def is_unfinished(ring: KeyRing) -> bool:
    """Whether an earlier rotation was cut off: some values still have an older key."""
    return len(ring.keys) > 1 and any(waiting(column, ring) for column in sealed_columns())


def write(path: Path, ring: KeyRing) -> None:
    """Write the ring back, whole or not at all."""
    try:
        keys.replace(path, ring.text())
    except OSError as problem:
        reason = problem.strerror
        raise BadSetting(f"SEALING_KEYS_FILE {path} cannot be written: {reason}.") from None


def sealed_columns() -> list[SealedColumn]:
    """Name every sealed column of every table."""
    models = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda it: it.__name__)
    return [
        SealedColumn(model, attribute)
        for model in models
        for name in dir(model)
        if isinstance(attribute := getattr(model, name, None), Sealed)
    ]


def reseal(column: SealedColumn) -> int:
    """Seal one column of all rows with the active key, batch by batch; return how many values."""
    count, failures = 0, 0
    # Until nothing waits: a value that was changed meanwhile is looked at again.
    while ids := waiting(column, key_ring()):
        for start in range(0, len(ids), BATCH):
            try:
                _reseal_batch(column, ids[start : start + BATCH])
            except OperationalError:  # somebody who writes held a row that we waited for
                failures += 1
                if failures > TRIES:
                    raise
        count += len(ids)
    return count


def waiting(column: SealedColumn, ring: KeyRing) -> list[str]:
    """Return the ids of the rows whose value another key than the active one has sealed."""
    # The first bytes name the key; the values themselves need not be read.
    head = func.substr(column.column, 1, 1 + len(ring.active))
    prefix = bytes([len(ring.active)]) + ring.active.encode()
    found = select(column.table.c.id).where(column.column.is_not(None), head != prefix)
    with db.engine.connect() as connection:
        return list(connection.scalars(found))


@transaction()
def _reseal_batch(column: SealedColumn, ids: list[str]) -> None:
    rows = select(column.model).where(column.table.c.id.in_(ids)).order_by(column.table.c.id)
    for row in db.session.scalars(rows.with_for_update()):
        _reseal_row(column, row)
    db.session.expire_all()


def _reseal_row(column: SealedColumn, row: Row) -> None:
    """Replace one value, unless somebody has written a newer one meanwhile."""
    old = getattr(row, column.sealed.column)
    place = column.sealed.place(row)
    fresh = key_ring().seal(key_ring().unseal(old, place), place)
    unchanged = (column.table.c.id == row.id) & (column.column == old)
    db.session.execute(update(column.table).where(unchanged).values({column.column: fresh}))
