"""A worker without memory for one letter sends all others (killed ones: tests/faults)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask

from couples.mail.carrying.transport import Transport
from couples.mail.letter import Letter
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending.delivery import deliver
from tests.mail.conftest import Clock, post, states
from tests.mail.peer import ScriptedPeer

# More than any machine has.
TOO_MUCH = 1 << 46
RETRY, SENT = LetterState.RETRY, LetterState.SENT


def test_C8_a_letter_too_large_for_the_memory_stops_no_other(
    posting: Flask,
    plain_kind: str,
    composing: Callable[..., None],
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
) -> None:
    is_large = [True]

    def compose(row: OutboxLetter, now: datetime) -> Letter | None:
        words = bytes(TOO_MUCH if is_large else 8)
        return Letter(row.kind, "maya@example.org", "A note", "Hello\n", words.hex(), "<m@x.org>")

    composing("large", compose)
    post("large", "maya", clock(), due_at=clock() - timedelta(minutes=1))
    post(plain_kind, "jonas", clock())
    deliver(clock, transport)
    assert states() == {"maya": RETRY, "jonas": SENT}
    is_large.clear()
    clock.forward(hours=5)
    deliver(clock, transport)
    assert states() == {"maya": SENT, "jonas": SENT}
    assert len(peer.contents) == 2
