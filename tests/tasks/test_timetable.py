"""The clock: every tick is void when the next one comes, and every task it names exists."""

from __future__ import annotations

import importlib

import pytest

from tasks import timetable

ENTRIES = timetable.entries()


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_expires_before_it_is_repeated(name: str) -> None:
    assert 0 < ENTRIES[name]["options"]["expires"] <= ENTRIES[name]["schedule"]


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_names_a_task_that_exists(name: str) -> None:
    module, _, function = ENTRIES[name]["task"].rpartition(".")
    assert getattr(importlib.import_module(module), function).name == ENTRIES[name]["task"]


def test_the_steps_are_what_the_operator_was_told() -> None:
    seconds = {entry["task"]: entry["schedule"] for entry in ENTRIES.values()}
    assert seconds == {
        "tasks.mail.deliver": 15,
        "tasks.surveys.open_due_rounds": 30,
        "tasks.surveys.close_due_rounds": 30,
        "tasks.surveys.post_look_ins": 300,
        "tasks.housekeeping.erase_due": 300,
        "tasks.housekeeping.sweep": 3600,
    }
