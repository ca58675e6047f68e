"""Two worlds that began as one: the same file copied twice, one clock, one hand of chance.

Both applications seal with the same keys and draw the same ids for the same act, so that whatever
differs between them afterwards differs because of what somebody did.
"""

from __future__ import annotations

import random
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import clock
from couples.accounts import services_erasing, services_profile
from couples.accounts.services import begin_session
from couples.app import create_app
from couples.db import db
from couples.limits import limiter
from couples.mail.sending import delivery
from couples.surveys.letters import services as services_choices
from couples.surveys.rounds import services_clock
from tests import servers
from tests import world as worlds
from tests.compiled import TEMPLATES
from tests.stage import CHEAP, Stage

ID_BYTES = 16
# How long a session is used in these worlds before its person signs in again.
SITTING = timedelta(minutes=9)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@dataclass
class Post:
    """A way for letters to leave that only remembers them: who got what, and when."""

    letters: list[tuple[datetime, str, str, bytes]] = field(default_factory=list)

    def connection(self) -> Self:
        """Return the connection: itself."""
        return self

    def open(self) -> None:
        """There is nothing to open."""

    def send(self, sender: str, to: str, content: bytes) -> str | None:
        """Remember one letter."""
        self.letters.append((clock.now(), sender, to, content))
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        """There is nothing to close."""


class Chance:
    """Ids and scatter drawn from a seed, so that one act draws the same in both worlds."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """Take the place of chance for as long as the patch lasts; keys and nonces stay random."""
        self.drawn = random.Random(0)
        truly = secrets.token_bytes

        def token_bytes(size: int | None = None) -> bytes:
            return self.drawn.randbytes(size) if size == ID_BYTES else truly(size)

        patch.setattr(secrets, "token_bytes", token_bytes)

    def begin(self, act: int) -> None:
        """Begin an act of this number."""
        self.drawn = random.Random(act)
        random.seed(act)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Draw what does not belong to the act from elsewhere, so that it moves nothing."""
        kept, self.drawn = self.drawn, random.Random()
        yield
        self.drawn = kept


class Reader(FlaskClient):
    """A browser that reads every answer to its end."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Ask for something."""
        kwargs.setdefault("buffered", True)
        return super().open(*args, **kwargs)


class Twin:
    """One of the two worlds."""

    def __init__(self, stage: Stage, folder: Path, chance: Chance) -> None:
        """Make an application with the stage's keys on a file of its own."""
        self.stage, self.folder, self.chance = stage, folder, chance
        self.post = Post()
        self.sat_down: dict[str, tuple[datetime, FlaskClient]] = {}
        settings = replace(
            stage.app.extensions["settings"],
            database_url=f"sqlite:///{folder / 'pages.db'}",
            data_dir=folder,
        )
        self.app = self._application(create_app(settings))

    def _application(self, app: Flask) -> Flask:
        app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True, WTF_CSRF_ENABLED=False)
        app.config["ARGON2"] = CHEAP
        app.jinja_env.bytecode_cache = TEMPLATES
        app.test_client_class = Reader
        with app.app_context():
            servers.spare_the_disk(db.engine)
        return app

    def begin(self) -> None:
        """Be as it was in the beginning."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for name in ("pages.db-wal", "pages.db-shm"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.copy(self.stage.kept, self.folder / "pages.db")
        self.post.letters.clear()
        self.sat_down.clear()

    def browser(self, name: str) -> FlaskClient:
        """Return somebody's browser; they have just signed in, or still sit there."""
        now = clock.now()
        since, client = self.sat_down.get(name, (now, None))
        if client is None or now - since > SITTING:
            client = self.app.test_client()
            with self.app.app_context(), client.session_transaction() as session:
                with self.chance.aside():
                    session["_user_id"] = begin_session(self.person(name), keep=True, now=now)
                session["_fresh"] = True
            self.sat_down[name] = now, client
        return client

    def person(self, name: str) -> str:
        """Return somebody's id."""
        return self.stage.world.people[name]

    def tick(self) -> None:
        """Do what the clock does, and let letters leave."""
        with self.app.app_context():
            now = clock.now()
            services_clock.close_due_rounds(now)
            services_clock.open_due_rounds(now)
            services_choices.post_look_ins(now)
            services_profile.sweep(now)
            services_erasing.sweep_erased(now)
            delivery.deliver(clock.now, self.post, "clock")

    def letters_to(self, name: str) -> list[tuple[datetime, str, int, bytes]]:
        """Return what this person got: the minute, the envelope's sender, the size, the bytes.

        Broken lines are joined, so that a random name in them is one word again.
        """
        address = f"{name.lower()}@example.org"
        return [
            (
                at.replace(second=0, microsecond=0),
                sender,
                len(content),
                content.replace(b"=\r\n", b""),
            )
            for at, sender, to, content in self.post.letters
            if to == address
        ]


class Twins:
    """Both worlds, one moment."""

    def __init__(self, stage: Stage, folder: Path, patch: pytest.MonkeyPatch) -> None:
        """Make both, and stop the clock."""
        self.now = worlds.NOW
        self.chance = Chance(patch)
        self.acts = 0
        patch.setattr(clock, "now", lambda: self.now)
        self.both = tuple(Twin(stage, one, self.chance) for one in (folder / "one", folder / "two"))
        self.plain, self.other = self.both

    def begin(self) -> None:
        """Set both back to the world's moment."""
        self.now, self.acts = worlds.NOW, 0
        for twin in self.both:
            twin.begin()

    @contextmanager
    def act(self) -> Iterator[None]:
        """Number one act, a second after the last; nobody is slowed down by earlier tries.

        Were two acts one moment, chance would decide about their order.
        """
        self.acts += 1
        self.now += SECOND
        limiter.reset()
        yield

    def in_both(self) -> Iterator[Twin]:
        """Give one world and then the other, chance beginning anew in each."""
        for twin in self.both:
            self.chance.begin(self.acts)
            yield twin

    def pass_time(self, how_long: timedelta) -> None:
        """Let both clocks move, and do every hour what they do."""
        until = self.now + how_long
        while self.now < until:
            with self.act():
                self.now = min(self.now + HOUR, until)
                for twin in self.in_both():
                    twin.tick()
