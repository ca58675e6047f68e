"""The same stage on PostgreSQL: the world is a template that is copied."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from couples import clock
from couples.app import create_app
from couples.db import db
from tests import servers
from tests import stage as stages
from tests import world as worlds
from tests.conftest import Browser
from tests.databases import COPY, with_database
from tests.stage import Stage
from tests.tries import forget_tries
from tests.world import World


@dataclass
class PostgresStage(Stage):
    """The same stage on PostgreSQL: the world is a template that is copied."""

    server: str = ""
    name: str = ""
    # What the server would call its next transaction that writes, when the world was set back.
    untouched_at: str = ""

    def keep(self) -> None:
        """Let the world be the template from now on."""
        self.close()
        self._run(f"ALTER DATABASE {self.name} RENAME TO {self.name}_kept")

    def reset(self) -> None:
        """Copy the template, if anything has been written since it was copied last."""
        db.session.remove()
        if not self.is_untouched():
            self.close()
            self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            copy = f"TEMPLATE {self.name}_kept STRATEGY FILE_COPY"
            self._run(f"CREATE DATABASE {self.name} {copy}")
            self.untouched_at = self._next_writing()
        forget_tries()
        self.set_clock()

    def is_untouched(self) -> bool:
        """Whether nothing was written on the whole server since the world was set back."""
        return self.untouched_at == self._next_writing()

    def _next_writing(self) -> str:
        with psycopg.connect(self.server) as connection:
            found = connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
            return str(next(found)[0])

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


def playing(server: str, folder: Path) -> Iterator[Stage]:
    """Build the world once, and give it to all tests of a file."""
    name = f"w{uuid.uuid4().hex[:12]}"
    stage = _stage(server, name, folder)
    stage._run(f"CREATE DATABASE {name} {COPY}")
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
    app.config.update(ARGON2=stages.CHEAP, FORMS_A_MINUTE=servers.FORMS)
    app.test_client_class = Browser
    return PostgresStage(app, folder, World(), server=postgres, name=name)
