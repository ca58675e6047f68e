"""The drill: yesterday's backup is put back, no letter goes twice, and who is gone stays gone.

Rules C8 and S5, checklist I16. On SQLite by the commands that docs/operating.md names, on
PostgreSQL by copying the database and `settle-restored`.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select

from couples import clock
from couples.accounts.models import LoginSession, Person
from couples.accounts.services import begin_session, find_session
from couples.agreement.rules import Terms
from couples.app import create_app
from couples.db import db
from couples.mail.carrying.carriers import transport_for
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending import delivery
from couples.privacy import services_erasing
from couples.settings import Settings
from couples.surveys.rounds import services_clock
from tests import world as worlds
from tests.agreement import road
from tests.databases import with_database
from tests.privacy.erasing_world import plain_cells, sealed_cells
from tests.servers import SmtpPeer
from tests.world import World

HOME = Path(__file__).parent.parent
BERLIN = ZoneInfo("Europe/Berlin")
# The world's next check-in opens that evening and closes on Sunday.
NOON = datetime(2026, 9, 17, 12, tzinfo=BERLIN)
REVIEW = date(2026, 12, 24)
EVENING = NOON + timedelta(hours=7, minutes=1)


@dataclass
class Drill:
    """One service that can be backed up and put back."""

    settings: Settings
    folder: Path
    peer: SmtpPeer
    environ: dict[str, str] = field(default_factory=dict)
    app: Flask | None = None

    def start(self) -> World | None:
        """Bring the application up on whatever database is in place."""
        self.app = create_app(self.settings)
        self.app.config["ARGON2"] = (1, 8, 1)
        self.app.app_context().push()
        return None

    def stop(self) -> None:
        """Let go of the database."""
        db.session.remove()
        db.engine.dispose()

    def at(self, now: datetime) -> None:
        """Set the service's clock, and let it do and send what is due."""
        self.set_clock(now)
        services_clock.open_due_rounds(now)
        services_clock.close_due_rounds(now)
        delivery.deliver(lambda: now, transport_for(self.settings))

    def set_clock(self, now: datetime) -> None:
        offset = (now - datetime.now(UTC)).total_seconds()
        assert self.settings.clock_file
        self.settings.clock_file.write_text(str(offset))

    def command(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "couples", *words], check=False,
            env={**os.environ, **self.environ}, capture_output=True, text=True, cwd=HOME,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def is_sqlite(self) -> bool:
        return self.settings.database_url.startswith("sqlite")

    def back_up(self) -> None:
        """Copy the database, on SQLite while the application has it open."""
        if self.is_sqlite:
            self.command("backup", str(self.folder / "backup.db"))
        else:
            self.stop()
            self._copy(self._name, f"{self._name}_backup")

    def put_back(self, taken: datetime) -> str:
        """Stop, put the backup in the database's place, and settle it."""
        self.stop()
        if self.is_sqlite:
            return self.command("restore", str(self.folder / "backup.db"))
        self._copy(f"{self._name}_backup", self._name)
        return self.command("settle-restored", "--taken", taken.isoformat())

    @property
    def _name(self) -> str:
        return urlsplit(self.settings.database_url).path.strip("/")

    def _copy(self, name: str, to: str) -> None:
        address = self.settings.database_url.replace("postgresql+psycopg", "postgresql")
        with psycopg.connect(with_database(address, "postgres"), autocommit=True) as connection:
            for statement in (
                f"DROP DATABASE IF EXISTS {to} WITH (FORCE)",
                f"CREATE DATABASE {to} TEMPLATE {name}",
            ):
                connection.execute(statement.encode())

    def letters(self) -> Counter[tuple[str, str]]:
        """Return how often each address got each letter."""
        return Counter((str(one["To"]), str(one["Subject"])) for one in self.peer.messages)


@pytest.fixture
def drill(
    database_url: str, settings_for: Callable[..., Settings], tmp_path: Path, smtp_peer: SmtpPeer
) -> Iterator[Drill]:
    """A service with a mail server and a clock of its own."""
    (tmp_path / "var").mkdir(mode=0o700)
    settings = settings_for(
        database_url,
        smtp_url=smtp_peer.url,
        mail_from="pages@example.org",
        clock_file=tmp_path / "clock",
    )
    environ = {
        "SECRET_KEY": settings.secret_key,
        "SEALING_KEYS": settings.sealing.text(),
        "DATABASE_URL": database_url,
        "DATA_DIR": str(settings.data_dir),
        "TEST_CLOCK_FILE": str(settings.clock_file),
    }
    drill = Drill(settings, tmp_path, smtp_peer, environ)
    clock.use_offset_file(settings.clock_file)
    drill.start()
    yield drill
    drill.stop()
    clock.use_offset_file(None)


