"""Connections to PostgreSQL: what only reads begins nothing, what writes is undone as before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, cast

import psycopg
import pytest
from flask import Flask
from psycopg.pq import Format, TransactionStatus
from sqlalchemy import text
from sqlalchemy.exc import NotSupportedError

from couples import postgres
from couples.accounts.models import Person
from couples.app import create_app
from couples.db import db, transaction, writing
from couples.settings import Settings
from tests.cast import make_person

LOCKING = db.select(Person).with_for_update()
IN, IDLE = TransactionStatus.INTRANS, TransactionStatus.IDLE
NOW = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture
def app(postgres_url: str, settings_for: Callable[..., Settings]) -> Iterator[Flask]:
    app = create_app(settings_for(postgres_url), pages=False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def line() -> psycopg.Connection:
    found: Any = db.session.connection().connection.dbapi_connection
    return cast(psycopg.Connection, found)


def status() -> TransactionStatus:
    return line().info.transaction_status


@pytest.mark.usefixtures("app")
def test_what_only_reads_begins_no_transaction_and_is_planned_once() -> None:
    for _time in range(8):
        db.session.execute(text("SELECT count(*) FROM persons WHERE id = :id"), {"id": "x"})
        assert status() == IDLE
        db.session.rollback()
    planned = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%persons WHERE%'"
    assert db.session.scalar(text(planned)) == 1


@pytest.mark.usefixtures("app")
def test_what_writes_or_locks_outside_a_service_is_undone_as_it_ever_was() -> None:
    person_id = make_person("Maya", NOW)
    for statement in (LOCKING, text("UPDATE persons SET zone = 'Else'"), text("DELETE FROM plans")):
        db.session.execute(db.select(Person.id))
        assert status() == IDLE
        db.session.execute(statement)
        assert status() == IN
        db.session.rollback()
    person = db.session.get(Person, person_id)
    assert person is not None and person.name == "Maya"
    person.name = "Else"
    db.session.flush()
    assert status() == IN
    db.session.rollback()
    assert db.session.get_one(Person, person_id).name == "Maya"


@pytest.mark.usefixtures("app")
def test_a_service_is_in_a_transaction_from_its_first_statement_on() -> None:
    with transaction():
        db.session.execute(db.select(Person.id))
        assert status() == IN
    db.session.execute(db.select(Person.id))
    assert status() == IDLE


@pytest.mark.usefixtures("app")
def test_what_is_found_comes_in_binary_form_and_instants_in_utc() -> None:
    cursor = line().cursor()
    assert cursor.format == Format.BINARY
    make_person("Maya", NOW)
    db.session.execute(text("SET TIME ZONE 'Europe/Berlin'"))
    at = db.session.scalars(db.select(Person.created_at)).one()
    assert at == NOW and at.tzinfo is UTC


@pytest.mark.parametrize("idle", [False, True])
def test_no_page_meets_a_connection_that_was_ended_meanwhile(
    app: Flask, postgres_url: str, monkeypatch: pytest.MonkeyPatch, idle: bool
) -> None:
    if idle:
        monkeypatch.setattr(postgres, "FRESH_SECONDS", -1.0)
    pid = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.rollback()
    address = postgres_url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid]).fetchone() == (True,)
    assert db.session.scalar(text("SELECT pg_backend_pid()")) != pid


@pytest.mark.usefixtures("app")
def test_only_a_connection_that_rested_is_asked_whether_it_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pings: list[object] = []
    ping = db.engine.dialect.do_ping

    def heard(to: Any) -> bool:
        pings.append(to)
        return ping(to)

    monkeypatch.setattr(db.engine.dialect, "do_ping", heard)
    for _time in range(3):
        db.session.execute(text("SELECT 1"))
        db.session.rollback()
    assert not pings
    monkeypatch.setattr(postgres, "FRESH_SECONDS", -1.0)
    db.session.execute(text("SELECT 1"))
    assert len(pings) == 1


@pytest.mark.usefixtures("app")
def test_what_is_to_be_a_transaction_by_itself_is_one() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as by_itself:
        its: Any = by_itself.connection.dbapi_connection
        with writing(by_itself):
            by_itself.execute(text("WITH one AS (SELECT 1) SELECT * FROM one"))
            by_itself.execute(db.update(Person).values(zone="Else"))
            assert its.info.transaction_status == IDLE


@pytest.mark.usefixtures("app")
def test_a_column_that_changes_its_type_costs_one_page_and_no_more(postgres_url: str) -> None:
    reads = text("SELECT code FROM things")
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("CREATE TABLE things (code varchar(4))")
        for _time in range(9):
            db.session.execute(reads)
            db.session.rollback()
        other.execute("ALTER TABLE things ALTER COLUMN code TYPE varchar(9)")
        with pytest.raises(NotSupportedError):
            db.session.execute(reads)
        db.session.rollback()
        assert db.session.execute(reads).all() == []
        db.session.rollback()
        other.execute("DROP TABLE things")


@pytest.mark.usefixtures("app")
def test_a_server_that_is_gone_without_a_word_holds_nobody_up_for_minutes() -> None:
    given = line().info.get_parameters()
    assert (given["tcp_user_timeout"], given["keepalives_idle"]) == ("10000", "10")
