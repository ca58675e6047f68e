"""The clock's own tasks, called as a worker calls them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from couples.accounts.models import Person
from couples.db import db, transaction
from couples.mail import outbox
from couples.surveys.letters.services import Wishes, save_letters
from tasks import housekeeping, surveys
from tests.cast import Cast
from tests.surveys.agreed import AFTER, OPENS, at, letters, round_of, sign


def test_rounds_open_and_close_by_themselves(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    with at(OPENS):
        surveys.open_due_rounds()
    assert round_of(cast.couple).settled_at is None
    with at(AFTER):
        surveys.close_due_rounds()
    assert round_of(cast.couple).settled_at == AFTER


def test_look_in_letters_are_posted_by_themselves(cast: Cast, now: datetime) -> None:
    save_letters(cast.maya, Wishes(None, None, False, False, True), now)
    with at(datetime(2026, 9, 6, 16, tzinfo=now.tzinfo)):
        surveys.post_look_ins()
    assert len(letters("look_in")) == 1


def test_settled_letters_are_forgotten_after_a_month(cast: Cast, now: datetime) -> None:
    with transaction():
        for key in ("old", "waiting"):
            outbox.post("look_in", key=key, now=now, person_id=cast.maya, about_id=key)
        outbox.cancel(about_id="old")
    with at(now + timedelta(days=29)):
        housekeeping.sweep()
    assert len(letters("look_in")) == 2
    with at(now + timedelta(days=31)):
        housekeeping.sweep()
    assert [row.key for row in letters("look_in")] == ["waiting"]


def test_one_sweep_that_fails_keeps_no_other_from_its_turn(
    cast: Cast, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction():
        outbox.post("look_in", key="old", now=now, person_id=cast.maya, about_id="old")
        outbox.cancel(about_id="old")
        # An answer that no key opens: forgetting what was kept stumbles over it.
        db.session.get_one(Person, cast.jonas).kept_for_months = 6
        db.session.execute(text("ALTER TABLE responses RENAME TO lost"))
    with at(now + timedelta(days=31)):
        housekeeping.sweep()
    assert letters("look_in") == []
    assert "failed for one" in caplog.text
