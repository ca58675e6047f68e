"""Transactions lose nothing, and sealed columns hold nothing readable."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from couples import turns
from couples.accounts.models import Person
from couples.db import db, new_id, transaction
from tests.cast import Cast, make_person

WRITERS, TIMES = 4, 25


@transaction()
def _add_one(person_id: str) -> None:
    person = db.session.get(Person, person_id, with_for_update=True)
    assert person is not None
    person.zone = str(int(person.zone) + 1)


@transaction()
def _set_zone(person_id: str, zone: str) -> None:
    person = db.session.get(Person, person_id)
    assert person is not None
    person.zone = zone


def test_writers_of_one_process_never_meet_at_the_file_of_sqlite(app: Flask, now: datetime) -> None:
    person_id = make_person("Maya", now)
    _set_zone(person_id, "0")

    def write() -> None:
        with app.app_context():
            # Whoever found the file held would fail at once.
            db.session.execute(text("PRAGMA busy_timeout=0"))
            db.session.rollback()
            for _time in range(TIMES):
                _add_one(person_id)

    writers = [threading.Thread(target=write) for _writer in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert _zone_of(person_id) == str(WRITERS * TIMES)


def test_a_turn_is_given_back_whatever_happens(app: Flask, now: datetime) -> None:
    person_id = make_person("Maya", now)
    with pytest.raises(ZeroDivisionError), transaction():
        db.session.get(Person, person_id)
        raise ZeroDivisionError
    assert not turns._turn.locked()
    with transaction():
        # Nothing is held before the first statement, however long something slow takes.
        assert not turns._turn.locked()
        db.session.get(Person, person_id)
        assert turns._turn.locked()
    assert not turns._turn.locked()


def _zone_of(person_id: str) -> str:
    db.session.rollback()
    person = db.session.get(Person, person_id)
    assert person is not None
    return person.zone


def test_writers_at_once_lose_no_update(database_app: Flask, now: datetime) -> None:
    person_id = make_person("Maya", now, zone="0")
    failures: list[BaseException] = []

    def write() -> None:
        with database_app.app_context():
            try:
                for _ in range(TIMES):
                    _add_one(person_id)
            except BaseException as failure:
                failures.append(failure)

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert _zone_of(person_id) == str(WRITERS * TIMES)


def test_the_outermost_transaction_decides(database_cast: Cast) -> None:
    with pytest.raises(RuntimeError), transaction():
        _set_zone(database_cast.maya, "UTC")
        raise RuntimeError
    assert _zone_of(database_cast.maya) == "Europe/Berlin"


def test_a_read_before_a_write_does_not_stand_in_its_way(database_cast: Cast) -> None:
    assert _zone_of(database_cast.maya) == "Europe/Berlin"
    _set_zone(database_cast.maya, "UTC")
    assert _zone_of(database_cast.maya) == "UTC"


def test_S1_a_sealed_column_holds_nothing_readable(database_cast: Cast) -> None:
    raw = db.session.execute(
        text("SELECT name_sealed, address_sealed FROM persons WHERE id = :id"),
        {"id": database_cast.maya},
    ).one()
    assert all(b"Maya" not in bytes(value) and b"example" not in bytes(value) for value in raw)
    person = db.session.get(Person, database_cast.maya)
    assert person is not None
    assert (person.name, person.address) == ("Maya", "maya@example.org")


def test_instants_come_back_in_utc(database_cast: Cast) -> None:
    east = datetime(2026, 9, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    with transaction():
        person = db.session.get(Person, database_cast.maya)
        assert person is not None
        person.created_at = east
    db.session.rollback()
    assert person.created_at == datetime(2026, 9, 1, 12, tzinfo=UTC)
    assert person.created_at.utcoffset() == timedelta(0)


def test_a_naive_time_is_refused(database_cast: Cast) -> None:
    with pytest.raises(StatementError), transaction():
        person = db.session.get(Person, database_cast.maya)
        assert person is not None
        person.created_at = datetime(2026, 9, 1)


def test_S2_ids_tell_neither_order_nor_time() -> None:
    made = [new_id() for _ in range(200)]
    assert len(set(made)) == 200
    assert all(len(found) == 22 for found in made)
    assert made != sorted(made)
