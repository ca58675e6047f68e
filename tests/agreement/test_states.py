"""The states of an agreement, driven in any order by two persons (docs/states.md)."""

from __future__ import annotations

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from couples.db import db
from tests.agreement.machine import Machine

# Each example is a life of so many acts; PostgreSQL answers more slowly.
LIVES = {"sqlite": 15, "postgresql": 6}
ACTS = 50


def test_A7_whatever_two_persons_do_in_two_tabs_words_stay_drafts_stay_secret_and_texts_stay_signed(
    database_app: Flask,
) -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=LIVES[db.engine.dialect.name],
            stateful_step_count=ACTS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
