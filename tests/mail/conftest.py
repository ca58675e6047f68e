"""Fixtures of the mail tests: kinds of letters that need no feature, and readers to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from couples.app import create_app
from couples.db import db, transaction
from couples.mail import letter, outbox
from couples.mail.carrying.transport import SmtpTransport, Transport
from couples.mail.letter import Letter
from couples.mail.models import WAITING, LetterState, LetterTime, OutboxLetter
from couples.mail.sending.claims import BATCH, read, take
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from tests.mail.peer import ScriptedPeer

LEASE = 60


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> None:
        self.now += timedelta(**step)


@pytest.fixture
def peer() -> Iterator[ScriptedPeer]:
    """Return a mail server that answers as it is told."""
    peer = ScriptedPeer()
    yield peer
    peer.stop()


@pytest.fixture
def transport(peer: ScriptedPeer) -> Transport:
    """Return the way to that server; its silence is noticed soon."""
    return SmtpTransport(peer.url, answer_seconds=0.5)


@pytest.fixture
def posting(database_app: Flask) -> Flask:
    """Return the application with short leases."""
    settings = replace(letter.settings(), lease_seconds=LEASE)
    database_app.extensions["settings"] = settings
    return database_app


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def composing() -> Iterator[Callable[..., None]]:
    """Return a function that registers a composer for this test alone."""
    before = dict(letter.composers)

    def register(kind: str, compose: letter.Compose) -> None:
        letter.composers[kind] = compose

    yield register
    letter.composers.clear()
    letter.composers.update(before)


@pytest.fixture(scope="module")
def mailing(ring: KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return the application as an operator runs it, once for tests that only compose."""
    folder = tmp_path_factory.mktemp("mailing")
    environ = {
        "SECRET_KEY": new_secret_key(),
        "SEALING_KEYS": ring.text(),
        "DATABASE_URL": f"sqlite:///{folder / 'pages.db'}",
        "DATA_DIR": str(folder),
        "PUBLIC_URL": "https://pages.example.org",
        "MAIL_FROM": "pages@pages.example.org",
        "OPERATOR": "The example house",
    }
    app = create_app(Settings.from_environ(environ))
    with app.app_context():
        yield app


@pytest.fixture
def plain_kind(composing: Callable[..., None]) -> str:
    """Return a kind whose letters go to <person_id>@example.org and say as little as possible."""

    def compose(row: OutboxLetter, _now: datetime) -> Letter:
        to = f"{row.person_id}@example.org"
        return Letter(
            row.kind, to, "A note", "Hello\n", "<p>Hello</p>\n", letter.message_id(row.id)
        )

    composing("plain", compose)
    return "plain"


@transaction()
def post(kind: str, person: str, now: datetime, **values: datetime | str) -> None:
    """Post one letter in a transaction of its own."""
    outbox.post(kind, key=f"{kind}:{person}", now=now, person_id=person, **values)  # type: ignore[arg-type]


def claim(
    now: datetime, lease: timedelta, most: int = BATCH, rest: int = BATCH
) -> list[OutboxLetter]:
    """Take due letters for as long as a lease, and read those that still wait, as a worker does."""
    ids = take(now, now + lease, most, rest)
    return read(ids, now) if ids else []


def states() -> dict[str, LetterState]:
    """Return what became of each person's letter."""
    db.session.rollback()
    held = db.session.query(LetterTime.letter_id).filter(LetterTime.held).subquery()
    rows = db.session.query(OutboxLetter.person_id, OutboxLetter.state, held.c.letter_id)
    return {
        str(person): LetterState.CLAIMED if holds and state in WAITING else state
        for person, state, holds in rows.outerjoin(held, held.c.letter_id == OutboxLetter.id)
    }


def row_of(person: str) -> OutboxLetter:
    """Return one person's letter as it stands now."""
    db.session.rollback()
    return db.session.query(OutboxLetter).filter_by(person_id=person).one()
