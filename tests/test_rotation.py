"""Rotating keys: everything is sealed anew, nothing is lost, a cut-off rotation goes on."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from couples import folder, rotation, upkeep
from couples.accounts.models import Person
from couples.db import db, transaction
from couples.privacy.models import Note
from couples.settings import BadSetting, Settings
from tests.cast import make_cast


@pytest.fixture
def rotating(
    database_app: Flask, settings_for: Callable[..., Settings], tmp_path: Path, now: datetime
) -> tuple[Settings, Path]:
    """A database with the cast in it, and the key file that belongs to it."""
    make_cast(now)
    db.session.remove()
    settings: Settings = database_app.extensions["settings"]
    path = tmp_path / "sealing_keys"
    path.write_text(settings.sealing.text())
    return settings, path


def names(settings: Settings) -> list[tuple[str, str]]:
    """Every person's name and the key it is sealed with."""
    with upkeep.database_only(settings):
        people = db.session.scalars(select(Person)).all()
        return sorted((one.name, settings.sealing.key_of(one.name_sealed)) for one in people)


def after(settings: Settings, path: Path) -> Settings:
    """The settings as the next start reads them."""
    return replace(settings, sealing=type(settings.sealing).parse(path.read_text()))


def test_everything_is_sealed_with_the_new_key(rotating: tuple[Settings, Path]) -> None:
    settings, path = rotating
    before = names(settings)
    count = rotation.rotate(settings, {"SEALING_KEYS_FILE": str(path)})
    assert count >= 2 * len(before)
    settings = after(settings, path)
    assert settings.sealing.active == "k2"
    assert names(settings) == [(name, "k2") for name, _ in before]
    with upkeep.database_only(settings):
        assert not any(
            rotation.waiting(column, settings.sealing) for column in rotation.sealed_columns()
        )


def test_addresses_are_still_found(rotating: tuple[Settings, Path]) -> None:
    settings, path = rotating
    rotation.rotate(settings, {"SEALING_KEYS_FILE": str(path)})
    assert after(settings, path).sealing.index("maya@example.org") == settings.sealing.index(
        "maya@example.org"
    )


def test_a_rotation_that_was_cut_off_goes_on_without_another_key(
    rotating: tuple[Settings, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, path = rotating
    monkeypatch.setattr(rotation, "BATCH", 1)
    real = rotation._reseal_batch
    done: list[list[str]] = []

    def cut_off(column: rotation.SealedColumn, ids: list[str]) -> None:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(ids)
        real(column, ids)

    with monkeypatch.context() as power:
        power.setattr(rotation, "_reseal_batch", cut_off)
        with pytest.raises(KeyboardInterrupt):
            rotation.rotate(settings, {"SEALING_KEYS_FILE": str(path)})
    settings = after(settings, path)
    assert len({key for _, key in names(settings)} | {"k2"}) == 2
    rotation.rotate(settings, {"SEALING_KEYS_FILE": str(path)})
    assert after(settings, path).sealing.active == "k2"
    assert {key for _, key in names(settings)} == {"k2"}


def test_S1_a_killed_rotation_goes_on_while_people_write_and_leaves_no_old_key(
    rotating: tuple[Settings, Path], database_app: Flask, now: datetime
) -> None:
    settings, path = rotating
    with transaction():
        person_id = db.session.scalars(select(Person.id)).first()
        about = {"person_id": person_id, "written_at": now, "saved_at": now}
        db.session.add_all([Note(words=f"Words {one}.", **about) for one in range(1500)])
    db.session.remove()
    ids = _killed_midway(settings, path)
    # The service has been started again: it knows both keys.
    database_app.extensions["sealing"] = after(settings, path).sealing
    stop = threading.Event()
    writers = [
        threading.Thread(target=_write, args=(database_app, ids[place::2], stop, now))
        for place in range(2)
    ]
    for writer in writers:
        writer.start()
    # The service holds its folder all the while.
    with folder.only_one(settings.data_dir):
        rotation.rotate(after(settings, path), {"SEALING_KEYS_FILE": str(path)})
    stop.set()
    for writer in writers:
        writer.join()
    ring = after(settings, path).sealing
    assert ring.active == "k2"
    with upkeep.database_only(after(settings, path)):
        left = [one for one in rotation.sealed_columns() if rotation.waiting(one, ring)]
        words = sorted(note.words for note in db.session.scalars(select(Note)))
    assert left == []
    assert len(words) == 1500
    assert {text.partition(" ")[0] for text in words} == {"Words", "Later"}


def _killed_midway(settings: Settings, path: Path) -> list[str]:
    """Kill a rotation once it has sealed some and not all; return the ids of the notes."""
    script = (
        "from couples import rotation, upkeep; from couples.cli import main; rotation.BATCH = 5;"
        "import sys; sys.argv = ['couples', 'rotate-keys']; main()"
    )
    environ = {
        "SECRET_KEY": settings.secret_key,
        "SEALING_KEYS_FILE": str(path),
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
    }
    process = subprocess.Popen([sys.executable, "-c", script], env=environ)
    head = func.substr(Note.words_sealed, 1, 3)
    done = select(func.count()).where(head == b"\x02k2")
    while not db.session.scalar(done):
        db.session.rollback()
        assert process.poll() is None
    process.kill()
    process.wait()
    sealed = db.session.scalar(done) or 0
    assert 0 < sealed < 1500
    ids = list(db.session.scalars(select(Note.id).order_by(Note.id)))
    db.session.remove()
    return ids


def _write(app: Flask, ids: list[str], stop: threading.Event, now: datetime) -> None:
    """Change one note after the other until told to stop."""
    with app.app_context():
        for note_id in itertools.cycle(ids):
            if stop.is_set():
                break
            with transaction():
                note = db.session.get_one(Note, note_id, with_for_update=True)
                note.words = f"Later {note.words}"[:100]
        db.session.remove()


def test_keys_that_come_from_the_environment_cannot_be_rotated(
    rotating: tuple[Settings, Path],
) -> None:
    with pytest.raises(BadSetting, match="SEALING_KEYS_FILE"):
        rotation.rotate(rotating[0], {})
