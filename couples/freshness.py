"""A quick look whether the embedded database needs anything, so that a second start is quick."""

from __future__ import annotations

from typing import Any

from couples import revisions
from couples.database_address import sqlite_file
from couples.privacy import tombstones
from couples.sealing import CannotOpen, Place
from couples.settings import Settings


def is_up_to_date(settings: Settings) -> bool:
    """Whether the tables are the newest, the keys fit them and nobody erased came back with them.

    In doubt the answer is no.
    """
    path = sqlite_file(settings.database_url)
    if path is None or not path.exists():
        return False
    import pysqlite3

    try:
        connection = pysqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1)
    except pysqlite3.Error:
        return False
    try:
        fits = _is_newest(connection) and _keys_fit(connection, settings)
        return fits and not _came_back(connection, settings)
    except (pysqlite3.Error, CannotOpen, OSError):
        return False
    finally:
        connection.close()


def _is_newest(connection: Any) -> bool:
    found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return bool(found == [(revisions.newest(),)])


def _keys_fit(connection: Any, settings: Settings) -> bool:
    found = connection.execute("SELECT id, word_sealed FROM key_checks").fetchone()
    if found is None:
        return False
    row_id, word = found
    settings.sealing.unseal(word, Place("key_checks", "word_sealed", row_id, row_id))
    return True


def _came_back(connection: Any, settings: Settings) -> bool:
    """Whether somebody on the list of erased accounts is here: an old copy was put in place."""
    listed = tombstones.read(settings.erased_file) if settings.erased_file else frozenset()
    if not listed:
        return False
    here = connection.execute("SELECT id FROM persons WHERE erased_at IS NULL")
    return any(tombstones.mark_of(settings.sealing, row[0]) in listed for row in here)
