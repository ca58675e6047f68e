"""What is refused for now goes again, rarer and rarer, while its time lasts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from couples.mail import letter
from couples.mail.carrying.transport import Transport
from couples.mail.models import LetterState
from couples.mail.sending.delivery import deliver
from couples.mail.sending.retries import (
    FIRST_WAIT,
    FIRST_WAIT_IF_AWAITED,
    GIVE_UP_AFTER,
    LAST_CALL,
    next_try,
    wait_after,
)
from tests.mail.conftest import Clock, post, row_of, states
from tests.mail.peer import ScriptedPeer

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SENT, RETRY, DEAD = LetterState.SENT, LetterState.RETRY, LetterState.DEAD
CANCELLED = LetterState.CANCELLED


@pytest.mark.parametrize(
    ("first", "shortest"),
    [(FIRST_WAIT, timedelta(minutes=30)), (FIRST_WAIT_IF_AWAITED, timedelta(minutes=5))],
)
def test_waits_double_to_four_hours_and_scatter(first: timedelta, shortest: timedelta) -> None:
    waits = [wait_after(failures, first) for failures in range(40)]
    assert shortest <= waits[0] <= shortest * 1.25
    assert 2 * shortest <= waits[1] <= 2.5 * shortest
    assert all(4 * HOUR <= wait <= 5 * HOUR for wait in waits[6:])
    assert len(set(waits[6:])) > 30


def test_a_try_that_would_come_too_late_is_made_just_before_the_end_and_once() -> None:
    end = NOW + 2 * HOUR
    at = next_try(3, FIRST_WAIT, NOW, NOW, end)
    assert at is not None
    assert end - LAST_CALL <= at <= end
    after = next_try(4, FIRST_WAIT, at, NOW, end)
    assert after is not None
    assert end < after < end + timedelta(minutes=1)  # where it is cancelled


def test_four_days_count_from_when_it_was_meant_to_go() -> None:
    # A letter is written into the outbox weeks before its hour.
    assert next_try(9, FIRST_WAIT, NOW, NOW - GIVE_UP_AFTER + 6 * HOUR, None) is not None
    assert next_try(9, FIRST_WAIT, NOW, NOW - GIVE_UP_AFTER + HOUR, None) is None


def test_a_letter_posted_long_before_its_hour_is_not_given_up_at_once(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    due = clock() + timedelta(days=7)
    post(plain_kind, "maya", clock(), due_at=due)
    clock.forward(days=7)
    peer.script["RCPT"] = ["451 4.7.1 greylisted"]
    deliver(clock, transport)
    assert states() == {"maya": RETRY}
    assert (row_of("maya").due_at, row_of("maya").answer) == (due, "451 4.7.1")
    clock.forward(minutes=29)
    assert deliver(clock, transport).claimed == 0
    clock.forward(minutes=10)
    deliver(clock, transport)
    assert (states(), row_of("maya").answer) == ({"maya": SENT}, "250")


def test_a_letter_somebody_waits_for_goes_again_after_five_minutes(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letter, "_account_letters", {plain_kind})
    peer.script["RCPT"] = ["450 4.2.0 greylisted"]
    post(plain_kind, "maya", clock())
    deliver(clock, transport)
    clock.forward(minutes=7)
    deliver(clock, transport)
    assert states() == {"maya": SENT}


def test_it_goes_again_with_the_same_message_id(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    peer.script["CONTENT"] = ["451 later"]
    post(plain_kind, "maya", clock())
    deliver(clock, transport)
    deliver(clock, transport)
    assert (len(peer.contents), row_of("maya").attempts) == (1, 1)
    clock.forward(minutes=38)
    deliver(clock, transport)
    first, second = (content.split(b"Message-ID: ")[1].split()[0] for content in peer.contents)
    assert states() == {"maya": SENT}
    assert first == second


def test_a_letter_refused_for_days_is_given_up(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    peer.script["RCPT"] = ["451 later"] * 500
    post(plain_kind, "maya", clock())
    post(plain_kind, "jonas", clock(), not_after=clock() + timedelta(days=2))
    end = clock() + GIVE_UP_AFTER + 2 * HOUR
    while clock() < end:
        deliver(clock, transport)
        clock.forward(hours=2)
    assert states() == {"maya": DEAD, "jonas": CANCELLED}
    assert 14 <= len([line for line in peer.heard if "maya" in line]) <= 26
