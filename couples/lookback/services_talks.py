"""The talks of a half year: what was talked about, and what became of the step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from couples.db import db
from couples.lookback.rules import HalfYear
from couples.lookback.shapes import Held
from couples.pairing.services import REMOVED, CoupleView, PersonMark
from couples.surveys.rhythm import local_day, local_instant
from couples.talks.models import AgendaItem, Step
from couples.talks.sitting import rows
from couples.talks.sitting.shapes import StepState

Things = dict[str, list[tuple[PersonMark, str]]]
Became = tuple[Step, StepState]


def talks_of(couple: CoupleView, zone: str, half: HalfYear) -> tuple[Held, ...]:
    """Return the talks of the half year, the oldest first."""
    talks = {
        talk.id: talk.talked_at
        for talk in reversed(rows.past_talks(couple.id))
        if talk.talked_at and half.has(local_day(talk.talked_at, zone))
    }
    things, steps = _things(couple, talks), _steps(couple, talks)
    ends = local_instant(half.ends, 0, zone)
    return tuple(
        _held(talk_id, local_day(talked_at, zone), things, _became(steps.get(talk_id), ends))
        for talk_id, talked_at in talks.items()
    )


def _held(talk_id: str, on: date, things: Things, became: Became | None) -> Held:
    said = tuple(things.get(talk_id, ()))
    if became is None:
        return Held(talk_id, on, said)
    step, state = became
    return Held(talk_id, on, said, step.words or str(REMOVED), step.until, state)


def _became(step: Step | None, ends: datetime) -> Became | None:
    """Return a step with what had become of it by the end: what is printed stays true.

    Words that were written only after the end are no part of the half year.
    """
    if step is None or step.made_at >= ends:
        return None
    states: tuple[tuple[StepState, datetime | None], ...] = (
        ("done", step.done_at),
        ("let_go", step.let_go_at),
        ("review", step.to_review_at),
    )
    return step, next((state for state, at in states if at and at < ends), "open")


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
