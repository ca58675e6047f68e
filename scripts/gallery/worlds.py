"""The application in one process, set back to what a state begins with before each visit."""

from __future__ import annotations

import copy
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NoReturn

from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import event, update
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.test import TestResponse

from couples import clock
from couples.accounts.models import Person
from couples.accounts.services import begin_session
from couples.app import create_app
from couples.db import db, transaction
from couples.embedded import free_port
from couples.limits import limiter
from couples.migrate import migrate
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from gallery import asking, browsing
from gallery.shapes import State, World
from gallery.story import WORLDS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

# A password is worth next to nothing here.
CHEAP = (1, 8, 1)


@dataclass
class Gallery:
    """One application, and the worlds it is set back to."""

    app: Flask
    folder: Path
    url: str
    language: str
    kept: dict[str, World] = field(default_factory=dict)
    # What is there now, with what was done to it for the state that is shown.
    world: World | None = None

    def ask(self, state: State) -> TestResponse:
        """Return the page of a state without a browser; steps that need one are left out."""
        with self.app.app_context():
            world = self.play(state)
            return asking.ask(self.client(state, world), state, world, self.url)

    def visit(self, state: State, context: BrowserContext) -> Page:
        """Return a new page of a browser's context in this state; the caller closes it."""
        with self.app.app_context():
            world = self.play(state)
            client = self.client(state, world)
            if state.is_file:
                return browsing.show(context, asking.ask(client, state, world, self.url).text)
            context.clear_cookies()
            context.set_offline(False)
            context.add_cookies(browsing.cookies_of(client, self.url))
            return browsing.visit(context, state, world, self.url)

    def play(self, state: State) -> World:
        """Set everything back to what a state begins with, and let happen what it begins with."""
        kept = self._world(state.world)
        self._set_back(state.world)
        world = copy.deepcopy(kept)
        world.set_clock = self.set_clock
        self.set_clock(state.at or world.now)
        limiter.reset()
        if state.given:
            state.given(world)
            self._speak()
            db.session.remove()
        self.world = world
        return world

    def client(self, state: State, world: World) -> FlaskClient:
        """Return a browser of the test kind, with whoever is signed in in this state."""
        client = self.app.test_client()
        if state.who:
            now = state.at or world.now
            token = begin_session(world.people[state.who], keep=True, now=now)
            with client.session_transaction(base_url=self.url) as session:
                session["_user_id"], session["_fresh"] = token, True
        db.session.remove()
        return client

    def _world(self, name: str) -> World:
        if name not in self.kept:
            self._set_back("")
            self.set_clock(WORLDS["nobody"]().now)
            self.kept[name] = WORLDS[name]()
            self._speak()
            with db.engine.connect() as database:
                database.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            self._close()
            shutil.copy(self._path, self._template(name))
        return self.kept[name]

    @transaction()
    def _speak(self) -> None:
        db.session.execute(update(Person).values(language=self.language))

    def set_clock(self, instant: datetime) -> None:
        """Let it be this moment."""
        place = self.folder / "clock"
        place.write_text(f"{instant.timestamp() - time.time():.3f}")
        clock.use_offset_file(place)

    def _set_back(self, name: str) -> None:
        self._close()
        for end in ("-wal", "-shm"):
            Path(f"{self._path}{end}").unlink(missing_ok=True)
        if self._path.is_dir():
            self._path.rmdir()
        # Another file by the same name: a request that still runs goes on with the one before.
        draft = self.folder / "draft.db"
        shutil.copy(self._template(name), draft)
        draft.replace(self._path)

    def _close(self) -> None:
        db.session.remove()
        db.engine.dispose()

    def _template(self, name: str) -> Path:
        return self.folder / f"world-{name}.db"

    @property
    def _path(self) -> Path:
        return self.folder / "pages.db"


class _Quiet(WSGIRequestHandler):
    """A server that says nothing about requests."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def built(folder: Path, language: str = "en") -> Iterator[Gallery]:
    """Run the application over a folder of its own, in one language; worlds are made as needed."""
    folder.mkdir(parents=True, exist_ok=True)
    migrate(f"sqlite:///{folder / 'world-.db'}")
    shutil.copy(folder / "world-.db", folder / "pages.db")
    port = free_port()
    app = create_app(_settings(folder, port))
    app.config.update(ARGON2=CHEAP, FORMS_A_MINUTE="1000000 per minute")
    app.add_url_rule("/gallery/<int:status>", "refuse", _refuse)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    with app.app_context():
        event.listen(db.engine, "connect", _spare_the_disk)
    try:
        with _serving(server):
            yield Gallery(app, folder, f"http://127.0.0.1:{port}", language)
    finally:
        clock.use_offset_file(None)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _refuse(status: int) -> NoReturn:
    """Refuse as the product does where a broken program asks it; no page leads there."""
    abort(status)


@contextmanager
def _serving(server: BaseWSGIServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _spare_the_disk(connection: object, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def _settings(folder: Path, port: int) -> Settings:
    return Settings.from_environ(
        {
            "SECRET_KEY": new_secret_key(),
            "SEALING_KEYS": KeyRing.new().text(),
            "DATABASE_URL": f"sqlite:///{folder / 'pages.db'}",
            "DATA_DIR": str(folder),
            "WEB_PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "OPERATOR": "the people next door",
            "EXIT_URL": "bundled",
            "TEST_CLOCK_FILE": str(folder / "clock"),
        }
    )
