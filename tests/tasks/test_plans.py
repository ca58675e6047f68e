"""What happens on the clock finds what is due by an index, however many there are who are not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from couples.db import db, is_postgres, transaction
from couples.mail.carrying.captured import CapturedTransport
from couples.mail.letter import settings
from couples.mail.sending import delivery
from couples.one_by_one import in_turn
from couples.privacy import services_erasing
from couples.surveys.letters import services_look_ins
from couples.surveys.rounds import services_clock
from tasks.housekeeping import SWEEPS
from tests.counting import asked, plan_of

TICKS: dict[str, Callable[[datetime], object]] = {
    "open": services_clock.open_due_rounds,
    "close": services_clock.close_due_rounds,
    "look-ins": services_look_ins.post_look_ins,
    "erase": services_erasing.erase_due,
    "sweep": lambda now: in_turn(SWEEPS, now),
    "deliver": lambda now: delivery.deliver(lambda: now, CapturedTransport.of(settings())),
}


@pytest.mark.parametrize("tick", TICKS)
def test_a_tick_that_finds_nothing_reads_no_whole_table(
    database_app: Flask, now: datetime, tick: str
) -> None:
    with asked() as found:
        TICKS[tick](now)
    db.session.remove()
    looks = [one for one in found.given if one[0].startswith(("SELECT", "UPDATE", "DELETE"))]
    assert looks
    read = {table for statement, given in looks for table in _read_whole(statement, given)}
    assert read == set()


PLANS = (
    "INSERT INTO plans (id, couple_id, version_id, anchor, due_at) "
    "SELECT 'p' || n, 'c' || n, 'v', current_date, :now + n * interval '1 second' "
    "FROM generate_series(-1000, 1000) AS n"
)


def test_a_look_reads_no_whole_table_where_many_were_due_this_morning(
    database_app: Flask, now: datetime
) -> None:
    if not is_postgres():
        return  # it does not count what it holds
    with transaction():
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
        db.session.execute(text(PLANS), {"now": now})
    with transaction():
        db.session.execute(text("ANALYZE plans"))
    with asked() as found:
        assert len(services_clock.claim_due(now, 5)) == 5
    db.session.remove()
    looks = [one for one in found.given if " plans" in one[0]]
    assert len(looks) == 2
    for statement, values in looks:
        assert "Seq Scan" not in plan_of(statement, values, without=())


def test_a_table_that_would_be_read_whole_is_found(database_app: Flask) -> None:
    assert _read_whole("SELECT zone FROM persons WHERE zone > ''", ()) == {"persons"}


def _read_whole(statement: str, given: Any) -> set[str]:
    """Return the tables that this statement would read from one end to the other."""
    whole = r"Seq Scan on (\w+)" if is_postgres() else r"SCAN (?!CONSTANT)(\w+)(?! USING)"
    return set(re.findall(whole, plan_of(statement, given)))
