"""The database fails a clock for a moment: no couple waits for the end of a claim (rule C1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from couples import outlasting
from couples.db import db
from couples.surveys.models import Plan
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.counting import hearing
from tests.mail.stumbles import failing, gone, losing_the_answer
from tests.surveys.agreed import OPENS, letters
from tests.surveys.test_many_at_once import couples_of

MAKES, CLAIMS = "INSERT INTO rounds", "UPDATE plans SET claimed_until"


@pytest.fixture
def three(database_app: Flask, now: datetime) -> Iterator[list[str]]:
    found = couples_of(now, 3, "A")
    db.session.commit()
    yield found
    db.session.rollback()


def claimed() -> int:
    db.session.rollback()
    return db.session.query(Plan).filter(Plan.claimed_until.is_not(None)).count()


def test_C1_a_couple_over_which_the_database_stumbled_is_opened_all_the_same(
    three: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with failing(MAKES, gone(), (1, 2)):
        assert open_due_rounds(OPENS) == len(three)
    assert len(letters("open")) == 2 * len(three)
    assert "failed for one" not in caplog.text
    # That the batch failed is said, with the lines of code.
    told = "failed for many, each is tried alone (service=open_together, count=3"
    assert caplog.text.count(told) == 1


def test_C1_a_couple_that_cannot_be_opened_keeps_its_claim_and_no_other_from_its_round(
    three: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with failing(MAKES, gone(), (1, 2, 3)):
        assert open_due_rounds(OPENS) == len(three) - 1
    assert claimed() == 1
    assert caplog.text.count("failed for one") == 1


@pytest.mark.parametrize("arrives", [True, False])
def test_C1_where_a_claims_answer_is_lost_it_is_given_back(
    three: list[str], *, arrives: bool
) -> None:
    lost = losing_the_answer(lambda asked: asked.startswith(CLAIMS), arrives=arrives)
    with lost, pytest.raises(OperationalError):
        open_due_rounds(OPENS)
    assert claimed() == 0
    assert open_due_rounds(OPENS) == len(three)


def test_C1_a_clock_that_is_ended_gives_back_what_it_holds(three: list[str]) -> None:
    def end(_c: object, _cursor: object, asked: str, *_more: object) -> None:
        if asked.startswith(MAKES):
            raise SystemExit

    with hearing(db.engine, "before_cursor_execute", end), pytest.raises(SystemExit):
        open_due_rounds(OPENS)
    assert claimed() == 0
    assert open_due_rounds(OPENS) == len(three)


def test_what_cannot_be_given_back_in_time_is_left(
    database_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlasting, "PATIENCE", 0.05)
    monkeypatch.setattr(outlasting, "LOOK", 0.01)
    tried: list[None] = []

    def act() -> None:
        tried.append(None)
        raise gone()

    outlasting.once_it_answers(act)
    assert len(tried) > 1
