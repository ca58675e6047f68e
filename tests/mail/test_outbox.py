"""Letters are posted and cancelled together with what they tell of."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from couples.db import db, transaction
from couples.mail import outbox
from couples.mail.models import LetterState, OutboxLetter
from tests.mail.conftest import states


@transaction()
def post(person: str, now: datetime, **values: object) -> None:
    outbox.post("plain", key=f"plain:{person}", now=now, person_id=person, **values)  # type: ignore[arg-type]


def test_C8_the_same_key_twice_is_once(database_app: Flask, now: datetime) -> None:
    post("maya", now)
    post("maya", now)
    with transaction():
        for _ in range(2):
            outbox.post("plain", key="plain:jonas", now=now, person_id="jonas")
    assert states() == {"maya": LetterState.PENDING, "jonas": LetterState.PENDING}
    assert db.session.query(OutboxLetter).count() == 2


def test_a_letter_is_posted_only_if_what_it_tells_of_happens(
    database_app: Flask, now: datetime
) -> None:
    with pytest.raises(RuntimeError), transaction():
        outbox.post("plain", key="plain:maya", now=now, person_id="maya")
        raise RuntimeError
    assert states() == {}


def test_the_queue_is_woken_for_what_is_due_now_and_not_for_later(
    app: Flask, now: datetime
) -> None:
    with transaction():
        outbox.post("plain", key="later", now=now, due_at=now + timedelta(hours=1))
        assert "letters_posted" not in db.session.info
        outbox.post("plain", key="now", now=now)
        assert db.session.info["letters_posted"]


def test_L6_everything_of_a_couple_is_cancelled_at_once(database_app: Flask, now: datetime) -> None:
    post("maya", now, couple_id="ours")
    post("jonas", now, couple_id="ours")
    post("noor", now, couple_id="theirs")
    with transaction():
        outbox.cancel(couple_id="ours")
    assert states() == {
        "maya": LetterState.CANCELLED,
        "jonas": LetterState.CANCELLED,
        "noor": LetterState.PENDING,
    }


def test_cancelling_can_be_narrowed_to_kinds(app: Flask, now: datetime) -> None:
    with transaction():
        outbox.post("open", key="open", now=now, person_id="maya")
        outbox.post("reset", key="reset", now=now, person_id="maya")
        outbox.cancel(person_id="maya", kinds=["open", "reminder"])
    rows = db.session.query(OutboxLetter.kind, OutboxLetter.state)
    assert dict(rows.all()) == {
        "open": LetterState.CANCELLED,
        "reset": LetterState.PENDING,
    }


def test_cancelling_everything_by_mistake_is_impossible(app: Flask) -> None:
    with pytest.raises(ValueError, match="needs an id"):
        outbox.cancel(couple_id=None)
