"""Every letter is sent once, or its fate is on record (rule C8)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from couples.db import db, transaction
from couples.mail import letter, outbox
from couples.mail.carrying.carriers import transport_for
from couples.mail.carrying.transport import SmtpTransport, Transport
from couples.mail.letter import Letter, NotNow
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending.delivery import deliver
from tests.mail.conftest import LEASE, Clock, claim, post, row_of, states
from tests.mail.peer import HANG_UP, SILENCE, ScriptedPeer
from tests.servers import SmtpPeer

PENDING, CLAIMED, SENDING = LetterState.PENDING, LetterState.CLAIMED, LetterState.SENDING
RETRY = LetterState.RETRY
SENT, CANCELLED, UNKNOWN, DEAD = (
    LetterState.SENT,
    LetterState.CANCELLED,
    LetterState.UNKNOWN,
    LetterState.DEAD,
)


def test_what_is_due_is_sent_and_what_is_not_waits(
    posting: Flask, plain_kind: str, clock: Clock, smtp_peer: SmtpPeer
) -> None:
    post(plain_kind, "maya", clock())
    post(plain_kind, "jonas", clock(), due_at=clock() + timedelta(hours=1))
    counts = deliver(clock, SmtpTransport(smtp_peer.url))
    assert states() == {"maya": SENT, "jonas": PENDING}
    assert counts.settled == {SENT: 1}
    assert smtp_peer.recipients == ["maya@example.org"]
    clock.forward(hours=1)
    deliver(clock, SmtpTransport(smtp_peer.url))
    deliver(clock, SmtpTransport(smtp_peer.url))
    assert smtp_peer.recipients == ["maya@example.org", "jonas@example.org"]


def test_C8_a_server_is_given_half_a_minute_to_answer(posting: Flask) -> None:
    # What becomes of a letter after a silence is shown with a shorter one.
    transport = transport_for(replace(letter.settings(), smtp_url="smtp://mail.example.org"))
    assert isinstance(transport, SmtpTransport)
    assert (transport.connect_seconds, transport.answer_seconds) == (10, 30)


@pytest.mark.parametrize("end", [HANG_UP, SILENCE])
def test_C8_a_letter_cut_off_before_its_content_goes_as_soon_as_the_server_is_back(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    peer: ScriptedPeer,
    end: str,
) -> None:
    post(plain_kind, "maya", clock())
    peer.script["DATA"] = [end, end]
    short = SmtpTransport(peer.url, answer_seconds=0.3)
    deliver(clock, short)
    assert (states(), peer.contents) == ({"maya": RETRY}, [])
    # The first cut is a server that went for a moment; the second is not.
    clock.forward(seconds=15)
    deliver(clock, short)
    clock.forward(minutes=29)
    deliver(clock, short)
    assert (states(), peer.contents) == ({"maya": RETRY}, [])
    clock.forward(hours=1)
    deliver(clock, short)
    assert (states(), len(peer.contents)) == ({"maya": SENT}, 1)


def test_many_batches_go_in_one_run(
    posting: Flask, plain_kind: str, clock: Clock, smtp_peer: SmtpPeer
) -> None:
    with transaction():
        wishes = [outbox.Post(kind=plain_kind, key=f"{n}", person_id=f"p{n}") for n in range(230)]
        outbox.post_all(wishes, clock())
    deliver(clock, SmtpTransport(smtp_peer.url))
    assert sorted(smtp_peer.recipients) == sorted(f"p{n}@example.org" for n in range(230))


def test_workers_side_by_side_send_each_letter_once(
    posting: Flask, plain_kind: str, clock: Clock, smtp_peer: SmtpPeer
) -> None:
    with transaction():
        wishes = [outbox.Post(kind=plain_kind, key=f"{n}", person_id=f"p{n}") for n in range(300)]
        outbox.post_all(wishes, clock())

    def work() -> None:
        with posting.app_context():
            deliver(clock, SmtpTransport(smtp_peer.url))

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(smtp_peer.recipients) == sorted(f"p{n}@example.org" for n in range(300))
    assert set(states().values()) == {SENT}


def test_a_letter_nobody_wants_any_more_is_cancelled_at_the_last_moment(
    posting: Flask,
    composing: Callable[..., None],
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
) -> None:
    composing("unwanted", lambda _row, _now: None)
    post("unwanted", "maya", clock())
    deliver(clock, transport)
    assert states() == {"maya": CANCELLED}
    assert peer.connections == 0


def test_a_letter_that_is_too_late_is_cancelled(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport
) -> None:
    post(plain_kind, "maya", clock(), not_after=clock() + timedelta(days=1))
    clock.forward(days=1, seconds=1)
    deliver(clock, transport)
    assert states() == {"maya": CANCELLED}


def test_what_is_cancelled_after_the_claim_is_not_sent(
    posting: Flask,
    composing: Callable[..., None],
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
) -> None:
    def compose(row: OutboxLetter, _now: datetime) -> Letter:
        # Somebody leaves while the letter is being composed.
        with transaction():
            outbox.cancel(person_id=row.person_id)
        to = f"{row.person_id}@example.org"
        return Letter(row.kind, to, "A note", "Hello\n", "<p>Hello</p>", "<a@example.org>")

    composing("leaving", compose)
    post("leaving", "maya", clock())
    deliver(clock, transport)
    assert states() == {"maya": CANCELLED}
    assert peer.contents == []


def test_a_worker_that_lost_its_lease_neither_sends_nor_marks(
    posting: Flask,
    composing: Callable[..., None],
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
) -> None:
    def compose(row: OutboxLetter, _now: datetime) -> Letter:
        clock.forward(seconds=LEASE + 1)  # it was slow, or the machine was asleep
        to = f"{row.person_id}@example.org"
        return Letter(row.kind, to, "A note", "Hello\n", "<p>Hello</p>", "<a@example.org>")

    composing("slow", compose)
    post("slow", "maya", clock())
    deliver(clock, transport)
    assert states() == {"maya": CLAIMED}
    assert peer.contents == []


def test_a_claim_whose_worker_vanished_is_taken_over(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    post(plain_kind, "maya", clock())
    assert len(claim(clock(), timedelta(seconds=LEASE))) == 1
    deliver(clock, transport)
    assert states() == {"maya": CLAIMED}
    clock.forward(seconds=LEASE)
    deliver(clock, transport)
    assert states() == {"maya": SENT}
    assert len(peer.contents) == 1


def test_a_letter_whose_worker_vanished_while_sending_is_never_sent_again(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    post(plain_kind, "maya", clock())
    claim(clock(), timedelta(seconds=LEASE))
    with transaction():
        row_of_maya = db.session.query(OutboxLetter).one()
        row_of_maya.state = SENDING
    clock.forward(seconds=LEASE)
    deliver(clock, transport)
    clock.forward(days=1)
    deliver(clock, transport)
    assert states() == {"maya": UNKNOWN}
    assert peer.contents == []


def test_a_letter_is_on_record_as_being_sent_before_its_content_is_on_its_way(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    seen: list[LetterState] = []

    def look() -> None:
        with posting.app_context():
            seen.extend(states().values())

    # That another connection can look at all shows that no transaction is open meanwhile.
    peer.on_content = look
    post(plain_kind, "maya", clock())
    deliver(clock, transport)
    assert seen == [SENDING]


@pytest.mark.parametrize(
    ("step", "answer", "fate"),
    [
        ("RCPT", "451 later", RETRY),
        ("RCPT", "550 nobody", DEAD),
        ("DATA", HANG_UP, RETRY),
        ("CONTENT", "452 full", RETRY),
        ("CONTENT", "554 no", DEAD),
        ("CONTENT", "421 bye", RETRY),
        ("MAIL", SILENCE, RETRY),
        ("RCPT", SILENCE, RETRY),
        ("CONTENT", SILENCE, UNKNOWN),
        ("CONTENT", HANG_UP, UNKNOWN),
    ],
)
def test_the_fate_of_one_letter_is_on_record_and_the_next_one_goes(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    step: str,
    answer: str,
    fate: LetterState,
) -> None:
    peer.script[step] = [answer]
    post(plain_kind, "maya", clock(), due_at=clock() - timedelta(minutes=1))
    post(plain_kind, "jonas", clock())
    deliver(clock, transport)
    assert states() == {"maya": fate, "jonas": SENT}


def test_a_letter_that_cannot_be_written_stops_no_other_and_is_given_up(
    posting: Flask,
    plain_kind: str,
    composing: Callable[..., None],
    clock: Clock,
    transport: Transport,
) -> None:
    def compose(_row: OutboxLetter, _now: datetime) -> Letter:
        raise RuntimeError("maya@example.org wrote something")

    composing("broken", compose)
    post("broken", "maya", clock(), due_at=clock() - timedelta(minutes=1))
    post(plain_kind, "jonas", clock())
    deliver(clock, transport)
    assert states() == {"maya": RETRY, "jonas": SENT}
    for _ in range(4):
        clock.forward(hours=5)
        deliver(clock, transport)
    assert states()["maya"] == DEAD


def test_S1_the_log_holds_no_address_and_no_words(
    posting: Flask,
    plain_kind: str,
    composing: Callable[..., None],
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def compose(_row: OutboxLetter, _now: datetime) -> Letter:
        raise RuntimeError("tulips for maya@example.org")

    composing("broken", compose)
    peer.script["RCPT"] = ["550 maya@example.org is nobody here"]
    peer.script["CONTENT"] = [HANG_UP]
    with caplog.at_level(logging.DEBUG):
        post("broken", "maya", clock())
        post(plain_kind, "jonas", clock())
        post(plain_kind, "ines", clock())
        deliver(clock, transport)
    assert "kind=broken" in caplog.text
    for word in ("example.org", "tulips", "A note", "Hello", "nobody"):
        assert word not in caplog.text


def test_a_letter_that_has_to_wait_for_the_morning_waits_without_counting_as_failed(
    posting: Flask, composing: Callable[..., None], clock: Clock, smtp_peer: SmtpPeer
) -> None:
    morning = clock() + timedelta(hours=9)

    def compose(row: OutboxLetter, now: datetime) -> Letter:
        if now < morning:
            raise NotNow(morning)
        to = f"{row.person_id}@example.org"
        return Letter(row.kind, to, "A note", "Hello\n", "<p>Hello</p>\n", "<a@example.org>")

    composing("morning", compose)
    post("morning", "maya", clock())
    post("morning", "jonas", clock(), not_after=clock() + timedelta(hours=1))
    deliver(clock, SmtpTransport(smtp_peer.url))
    assert states() == {"maya": PENDING, "jonas": PENDING}
    assert (row_of("maya").due_at, row_of("maya").attempts) == (morning, 0)
    clock.forward(hours=9)
    deliver(clock, SmtpTransport(smtp_peer.url))
    assert states() == {"maya": SENT, "jonas": CANCELLED}


def test_a_wish_to_wait_for_a_moment_that_is_past_does_not_go_round_in_circles(
    posting: Flask, composing: Callable[..., None], clock: Clock, transport: Transport
) -> None:
    def compose(_row: OutboxLetter, now: datetime) -> Letter:
        raise NotNow(now)

    composing("never", compose)
    post("never", "maya", clock())
    assert deliver(clock, transport).claimed == 1
    assert row_of("maya").due_at > clock()