def test_I16_after_a_restore_no_letter_goes_twice_and_nobody_erased_returns(drill: Drill) -> None:
    people = worlds.build().people
    drill.at(NOON)
    before = drill.letters()
    drill.back_up()
    forgotten = an_evening(drill, people)
    sent = drill.letters()
    opened = sent - before
    assert {"maya@example.org", "jonas@example.org"} <= {to for to, _subject in opened}

    drill.set_clock(EVENING + timedelta(minutes=30))
    assert "People erased again: 1." in drill.put_back(NOON)
    drill.start()
    for hours in (8, 21, 60, 94):
        drill.at(NOON + timedelta(hours=hours))

    is_gone(people["Noor"])
    later = drill.letters() - sent
    assert later.keys() & opened.keys() == set()
    # What was due later goes out all the same, once: that the check-in has closed.
    for name in ("maya", "jonas"):
        assert [times for (to, _), times in later.items() if to.startswith(name)] == [1]
    # The others work: they sign in anew, and sign again what the database has forgotten.
    now = NOON + timedelta(days=6)
    assert [find_session(token, now) for token in forgotten] == [None, None]
    assert find_session(begin_session(people["Maya"], keep=True, now=now), now)
    sign(people["Maya"], now)


def an_evening(drill: Drill, people: dict[str, str]) -> list[str]:
    """Let happen what the database will forget; return sessions that are alive before and after."""
    if not drill.is_sqlite:
        drill.start()
    drill.at(EVENING)
    services_erasing.erase(people["Noor"], EVENING)
    sign(people["Maya"], EVENING)
    erased = drill.settings.erased_file
    assert erased is not None and len(erased.read_text().splitlines()) == 1
    assert stat.S_IMODE(erased.stat().st_mode) == 0o600
    return [begin_session(people[name], keep=True, now=NOON) for name in ("Maya", "Jonas")]


def sign(person_id: str, now: datetime) -> None:
    """Let a person sign terms that are new."""
    road.choose(person_id, now, Terms(worlds.RHYTHM, f"{now:%A}.", REVIEW))
    assert road.sign(person_id, now) in {"signed", "in_force"}


def is_gone(person_id: str) -> None:
    """Noor is nowhere: no word, no name, no address, no session."""
    person = db.session.get_one(Person, person_id)
    assert person.erased_at is not None
    assert [column for column, value in sealed_cells() if "noor" in value.lower()] == []
    assert [column for column, value in plain_cells() if "noor" in value.lower()] == []
    mine = select(LoginSession).where(LoginSession.person_id == person_id)
    assert db.session.scalars(mine).all() == []
    wait = select(OutboxLetter).where(OutboxLetter.person_id == person_id)
    assert db.session.scalars(wait.where(OutboxLetter.state == LetterState.PENDING)).all() == []


BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_I16_the_drill_of_the_operators_page_runs_as_it_stands_there(
    sqlite_template: Path, tmp_path: Path, settings_for: Callable[..., Settings]
) -> None:
    text = (HOME / "docs" / "operating.md").read_text(encoding="utf-8")
    backups = text.partition("## Backups")[2].partition("\n## ")[0]
    (drill,) = [block for block in BLOCK.findall(backups) if "DATA_DIR=drill" in block]
    data = tmp_path / "var"
    data.mkdir(mode=0o700)
    shutil.copy(sqlite_template, data / "pages.db")
    settings = settings_for(f"sqlite:///{data}/pages.db")
    (data / "secret_key").write_text(settings.secret_key)
    (data / "sealing_keys").write_text(settings.sealing.text())
    (data / "erased").write_text(f"{'0' * 64} 2026-09-01\n")
    run = tmp_path / "run"
    run.write_text(f'#!/bin/sh\nPYTHONPATH={HOME} exec {sys.executable} -m couples "$@"\n')
    run.chmod(0o700)
    done = subprocess.run(
        ["/bin/sh", "-e"], input=drill, cwd=tmp_path, text=True, capture_output=True, check=False,
        env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    assert "drill.db holds everything but the keys." in done.stdout
    assert "An empty machine also needs them, and who is erased: " in done.stdout
    assert "Everybody signs in anew." in done.stdout
    assert "ok    The sealing keys can be used" in done.stdout and "BAD" not in done.stdout
    assert not (tmp_path / "drill").exists() and data.exists()
