"""The last look at a letter stands in the transaction that says it is being sent (rule C8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask

from couples.db import db
from couples.mail import letter
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.letter import Letter
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending.delivery import deliver
from couples.surveys.letters.services import pause
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import link, make_person
from tests.mail.conftest import Clock, post, states
from tests.mail.peer import ScriptedPeer
from tests.surveys.agreed import INSIDE, OPENS, sign


def test_C7_a_pause_holds_that_comes_while_the_letter_before_is_on_its_way(
    database_app: Flask, peer: ScriptedPeer
) -> None:
    at = OPENS - timedelta(days=1)
    maya, jonas = make_person("Maya", at), make_person("Jonas", at)
    sign(link(maya, jonas, at), at)
    open_due_rounds(OPENS)

    def everybody_pauses() -> None:
        with database_app.app_context():
            for person_id in (maya, jonas):
                pause(person_id, "open", INSIDE)
            db.session.remove()

    peer.on_content = everybody_pauses
    counts = deliver(lambda: INSIDE, SmtpTransport(peer.url))
    assert counts.settled == {LetterState.CANCELLED: 1, LetterState.SENT: 1}
    assert len(peer.contents) == 1


def test_C8_a_letter_that_cannot_be_written_takes_no_fate_with_it(
    posting: Flask, composing: Callable[..., None], clock: Clock, peer: ScriptedPeer
) -> None:
    def compose(row: OutboxLetter, _now: datetime) -> Letter:
        if row.person_id == "jonas":
            raise RuntimeError("no words")
        to = f"{row.person_id}@example.org"
        return Letter(row.kind, to, "A note", "Hello\n", "<p>Hello</p>\n", "<a@example.org>")

    composing("open", compose)
    assert letter.is_composed_at_once("open")
    for minute, person in enumerate(("maya", "noor", "jonas", "piet")):
        post("open", person, clock(), due_at=clock() - timedelta(minutes=9 - minute))
    deliver(clock, SmtpTransport(peer.url))
    sent = dict.fromkeys(("maya", "noor", "piet"), LetterState.SENT)
    assert states() == {**sent, "jonas": LetterState.RETRY}
    assert len(peer.contents) == 3
