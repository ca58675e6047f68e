"""On SQLite a fault of ours has the same type as a database that is away: pages tell them apart."""

from __future__ import annotations

import sqlite3

import pytest
from flask import Flask
from sqlalchemy import text

from couples import outage
from couples.db import db
from couples.web import open_door

WORDS = "It was warm by the stove."
LOCKED = "database is locked"


def asks(statement: str) -> str:
    db.session.execute(text(statement))
    return "fine"


@pytest.mark.parametrize("statement", ["SELECT 1 FROM nothing_here", "SELECT no_column FROM notes"])
def test_a_missing_table_or_column_is_a_fault_of_ours_and_not_the_databases(
    app: Flask, caplog: pytest.LogCaptureFixture, statement: str
) -> None:
    app.view_functions["how"] = open_door(lambda: asks(statement))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get(f"/how?{WORDS}")
    assert answer.status_code == 500
    assert "Retry-After" not in answer.headers
    assert "Something went wrong on this server" in answer.text and 'class="exit"' in answer.text
    told = caplog.text
    assert "unforeseen" in told and "does not answer" not in told


def test_a_lock_or_a_full_disk_is_none_of_ours_whatever_fails_after_it(app: Flask) -> None:
    def locked_then_astray() -> str:
        try:
            raise failed(LOCKED, sqlite3.SQLITE_BUSY)
        except sqlite3.OperationalError:
            # A transaction that SQLite has given up already cannot be given up again.
            return asks("ROLLBACK TO nowhere")

    app.view_functions["how"] = open_door(locked_then_astray)
    answer = app.test_client().get("/how")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, outage.RETRY_AFTER)


def failed(words: str, code: int) -> sqlite3.OperationalError:
    """Return what SQLite says."""
    found = sqlite3.OperationalError(words)
    found.sqlite_errorcode = code
    return found
