"""Finding what talks left behind through the asking person's couple, and showing it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from couples.agreement.rows import person_in
from couples.db import db
from couples.errors import NotFound
from couples.pairing.services import REMOVED, CoupleView, PersonMark
from couples.surveys.models import StepQuestion
from couples.talks.agenda.services import OPEN
from couples.talks.models import AgendaItem, Step, Talk
from couples.talks.sitting.shapes import StepState, StepView

OPEN_STEP = (Step.done_at.is_(None), Step.let_go_at.is_(None), Step.to_review_at.is_(None))


def open_items(couple_id: str, ids: Collection[str]) -> Sequence[AgendaItem]:
    """Return those of these things on the agenda that still wait to be talked about."""
    query = db.select(AgendaItem).where(AgendaItem.couple_id == couple_id, *OPEN)
    found = query.where(AgendaItem.id.in_(ids)).order_by(AgendaItem.added_at, AgendaItem.id)
    return db.session.scalars(found).all()


def open_steps(couple_id: str) -> Sequence[Step]:
    """Return the steps that are neither done nor let go, the oldest first."""
    query = db.select(Step).where(Step.couple_id == couple_id, *OPEN_STEP)
    return db.session.scalars(query.order_by(Step.made_at, Step.id)).all()


def steps_by_talk(couple_id: str) -> dict[str, Step]:
    """Return the couple's steps by the talk they came of."""
    found = db.session.scalars(db.select(Step).where(Step.couple_id == couple_id))
    return {step.talk_id: step for step in found}


def step_of(talk_id: str) -> Step | None:
    """Return the step that came of a talk, if there is one."""
    return db.session.scalars(db.select(Step).where(Step.talk_id == talk_id)).first()


def step_there(talk: Talk) -> Step:
    """Return the step that came of a talk, or raise NotFound."""
    found = step_of(talk.id)
    if found is None:
        raise NotFound
    return found


def state_of(step: Step) -> StepState:
    """Return what became of a step."""
    if step.done_at:
        return "done"
    if step.let_go_at:
        return "let_go"
    return "review" if step.to_review_at else "open"


def asked_next(couple_id: str, *, lock: bool = False) -> str | None:
    """Return the step the next round asks about; `lock` lets no round take it meanwhile."""
    query = db.select(StepQuestion.step_id).where(StepQuestion.couple_id == couple_id)
    return db.session.scalars(query.with_for_update() if lock else query).first()


def may_change(step: Step, waiting_id: str | None) -> bool:
    """Whether its words may change: it is open, and no round has asked about it."""
    return state_of(step) == "open" and not step.returned and step.id == waiting_id


def step_view(couple: CoupleView, step: Step, waiting_id: str | None) -> StepView:
    """Show a step."""
    return StepView(
        step.id,
        step.talk_id,
        member(couple, step.author_id),
        person_in(couple, step.owner_id),
        step.words or str(REMOVED),
        step.until,
        step.revision,
        state_of(step),
        may_change(step, waiting_id),
    )


def member(couple: CoupleView, person_id: str) -> PersonMark:
    """Return the one of the two who wrote something."""
    found = person_in(couple, person_id)
    if found is None:
        raise NotFound
    return found


def past_talks(couple_id: str) -> Sequence[Talk]:
    """Return the talks that are over, the newest first."""
    query = db.select(Talk).where(Talk.couple_id == couple_id, Talk.talked_at.is_not(None))
    return db.session.scalars(query.order_by(Talk.talked_at.desc(), Talk.id)).all()


def talks_before(couple_id: str) -> int:
    """Return how many talks are over."""
    mine = Talk.couple_id == couple_id, Talk.talked_at.is_not(None)
    return db.session.scalar(db.select(db.func.count(Talk.id)).where(*mine)) or 0
