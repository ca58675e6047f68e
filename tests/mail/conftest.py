"""Fixtures of the mail tests: kinds of letters that need no feature, and readers to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from couples.db import db, transaction
from couples.mail import letter, outbox
from couples.mail.letter import Letter
from couples.mail.models import LetterState, OutboxLetter


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> None:
        self.now += timedelta(**step)


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


def states() -> dict[str, LetterState]:
    """Return what became of each person's letter."""
    db.session.rollback()
    rows = db.session.query(OutboxLetter.person_id, OutboxLetter.state)
    return {str(person): state for person, state in rows}
