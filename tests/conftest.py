"""Fixtures: real databases, a real SMTP peer, the application, and the fixed cast."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.app import create_app
from couples.db import db
from couples.migrate import migrate
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from tests import servers
from tests.cast import Cast, make_cast
from tests.compiled import TEMPLATES, compile_addresses_once, compile_statements_once
from tests.databases import Databases, run, with_database

if TYPE_CHECKING:
    from tests.stage import Stage

pytest_plugins = [f"tests.plugins.{name}" for name in ("garbage", "no_skips", "order", "soak")]
compile_addresses_once()
compile_statements_once()
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """Return a Tuesday noon."""
    return NOON


@pytest.fixture(scope="session")
def ring() -> KeyRing:
    """Return keys for the whole run."""
    return KeyRing.new()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite file that each test copies."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a real PostgreSQL and return the address of a migrated template database."""
    server, folder = servers.start_postgres()
    address = server.get_uri()
    run(address, "CREATE DATABASE template_pages")
    template = with_database(address, "template_pages")
    migrate(template.replace("postgresql://", "postgresql+psycopg://"))
    yield address
    server.cleanup()
    servers.remove(folder)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the address of a fresh SQLite database."""
    path = tmp_path / "pages.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_databases(postgres: str) -> Databases:
    """Return the databases that tests give back and are given."""
    return Databases(postgres)


@pytest.fixture
def postgres_url(postgres_databases: Databases) -> Iterator[str]:
    """Return the address of a fresh PostgreSQL database."""
    with postgres_databases.fresh() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a fresh database, once of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def settings_for(ring: KeyRing, tmp_path: Path) -> Callable[..., Settings]:
    """Return a function that makes settings for a database address."""

    def make(database_url: str, **changes: Any) -> Settings:
        environ = {
            "SECRET_KEY": new_secret_key(),
            "SEALING_KEYS": ring.text(),
            "DATABASE_URL": database_url,
            "DATA_DIR": str(tmp_path / "var"),
        }
        return replace(Settings.from_environ(environ), **changes)

    return make


class Browser(FlaskClient):
    """A browser whose requests share nothing with the test's own application context.

    Without it a request would find who was signed in at the request before.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Make one request as a server process would."""
        db.session.rollback()
        # Read to the end and closed, as a browser does; else files stay open.
        kwargs.setdefault("buffered", True)
        with self.application.app_context():
            return super().open(*args, **kwargs)


def _running(app: Flask) -> Iterator[Flask]:
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True)
    app.jinja_env.bytecode_cache = TEMPLATES
    app.config["ARGON2"] = (1, 8, 1)
    app.config["FORMS_A_MINUTE"] = servers.FORMS
    app.test_client_class = Browser
    with app.app_context():
        servers.spare_the_disk(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(sqlite_url: str, settings_for: Callable[..., Settings]) -> Iterator[Flask]:
    """Return the application on a fresh SQLite database, its context pushed."""
    yield from _running(create_app(settings_for(sqlite_url)))


@pytest.fixture
def database_app(database_url: str, settings_for: Callable[..., Settings]) -> Iterator[Flask]:
    """Return the application on a fresh database, once on SQLite and once on PostgreSQL."""
    yield from _running(create_app(settings_for(database_url)))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser that is not signed in; CSRF tokens are tested apart."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def cast(app: Flask, now: datetime) -> Cast:
    """Return the fixed cast on SQLite: Maya and Jonas, Ines a stranger, another couple."""
    return make_cast(now)


@pytest.fixture
def database_cast(database_app: Flask, now: datetime) -> Cast:
    """Return the fixed cast on the database of `database_app`."""
    return make_cast(now)


@pytest.fixture
def smtp_peer() -> Iterator[servers.SmtpPeer]:
    """Return a real SMTP server that keeps what it is given."""
    peer = servers.SmtpPeer()
    yield peer
    peer.stop()


@pytest.fixture(scope="session")
def whole_stage(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Return the application on a world that has one of everything, built once."""
    from tests import stage

    built = stage.build(sqlite_template, tmp_path_factory.mktemp("stage"), Browser)
    yield built
    with built.app.app_context():
        built.close()


@pytest.fixture
def stage(whole_stage: Stage) -> Iterator[Stage]:
    """Return that application with its world set back to where it was."""
    from tests import stage

    yield from stage.playing(whole_stage)
