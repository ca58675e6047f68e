"""The operator's log: JSON, UTC, closed lists, and no word, address, token or source (H7, H8)."""

from __future__ import annotations

import io
import json
import logging
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints
from urllib.error import HTTPError

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import alarms, clock, log_lines, logs
from couples.accounts import throttle
from couples.log_lines import FIELDS, SENTENCE, Event, Fields, Form
from couples.sealing import KeyRing
from couples.settings import new_secret_key
from couples.web import open_door
from tests.accounts.pages import post
from tests.cast import Cast, sign_in
from tests.test_run import HOME, environ, until

WORDS = "tulips for maya@example.org"
ATTACKS = (
    "a\nERROR forged", "a\r\n{}", "\x1b[2Jgone", "a\u2028b\u2029c", "\u202eabc", '"}\n{"level":"x',
    "\0", "%s%n%(name)s", "{0.__class__}", WORDS,
)  # fmt: skip
ALWAYS = {"time", "level", "logger", "event", "process", "pid"}
ERRORS = {"error", "causes", "errno", "frames"}


class Heard(logging.Handler):
    """What the log would write, as JSON and as text."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(Form("test", as_json=True).format(record))
        self.texts.append(Form("test", as_json=False).format(record))

    def told(self) -> list[dict[str, Any]]:
        """Return every line as an object, and look that each is one."""
        assert not any("\n" in line or not line.isascii() for line in self.lines)
        assert all(text.isprintable() for text in self.texts)
        return [json.loads(line) for line in self.lines]

    def events(self) -> list[str]:
        return [line["event"] for line in self.told()]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """Listen to everything, from counts that begin anew."""
    monkeypatch.setattr(alarms, "counting", alarms.Counting())
    handler, root = Heard(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


def test_H7_the_web_server_says_every_line_as_json(tmp_path: Path) -> None:
    """The process itself, asked by a stranger, with what a stranger would like to see in a log."""
    settings = environ(tmp_path, WEB_PORT="0")
    asked = [sys.executable, "-m", "couples"]
    subprocess.run([*asked, "migrate"], cwd=HOME, env=settings, capture_output=True, check=True)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    with (tmp_path / "log").open("wb") as log:
        web = subprocess.Popen(
            [*asked, "web", "--fd", str(listener.fileno())],
            cwd=HOME,
            env={**settings, "WEB_PORT": str(port), "RETURNS_SECRET": new_secret_key()},
            stdout=log,
            stderr=log,
            pass_fds=(listener.fileno(),),
        )
        try:
            assert until(lambda: status(port, "/healthz") == 200), (tmp_path / "log").read_text()
            assert status(port, "/", Host="evil\ttulips") == 400
            assert status(port, "/mail/returned", b"tulips", Secret="tulips") == 404
            assert status(port, "/reset/tulips-for-maya?maya@example.org") == 404
            for _each in range(10):
                assert status(port, "/signin", b"address=maya@example.org&password=tulips") == 400
        finally:
            web.send_signal(signal.SIGTERM)
            web.wait(20)
            listener.close()
    said = (tmp_path / "log").read_text()
    lines = [json.loads(line) for line in said.splitlines()]
    assert [(line["event"], line["count"]) for line in lines] == [
        ("an unknown host was asked for", 1),
        ("returned mail without the secret", 1),
        ("a form without its mark", 10),
    ]
    for line in lines:
        assert set(line) >= ALWAYS
        assert line["process"] == "web" and line["pid"] == web.pid
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
        assert line["logger"] == "couples.security" and line["level"] == "WARNING"
    assert not any(word in said for word in ("tulips", "maya", "127.0.0.1", "evil"))


def test_H7_worker_and_clock_say_theirs_the_same_way(tmp_path: Path) -> None:
    """What Celery would set up by itself is ours; here it refuses to start without a queue."""
    asked = [sys.executable, "-m", "celery", "--quiet", "-A", "tasks", "beat"]
    keys = {"SECRET_KEY": new_secret_key(), "SEALING_KEYS": KeyRing.new().text()}
    settings = environ(tmp_path, **keys)
    done = subprocess.run(asked, cwd=HOME, env=settings, capture_output=True, check=False)
    line = json.loads(done.stderr)
    assert done.returncode == 1 and done.stdout == b""
    assert (line["process"], line["event"]) == ("clock", "cannot go on")
    assert line["sentence"].startswith("REDIS_URL is missing")


def status(port: int, path: str, body: bytes | None = None, **headers: str) -> int:
    """Return how the server answers."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as found:
            return int(found.status)
    except HTTPError as problem:
        return problem.code
    except OSError:
        return 0


