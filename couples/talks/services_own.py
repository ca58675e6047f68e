"""What a person brought to talks, as plain values for a copy of their own (rule S5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from couples.agreement.services_own import Headings, Plain, owner
from couples.db import db
from couples.formats import iso
from couples.talks.models import AgendaItem, CalendarFeed, Step, TalkTime
from couples.talks.sitting.rows import state_of


def own_items(person_id: str, headings: Headings) -> list[Plain]:
    """Return what the person brought; what they took back has no words left."""
    query = select(AgendaItem).where(AgendaItem.author_id == person_id)
    return [
        {
            "words": one.words,
            "about": headings.of(one.topic_id) if one.topic_id else None,
            "added_at": iso(one.added_at),
            "chosen_at": iso(one.chosen_at),
            "taken_back_at": iso(one.taken_back_at),
            "became": _became(one),
        }
        for one in db.session.scalars(query.order_by(AgendaItem.added_at, AgendaItem.id))
    ]


def _became(row: AgendaItem) -> str:
    if row.taken_back_at:
        return "taken_back"
    if row.talk_id:
        return "talked_about"
    return "for_the_review" if row.to_review_at else "open"


def _steps_of(person_id: str) -> Sequence[Step]:
    query = select(Step).where(Step.author_id == person_id)
    return db.session.scalars(query.order_by(Step.made_at, Step.id)).all()


def own_steps(person_id: str) -> list[Plain]:
    """Return the next steps this person wrote down."""
    return [
        {
            "words": one.words,
            "owner": owner(one.owner_id, person_id),
            "until": one.until.isoformat() if one.until else None,
            "made_at": iso(one.made_at),
            "became": {"review": "for_the_review"}.get(state_of(one), state_of(one)),
        }
        for one in _steps_of(person_id)
    ]


def own_step_words(person_id: str) -> dict[str, str]:
    """Return the same words by the name rounds ask about them with."""
    return {one.id: one.words for one in _steps_of(person_id)}


def own_times(person_id: str, now: datetime) -> list[Plain]:
    """Return the times the person proposes for a talk; past ones are nothing any more."""
    query = select(TalkTime).where(TalkTime.author_id == person_id, TalkTime.starts_at > now)
    return [
        {"starts_at": iso(one.starts_at), "minutes": one.minutes, "made_at": iso(one.made_at)}
        for one in db.session.scalars(query.order_by(TalkTime.starts_at, TalkTime.id))
    ]


def own_calendar_since(person_id: str) -> str | None:
    """Return since when the person has a calendar address; the address itself is a key."""
    query = select(CalendarFeed.made_at).where(CalendarFeed.person_id == person_id)
    return iso(db.session.scalar(query))
