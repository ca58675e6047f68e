"""A mail server that is out of reach is left alone, and letters wait without blame."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest
from flask import Flask

from couples.db import db
from couples.mail.carrying.transport import SmtpTransport, Transport, Unreachable
from couples.mail.models import LetterState, MailServer
from couples.mail.sending.breaker import Breaker, rest_after
from couples.mail.sending.delivery import deliver
from tests.mail.conftest import Clock, post, row_of, states
from tests.mail.peer import HANG_UP, ScriptedPeer

PENDING, RETRY, SENT = LetterState.PENDING, LetterState.RETRY, LetterState.SENT
UNKNOWN = LetterState.UNKNOWN
NOBODY_THERE = SmtpTransport("smtp://127.0.0.1:1")
# It said so: then it is left alone for longer and longer.
GONE = Unreachable("it hangs up")
PEOPLE = ["maya", "jonas", "ines", "ravi", "lena", "omar"]


def server() -> MailServer:
    db.session.rollback()
    return db.session.query(MailServer).one()


def post_to_all(kind: str, clock: Clock) -> None:
    for place, person in enumerate(PEOPLE):
        post(kind, person, clock(), due_at=clock() + timedelta(seconds=place - 9))


def test_rests_double_to_half_an_hour_and_scatter() -> None:
    rests = [rest_after(failures) for failures in range(30)]
    assert timedelta(minutes=1) <= rests[0] <= timedelta(seconds=75)
    assert all(timedelta(minutes=30) <= rest <= timedelta(minutes=38) for rest in rests[5:])
    assert len(set(rests[5:])) > 20


def test_while_the_mail_server_is_down_letters_wait_and_none_is_to_blame(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    caplog: pytest.LogCaptureFixture,
) -> None:
    post_to_all(plain_kind, clock)
    due = row_of("maya").due_at
    with caplog.at_level(logging.INFO, "couples.mail"):
        counts = [deliver(clock, NOBODY_THERE).claimed]
        for _ in range(60):
            clock.forward(seconds=15)
            counts.append(deliver(clock, NOBODY_THERE).claimed)
    # A quarter of an hour of ticks: where nobody listens every tick may call, and no more often.
    assert len([claimed for claimed in counts if claimed]) == 61
    assert server().failures == 1
    assert deliver(clock, NOBODY_THERE).claimed == 0
    assert set(states().values()) == {PENDING}
    assert (row_of("maya").attempts, row_of("maya").due_at) == (0, due)
    assert len(caplog.records) == 1
    clock.forward(hours=1)
    with caplog.at_level(logging.INFO, "couples.mail"):
        deliver(clock, transport)
    assert set(states().values()) == {SENT}
    assert (server().failures, server().rests_until, server().answered_at) == (0, None, clock())
    assert len(caplog.records) == 2


def test_after_a_rest_exactly_one_worker_tries(posting: Flask, clock: Clock) -> None:
    first = Breaker()
    assert first.may_try(clock())
    first.failed(GONE, clock())
    clock.forward(minutes=2)
    tried: list[bool] = []

    def work() -> None:
        with posting.app_context():
            tried.append(Breaker().may_try(clock()))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(tried) == [False, False, False, True]
    # The one who tried has vanished: the next one may, after a while.
    clock.forward(minutes=3)
    db.session.rollback()
    assert Breaker().may_try(clock())


def test_a_rest_that_a_clock_days_ahead_has_written_is_over(posting: Flask, clock: Clock) -> None:
    ahead = Breaker()
    ahead.may_try(clock())
    ahead.failed(GONE, clock() + timedelta(days=3))
    assert Breaker().may_try(clock())
    assert not Breaker().may_try(clock()), "one tries, and the others leave it alone"
    longest = Breaker()
    longest.may_try(clock() + timedelta(hours=1))
    longest.seen = {**longest.seen, "failures": 1}
    for failures in range(1, 9):
        longest.seen = {**longest.seen, "failures": failures}
        longest.failed(GONE, clock())
    assert server().failures == 9
    assert not Breaker().may_try(clock()), "the longest rest there is, is one"


def test_of_workers_that_fail_at_once_one_counts(posting: Flask, clock: Clock) -> None:
    breakers = [Breaker(), Breaker()]
    assert all(breaker.may_try(clock()) for breaker in breakers)
    first, second = (breaker.failed(GONE, clock()) for breaker in breakers)
    assert server().failures == 1
    assert first == second == server().rests_until


def test_that_it_answers_is_written_down_once_a_minute(posting: Flask, clock: Clock) -> None:
    breaker = Breaker()
    breaker.may_try(clock())
    for _ in range(5):
        clock.forward(seconds=20)
        breaker.answered(clock())
    assert server().answered_at == clock() - timedelta(seconds=20)


@pytest.mark.parametrize(
    ("step", "answer", "tried", "fate"),
    [
        ("MAIL", "421 busy", 2, RETRY),
        ("RCPT", "421 4.3.2 shutting down", 2, RETRY),
        ("DATA", HANG_UP, 2, RETRY),
        # What is on its way when it hangs up may have been sent: two are enough to lose sight of.
        ("CONTENT", HANG_UP, 2, UNKNOWN),
        ("MAIL", "550 5.7.1 not you", 3, RETRY),
        ("RCPT", "554 5.7.1 relaying denied", 3, RETRY),
        ("CONTENT", "550 5.7.26 unauthenticated", 3, RETRY),
    ],
)
def test_a_server_in_trouble_is_not_asked_letter_after_letter(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    step: str,
    answer: str,
    tried: int,
    fate: LetterState,
) -> None:
    peer.script[step] = [answer] * tried
    post_to_all(plain_kind, clock)
    deliver(clock, transport)
    expected = [fate] * tried + [PENDING] * (len(PEOPLE) - tried)
    assert [states()[person] for person in PEOPLE] == expected
    assert [row_of(person).attempts for person in PEOPLE[tried:]] == [0] * (len(PEOPLE) - tried)
    assert server().failures == 1
    clock.forward(minutes=2)
    deliver(clock, transport)
    assert [states()[person] for person in PEOPLE[tried:]] == [SENT] * (len(PEOPLE) - tried)
    assert server().failures == 0


def test_one_goodbye_costs_one_letter_a_while_and_the_next_one_goes(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    peer.script["RCPT"] = ["250 ok", "421 bye", "250 ok", "421 bye"]
    post_to_all(plain_kind, clock)
    deliver(clock, transport)
    assert [states()[person] for person in PEOPLE] == [SENT, RETRY, SENT, RETRY, SENT, SENT]
    assert (row_of("jonas").answer, peer.connections) == ("421", 3)


def test_E12_a_policy_is_the_operators_alarm_and_no_letters_end(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    peer.script["RCPT"] = ["550 5.7.1 maya@example.org is protected"] * 2
    post_to_all(plain_kind, clock)
    with caplog.at_level(logging.ERROR, "couples.mail"):
        deliver(clock, transport)
    assert [states()[person] for person in PEOPLE] == [RETRY, RETRY, SENT, SENT, SENT, SENT]
    assert (server().alarm_at, server().alarm_answer) == (clock(), "550 5.7.1")
    assert (server().failures, len(caplog.records)) == (0, 1)
    assert "example.org" not in caplog.text
    clock.forward(hours=1)
    deliver(clock, transport)
    assert set(states().values()) == {SENT}