def test_H8_what_is_refused_at_a_door_is_told_without_who(
    client: FlaskClient, cast: Cast, heard: Heard
) -> None:
    tries = [("maya@example.org", "tulips"), ("nobody@example.org", "tulips")]
    seen = []
    for address, password in tries:
        assert post(client, "/signin", address=address, password=password).status_code == 422
        seen.append({**heard.told()[-1], "time": ""})
    assert seen[0] == seen[1], "whether there is such an account is not told"
    assert heard.events() == ["a proof was refused"] * 2
    for _each in range(11):
        answer = post(client, "/signin", address="maya@example.org", password="tulips")
    assert answer.status_code == 429
    assert heard.events()[-1] == "slowed down" and heard.told()[-1]["count"] == 1
    assert re.fullmatch("[0-9a-f]{12}", heard.told()[-1]["source"])
    sign_in(client, cast.maya, clock.now())
    before = len(heard.lines)
    for _each in range(9):
        assert client.get("/notes/AAAAAAAAAAAAAAAAAAAAAA").status_code == 404
    assert len(heard.lines) == before, "a slip or two tell nothing of anybody"
    everything = "".join(heard.lines + heard.texts)
    for word in ("maya", "nobody@", "tulips", "127.0.0.1", cast.maya, "/signin"):
        assert word not in everything


def test_H8_a_private_act_is_in_nobodys_log_but_its_persons(
    client: FlaskClient, cast: Cast, heard: Heard
) -> None:
    """Whoever reads the log may be the partner: it does not say that somebody was here at all."""
    sign_in(client, cast.maya, clock.now())
    for path in ("/settings/sessions", "/private", "/settings/codes", "/settings/passkeys"):
        client.get(path)
    post(client, "/settings/sessions/end")
    post(client, "/settings/codes")
    client.post("/signout")
    assert heard.lines == []


def test_H8_events_are_a_closed_list_and_strangers_cannot_fill_the_log(heard: Heard) -> None:
    for event in get_args(alarms.Told):
        alarms.told(event)
    assert heard.events() == list(get_args(alarms.Told))
    for event in get_args(alarms.Tried):
        heard.lines.clear()
        for _each in range(1000):
            alarms.tried(event)
        assert [line["count"] for line in heard.told()] == [1, 10, 100, 1000]
    for slip in get_args(alarms.Slipped):
        heard.lines.clear()
        for _each in range(1000):
            alarms.slipped(slip, status=405)
        assert [line["count"] for line in heard.told()] == [10, 100, 1000]
    assert {line["logger"] for line in heard.told()} == {"couples.security"}


