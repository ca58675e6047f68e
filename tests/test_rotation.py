"""Rotating keys: everything is sealed anew, nothing is lost, a cut-off rotation goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from couples import rotation, upkeep
from couples.accounts.models import Person
from couples.db import db
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


def test_keys_that_come_from_the_environment_cannot_be_rotated(
    rotating: tuple[Settings, Path],
) -> None:
    with pytest.raises(BadSetting, match="SEALING_KEYS_FILE"):
        rotation.rotate(rotating[0], {})
