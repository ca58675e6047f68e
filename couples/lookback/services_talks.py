"""The talks of a half year: what was talked about, and what became of the step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from couples.db import db
from couples.lookback.rules import HalfYear
from couples.lookback.shapes import Held
from couples.pairing.services import REMOVED, CoupleView, PersonMark
from couples.surveys.rhythm import local_day
from couples.talks.models import AgendaItem, Step
from couples.talks.sitting import rows

Things = dict[str, list[tuple[PersonMark, str]]]


def talks_of(couple: CoupleView, zone: str, half: HalfYear) -> tuple[Held, ...]:
    """Return the talks of the half year, the oldest first."""
    talks = {
        talk.id: talk.talked_at
        for talk in reversed(rows.past_talks(couple.id))
        if talk.talked_at and half.has(local_day(talk.talked_at, zone))
    }
    things, steps = _things(couple, talks), _steps(couple, talks)
    return tuple(
        _held(talk_id, talked_at, zone, things, steps.get(talk_id))
        for talk_id, talked_at in talks.items()
    )


def _held(talk_id: str, talked_at: datetime, zone: str, things: Things, step: Step | None) -> Held:
    on, said = local_day(talked_at, zone), tuple(things.get(talk_id, ()))
    if step is None:
        return Held(talk_id, on, said)
    words = step.words or str(REMOVED)
    return Held(talk_id, on, said, words, step.until, rows.state_of(step))


def _things(couple: CoupleView, talk_ids: Collection[str]) -> Things:
    """Return what was talked about in each talk, in the order of the leaves."""
    query = select(AgendaItem).where(AgendaItem.talk_id.in_(talk_ids))
    items = list(db.session.scalars(query.order_by(AgendaItem.added_at, AgendaItem.id)))
    found: Things = {}
    for person in (couple.left, couple.right):
        for item in items:
            if item.author_id == person.person_id and item.talk_id:
                found.setdefault(item.talk_id, []).append((person, item.words or str(REMOVED)))
    return found


def _steps(couple: CoupleView, talk_ids: Collection[str]) -> dict[str, Step]:
    query = select(Step).where(Step.couple_id == couple.id, Step.talk_id.in_(talk_ids))
    return {step.talk_id: step for step in db.session.scalars(query)}
