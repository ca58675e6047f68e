"""What SQLite forgives and PostgreSQL does not: NUL, lone surrogates, numbers beyond all columns.

One field at a time of every form, and every address with an id in it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient

from couples import clock
from couples.app import create_app
from couples.db import db
from couples.limits import limiter
from tests import stage as stages
from tests import world as worlds
from tests.conftest import Browser, with_database
from tests.routes import FORMS
from tests.stage import Stage
from tests.test_bad_input import apart, form_at, send, with_value
from tests.test_nobody_elses import ROWS, Row
from tests.world import World

NASTY = (b"1\x002", b"\xed\xa0\x80", b"9" * 30, b"x" * 3000)
IN_ADDRESSES = ("%00", "a%00b", "%ED%A0%80", "9" * 30, "x" * 3000, "%F0%9F%92%8B")


@dataclass
class PostgresStage(Stage):
    """The same stage on PostgreSQL: the world is a template that is copied."""

    server: str = ""
    name: str = ""

    def keep(self) -> None:
        """Let the world be the template from now on."""
        self.close()
        self._run(f"ALTER DATABASE {self.name} RENAME TO {self.name}_kept")

    def reset(self) -> None:
        """Copy the template."""
        self.close()
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {self.name} TEMPLATE {self.name}_kept")
        limiter.reset()
        self.set_clock()

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="module")
def postgres_stage(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Build the world on PostgreSQL, once."""
    name, folder = f"w{uuid.uuid4().hex[:12]}", tmp_path_factory.mktemp("stage")
    stage = _stage(postgres, name, folder)
    stage._run(f"CREATE DATABASE {name} TEMPLATE template_pages")
    with stage.app.app_context():
        stage.set_clock()
        stage.world = worlds.build()
        stage.keep()
        # Whichever test comes first here: not each of them begins with a copy of its own.
        stage.reset()
        yield stage
        stage.close()
    stage._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    clock.use_offset_file(None)


def _stage(postgres: str, name: str, folder: Path) -> PostgresStage:
    url = with_database(postgres, name).replace("postgresql://", "postgresql+psycopg://")
    app = create_app(replace(stages.settings(folder), database_url=url))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True, WTF_CSRF_ENABLED=False)
    app.config["ARGON2"] = stages.CHEAP
    app.test_client_class = Browser
    return PostgresStage(app, folder, World(), server=postgres, name=name)


@pytest.mark.parametrize("rule", sorted(FORMS))
def test_no_field_of_a_form_breaks_a_query(postgres_stage: Stage, rule: str) -> None:
    postgres_stage.reset()
    client, target, form = form_at(postgres_stage, rule)
    for names in apart(form):
        for value in NASTY:
            answer = send(client, target, with_value(form, names, value))
            assert answer.status_code < 500, f"{names} is {value[:20]!r}"


def still_signed_in(stage: Stage) -> FlaskClient:
    """Return Maya's browser; the world is only set back where she has been signed out.

    Addresses that lead nowhere change nothing, and a fresh copy takes longer than all of them.
    """
    limiter.reset()
    client = stage.browser("Maya")
    if client.get("/settings").status_code != 200:
        stage.reset()
    return client


@pytest.mark.parametrize("row", [row for row in ROWS if row.thing], ids=lambda row: row.rule)
def test_no_address_breaks_a_query(postgres_stage: Stage, row: Row) -> None:
    client = still_signed_in(postgres_stage)
    for value in IN_ADDRESSES:
        path = re.sub("<[^>]+>", value, row.rule)
        assert client.open(path, method=row.method).status_code < 500, path
    assert db.session.is_active
