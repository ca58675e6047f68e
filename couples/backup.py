"""Backups of the embedded database, and what follows once one was put back (rules S5, C8).

The keys are not in a backup: either of them alone tells nothing.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pysqlite3
from sqlalchemy.exc import SQLAlchemyError

from couples import disk, folder, upkeep
from couples.database_address import sqlite_file
from couples.db import transaction
from couples.settings import BadSetting, Settings

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a database that was put back."""

    unknown: int
    erased: int
    is_listed: bool = True
    aside: Path | None = None


def back_up(settings: Settings, target: Path, now: datetime) -> None:
    """Copy the database into a new file while the service runs, whole or not at all."""
    if target.exists():
        raise BadSetting(f"{target} is there already, and is not replaced.")
    with _draft_of(target, put=os.link) as draft:
        _copy(database_file(settings), draft)
        with closing(pysqlite3.connect(draft, isolation_level=None)) as copy:
            # One file: what belongs to it would be left behind.
            copy.execute("PRAGMA journal_mode=DELETE")
            # No key to locked notes that is open for a moment outlasts it in a copy.
            copy.execute("UPDATE sessions SET personal_key = NULL")
            copy.execute(f"PRAGMA user_version={int(now.timestamp()) // MINUTE}")
        disk.settle(draft)
    # Only for the operator's list: a backup is one whether or not this can be written.
    with suppress(OSError):
        disk.replace(settings.data_dir / folder.LAST_BACKUP, f"{now.isoformat()}\n")


def restore(settings: Settings, source: Path, taken_at: datetime | None, now: datetime) -> Settled:
    """Put a backup in the database's place, which is kept aside; refuse while the service runs.

    All work is done on a copy: the database is exchanged last.
    """
    target = database_file(settings)
    if not source.is_file():
        raise BadSetting(f"{source} is no file.")
    folder.make(settings.data_dir)
    with folder.only_one(settings.data_dir), _draft_of(target) as draft:
        _copy(source, draft)
        taken_at = taken_at or _taken_at(draft, source)
        _complete_list(settings, now)
        on_draft = replace(settings, database_url=f"sqlite:///{draft}")
        settled = _settle(on_draft, taken_at, now)
        _in_one_file(draft)
        return replace(settled, aside=_set_aside(target, now))


def settle_restored(settings: Settings, taken_at: datetime, now: datetime) -> Settled:
    """Settle a database that was put back by other means; refuse while the service runs."""
    folder.make(settings.data_dir)
    with folder.only_one(settings.data_dir):
        return _settle(settings, taken_at, now)


def database_file(settings: Settings) -> Path:
    """Return the file of the embedded database, or refuse where it is a server's."""
    path = sqlite_file(settings.database_url)
    if path is None:
        raise BadSetting(
            "DATABASE_URL names a server: use pg_dump and pg_restore, then settle-restored."
        )
    return path


def _settle(settings: Settings, taken_at: datetime, now: datetime) -> Settled:
    if taken_at > now:
        raise BadSetting("A backup cannot have been taken in the future: name the time it was.")
    erased = upkeep.migrate(settings)
    with upkeep.wired(settings), transaction():
        from couples.accounts.services_restored import end_what_came_back
        from couples.mail import restoring

        end_what_came_back(now)
        return Settled(restoring.settle(taken_at, now), erased, upkeep.is_listed(settings))


def _complete_list(settings: Settings, now: datetime) -> None:
    """Put on the list of erased accounts who is gone from the database that is replaced.

    It may be the broken one for which a backup is put back; the list itself must not be.
    """
    upkeep.is_listed(settings)
    if not database_file(settings).exists():
        return
    with suppress(SQLAlchemyError), upkeep.wired(settings):
        from couples.privacy import services_tombstones

        services_tombstones.complete(now)


def _copy(source: Path, draft: Path) -> None:
    try:
        with (
            closing(pysqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=10)) as old,
            closing(pysqlite3.connect(draft)) as new,
        ):
            old.backup(new)
            if new.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                raise BadSetting(f"{source} is damaged: nothing was changed.")
    except pysqlite3.Error as problem:
        raise BadSetting(f"{source} cannot be read as a database: {problem}.") from None


def _taken_at(draft: Path, source: Path) -> datetime:
    with closing(pysqlite3.connect(draft)) as copy:
        (minutes,) = copy.execute("PRAGMA user_version").fetchone()
    if not minutes:
        raise BadSetting(f"{source} does not say when it was made: add --taken and the time.")
    return datetime.fromtimestamp(minutes * MINUTE, UTC)


def _in_one_file(path: Path) -> None:
    with closing(pysqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version=0")
        database.execute("PRAGMA journal_mode=DELETE")
    disk.settle(path)


def _set_aside(target: Path, now: datetime) -> Path | None:
    """Give the database that is replaced another name; its own is taken by the next step."""
    if not target.exists():
        return None
    aside = target.with_name(f"{target.name}.before-{now:%Y%m%d-%H%M%S}")
    # Its log must not be taken for the other one's; a broken one keeps it beside.
    with suppress(pysqlite3.Error):
        _in_one_file(target)
    for end in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            target.with_name(target.name + end).rename(aside.with_name(aside.name + end))
    os.link(target, aside)
    aside.chmod(0o600)
    return aside


@contextmanager
def _draft_of(target: Path, put: Callable[[Path, Path], object] = os.replace) -> Iterator[Path]:
    """Give an empty file beside the target, for its owner only; it takes the place at the end.

    Where it is put by `os.link`, nothing that is there already is ever replaced.
    """
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield draft
        put(draft, target)
        disk.settle(target.parent)
    except FileExistsError as problem:
        raise BadSetting(f"{problem.filename2} is there already, and is not replaced.") from None
    except OSError as problem:
        raise BadSetting(f"{target} cannot be written: {problem.strerror}.") from None
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + end).unlink(missing_ok=True)
