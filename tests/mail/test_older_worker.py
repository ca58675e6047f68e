"""Letters claimed by a worker of the version before ours, which runs beside it for a while.

It says in a letter's own row that it has claimed it; ours says so in the table of times alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select, update

from couples.db import db
from couples.mail.carrying.transport import Transport
from couples.mail.models import LetterState
from couples.mail.restoring import settle
from couples.mail.sending.claims import LETTERS, TIMES
from couples.mail.sending.delivery import deliver
from tests.mail.conftest import Clock, post, states
from tests.mail.peer import ScriptedPeer

LEASE = timedelta(minutes=5)
SENT, RETRY = LetterState.SENT, LetterState.RETRY


def claimed_by_an_older_version(person: str, until: datetime, **more: object) -> None:
    """Write what a worker of the version before wrote when it claimed a letter."""
    values = {"state": LetterState.CLAIMED, "claimed_by": "older", **more}
    db.session.execute(update(LETTERS).where(LETTERS.c.person_id == person).values(values))
    mine = select(LETTERS.c.id).where(LETTERS.c.person_id == person)
    db.session.execute(update(TIMES).where(TIMES.c.letter_id.in_(mine)).values(at=until))
    db.session.commit()


def test_what_a_vanished_worker_of_an_older_version_has_claimed_goes(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    for person in ("maya", "jonas", "noor"):
        post(plain_kind, person, clock())
    claimed_by_an_older_version("maya", clock() + LEASE)
    claimed_by_an_older_version("jonas", clock() + LEASE, attempts=1)
    deliver(clock, transport)
    claimed = dict.fromkeys(("maya", "jonas"), LetterState.CLAIMED)
    assert states() == {**claimed, "noor": SENT}
    clock.forward(seconds=LEASE.total_seconds())
    deliver(clock, transport)
    assert states() == {"maya": LetterState.PENDING, "jonas": RETRY, "noor": SENT}
    deliver(clock, transport)
    assert set(states().values()) == {SENT}
    assert len(peer.contents) == 3


def test_C8_what_was_claimed_by_an_older_version_never_goes_after_a_backup_was_put_back(
    posting: Flask, plain_kind: str, clock: Clock, transport: Transport, peer: ScriptedPeer
) -> None:
    post(plain_kind, "maya", clock())
    claimed_by_an_older_version("maya", clock() + LEASE)
    settle(clock(), clock())
    clock.forward(seconds=LEASE.total_seconds())
    deliver(clock, transport)
    assert (states(), peer.contents) == ({"maya": LetterState.UNKNOWN}, [])
