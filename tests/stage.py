"""The application on a copy of the world, set back to the same moment before each test."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.pool import PoolProxiedConnection

from couples import clock
from couples.app import create_app
from couples.db import Base, db
from couples.mail.carrying.captured import CapturedTransport, captured_letters
from couples.mail.sending import delivery
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from tests import servers
from tests import world as worlds
from tests.tries import forget_tries
from tests.world import World
from tests.world_trust import HALF_IN, half_in

# A password is worth next to nothing here.
CHEAP = (1, 8, 1)


@dataclass
class Stage:
    """One application, one world, one file that is copied back again and again."""

    app: Flask
    folder: Path
    world: World
    # One connection that only asks whether any other has written since the world was set back.
    watcher: PoolProxiedConnection | None = None
    untouched_version: int = 0
    untouched_digest: str = ""

    @property
    def path(self) -> Path:
        """Where the database lies."""
        return self.folder / "pages.db"

    @property
    def kept(self) -> Path:
        """Where the world lies untouched."""
        return self.folder / "kept.db"

    def keep(self) -> None:
        """Remember the world as it is now."""
        db.session.remove()
        with db.engine.connect() as database:
            database.exec_driver_sql("COMMIT")
            database.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.close()
        shutil.copy(self.path, self.kept)

    def reset(self) -> None:
        """Set the world back, to the same moment."""
        db.session.remove()
        if not self.is_untouched():
            self._copy_back()
        forget_tries()
        self.set_clock()

    def _copy_back(self) -> None:
        self.close()
        for name in ("pages.db-wal", "pages.db-shm"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.copy(self.kept, self.path)
        self.watcher = db.engine.raw_connection()
        self.untouched_version = self._version(self.watcher)

    def _version(self, watcher: PoolProxiedConnection) -> int:
        """Return a number that changes with every commit of another connection."""
        cursor = watcher.cursor()
        cursor.execute("PRAGMA data_version")
        ((found,),) = cursor.fetchall()
        cursor.close()
        return int(found)

    def is_untouched(self) -> bool:
        """Whether nothing was written since the world was set back."""
        return self.watcher is not None and (self._version(self.watcher) == self.untouched_version)

    def set_clock(self) -> None:
        """Let it be the world's moment."""
        clock_file = self.folder / "clock"
        clock_file.write_text(f"{worlds.NOW.timestamp() - time.time():.3f}")
        clock.use_offset_file(clock_file)

    def close(self) -> None:
        """Let go of the file."""
        db.session.remove()
        if self.watcher is not None:
            self.watcher.close()
            self.watcher = None
        db.engine.dispose()

    def browser(self, name: str | None) -> FlaskClient:
        """Return a browser, signed in as this person."""
        client = self.app.test_client()
        if name == HALF_IN:
            half_in(client, self.world.people["Hugo"])
        elif name is not None:
            with client.session_transaction() as session:
                session["_user_id"] = self.world.sessions[name]
                session["_fresh"] = True
        return client

    def digest(self) -> str:
        """Return a fingerprint of every row in the database."""
        if not self.is_untouched():
            return self._digest()
        self.untouched_digest = self.untouched_digest or self._digest()
        return self.untouched_digest

    def _digest(self) -> str:
        found = hashlib.sha256()
        with db.engine.connect() as database:
            for table in Base.metadata.sorted_tables:
                rows = database.execute(select(table))
                found.update(repr((table.name, sorted(map(repr, rows)))).encode())
        return found.hexdigest()


def settings(folder: Path) -> Settings:
    """Return settings whose time is read from a file."""
    return Settings.from_environ(
        {
            "SECRET_KEY": new_secret_key(),
            "SEALING_KEYS": KeyRing.new().text(),
            "DATABASE_URL": f"sqlite:///{folder / 'pages.db'}",
            "DATA_DIR": str(folder),
            "EXIT_URL": "bundled",
            "TEST_CLOCK_FILE": str(folder / "clock"),
        }
    )


def build(template: Path, folder: Path, browser: type[FlaskClient]) -> Stage:
    """Build the world once."""
    shutil.copy(template, folder / "pages.db")
    app = create_app(settings(folder))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True, WTF_CSRF_ENABLED=False)
    app.config["ARGON2"] = CHEAP
    app.config["FORMS_A_MINUTE"] = servers.FORMS
    app.test_client_class = browser
    with app.app_context():
        servers.spare_the_disk(db.engine)
        stage = Stage(app, folder, World())
        stage.set_clock()
        stage.world = worlds.build()
        delivery.deliver(clock.now, CapturedTransport.of(app.extensions["settings"]))
        stage.world.things["letter"] = captured_letters(app.extensions["settings"])[0].key
        stage.keep()
    clock.use_offset_file(None)
    return stage


def playing(stage: Stage) -> Iterator[Stage]:
    """Give the stage to one test, as it was built."""
    with stage.app.app_context():
        stage.reset()
        yield stage
        stage.app.config["WTF_CSRF_ENABLED"] = False
        # Its file stays open: a test that follows one that wrote nothing needs no other copy.
        db.session.remove()
    clock.use_offset_file(None)
