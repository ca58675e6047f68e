"""A claim takes what nobody else holds, and waits for nobody who changes letters meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, text

from couples.db import db, transaction
from couples.mail import outbox
from couples.mail.models import LetterState, LetterTime
from couples.mail.sending.claims import LETTERS, forget_times, move_time
from couples.mail.sending.record import Record
from tests.mail.conftest import Clock, claim, post, row_of, states

LEASE = timedelta(minutes=5)


def times() -> list[datetime]:
    db.session.rollback()
    return list(db.session.scalars(db.select(LetterTime.at).order_by(LetterTime.at)))


def beside(app: Flask, work: Callable[[], object]) -> threading.Thread:
    """Let another process do this meanwhile."""

    def go() -> None:
        with app.app_context():
            work()
            db.session.remove()

    thread = threading.Thread(target=go)
    thread.start()
    return thread


# SQLite has one writer, and nothing to wait for.
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_claim_waits_for_nobody_who_cancels_and_what_they_cancel_is_not_sent(
    database_app: Flask, clock: Clock
) -> None:
    post("plain", "maya", clock())
    post("plain", "jonas", clock())
    with db.engine.connect() as somebody:
        somebody.execute(text("SET lock_timeout = '2s'"))
        theirs = "UPDATE letters SET state = 'cancelled' WHERE person_id = 'maya'"
        somebody.execute(text(theirs))
        claimed = claim(clock(), LEASE)
        assert {row.person_id for row in claimed} == {"maya", "jonas"}
        somebody.commit()
    record = Record("worker", clock() + LEASE)
    assert [row.person_id for row in claimed if record.begin(row, lambda: "x")] == ["jonas"]
    forget_times([row.id for row in claimed])
    assert states() == {"maya": LetterState.CANCELLED, "jonas": LetterState.SENDING}
    assert db.session.query(LetterTime).count() == 1


def test_C8_what_begins_while_its_lease_ends_is_nobody_elses_to_send(
    posting: Flask, clock: Clock
) -> None:
    post("plain", "maya", clock())
    (row,) = claim(clock(), LEASE)
    first = Record("first", clock() + LEASE)
    clock.forward(seconds=LEASE.total_seconds())
    begun: list[bool] = []

    def begin(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        # Before the claim is committed; SQLite's one writer would keep it waiting.
        is_claim = statement.startswith("UPDATE letter_times") and "RETURNING" in statement
        if is_claim and not begun and db.engine.dialect.name == "postgresql":
            begun.append(False)
            work = beside(posting, lambda: begun.append(first.begin(row, lambda: "x")))
            work.join(5)

    event.listen(db.engine, "after_cursor_execute", begin)
    try:
        taken = claim(clock(), LEASE)
    finally:
        event.remove(db.engine, "after_cursor_execute", begin)
    if not begun:
        assert [letter.id for letter in taken] == [row.id]
        assert not first.begin(row, lambda: "x")
        return
    assert begun == [False, True]
    assert taken == []
    assert (states(), times()) == ({"maya": LetterState.UNKNOWN}, [])


def test_C8_of_two_that_begin_one_letter_one_does(posting: Flask, clock: Clock) -> None:
    post("plain", "maya", clock())
    (row,) = claim(clock(), LEASE)
    first = Record("first", clock() + LEASE)
    clock.forward(seconds=LEASE.total_seconds())
    (same,) = claim(clock(), LEASE)
    second = Record("second", clock() + LEASE)
    assert not first.begin(row, lambda: "x")
    assert second.begin(same, lambda: "x")
    assert not first.begin(row, lambda: "x")
    # What the first believes to know of it changes nothing any more.
    first.settle(row, LetterState.SENDING, LetterState.DEAD, clock())
    first.put_back(row, LetterState.CLAIMED, LetterState.RETRY, clock())
    first.write_down()
    assert (states(), times()) == ({"maya": LetterState.SENDING}, [clock() + LEASE])


def test_C8_moving_a_letter_leaves_a_claim_its_time(posting: Flask, clock: Clock) -> None:
    post("plain", "maya", clock())
    post("plain", "jonas", clock(), due_at=clock() + timedelta(hours=1))

    @transaction()
    def move() -> None:
        move_time(LETTERS.c.kind == "plain", clock() - timedelta(seconds=1))

    with transaction():
        assert len(claim(clock(), LEASE)) == 1
        moving = beside(posting, move)
        time.sleep(0.5)  # it reads what is committed, and waits for the claim
    moving.join(20)
    assert times() == [clock() - timedelta(seconds=1), clock() + LEASE]
    assert row_of("maya").due_at == clock()
    assert [row.person_id for row in claim(clock(), LEASE)] == ["jonas"]


def test_what_somebody_has_just_asked_for_goes_before_a_backlog(
    posting: Flask, clock: Clock
) -> None:
    for number in range(5):
        post("plain", f"p{number}", clock(), due_at=clock() - timedelta(hours=1))
    post("reset", "maya", clock())
    post("confirm", "jonas", clock())
    first = claim(clock(), LEASE, 3, 1)
    assert {row.kind for row in first[:2]} == {"reset", "confirm"}
    assert [row.kind for row in first[2:]] == ["plain"]
    assert len(claim(clock(), LEASE, 3, 0)) == 0
    assert len(claim(clock(), LEASE)) == 4


def test_a_claim_that_a_clock_days_ahead_has_left_is_taken_back(
    posting: Flask, clock: Clock
) -> None:
    post("plain", "maya", clock())
    post("plain", "jonas", clock(), due_at=clock() + timedelta(days=9))
    assert len(claim(clock() + timedelta(days=3), LEASE)) == 1
    outbox.forget_settled(clock())
    assert times() == [clock(), clock() + timedelta(days=9)]
    assert [row.person_id for row in claim(clock(), LEASE)] == ["maya"]
