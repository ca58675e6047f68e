"""After all migrations both databases hold exactly what the models say."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import create_engine

from couples import engine as engines
from couples import migrate


def main() -> int:
    """Migrate an empty database of each kind and compare; name the differences."""
    with sqlite() as address:
        failed = differs("SQLite", address)
    with postgres() as address:
        failed |= differs("PostgreSQL", address)
    return 1 if failed else 0


def differs(name: str, address: str) -> bool:
    """Whether a migrated database differs from the models; say in what."""
    migrate.migrate(address)
    engine = create_engine(address, **engines.options(address))
    with engine.connect() as connection:
        found = migrate.differences(connection)
    engine.dispose()
    print(f"{name}: {len(found)} differences", *found, sep="\n  ")
    return bool(found)


@contextmanager
def sqlite() -> Iterator[str]:
    """Give the address of an empty SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/pages.db"


@contextmanager
def postgres() -> Iterator[str]:
    """Give the address of an empty PostgreSQL database, from a server of our own."""
    from tests.servers import start_postgres

    server, folder = start_postgres()
    try:
        yield postgres_address(server)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def postgres_address(server: Any) -> str:
    """Return the server's address, with the driver this project uses."""
    uri = server.get_uri()
    return "postgresql+psycopg://" + str(uri).partition("://")[2]


if __name__ == "__main__":
    sys.exit(main())
