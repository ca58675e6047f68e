"""Backups of the embedded database: whole while people write, closed, and put back or nothing."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, update

from couples import backup, folder, upkeep
from couples.accounts.models import LoginSession, Person
from couples.cli import commands
from couples.db import db, transaction
from couples.folder import InUse
from couples.mail import outbox
from couples.mail.models import LetterState, LetterTime, OutboxLetter, Restore
from couples.mail.outbox import Post
from couples.mail.restoring import settle
from couples.privacy import services_erasing
from couples.privacy.models import Note
from couples.settings import BadSetting, Settings
from tests.cast import Cast, sign_in


@pytest.fixture
def settings(app: Flask, cast: Cast) -> Settings:
    """The settings of a service with somebody in it."""
    found: Settings = app.extensions["settings"]
    folder.make(found.data_dir)
    return found


def names(database: Path) -> set[str]:
    """Everything that lies beside a database."""
    return {path.name for path in database.parent.iterdir() if path.is_file()}


def test_H6_a_backup_is_whole_while_people_write_and_for_its_owner_only(
    app: Flask, settings: Settings, cast: Cast, tmp_path: Path, now: datetime
) -> None:
    stop = threading.Event()

    def write() -> None:
        with app.app_context():
            while not stop.is_set():
                with transaction():
                    about = {"person_id": cast.maya, "written_at": now, "saved_at": now}
                    db.session.add_all([Note(words="One of two.", **about) for _ in range(2)])
            db.session.remove()

    writer = threading.Thread(target=write)
    writer.start()
    copies = [tmp_path / f"{number}.db" for number in range(3)]
    try:
        for copy in copies:
            backup.back_up(settings, copy, now)
    finally:
        stop.set()
        writer.join()
    for copy in copies:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        with upkeep.database_only(replace(settings, database_url=f"sqlite:///{copy}")):
            assert len(db.session.scalars(select(Note.id)).all()) % 2 == 0
    assert not [name for name in names(tmp_path / "0.db") if name.startswith(".")]


def test_no_backup_is_ever_replaced(settings: Settings, tmp_path: Path, now: datetime) -> None:
    target = tmp_path / "kept.db"
    target.write_text("mine")
    with pytest.raises(BadSetting, match="is there already"):
        backup.back_up(settings, target, now)
    assert target.read_text() == "mine"


def _damaged(copy: Path, settings: Settings) -> Settings:
    with copy.open("r+b") as file:
        file.truncate(copy.stat().st_size // 2)
    return settings


def _no_database(copy: Path, settings: Settings) -> Settings:
    copy.write_text("nothing of the kind" * 100)
    return settings


def _other_keys(copy: Path, settings: Settings) -> Settings:
    return replace(settings, sealing=type(settings.sealing).new())


def _later(copy: Path, settings: Settings) -> Settings:
    import sqlite3

    with sqlite3.connect(copy) as database:
        database.execute("PRAGMA user_version = 99999999")
    return settings


def _untold(copy: Path, settings: Settings) -> Settings:
    import sqlite3

    with sqlite3.connect(copy) as database:
        database.execute("PRAGMA user_version = 0")
    return settings


@pytest.mark.parametrize("spoil", [_damaged, _no_database, _other_keys, _later, _untold])
def test_what_cannot_be_put_back_changes_nothing(
    settings: Settings,
    tmp_path: Path,
    now: datetime,
    spoil: Callable[[Path, Settings], Settings],
) -> None:
    upkeep.migrate(settings)
    copy, database = tmp_path / "copy.db", backup.database_file(settings)
    backup.back_up(settings, copy, now)
    spoilt = spoil(copy, settings)
    before = names(database)
    with pytest.raises(BadSetting):
        backup.restore(spoilt, copy, None, now + timedelta(hours=1))
    assert names(database) - before <= {f"{database.name}-wal", f"{database.name}-shm"}
    assert upkeep.migrate(settings) == 0


def test_while_the_service_runs_nothing_is_put_back(
    settings: Settings, tmp_path: Path, now: datetime
) -> None:
    copy = tmp_path / "copy.db"
    backup.back_up(settings, copy, now)
    with folder.only_one(settings.data_dir), pytest.raises(InUse):
        backup.restore(settings, copy, None, now)
    with folder.only_one(settings.data_dir), pytest.raises(InUse):
        backup.settle_restored(settings, now, now)


def test_S5_a_list_of_erased_accounts_that_cannot_be_read_stops_a_restore(
    settings: Settings, tmp_path: Path, now: datetime
) -> None:
    copy = tmp_path / "copy.db"
    backup.back_up(settings, copy, now)
    assert settings.erased_file
    settings.erased_file.mkdir()
    before = names(backup.database_file(settings))
    for act in (
        lambda: backup.restore(settings, copy, None, now),
        lambda: backup.settle_restored(settings, now, now),
        lambda: upkeep.migrate(settings),
    ):
        with pytest.raises(BadSetting, match=r"ERASED_FILE, .*, is of no use: Is a directory"):
            act()
    assert names(backup.database_file(settings)) == before
    settings.erased_file.rmdir()
    assert not backup.restore(settings, copy, None, now).is_listed
    settings.erased_file.touch()
    assert backup.restore(settings, copy, None, now + timedelta(minutes=1)).is_listed


def test_the_replaced_database_is_kept_aside_whole(
    settings: Settings, cast: Cast, tmp_path: Path, now: datetime
) -> None:
    copy = tmp_path / "copy.db"
    backup.back_up(settings, copy, now)
    with transaction():
        about = {"person_id": cast.maya, "written_at": now, "saved_at": now}
        db.session.add(Note(words="Since then.", **about))
    db.session.remove()
    db.engine.dispose()
    settled = backup.restore(settings, copy, None, now + timedelta(hours=1))
    assert settled.aside is not None
    database = backup.database_file(settings)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (database, settled.aside)}
    assert modes == {0o600}
    for path, words in ((database, []), (settled.aside, ["Since then."])):
        with upkeep.database_only(replace(settings, database_url=f"sqlite:///{path}")):
            assert [note.words for note in db.session.scalars(select(Note))] == words


@pytest.mark.parametrize(
    ("state", "due", "after"),
    [
        ("pending", -1, "unknown"),
        ("pending", 1, "pending"),
        ("retry", 1, "unknown"),
        ("sending", 1, "unknown"),
        ("sent", -1, "sent"),
        ("cancelled", -1, "cancelled"),
    ],
)
def test_C8_what_may_have_gone_since_the_backup_is_unknown(
    app: Flask, now: datetime, state: str, due: int, after: str
) -> None:
    with transaction():
        outbox.post("open", key="one", now=now, due_at=now + timedelta(hours=due))
        db.session.execute(db.update(OutboxLetter).values(state=LetterState(state)))
    assert settle(now - timedelta(days=1), now) == (after == "unknown")
    assert db.session.scalars(select(OutboxLetter.state)).one() == after
    waits = db.session.scalars(select(LetterTime.letter_id)).all()
    assert bool(waits) == (after != "unknown")
    assert db.session.scalars(select(Restore.restored_at)).one() == now


@pytest.mark.parametrize(("meant", "state"), [(-1, "unknown"), (0, "unknown"), (1, "pending")])
def test_C8_a_letter_that_is_made_anew_goes_only_if_its_time_came_after_the_restore(
    app: Flask, now: datetime, meant: int, state: str
) -> None:
    settle(now - timedelta(days=1), now)
    later = now + timedelta(hours=2)
    own = now + timedelta(hours=meant)
    with transaction():
        outbox.post_all([Post(kind="open", key="one", due_at=later, meant_at=own)], later)
        outbox.post("reset", key="asked for just now", now=later)
    found = {row.key: row.state for row in db.session.scalars(select(OutboxLetter))}
    assert found == {"one": state, "asked for just now": "pending"}


def test_S5_who_took_an_erasing_back_since_the_backup_is_asked_anew(
    app: Flask, settings: Settings, cast: Cast, tmp_path: Path, now: datetime
) -> None:
    copy, later = tmp_path / "copy.db", now + timedelta(days=8)
    services_erasing.plan(cast.maya, now)
    services_erasing.plan(cast.ines, now)
    sign_in(app.test_client(), cast.maya, now)
    with transaction():
        db.session.execute(update(LoginSession).values(personal_key=b"open for ten minutes"))
    backup.back_up(settings, copy, now)
    services_erasing.take_back(cast.maya, now + timedelta(days=1))
    services_erasing.erase_due(later)
    db.session.remove()
    db.engine.dispose()
    with upkeep.database_only(replace(settings, database_url=f"sqlite:///{copy}")):
        assert db.session.scalar(select(LoginSession.personal_key)) is None
    assert backup.restore(settings, copy, now, later).erased == 1
    with upkeep.wired(settings):
        assert services_erasing.erase_due(later) == 0
        assert services_erasing.planned_for(cast.maya) == later + timedelta(days=7)
        assert db.session.get_one(Person, cast.ines).erased_at is not None


def test_the_commands_say_what_is_wrong_with_a_time() -> None:
    for text, words in (("yesterday", "is no time like"), ("2026-09-01T02:00", "its offset")):
        done = CliRunner().invoke(commands, ["settle-restored", "--taken", text])
        assert done.exit_code == 2 and words in done.output


def test_H6_the_database_and_its_log_are_closed_to_others(settings: Settings) -> None:
    database = backup.database_file(settings)
    database.chmod(0o644)
    upkeep.migrate(settings)
    db.session.scalars(select(Note.id)).all()
    for path in database.parent.glob(f"{database.name}*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
