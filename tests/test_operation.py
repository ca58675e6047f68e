"""What an operator can ask: is it ready, how is it going, what went wrong in that request."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import embedded, figures_now, keycheck, logs, request_ids
from couples.app import create_app
from couples.db import db, transaction
from couples.doctor import base
from couples.log_lines import Form
from couples.sealing import KeyRing
from couples.settings import Settings
from couples.web import open_door
from tests.cast import make_person
from tests.conftest import _running

TOKEN = "xq3f8Tz1LmW0aR7cYk5uVb9dEe2nHg4s"
ASKING = {"Authorization": f"Bearer {TOKEN}"}


def ready(app: Flask) -> tuple[int, str]:
    answer = app.test_client().get("/readyz")
    assert "Set-Cookie" not in answer.headers
    return answer.status_code, answer.text


def test_it_is_ready_once_the_tables_are_the_newest_and_the_keys_fit(database_app: Flask) -> None:
    assert ready(database_app) == (
        503,
        "The keys have not been checked yet: run couples migrate.\n",
    )
    keycheck.check_keys()
    assert ready(database_app) == (200, "ready\n")
    tables = "UPDATE alembic_version SET version_num = :revision"
    for revision, status in (("0001", 503), ("9999", 200)):
        with transaction():
            db.session.execute(db.text(tables), {"revision": revision})
        assert ready(database_app)[0] == status
    with transaction():
        db.session.execute(db.text("DROP TABLE alembic_version"))
    assert ready(database_app) == (503, "The database does not answer, or has no tables yet.\n")


def test_it_is_not_ready_with_other_keys(app: Flask) -> None:
    keycheck.check_keys()
    app.extensions["sealing"] = KeyRing.new()
    status, words = ready(app)
    assert status == 503
    assert "SEALING_KEYS does not fit" in words


def test_a_queue_that_is_down_is_a_note_and_no_reason_to_be_unready(
    sqlite_url: str, settings_for: Callable[..., Settings]
) -> None:
    away = "redis://127.0.0.1:1/0"
    for app in _running(create_app(settings_for(sqlite_url, redis_url=away))):
        keycheck.check_keys()
        status, words = ready(app)
        assert (status, words.splitlines()[0]) == (200, "ready")
        assert "the queue does not answer" in words


@pytest.fixture
def measured(sqlite_url: str, settings_for: Callable[..., Settings]) -> Iterator[Flask]:
    """The application with figures switched on."""
    yield from _running(create_app(settings_for(sqlite_url, metrics_token=TOKEN)))
    from prometheus_client.values import ValueClass

    ValueClass.close_all_files()


def told(app: Flask) -> dict[str, float]:
    answer = app.test_client().get("/metrics", headers=ASKING)
    assert answer.status_code == 200
    lines = (line.rsplit(" ", 1) for line in answer.text.splitlines() if line[0] != "#")
    return {name: float(value) for name, value in lines}


def test_S7_without_the_token_there_is_no_such_page(app: Flask, measured: Flask) -> None:
    missing = app.test_client().get("/metrics")
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}):
        answer = measured.test_client().get("/metrics", headers=headers)
        assert (answer.status_code, answer.data) == (404, missing.data)
    assert app.test_client().get("/metrics", headers=ASKING).status_code == 404


def test_S2_with_few_accounts_no_count_tells_that_somebody_was_here(measured: Flask) -> None:
    for path in ("/signin", "/how", "/overview", "/nothing"):
        measured.test_client().get(path)
    few = told(measured)
    assert set(few) == {
        "pages_database_answers", "pages_letters_oldest_due_seconds", "pages_mail_server_failures",
    }  # fmt: skip
    for number in range(figures_now.FEWEST):
        make_person(f"P{number}", datetime.now(UTC))
    many = told(measured)
    assert many["pages_letters_due"] == 0
    counts = {name: value for name, value in many.items() if "_count{" in name}
    assert {name: counts[name] for name in counts if 'kind="open"' in name} == {
        'pages_answer_seconds_count{kind="open",outcome="answered"}': 2.0,
        'pages_answer_seconds_count{kind="open",outcome="refused"}': 1.0,
    }
    assert counts['pages_answer_seconds_count{kind="own",outcome="answered"}'] == 1.0


def test_no_label_is_a_page_or_a_person(measured: Flask) -> None:
    for number in range(figures_now.FEWEST):
        make_person(f"P{number}", datetime.now(UTC))
    for path in ("/signin", "/week/abc", "/static/app.css", "/healthz", "/readyz"):
        measured.test_client().get(path)
    labels = {
        (name, value)
        for line in told(measured)
        for name, value in re.findall(r'(\w+)="([^"]*)"', line)
        if name != "le"
    }
    kinds = {value for name, value in labels if name == "kind"}
    assert kinds <= {"file", "open", "own"}
    assert {name for name, _value in labels} <= {"kind", "outcome", "task", "state"}


def broken(app: Flask) -> FlaskClient:
    def break_down() -> str:
        raise RuntimeError

    app.view_functions["how"] = open_door(break_down)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app.test_client()


class Lines(logging.Handler):
    """The log's lines, made at once as the service makes them."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[dict[str, object]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(json.loads(Form("web", as_json=True).format(record)))


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


