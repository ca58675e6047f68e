"""Transactions lose nothing, and sealed columns hold nothing readable."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import StatementError

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
