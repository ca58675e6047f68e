"""A worker waits for no letter while it holds another: whoever erases both may wait for it.

SQLite has one writer, and nobody waits for two.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from couples.db import db, transaction
from couples.mail import outbox
from couples.mail.carrying.transport import Transport
from couples.mail.letter import Letter
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending.delivery import deliver
from tests.counting import asked
from tests.mail.conftest import Clock, post, states
from tests.mail.peer import ScriptedPeer

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
ONE = "UPDATE letters SET posted_at = posted_at WHERE person_id = '{}'"


@pytest.mark.parametrize("kind", ["open", "plain"], ids=["composed in it", "composed before"])
@pytest.mark.parametrize("answer", ["250 taken", "550 no", "450 later"])
def test_C8_a_letter_that_is_being_changed_is_passed_over_and_goes_soon_after(
    posting: Flask,
    composing: Callable[..., None],
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    kind: str,
    answer: str,
) -> None:
    def compose(row: OutboxLetter, _now: datetime) -> Letter:
        to = f"{row.person_id}@example.org"
        return Letter(row.kind, to, "A note", "Hello\n", "<p>Hello</p>\n", "<a@example.org>")

    composing(kind, compose)
    for minute, person in enumerate(("maya", "jonas", "noor")):
        post(kind, person, clock(), due_at=clock() - timedelta(minutes=9 - minute))
    peer.script["CONTENT"] = [answer]
    somebody = db.engine.connect()
    waits: list[threading.Timer] = []

    def takes_the_next_and_then_this_one() -> None:
        if not waits:
            somebody.execute(text(ONE.format("jonas")))
            theirs = threading.Timer(0.5, somebody.execute, [text(ONE.format("maya"))])
            waits.append(theirs)
            theirs.start()

    peer.on_content = takes_the_next_and_then_this_one
    deliver(clock, transport)
    waits[0].join()
    somebody.commit()
    somebody.close()
    first = {"2": LetterState.SENT, "5": LetterState.DEAD, "4": LetterState.RETRY}[answer[0]]
    waiting = {"maya": first, "jonas": LetterState.PENDING, "noor": LetterState.SENT}
    assert states() == waiting
    clock.forward(seconds=11)
    deliver(clock, transport)
    assert states() == {**waiting, "jonas": LetterState.SENT}


def test_I3_while_somebody_changes_the_letter_just_sent_no_other_begins_on_an_old_look(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    for minute, person in enumerate(("maya", "jonas", "noor")):
        post(plain_kind, person, clock(), due_at=clock() - timedelta(minutes=9 - minute))
    somebody = db.engine.connect()
    ends: list[threading.Timer] = []

    def takes_this_one_for_a_while() -> None:
        if not ends:
            somebody.execute(text(ONE.format("maya")))
            ends.append(threading.Timer(0.5, somebody.commit))
            ends[0].start()

    peer.on_content = takes_this_one_for_a_while
    deliver(clock, transport)
    somebody.close()
    assert states() == {
        "maya": LetterState.SENT,
        "jonas": LetterState.PENDING,
        "noor": LetterState.SENT,
    }
    clock.forward(seconds=11)
    deliver(clock, transport)
    assert states() == dict.fromkeys(("maya", "jonas", "noor"), LetterState.SENT)


def test_who_cancels_or_erases_many_takes_them_in_one_order(posting: Flask, clock: Clock) -> None:
    post("plain", "maya", clock())
    with transaction(), asked() as found:
        outbox.cancel(person_id="maya")
        outbox.forget(OutboxLetter.person_id == "maya")
    locks = [one for one, _values in found.given if "FOR UPDATE" in one]
    assert [one.split("FROM ")[1].split()[0] for one in locks] == [
        "letters",
        "letter_times",
        "letters",
    ]
    assert all("ORDER BY" in one for one in locks)
