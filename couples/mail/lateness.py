"""Whether letters go out in time: what an operator asks, in a few cheap questions."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from couples import pulse
from couples.db import db
from couples.mail.models import LetterState, LetterTime, MailServer, OutboxLetter

LATE = timedelta(minutes=15)
# How long after the mail server's rest a letter that waits for it may be tried again.
AFTER_REST = timedelta(minutes=5)


def is_late(now: datetime) -> bool:
    """Whether letters or the timetable are a quarter of an hour behind.

    A beat in the future tells nothing: a clock was ahead, or ours is behind.
    """
    beats = [pulse.last_beat(name) for name in (pulse.DELIVER, pulse.OPEN)]
    if any(at is None or abs(now - at) > LATE for at in beats):
        return True
    waits = overdue(now)
    return (waits is not None and waits > LATE) or unanswered(now) is not None


def overdue(now: datetime) -> timedelta | None:
    """Return for how long nobody has looked at the letter that has waited longest."""
    at = db.session.scalar(select(func.min(LetterTime.at)))
    return now - at if at is not None and at < now else None


def unanswered(now: datetime) -> timedelta | None:
    """Return for how long letters have waited for a mail server that does not answer.

    Each attempt gives such letters another time, so that none of them looks overdue.
    """
    server = db.session.get(MailServer, 1)
    if server is None or not server.failures:
        return None
    if server.answered_at is not None and now - server.answered_at <= LATE:
        return None
    posted = db.session.scalar(_first_kept_waiting(max(now, server.rests_until or now)))
    return now - posted if posted is not None and now - posted > LATE else None


def _first_kept_waiting(until: datetime) -> Select[datetime]:
    """Return the query for when the oldest letter was posted that is to go about now."""
    return (
        select(func.min(OutboxLetter.posted_at))
        .join(LetterTime, LetterTime.letter_id == OutboxLetter.id)
        .where(LetterTime.at <= until + AFTER_REST, OutboxLetter.state == LetterState.PENDING)
    )
