"""What is private only as long as the other one has not done the same; and what was made alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from couples.agreement.models import Need, Readiness
from couples.agreement.signing.models import ReviewAnswer
from couples.db import db
from couples.preparing.models import Airing
from couples.privacy.models import Note
from couples.privacy.services_erasing import take_back
from tests.two_worlds.twins import Twin


def is_private(twin: Twin, author: str, watcher: str, what: str) -> bool:
    """Whether the author's act lies with them alone: the other has not done theirs before it."""
    if not what.startswith(("/doc/ready", "/doc/air", "/doc/review")):
        return True
    with twin.app.app_context():
        other = twin.person(watcher)
        if what.startswith("/doc/ready"):
            return _none(select(Readiness.id).where(Readiness.person_id == other))
        if what == "/doc/air/close":
            closed = Airing.closed_at.is_not(None)
            return _none(select(Airing.id).where(Airing.person_id == other, closed))
        if what.startswith("/doc/air"):
            begun = Airing.ready_at.is_not(None) | Airing.closed_at.is_not(None)
            return _none(select(Airing.id).where(Airing.person_id == other, begun))
        return _none(select(ReviewAnswer.id).where(ReviewAnswer.person_id == other))


def _none(query: object) -> bool:
    return db.session.scalars(query).first() is None  # type: ignore[call-overload]


def stay(twin: Twin, author: str, now: datetime) -> None:
    """Take back a planned erasing: being gone is seen."""
    with twin.app.app_context():
        take_back(twin.person(author), now)


def addresses(twin: Twin, author: str) -> tuple[str, ...]:
    """Return the addresses of a few things the author wrote alone."""
    with twin.app.app_context():
        who = twin.person(author)
        notes = db.session.scalars(select(Note.id).where(Note.person_id == who)).all()
        drafts = select(Need.id).where(Need.person_id == who, Need.opened_at.is_(None))
        needs = db.session.scalars(drafts).all()
    return (
        *(f"/private/{one}" for one in notes[-2:]),
        *(f"/doc/mine/{one}" for one in needs[-2:]),
        *(f"/doc/hear/{one}" for one in needs[-1:]),
    )
