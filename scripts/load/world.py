"""Couples with half a year behind them, whose round has just opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import select

from bench import filling
from couples import tokens
from couples.accounts.models import Person
from couples.app import create_app
from couples.db import db, transaction
from couples.mail.models import OutboxLetter
from couples.mail.sending.claims import LETTERS, move_time
from couples.settings import Settings
from couples.surveys.answering.services import questions_of
from couples.surveys.models import Response, Round
from couples.surveys.rounds.services_clock import open_due_rounds

# A Thursday at the hour of the couples' rhythm, in winter: an hour later where they live.
OPENS = datetime(2027, 1, 14, 18, tzinfo=UTC)
BEGINS = OPENS + timedelta(minutes=2)
FILLED = OPENS - timedelta(days=3)
NOT_YET = timedelta(hours=20)


@dataclass
class World:
    """What the people who ask need to know; `waiting` are letters that go while they ask."""

    links: list[str] = field(default_factory=list)
    responses: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    questions: int = 0


@contextmanager
def inside(settings: Settings) -> Iterator[None]:
    """Be in the application, on the database of the service."""
    with create_app(settings, pages=False).app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def fill(couples: int, rounds: int) -> World:
    """Write the couples, and let their round open: one person's letter goes now, one's later."""
    world = World()
    for _couple in range(couples):
        world.cookies.append(_cookie(filling.couple_with(rounds, FILLED).session))
        db.session.expunge_all()
    opened = open_due_rounds(BEGINS)
    if opened != couples:
        raise RuntimeError(f"{opened} of {couples} rounds opened")
    _look(world)
    put_off(world, lambda _place: BEGINS + NOT_YET)
    return world


def _cookie(token: str) -> str:
    """Return the cookie of a browser in which somebody has signed in."""
    signer = current_app.session_interface.get_signing_serializer(current_app)  # type: ignore[attr-defined]
    name = current_app.config["SESSION_COOKIE_NAME"]
    return f"{name}={signer.dumps({'_user_id': token, '_fresh': True})}"


def _look(world: World) -> None:
    """Note the mailed links of the open round; every second one has had its letter by now."""
    query = select(Response, Round).join(Round, Round.id == Response.round_id)
    found = db.session.execute(query.where(Round.opens_at == OPENS).order_by(Response.id)).all()
    for place, (response, round_) in enumerate(found):
        if place % 2:
            letter = select(OutboxLetter.id).where(
                OutboxLetter.person_id == response.person_id, OutboxLetter.kind == "open"
            )
            world.waiting.append(db.session.scalars(letter).one())
            continue
        token = tokens.make("week", response.id, response.generation)
        world.links.append(f"/week/{token}")
        world.responses.append(response.id)
        # The mailed page does not ask the couple's own question.
        world.questions = len(questions_of(round_))
    db.session.rollback()


@transaction()
def put_off(world: World, when: Callable[[int], datetime]) -> None:
    """Let the letters that wait go at moments of their own."""
    for place, letter_id in enumerate(world.waiting):
        move_time(LETTERS.c.id == letter_id, when(place))


def addresses() -> dict[str, str]:
    """Return every person's address by their id."""
    return {person.id: person.address for person in db.session.scalars(select(Person))}