def test_an_error_is_found_in_the_log_by_the_number_on_its_page(app: Flask, lines: Lines) -> None:
    client = broken(app)
    numbers = []
    for _each in range(2):
        answer = client.get("/how", headers={request_ids.HEADER: "somebody-elses"})
        number = answer.headers[request_ids.HEADER]
        assert number in answer.text
        assert lines.told[-1]["request"] == number
        numbers.append(number)
    assert len({*numbers, "somebody-elses"}) == 3
    assert request_ids.HEADER not in client.get("/signin").headers
    logs.named("couples.test").error("outside of any request")
    assert "request" not in lines.told[-1]


def test_behind_a_proxy_its_own_number_is_kept_where_it_is_one(
    sqlite_url: str, settings_for: Callable[..., Settings]
) -> None:
    for app in _running(create_app(settings_for(sqlite_url, proxy_hops=1))):
        client = broken(app)
        given = "0f9e-proxy-made-this"
        for header, is_kept in (
            (given, True),
            ("a b", False),
            ("x" * 65, False),
            ("<i>00000000", False),
        ):
            answer = client.get("/how", headers={request_ids.HEADER: header})
            assert (answer.headers[request_ids.HEADER] == header) is is_kept
            assert "<i>" not in answer.text


def test_29_a_refusal_does_not_say_in_which_request_and_a_task_says_its_own(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log, form = logs.named("couples.test"), Form("worker", as_json=True)
    logs.within_request("0123456789abcdef")
    log.warning("a proof was refused")
    assert "request" not in json.loads(form.format(caplog.records[-1]))
    logs.within_task("3d0c1f2e-0000-4000-8000-000000000000")
    log.warning("something")
    try:
        line = json.loads(form.format(caplog.records[-1]))
        assert line["task_id"] == "3d0c1f2e-0000-4000-8000-000000000000"
    finally:
        logs.within_task(None)
        logs.within_request(None)


def test_the_doctor_tells_of_figures_in_clear_and_of_what_the_queue_put_aside(
    sqlite_url: str, settings_for: Callable[..., Settings]
) -> None:
    plain = settings_for(sqlite_url)
    assert [*base.figures(plain), *base.left_aside(plain)] == []
    measured = replace(plain, metrics_token=TOKEN)
    away = replace(measured, public_url="http://pages.example.org")
    assert [one.mark for each in (measured, away) for one in base.figures(each)] == ["ok", "BAD"]
    kept = plain.data_dir / "queue" / embedded.KEPT
    kept.mkdir(parents=True)
    embedded.put_aside(kept.parent)
    (found,) = base.left_aside(plain)
    assert (found.mark, str(kept.parent / embedded.ASIDE) in found.words) == ("note", True)
    assert not kept.exists()
