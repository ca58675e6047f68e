"""Two worlds that began as one: the same file copied twice, one clock, one hand of chance.

Both applications seal with the same keys and draw the same ids for the same act, so that whatever
differs between them afterwards differs because of what somebody did. Only rows that nobody asked
for in an order come the other way round in the second: PostgreSQL gives them in an order in which
a private edit moves them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from couples import clock, engine
from couples.accounts.services import begin_session
from couples.app import create_app
from couples.db import db
from couples.mail.models import LetterState, LetterTime, OutboxLetter
from couples.mail.sending import delivery
from couples.surveys.letters.services import Wishes, save_letters
from couples.surveys.models import LetterChoices, Plan, Round
from tasks import housekeeping, surveys
from tests import servers
from tests import world as worlds
from tests.compiled import TEMPLATES
from tests.stage import CHEAP, Stage
from tests.tries import forget_tries
from tests.two_worlds.means import Chance, Post, Reader, backwards

# How long a session is used in these worlds before its person signs in again.
SITTING = timedelta(minutes=9)
# How long nothing ticks where nothing is due; what is due ticks at its very moment.
SIX_HOURS, SECOND = timedelta(hours=6), timedelta(seconds=1)
# What the clock does (tasks/timetable.py), but for letters, which leave last.
BY_THE_CLOCK = (
    surveys.close_due_rounds, surveys.open_due_rounds, surveys.post_look_ins,
    housekeeping.erase_due, housekeeping.sweep,
)  # fmt: skip
# Everything switched on that goes by the clock, so that its letters and their minute are seen.
ALL_LETTERS = Wishes(None, None, plain_wording=True, reminder=True, look_in=True)


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
            erased_file=folder / "erased",
        )
        self.app = self._application(create_app(settings))

    def read_backwards(self) -> None:
        """Give rows that nobody asked for in an order the other way round."""
        with self.app.app_context():
            event.listen(db.engine, "connect", backwards)
            db.engine.dispose()

    def _application(self, app: Flask) -> Flask:
        app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=True, WTF_CSRF_ENABLED=False)
        app.config["ARGON2"] = CHEAP
        app.config["FORMS_A_MINUTE"] = servers.FORMS
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
        for name in ("pages.db-wal", "pages.db-shm", "erased"):
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
            for task in BY_THE_CLOCK:
                task.run()
            delivery.deliver(clock.now, self.post, "clock")

    def want_letters(self, name: str) -> None:
        """Let somebody want every letter there is."""
        with self.app.app_context():
            save_letters(self.person(name), ALL_LETTERS, clock.now())

    def next_due(self) -> list[datetime]:
        """Return when the next letter or note is due, the next round opens, the next one closes."""
        columns = (LetterTime.at, LetterChoices.look_in_due_at, Plan.due_at, Round.closes_at)
        now = clock.now()
        with self.app.app_context():
            found = [db.session.scalar(select(func.min(at)).where(at > now)) for at in columns]
        return [at for at in found if at is not None]

    def kinds_to(self, name: str) -> list[str]:
        """Return which letters this person got."""
        with self.app.app_context():
            query = select(OutboxLetter.kind).where(OutboxLetter.person_id == self.person(name))
            return list(db.session.scalars(query.where(OutboxLetter.state == LetterState.SENT)))

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
        # Writing a file anew only waits for the disk: no row comes otherwise out of it.
        patch.setattr(engine, "scrub", lambda _engine: None)
        self.both = tuple(Twin(stage, one, self.chance) for one in (folder / "one", folder / "two"))
        self.plain, self.other = self.both
        self.other.read_backwards()

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
        forget_tries()
        yield

    def in_both(self) -> Iterator[Twin]:
        """Give one world and then the other, chance beginning anew in each."""
        for twin in self.both:
            self.chance.begin(self.acts)
            yield twin

    def pass_time(self, how_long: timedelta) -> None:
        """Let both clocks move, and tick at every moment at which something is due in either world.

        So letters leave to the minute: what would go a minute later in one of them does.
        """
        until = self.now + how_long
        while self.now < until:
            due = [at for twin in self.both for at in twin.next_due()]
            self.tick_at(min(self.now + SIX_HOURS, until, *due))

    def tick_at(self, moment: datetime) -> None:
        """Let both clocks tick at this moment, and not before."""
        with self.act():
            self.now = max(self.now, moment)
            for twin in self.in_both():
                twin.tick()
