"""What an operator can ask: is it ready, how is it going, what went wrong in that request."""

from __future__ import annotations

import json
import logging
import os
import re
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import alarms, embedded, figures, figures_now, keycheck, logs, pulse, request_ids
from couples.app import create_app
from couples.db import db, transaction
from couples.doctor import base
from couples.log_lines import Form
from couples.mail import outbox
from couples.sealing import KeyRing
from couples.settings import Settings
from couples.web import open_door
from tests.cast import make_person, sign_in
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


def counted(app: Flask) -> float:
    return sum(value for name, value in told(app).items() if "_count{" in name)


def told(app: Flask) -> dict[str, float]:
    answer = app.test_client().get("/metrics", headers=ASKING)
    assert answer.status_code == 200
    lines = (line.rsplit(" ", 1) for line in answer.text.splitlines() if line[0] != "#")
    return {name: float(value) for name, value in lines}


def test_S7_without_the_token_there_is_no_such_page(app: Flask, measured: Flask) -> None:
    plain, client = app.test_client(), measured.test_client()
    known = [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}]
    asked = [("GET", one) for one in known]
    asked += [(one, {}) for one in ("HEAD", "POST", "PUT", "OPTIONS", "TRACE", "PROPFIND")]
    asked += [("POST", ASKING), ("OPTIONS", ASKING)]
    for method, headers in asked:
        missing = plain.open("/metrics", method=method)
        answer = client.open("/metrics", method=method, headers=headers)
        assert (answer.status_code, answer.data) == (404, missing.data), method
        assert answer.headers.to_wsgi_list() == missing.headers.to_wsgi_list()
    assert plain.get("/metrics", headers=ASKING).status_code == 404
    answer = client.head("/metrics", headers=ASKING)
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)


def test_who_tries_tokens_is_told_of_now_and_then_and_not_who_or_with_what(
    measured: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarms, "counting", alarms.Counting())
    told = "figures with a wrong token"
    for wrong in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer "}):
        measured.test_client().get("/metrics", headers=wrong)
    assert told not in caplog.text
    for number in range(100):
        wrong = {"Authorization": f"Bearer {TOKEN}{number}"}
        assert measured.test_client().get("/metrics", headers=wrong).status_code == 404
    measured.test_client().get("/metrics", headers=ASKING)
    lines = [one.getMessage() for one in caplog.records if one.name == "couples.security"]
    assert lines == [f"{told} (count={count})" for count in (1, 10, 100)]


def test_S7_who_is_signed_in_finds_no_page_there_either(measured: Flask) -> None:
    client, now = measured.test_client(), datetime.now(UTC)
    sign_in(client, make_person("Maya", now), now)
    there, nowhere = client.get("/metrics"), client.get("/nothing")
    assert there.status_code == 404
    assert there.headers.to_wsgi_list() == nowhere.headers.to_wsgi_list()
    with measured.test_request_context():
        assert "metrics" not in {rule.endpoint for rule in measured.url_map.iter_rules()}


def test_another_host_gets_no_figures(measured: Flask) -> None:
    client = measured.test_client()
    assert client.get("/metrics", headers=ASKING, base_url="http://else.test").status_code == 400


def tick(*ages: timedelta) -> None:
    with transaction():
        db.session.execute(db.delete(pulse.Pulse))
    for name, age in zip((pulse.DELIVER, pulse.OPEN), ages, strict=True):
        pulse.beat(name, datetime.now(UTC) - age)


def many_people() -> None:
    for number in range(figures_now.FEWEST):
        make_person(f"P{number}", datetime.now(UTC))


