"""No task waits in the queue for its time: what is due stands in rows (rule C8)."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import couples
import tasks
from couples.settings import Settings
from tasks import broker, timetable

FOLDERS = [Path(package.__file__ or "").parent for package in (couples, tasks)]
SOURCES = [path for folder in FOLDERS for path in sorted(folder.rglob("*.py"))]
# A message with one of these is kept in a worker's memory, and delivered again and again once it
# has waited longer than the queue believes in its worker; a retry sets one by itself.
WAITING = {"eta", "countdown", "retry_backoff", "autoretry_for", "default_retry_delay"}
SENDING = {".apply_async", ".send_task", ".delay", ".signature", ".retry"}


def calls(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Give every call, a method's by its name, and the names it is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = f".{node.func.attr}" if isinstance(node.func, ast.Attribute) else "function"
            yield name, {keyword.arg or "**" for keyword in node.keywords}


def keys(tree: ast.AST) -> set[str]:
    """Return every text that stands as a key of a dictionary."""
    dicts = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    found = [key for node in dicts for key in node.keys if isinstance(key, ast.Constant)]
    return {key.value for key in found if isinstance(key.value, str)}


def problems(source: str) -> list[str]:
    """Return what makes a message wait, and what sends one that never becomes void."""
    tree = ast.parse(source)
    made = list(calls(tree))
    found = [f"{name}({given & WAITING})" for name, given in made if given & WAITING]
    found += [
        f"{name} without expires"
        for name, given in made
        if name in SENDING and "expires" not in given
    ]
    return found + sorted(keys(tree) & WAITING)


@pytest.mark.parametrize(
    "wrong",
    [
        "deliver.apply_async(countdown=5, expires=60)",
        "deliver.apply_async(eta=later, expires=60)",
        "app.send_task('tasks.mail.deliver')",
        "deliver.delay()",
        "deliver.apply_async(**options)",
        "@shared_task(autoretry_for=(OSError,))\ndef deliver(): ...",
        "options = {'countdown': 5}",
        "raise self.retry()",
    ],
)
def test_the_lint_sees(wrong: str) -> None:
    assert problems(wrong)


def test_no_task_is_sent_for_later_and_each_becomes_void() -> None:
    assert len(SOURCES) > 100
    found = {str(path): problems(path.read_text()) for path in SOURCES}
    assert {path: what for path, what in found.items() if what} == {}


def test_the_timetables_messages_carry_nothing_but_their_end() -> None:
    assert all(set(entry["options"]) == {"expires"} for entry in timetable.entries().values())


def test_no_result_is_kept_and_a_lost_task_is_somebody_elses_after_a_known_time(
    settings_for: Callable[..., Settings],
) -> None:
    settings = settings_for("sqlite:////nonexistent/pages.db", redis_url="redis://127.0.0.1:1/0")
    configuration = broker.configuration(settings)
    options = configuration["broker_transport_options"]
    assert options["visibility_timeout"] == settings.visibility_seconds
    assert configuration["task_ignore_result"] and "result_backend" not in configuration
