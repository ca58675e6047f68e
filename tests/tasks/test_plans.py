"""What happens on the clock finds what is due by an index, however many there are who are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from couples.db import db, is_postgres
from couples.mail.carrying.captured import CapturedTransport
from couples.mail.letter import settings
from couples.mail.sending import delivery
from couples.one_by_one import in_turn
from couples.privacy import services_erasing
from couples.surveys.letters import services_look_ins
from couples.surveys.rounds import services_clock
from tasks.housekeeping import SWEEPS

TICKS: dict[str, Callable[[datetime], object]] = {
    "open": services_clock.open_due_rounds,
    "close": services_clock.close_due_rounds,
    "look-ins": services_look_ins.post_look_ins,
    "erase": services_erasing.erase_due,
    "sweep": lambda now: in_turn(SWEEPS, now),
    "deliver": lambda now: delivery.deliver(lambda: now, CapturedTransport.of(settings())),
}
# A row or two, or one for each press of the last hours.
SMALL = {"pulses", "mail_server", "restores", "address_changes"}


@pytest.mark.parametrize("tick", TICKS)
def test_a_tick_that_finds_nothing_reads_no_whole_table(
    database_app: Flask, now: datetime, tick: str
) -> None:
    with _statements() as asked:
        TICKS[tick](now)
    db.session.remove()
    assert asked
    read = {table for statement, given in asked for table in _read_whole(statement, given)}
    assert read - SMALL == set()


@contextmanager
def _statements() -> Iterator[list[tuple[str, Any]]]:
    found: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        if given[2].startswith(("SELECT", "UPDATE", "DELETE")):
            found.append((given[2], given[3]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def _read_whole(statement: str, given: Any) -> set[str]:
    """Return the tables that this statement would read from one end to the other."""
    with db.engine.connect() as database:
        if is_postgres():
            # With so few rows it would read them all; forbidden that, it says whether it must.
            database.exec_driver_sql("SET enable_seqscan = off")
        word = "EXPLAIN" if is_postgres() else "EXPLAIN QUERY PLAN"
        plan = database.exec_driver_sql(f"{word} {statement}", given).all()
        database.rollback()
    lines = " ".join(str(part) for row in plan for part in row)
    whole = r"Seq Scan on (\w+)" if is_postgres() else r"SCAN (?!CONSTANT)(\w+)(?! USING)"
    return set(re.findall(whole, lines))