def test_S2_with_few_accounts_no_count_tells_that_somebody_was_here(measured: Flask) -> None:
    for path in ("/signin", "/how", "/overview", "/nothing"):
        measured.test_client().get(path)
    tick(timedelta(seconds=100), timedelta(minutes=7))
    few = told(measured)
    assert few == {
        "pages_database_answers": 1,
        "pages_letters_oldest_due_seconds": 0,
        'pages_tick_age_seconds{task="deliver"}': 0,
        'pages_tick_age_seconds{task="open"}': 300,
    }
    many_people()
    many = told(measured)
    assert many["pages_letters_due"] == many["pages_mail_server_failures"] == 0
    assert 100 <= many['pages_tick_age_seconds{task="deliver"}'] < 300
    counts = {name: value for name, value in many.items() if "_count{" in name}
    assert {name: counts[name] for name in counts if 'kind="open"' in name} == {
        'pages_answer_seconds_count{kind="open",outcome="answered"}': 2.0,
        'pages_answer_seconds_count{kind="open",outcome="refused"}': 1.0,
    }
    assert counts['pages_answer_seconds_count{kind="own",outcome="answered"}'] == 1.0


def test_S2_with_few_accounts_the_oldest_letter_is_late_or_not(measured: Flask) -> None:
    name, client = "pages_letters_oldest_due_seconds", measured.test_client()
    for minutes, status, seconds in ((1, 200, 0), (14, 200, 0), (16, 503, 900), (600, 503, 900)):
        tick(timedelta(), timedelta(minutes=minutes))
        assert client.get("/healthz/letters").status_code == status
        assert told(measured)[name] == seconds
    with transaction():
        due = datetime.now(UTC) - timedelta(minutes=5, seconds=9)
        outbox.post("reset", key="reset:maya", now=due, person_id=make_person("Maya", due))
    tick(timedelta(), timedelta())
    assert told(measured)[name] == 0
    many_people()
    assert told(measured)[name] == 300


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """A disk that takes no file of more than some bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_costs_figures_and_no_page(measured: Flask) -> None:
    many_people()
    client, counts = measured.test_client(), measured.extensions["figures"]
    with small_files(1 << 15):
        assert client.get("/how").status_code == 200
    kept = {path.name for path in counts.folder.iterdir()}
    assert kept == {"lock"}
    # Not tried again at once.
    client.get("/how")
    assert counted(measured) == 0
    counts.again_at = 0.0
    client.get("/how")
    assert counted(measured) == 1
    (file,) = counts.folder.glob("*.db")
    found = file.stat()
    # All its room is there: through the library's mapping no write can miss a block.
    assert found.st_size == figures.ROOM
    assert found.st_blocks * 512 >= figures.ROOM


def test_a_folder_that_is_gone_costs_figures_and_no_page(measured: Flask) -> None:
    many_people()
    shutil.rmtree(measured.extensions["figures"].folder)
    assert measured.test_client().get("/how").status_code == 200
    assert counted(measured) == 0
    assert told(measured)["pages_database_answers"] == 1


def test_an_unreadable_file_costs_the_counts_and_no_gauge(measured: Flask) -> None:
    many_people()
    measured.test_client().get("/how")
    folder = measured.extensions["figures"].folder
    for held in (b"", bytes(range(256))):
        (folder / "histogram_99999.db").write_bytes(held)
        assert counted(measured) == 0
        assert told(measured)["pages_letters_due"] == 0
    (folder / "histogram_99999.db").unlink()
    assert counted(measured) == 1


def test_a_server_removes_only_what_no_other_counts_in(
    measured: Flask, sqlite_url: str, settings_for: Callable[..., Settings]
) -> None:
    first = measured.extensions["figures"]
    assert first.folder.stat().st_mode & 0o777 == 0o700
    left = first.folder.parent / "of-one-that-ended"
    left.mkdir()
    (left / "histogram_1.db").touch()
    settings = settings_for(sqlite_url, metrics_token=TOKEN)
    second = create_app(settings).extensions["figures"]
    assert first.folder.is_dir()
    assert not left.exists()
    os.close(first.held)
    third = create_app(settings).extensions["figures"]
    assert not first.folder.exists()
    assert second.folder.is_dir() and third.folder.is_dir()
    os.close(second.held)
    os.close(third.held)


def test_no_label_is_a_page_or_a_person(measured: Flask) -> None:
    many_people()
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
