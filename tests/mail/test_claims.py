"""A claim and a cancellation never wait for each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from couples.db import db
from couples.mail.models import LetterState, LetterTime
from couples.mail.sending.claims import SOON, claim
from tests.mail.conftest import Clock, post, states

LEASE = timedelta(minutes=5)


# SQLite has one writer, and nothing to pass over.
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_what_somebody_is_cancelling_is_passed_over_and_looked_at_again_soon(
    database_app: Flask, clock: Clock
) -> None:
    post("plain", "maya", clock())
    post("plain", "jonas", clock())
    with db.engine.connect() as somebody:
        somebody.execute(text("SET lock_timeout = '2s'"))
        theirs = "UPDATE letters SET state = 'cancelled' WHERE person_id = 'maya'"
        somebody.execute(text(theirs))
        # It neither waits for them nor takes the letter.
        claimed = claim(clock(), "worker", LEASE)
        assert [row.person_id for row in claimed] == ["jonas"]
        somebody.commit()
    clock.forward(seconds=SOON.total_seconds())
    assert claim(clock(), "worker", LEASE) == []
    assert states() == {"maya": LetterState.CANCELLED, "jonas": LetterState.CLAIMED}
    assert db.session.query(LetterTime).count() == 1
