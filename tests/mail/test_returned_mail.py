"""Mail that came back comes in by a command or by an authenticated request (E14)."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from couples.cli import commands
from couples.db import db
from couples.mail.letter import settings
from couples.mail.models import OutboxLetter, Suppression
from couples.mail.returning import intake
from couples.mail.returning.reports import MOST_BYTES
from couples.mail.returning.returns import handle
from couples.settings import BadSetting
from tests.mail.test_returns import Sent, prepared
from tests.test_settings import read

SECRET = "xJ4mQ8-vK2pR7tW1nB9-cF6dH3sL5yZ0"
HOME = Path(__file__).parent.parent.parent
ADDRESS, KEY = "/mail/returned", "X-Returns-Secret"


@pytest.fixture
def sent(app: Flask, now: datetime) -> Sent:
    return prepared(app, now)


@pytest.fixture
def hook(sent: Sent, app: Flask) -> FlaskClient:
    app.extensions["settings"] = replace(settings(), returns_secret=SECRET)
    return app.test_client()


def suppressed() -> int:
    db.session.rollback()
    return db.session.query(Suppression).count()


def test_with_the_secret_a_message_counts_once_and_nothing_is_said(
    hook: FlaskClient, sent: Sent
) -> None:
    raw = sent.raw("postfix-no-mailbox")
    for _ in range(2):
        # As curl sends it where nobody says what it is: still no form.
        kind = "application/x-www-form-urlencoded"
        answer = hook.post(ADDRESS, data=raw, headers={KEY: SECRET}, content_type=kind)
        assert (answer.status_code, answer.data) == (204, b"")
        assert "Set-Cookie" not in answer.headers
        assert suppressed() == 1


def test_whatever_comes_with_the_secret_gets_the_same_answer(hook: FlaskClient) -> None:
    for body in (b"", b"\0" * 99, b"x" * 400_000, b"x" * MOST_BYTES, b"x" * (3 * MOST_BYTES)):
        answer = hook.post(ADDRESS, data=body, headers={KEY: SECRET})
        assert (answer.status_code, answer.data) == (204, b""), len(body)
    assert suppressed() == 0


def test_without_the_secret_there_is_no_such_page(hook: FlaskClient, sent: Sent) -> None:
    raw, missing = sent.raw("postfix-no-mailbox"), hook.post("/mail/nothing").data
    for given in ({}, {KEY: ""}, {KEY: SECRET[:-1]}, {KEY: SECRET + "x"}, {KEY: "\u00e4" * 32}):
        answer = hook.post(ADDRESS, data=raw, headers=given)
        assert answer.status_code == 404 and answer.data == missing, given
    sent.app.extensions["settings"] = replace(settings(), returns_secret=None)
    for given in ({}, {KEY: ""}, {KEY: SECRET}, {KEY: "None"}):
        assert hook.post(ADDRESS, data=raw, headers=given).status_code == 404
    assert suppressed() == 0


def test_a_weak_secret_stops_the_start() -> None:
    assert read(RETURNS_SECRET=SECRET).returns_secret == SECRET
    assert read().returns_secret is None
    for weak in ("x1y2z3", "a" * 64, "changeme", "ä" * 10 + SECRET):
        with pytest.raises(BadSetting, match="RETURNS_SECRET") as problem:
            read(RETURNS_SECRET=weak)
        assert weak not in str(problem.value)
    assert SECRET not in repr(read(RETURNS_SECRET=SECRET))


def test_a_stream_is_read_to_its_end(sent: Sent, now: datetime) -> None:
    stream = io.BytesIO(b"x" * (3 * MOST_BYTES))
    intake.take(stream, now)
    assert stream.read() == b""


def test_a_maildirs_new_messages_are_taken_and_kept_as_read(
    sent: Sent, now: datetime, tmp_path: Path
) -> None:
    box = tmp_path / "Maildir"
    for name in ("new", "cur", "tmp"):
        (box / name).mkdir(parents=True)
    (box / "new" / "1.a").write_bytes(sent.raw("vacation"))
    (box / "new" / "2.b:2,").write_bytes(sent.raw("postfix-no-mailbox"))
    (box / "new" / ".hidden").write_bytes(b"")
    (box / "cur" / "0.z:2,S").write_bytes(b"old")
    assert intake.take_maildir(box, lambda: now) == 2
    assert suppressed() == 1
    kept = {path.name for path in (box / "cur").iterdir()}
    assert kept == {"0.z:2,S", "1.a:2,S", "2.b:2,S"}
    assert intake.take_maildir(box, lambda: now) == 0


@pytest.fixture
def environ(sent: Sent) -> dict[str, str]:
    """What a mail server's pipe has to set."""
    found = settings()
    return {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": found.secret_key,
        "SEALING_KEYS": found.sealing.text(),
        "DATABASE_URL": found.database_url,
        "DATA_DIR": str(found.data_dir),
        "MAIL_FROM": "pages@example.org",
    }


def test_the_command_fits_into_a_mail_servers_pipe(sent: Sent, environ: dict[str, str]) -> None:
    taken = subprocess.run(
        [sys.executable, "-m", "couples", "returned-mail"],
        input=sent.raw("exim-no-mailbox"),
        env=environ,
        capture_output=True,
        check=False,
        cwd=HOME,
    )
    assert (taken.returncode, taken.stdout) == (0, b"")
    assert b"maya" not in taken.stderr and b"@" not in taken.stderr
    assert suppressed() == 1


def test_it_says_when_to_try_again_and_what_it_cannot_read(
    sent: Sent, environ: dict[str, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "message").write_bytes(sent.raw("exim-no-mailbox"))
    away = {**environ, "DATABASE_URL": "postgresql://pages@127.0.0.1:1/pages"}
    command, message = CliRunner(), str(tmp_path / "message")
    found = command.invoke(commands, ["returned-mail", message], env=away)
    assert found.exit_code == 75 and "has to wait" in caplog.text and "maya" not in caplog.text
    bad = command.invoke(commands, ["returned-mail", message], env={**environ, "VERP": "2"})
    assert bad.exit_code == 75 and "VERP" in caplog.text
    wrong = command.invoke(commands, ["returned-mail", str(tmp_path)], env=environ)
    assert wrong.exit_code == 2 and "no Maildir" in wrong.output
    assert suppressed() == 0
    assert command.invoke(commands, ["returned-mail", message], env=environ).exit_code == 0
    assert suppressed() == 1


def test_nothing_that_came_in_is_ever_answered(sent: Sent, now: datetime) -> None:
    before = db.session.query(OutboxLetter).count()
    for name in ("postfix-no-mailbox", "vacation", "arf-mail-from", "read-receipt"):
        handle(sent.raw(name), now)
    assert db.session.query(OutboxLetter).count() == before
