"""The database fails a worker for a moment: no fate is lost, no letter waits for a claim's end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, TimeoutError

from couples.db import db
from couples.mail import letter
from couples.mail.carrying.transport import Transport
from couples.mail.letter import Letter
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending import delivery
from couples.mail.sending.delivery import deliver
from tests.counting import hearing
from tests.mail.conftest import LEASE, Clock, post, row_of, states
from tests.mail.peer import ScriptedPeer
from tests.mail.stumbles import failing, gone, losing_the_answer

PENDING, SENT = LetterState.PENDING, LetterState.SENT
DEAD, SUPPRESSED = LetterState.DEAD, LetterState.SUPPRESSED
READS, WRITES_FATE = "FROM letters JOIN letter_times", "UPDATE letters SET state="


@pytest.mark.parametrize("problem", [MemoryError(), gone()], ids=["memory", "gone"])
def test_C8_a_fate_that_cannot_be_written_at_first_is_not_forgotten(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    problem: Exception,
) -> None:
    for person in ("maya", "jonas"):
        post(plain_kind, person, clock())
    # One statement says that the first is being sent, the next what became of it.
    with failing(WRITES_FATE, problem, (2,)), pytest.raises(type(problem)):
        deliver(clock, transport)
    assert sorted(states().values()) == [PENDING, SENT]
    deliver(clock, transport)
    assert set(states().values()) == {SENT}
    assert len(peer.contents) == 2


def test_C8_that_there_is_no_such_mailbox_is_on_record_though_the_database_fails_then(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    peer.script["RCPT"] = ["550 5.1.1 no such mailbox"]
    post(plain_kind, "maya", clock())
    with failing("INSERT INTO suppressions", gone()), pytest.raises(OperationalError):
        deliver(clock, transport)
    assert states() == {"maya": SUPPRESSED}
    assert row_of("maya").answer == "550 5.1.1"


@pytest.mark.parametrize("kind", ["poisoned", "open"])
def test_a_letter_over_whose_composing_the_database_stumbles_stops_no_other(
    posting: Flask,
    composing: Callable[..., None],
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    kind: str,
) -> None:
    def compose(row: OutboxLetter, _now: datetime) -> Letter:
        if row.person_id == "maya":
            raise gone()
        to = f"{row.person_id}@example.org"
        return Letter(row.kind, to, "A note", "Hello\n", "<p>Hello</p>\n", "<a@example.org>")

    composing(kind, compose)
    assert letter.is_composed_at_once(kind) is (kind == "open")
    for minute, person in enumerate(("noor", "maya", "jonas")):
        post(kind, person, clock(), due_at=clock() - timedelta(minutes=9 - minute))
    deliver(clock, transport)
    assert states() == {"maya": LetterState.RETRY, "noor": SENT, "jonas": SENT}
    for _ in range(5):
        clock.forward(days=1)
        deliver(clock, transport)
    assert states()["maya"] is DEAD
    assert len(peer.contents) == 2


@pytest.mark.parametrize("problem", [gone(), TimeoutError()], ids=["gone", "no connection left"])
def test_while_the_database_is_away_no_letter_is_to_blame(
    posting: Flask,
    composing: Callable[..., None],
    clock: Clock,
    transport: Transport,
    problem: Exception,
) -> None:
    away: list[bool] = []

    def compose(_row: OutboxLetter, _now: datetime) -> Letter:
        away.append(True)
        raise problem

    def answer(_c: object, _cursor: object, asked: str, *_more: object) -> None:
        if away and asked == "SELECT 1":
            away.clear()
            raise problem

    composing("plain", compose)
    post("plain", "maya", clock())
    with (
        hearing(db.engine, "before_cursor_execute", answer),
        pytest.raises(type(problem)),
    ):
        deliver(clock, transport)
    assert (states(), row_of("maya").attempts) == ({"maya": PENDING}, 0)


@pytest.mark.parametrize("problem", [MemoryError(), gone()], ids=["memory", "gone"])
@pytest.mark.parametrize("batch", [1, 2])
def test_letters_that_were_claimed_and_could_not_be_read_go_at_once(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    problem: Exception,
    batch: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "BATCH", 1)
    for minute, person in enumerate(("maya", "jonas")):
        post(plain_kind, person, clock(), due_at=clock() - timedelta(minutes=9 - minute))
    with failing(READS, problem, (batch,)), pytest.raises(type(problem)):
        deliver(clock, transport)
    assert states() == {"maya": PENDING if batch == 1 else SENT, "jonas": PENDING}
    deliver(clock, transport)
    assert set(states().values()) == {SENT}


def test_letters_that_were_claimed_by_a_lost_answer_go_at_once(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport
) -> None:
    post(plain_kind, "maya", clock())

    def claims(asked: str) -> bool:
        return asked.startswith("UPDATE letter_times") and "RETURNING" in asked

    with losing_the_answer(claims), pytest.raises(OperationalError):
        deliver(clock, transport)
    assert states() == {"maya": PENDING}
    deliver(clock, transport)
    assert states() == {"maya": SENT}


def test_letters_whose_claim_was_made_longer_by_a_lost_answer_go_at_once(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    for minute, person in enumerate(("maya", "jonas", "noor")):
        post(plain_kind, person, clock(), due_at=clock() - timedelta(minutes=9 - minute))
    peer.on_content = lambda: clock.forward(seconds=LEASE / 2 + 1)

    def renews(asked: str) -> bool:
        # A claim says which it has taken.
        return asked.startswith("UPDATE letter_times") and "RETURNING" not in asked

    with losing_the_answer(renews), pytest.raises(OperationalError):
        deliver(clock, transport)
    assert states() == {"maya": SENT, "jonas": PENDING, "noor": PENDING}
    peer.on_content = None
    deliver(clock, transport)
    assert set(states().values()) == {SENT}


def test_C8_a_letter_that_could_just_be_begun_and_no_more_goes_again(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    post(plain_kind, "maya", clock())

    def begun(_c: object, _cursor: object, asked: str, *_more: object) -> None:
        if "address_index=" in asked and not met:
            met.append(asked)
            raise MemoryError

    met: list[str] = []
    with hearing(db.engine, "after_cursor_execute", begun), pytest.raises(MemoryError):
        deliver(clock, transport)
    assert (states(), len(peer.contents)) == ({"maya": PENDING}, 0)
    deliver(clock, transport)
    assert (states(), len(peer.contents)) == ({"maya": SENT}, 1)


@pytest.mark.parametrize("arrives", [True, False])
def test_C8_a_letter_of_which_nothing_was_said_goes_though_the_answer_to_its_beginning_is_lost(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    arrives: bool,
) -> None:
    for person in ("maya", "jonas"):
        post(plain_kind, person, clock())
    lost = losing_the_answer(lambda asked: "address_index=" in asked, 2, arrives=arrives)
    with lost, pytest.raises(OperationalError):
        deliver(clock, transport)
    assert sorted(states().values()) == [PENDING, SENT]
    deliver(clock, transport)
    assert set(states().values()) == {SENT}
    assert len(peer.contents) == 2
    assert db.session.execute(text("SELECT count(*) FROM letter_times")).scalar() == 0
