"""The states of an agreement, driven in any order by two persons (docs/states.md)."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from couples.db import db
from tests.agreement.machine import Machine

# Each example is a life of so many acts, another one in every run; PostgreSQL answers more slowly.
LIVES = {"sqlite": 9, "postgresql": 4}
ACTS = 50
# So many times as many by `./run soak`.
LONG = 8


def test_A7_whatever_two_persons_do_in_two_tabs_words_stay_drafts_stay_secret_and_texts_stay_signed(
    database_app: Flask, request: pytest.FixtureRequest
) -> None:
    lives = LIVES[db.engine.dialect.name]
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=lives * LONG if request.config.getoption("--soak") else lives,
            stateful_step_count=ACTS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
