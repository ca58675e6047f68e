"""Asking one person alone whether a slower rhythm would suit; their own rounds decide (S2)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from couples.db import db, transaction
from couples.surveys import rules
from couples.surveys.letters.services import LettersView
from couples.surveys.models import LetterChoices, Response, Round
from couples.surveys.readers import choices_of


def asks_slower(
    person_id: str, couple_id: str, every_weeks: int, letters: LettersView, now: datetime
) -> bool:
    """Whether this person is to be asked now, after three rounds without an answer of theirs."""
    if every_weeks >= rules.SLOWEST_WEEKS or letters.paused:
        return False
    query = select(Round.closes_at, Response.payload_sealed.is_not(None))
    mine = query.join(Response, Response.round_id == Round.id).where(
        Round.couple_id == couple_id,
        Response.person_id == person_id,
        Round.closes_at <= now,
        Round.cancelled_at.is_(None),
    )
    found = db.session.execute(mine.order_by(Round.number.desc()).limit(rules.EMPTY_IN_A_ROW))
    closed = [(closes_at, bool(answered)) for closes_at, answered in found][::-1]
    return rules.asks_for_slower(closed, letters.slower_put_away_at)


@transaction()
def put_slower_away(person_id: str, now: datetime) -> None:
    """Leave the rhythm as it is; after three further empty rounds the question may return."""
    choices_of([person_id])
    query = select(LetterChoices).where(LetterChoices.person_id == person_id).with_for_update()
    db.session.scalars(query).one().slower_put_away_at = now
