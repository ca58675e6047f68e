"""Migrations go up and down with data in the tables, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from couples import engine as engines
from couples.app import create_app
from couples.db import db
from couples.migrate import go_back, migrate
from couples.settings import Settings
from tests import world

VERSIONS = Path(__file__).parent.parent / "couples" / "migrations" / "versions"
REVISIONS = sorted(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))


def counts(url: str) -> dict[str, int]:
    """Return how many rows each table has."""
    engine = create_engine(url, **engines.options(url))
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in inspect(connection).get_table_names()
        }
    engine.dispose()
    return found


@pytest.mark.parametrize("earlier", REVISIONS[:-1])
def test_every_step_goes_back_and_forth_and_keeps_what_was_there_before_it(
    database_url: str, settings_for: Callable[..., Settings], earlier: str
) -> None:
    with create_app(settings_for(database_url)).app_context():
        world.build()
        db.session.remove()
        db.engine.dispose()
    full = counts(database_url)
    go_back(database_url, earlier)
    older = counts(database_url)
    del older["alembic_version"]
    assert older
    assert all(full[name] == rows for name, rows in older.items())
    migrate(database_url)
    newer = counts(database_url)
    assert set(newer) == set(full)
    assert all(newer[name] == rows for name, rows in older.items())
