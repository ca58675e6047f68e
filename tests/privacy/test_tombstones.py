"""The list of erased accounts: written by several at once, kept whole, never in the way (S5)."""

from __future__ import annotations

import stat
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from couples.accounts import services_passwords
from couples.accounts.models import Person
from couples.accounts.services import begin_session, find_session
from couples.db import db, key_ring, transaction
from couples.doctor import base
from couples.freshness import is_up_to_date
from couples.pairing.services import couple_or_none
from couples.privacy import services_erasing, services_tombstones, tombstones
from couples.settings import Settings
from couples.upkeep import migrate
from tests.cast import PASSWORD, Cast

DAY = date(2026, 9, 1)


@pytest.fixture
def listed(app: Flask) -> Path:
    """Where the list lies."""
    path: Path = app.extensions["settings"].erased_file
    path.parent.mkdir(mode=0o700)
    return path


def _add_many(path: Path, first: str) -> None:
    for number in range(50):
        tombstones.add(path, [f"{first}{number:03}".ljust(64, "0")], DAY)


def test_S5_several_processes_write_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "erased"
    with ProcessPoolExecutor(3) as pool:
        list(pool.map(_add_many, [path] * 3, "abc"))
    lines = path.read_text().splitlines()
    assert len(lines) == 150 == len(tombstones.read(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_S5_half_a_line_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "erased"
    tombstones.add(path, ["a" * 64], DAY)
    with path.open("a") as file:
        file.write("bbb")
    tombstones.add(path, ["c" * 64, "d" * 64], DAY)
    assert tombstones.read(path) == {"a" * 64, "c" * 64, "d" * 64}


def test_S5_the_list_names_nobody(listed: Path, cast: Cast, now: datetime) -> None:
    services_erasing.erase(cast.maya, now)
    assert listed.read_text() == f"{tombstones.mark_of(key_ring(), cast.maya)} 2026-09-01\n"
    text = listed.read_text()
    assert cast.maya not in text and key_ring().index(cast.maya) not in text


def test_S5_a_list_that_cannot_be_written_fails_no_erasing_and_is_completed_later(
    app: Flask, listed: Path, cast: Cast, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    listed.mkdir()
    assert services_erasing.erase(cast.maya, now)
    assert "ERASED_FILE cannot be written" in caplog.text and cast.maya not in caplog.text
    [said] = base.erased_list(app.extensions["settings"])
    assert said.mark.strip() == "BAD" and "ERASED_FILE" in said.words
    listed.rmdir()
    [said] = base.erased_list(app.extensions["settings"])
    assert "lacks 1 erased" in said.words
    services_erasing.keep_erased(now + timedelta(hours=1))
    assert len(tombstones.read(listed)) == 1
    [said] = base.erased_list(app.extensions["settings"])
    assert said.mark.strip() == "ok"


def test_S5_whoever_is_on_the_list_and_back_is_erased_at_the_start_and_each_hour(
    app: Flask, listed: Path, cast: Cast, now: datetime
) -> None:
    settings: Settings = app.extensions["settings"]
    migrate(settings)
    assert is_up_to_date(settings)
    tombstones.add(listed, [tombstones.mark_of(key_ring(), cast.maya)], DAY)
    assert not is_up_to_date(settings)
    db.session.remove()
    assert migrate(settings) == 1
    assert is_up_to_date(settings)
    assert db.session.get_one(Person, cast.maya).erased_at is not None
    assert couple_or_none(cast.jonas) is None
    tombstones.add(listed, [tombstones.mark_of(key_ring(), cast.jonas)], DAY)
    assert [services_erasing.keep_erased(now) for _hour in range(2)] == [1, 0]
    assert len(listed.read_text().splitlines()) == 2


def test_S5_a_list_of_another_server_erases_nobody(
    app: Flask, listed: Path, cast: Cast, now: datetime
) -> None:
    other = type(key_ring()).new()
    tombstones.add(listed, [tombstones.mark_of(other, cast.maya)], DAY)
    assert services_erasing.keep_erased(now) == 0


def test_S5_without_a_list_nobody_is_looked_for(app: Flask, cast: Cast, now: datetime) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], erased_file=None)
    services_erasing.erase(cast.maya, now)
    assert services_tombstones.came_back() == []


def test_J5_a_planned_erasing_comes_due_once_and_twice_is_harmless(
    app: Flask, cast: Cast, now: datetime
) -> None:
    at = services_erasing.plan(cast.maya, now)
    assert at == now + timedelta(days=7)
    assert services_erasing.erase_due(at - timedelta(seconds=1)) == 0
    assert [services_erasing.erase_due(at) for _clock in range(2)] == [1, 0]
    person = db.session.get_one(Person, cast.maya)
    assert person.erased_at == at and person.erase_at is None
    services_erasing.take_back(cast.maya, at)
    assert services_erasing.planned_for(cast.maya) is None


def test_J5_on_the_day_it_is_over_also_while_the_clock_is_late(
    app: Flask, cast: Cast, now: datetime
) -> None:
    at = services_erasing.plan(cast.maya, now)
    token = begin_session(cast.maya, keep=True, now=now)
    almost = at - timedelta(seconds=1)
    assert find_session(token, almost)
    assert services_passwords.sign_in("maya@example.org", PASSWORD, keep=False, now=almost)
    assert find_session(token, at) is None
    assert services_passwords.sign_in("maya@example.org", PASSWORD, keep=False, now=at) is None
    services_erasing.take_back(cast.maya, at)
    assert services_erasing.planned_for(cast.maya) == at
    assert services_erasing.erase_due(at) == 1


def test_J5_one_account_that_cannot_be_erased_keeps_no_other(
    app: Flask, cast: Cast, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    for person_id in (cast.maya, cast.ines):
        services_erasing.plan(person_id, now)
    with transaction():
        db.session.execute(
            db.text(
                "CREATE TRIGGER stuck BEFORE UPDATE OF erased_at ON persons "
                f"WHEN new.id = '{cast.maya}' BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        )
    assert services_erasing.erase_due(now + timedelta(days=8)) == 1
    assert "failed for one" in caplog.text and cast.maya not in caplog.text
    assert db.session.get_one(Person, cast.ines).erased_at
