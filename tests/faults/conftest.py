"""Fixtures of the fault tests: settings that all processes of a test share, and its service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from couples.app import create_app
from couples.db import db
from couples.settings import Settings
from tests.faults.service import Service

# Long enough for a machine that stalls for a moment: a claim that ran out makes letters unknown.
SHORT = {"LEASE_SECONDS": "8", "VISIBILITY_SECONDS": "8", "TICK_SECONDS": "1"}
MakeService = Callable[..., Service]


@contextmanager
def inside(settings: Settings) -> Iterator[None]:
    """Be in the application of these settings, so that a test can seed and look."""
    with create_app(settings).app_context():
        yield
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def service_for(settings_for: Callable[..., Settings], tmp_path: Path) -> Iterator[MakeService]:
    """Return a function that starts mail server and queue for a database, and enters its app."""
    folder = tmp_path / "service"
    folder.mkdir()
    with ExitStack() as open_now:

        def start(database_url: str, **changes: str) -> Service:
            settings = settings_for(database_url)
            open_now.enter_context(inside(settings))
            environ = {
                "SECRET_KEY": settings.secret_key,
                "SEALING_KEYS": settings.sealing.text(),
                "DATABASE_URL": settings.database_url,
                "DATA_DIR": str(settings.data_dir),
                **SHORT,
                **changes,
            }
            service = Service(folder, environ)
            open_now.callback(service.stop)
            return service

        yield start
