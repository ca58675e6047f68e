"""The step from the last talk, laid down for the next round to ask about (rule C2).

All of it happens inside the caller's transaction. Whoever lays a step down has locked the couple,
and has let a round whose time has come be made before (`rounds.services_clock.next_opening_of`):
otherwise what is asked would tell whether somebody had looked before the clock ticked (S2).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from couples.db import db
from couples.many_rows import among
from couples.surveys.models import Round, StepQuestion
from couples.surveys.terms import Asked


def ask_next(couple_id: str, step_id: str, words: str) -> None:
    """Let the couple's next round ask about this step, in the place of any other."""
    waiting = _waiting(couple_id)
    if waiting is None:
        db.session.add(StepQuestion(couple_id=couple_id, step_id=step_id, words=words))
    else:
        waiting.step_id, waiting.words = step_id, words
    db.session.flush()


def drop(couple_id: str, step_id: str | None = None) -> None:
    """Let the next round ask about no step, or not about this one; a round that asks stays."""
    gone = delete(StepQuestion).where(StepQuestion.couple_id == couple_id)
    db.session.execute(gone if step_id is None else gone.where(StepQuestion.step_id == step_id))


def take_all(couple_ids: Collection[str]) -> dict[str, tuple[Asked, ...]]:
    """Return the steps that wait as questions for the rounds being made; they wait no longer."""
    # Locked: changing a step's words and asking about it stand in a row.
    query = select(StepQuestion).where(among(StepQuestion.couple_id, couple_ids))
    locked = query.order_by(StepQuestion.couple_id).with_for_update()
    found = db.session.scalars(locked.execution_options(populate_existing=True)).all()
    for waiting in found:
        db.session.delete(waiting)
    return {one.couple_id: (Asked(one.step_id, None, one.words, "", step=True),) for one in found}


def asked_at(couple_id: str) -> dict[str, datetime]:
    """Return when the last round that asks about a step opened, for each step."""
    query = select(Round).where(Round.couple_id == couple_id, Round.cancelled_at.is_(None))
    return {
        asked["id"]: round_.opens_at
        for round_ in db.session.scalars(query.order_by(Round.opens_at))
        for asked in round_.questions
        if asked.get("step")
    }


def _waiting(couple_id: str) -> StepQuestion | None:
    """Return the step that waits, locked: changing its words and asking about it stand in a row."""
    query = select(StepQuestion).where(StepQuestion.couple_id == couple_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).first()