def test_counts_begin_anew_each_day_and_made_up_sources_leave_nothing_behind(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(alarms.MOST_KEYS + 10):
        alarms.counting.up("slowed down", number)
    assert len(alarms.counting.seen) <= alarms.MOST_KEYS
    counting = alarms.Counting()
    assert [counting.up("one") for _each in range(3)] == [1, 2, 3]
    counting.since -= alarms.DAY + 1
    assert counting.up("one") == 1
    assert alarms.fingerprint("192.0.2.1") == alarms.fingerprint("192.0.2.1")
    assert alarms.fingerprint("192.0.2.1") != alarms.fingerprint("192.0.2.2")


def test_16_4_1_no_value_can_forge_a_line_or_carry_words(heard: Heard) -> None:
    assert set(get_type_hints(Fields)) == {*FIELDS, SENTENCE}
    log = logs.named("couples.test")
    for attack in ATTACKS:
        for name in FIELDS:
            log.warning("something", **{name: attack})  # type: ignore[arg-type]
        log.warning("something", who=attack, words=attack)  # type: ignore[call-arg]
        log.error("cannot go on", sentence=attack)
        # What libraries say: filled in, or put together before.
        logging.getLogger("kombu").error("lost %s", attack)
        logging.getLogger("waitress").error(f"Exception while serving {attack}")
        logging.getLogger("x").error(attack)
    for line in heard.told():
        assert set(line) <= ALWAYS | set(FIELDS) | {SENTENCE}
        if SENTENCE not in line:
            assert not any(attack in str(line) for attack in ATTACKS if attack != "\0")
    assert {"lost %s", log_lines.ELSEWHERE} <= set(heard.events())


def test_16_2_5_an_error_is_told_by_its_type_and_its_lines(
    app: Flask, client: FlaskClient, heard: Heard
) -> None:
    def break_down() -> str:
        secret = WORDS
        try:
            raise KeyError(secret)
        except KeyError as problem:
            raise RuntimeError(f"{secret!r} cannot be") from problem

    app.view_functions["how"] = open_door(break_down)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert client.get(f"/how?{WORDS}").status_code == 500
    (line,) = heard.told()
    assert (line["event"], line["level"], line["endpoint"]) == ("unforeseen", "ERROR", "how")
    assert (line["error"], line["causes"]) == ("RuntimeError", ["KeyError"])
    assert re.fullmatch(r"tests/test_logs\.py:\d+ break_down", line["frames"][-1])
    assert set(line) <= ALWAYS | ERRORS | {"endpoint", "request"}
    assert "tulips" not in "".join(heard.lines + heard.texts)
    record = logging.getLogger("couples.test").makeRecord
    problem = OSError(28, WORDS, WORDS)
    caught = (OSError, problem, None)
    found = record("waitress", 40, __file__, 1, "Socket error", (), caught)
    told = json.loads(Form("web", as_json=True).format(found))
    assert (told["event"], told["errno"], told["error"]) == ("Socket error", 28, "OSError")
    assert "tulips" not in json.dumps(told)


@pytest.fixture
def process() -> Iterator[Callable[[str], io.StringIO]]:
    """Start the log as a process does, and put everything back as it was."""
    root, mine = logging.getLogger(), logging.getLogger("couples")
    kept = (root.handlers[:], root.level, mine.level, logging.raiseExceptions)
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook, sys.stderr, logs._form)
    heard = io.StringIO()

    def begin(wish: str) -> io.StringIO:
        sys.stderr = heard
        logs.start("worker", wish)
        return heard

    yield begin
    logging.captureWarnings(False)
    sys.excepthook, threading.excepthook, sys.unraisablehook, sys.stderr, logs._form = hooks
    root.handlers[:], level, my_level, logging.raiseExceptions = kept
    root.setLevel(level)
    mine.setLevel(my_level)


def test_what_python_says_of_itself_has_the_same_form(
    process: Callable[[str], io.StringIO],
) -> None:
    said = process("auto")

    def fall() -> None:
        raise ValueError(WORDS)

    class Gone:
        def __del__(self) -> None:
            raise ValueError(WORDS)

    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
    del (gone := Gone()).__dict__, gone
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(WORDS, UserWarning, stacklevel=1)
    logging.getLogger("kombu").error("%d", WORDS)
    sys.excepthook(KeyError, KeyError(WORDS), None)
    with pytest.raises(SystemExit) as end:
        logs.give_up("WEB_PORT must be a whole number.")
    assert end.value.code == 1
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    events = [line["event"] for line in lines]
    assert events.count("unforeseen") == 3 and "tulips" not in said.getvalue()
    assert lines[-1]["sentence"] == "WEB_PORT must be a whole number."
    warned = next(line for line in lines if line["event"] == "a warning of Python")
    assert re.fullmatch(r"tests/test_logs\.py:\d+:UserWarning", warned["where"])


def test_on_a_terminal_the_same_is_read_as_text(process: Callable[[str], io.StringIO]) -> None:
    said = process("text")
    logs.named("couples.mail").warning("a letter was not sent", kind="reset", why="reply 550")
    with pytest.raises(SystemExit):
        logs.give_up("WEB_PORT must be a whole number.")
    first, last = said.getvalue().splitlines()
    words = r"\S+Z WARNING couples\.mail: a letter was not sent \(kind=reset, why=reply 550\)"
    assert re.fullmatch(words, first)
    assert last == "WEB_PORT must be a whole number."


def test_a_line_costs_a_page_nothing(app: Flask) -> None:
    """No page that is answered well writes a line, and one line takes far less than a page."""
    form = Form("web", as_json=True)
    record = logging.makeLogRecord({"msg": Event("a proof was refused", {"count": 1})})
    began = time.perf_counter()
    for _each in range(1000):
        form.format(record)
    assert time.perf_counter() - began < 1, "a thousand lines take less than a second"


def test_a_wrong_password_is_told_where_it_is_counted(app: Flask, heard: Heard) -> None:
    with app.test_request_context("/"):
        throttle.count_as_wrong()
    assert heard.events() == ["a proof was refused"]
