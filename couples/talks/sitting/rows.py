"""Finding what talks left behind through the asking person's couple, and showing it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, or_

from couples.agreement.review.services_topics import waiting
from couples.agreement.rows import person_in
from couples.db import db
from couples.errors import NotFound
from couples.pairing.services import REMOVED, CoupleView, PersonMark
from couples.surveys.models import StepQuestion
from couples.talks.agenda.services import OPEN
from couples.talks.models import AgendaItem, Step, Talk
from couples.talks.sitting.refusals import TalkFixed
from couples.talks.sitting.rules import OPEN as STAYED
from couples.talks.sitting.shapes import StepState, StepView

OPEN_STEP = (Step.done_at.is_(None), Step.let_go_at.is_(None), Step.to_review_at.is_(None))


def lines_left(talk: Talk, ids: Collection[str]) -> tuple[AgendaItem | Step, ...]:
    """Return those of these lines, and of those something was said of, that are as they were left.

    They are open, or were settled when this talk was written down and in no other way since.
    """
    both = {*ids, *talk.said}
    # What a request names is looked for among the few lines there are, not in the tables.
    query = db.select(AgendaItem).where(AgendaItem.couple_id == talk.couple_id)
    here = or_(AgendaItem.talk_id == talk.id, AgendaItem.to_review_at == talk.talked_at)
    left = or_(and_(*OPEN), and_(AgendaItem.id.in_(talk.said), here))
    query = query.where(left).order_by(AgendaItem.added_at, AgendaItem.id)
    lines = (*db.session.scalars(query), *_steps_left(talk))
    return _unless_put_away([line for line in lines if line.id in both])


def _steps_left(talk: Talk) -> Sequence[Step]:
    ends = Step.done_at, Step.let_go_at, Step.to_review_at
    here = and_(Step.id.in_(talk.said), or_(*(end == talk.talked_at for end in ends)))
    query = db.select(Step).where(Step.couple_id == talk.couple_id, Step.talk_id != talk.id)
    query = query.where(or_(and_(*OPEN_STEP), here))
    return db.session.scalars(query.order_by(Step.made_at, Step.id)).all()


def _unless_put_away(found: Collection[AgendaItem | Step]) -> tuple[AgendaItem | Step, ...]:
    """Leave out what waited for the review and was put away there."""
    to_review = {row.id for row in found if row.to_review_at}
    gone = to_review - waiting(to_review) if to_review else set()
    return tuple(row for row in found if row.id not in gone)


def last_returns(couple_id: str) -> dict[str, datetime]:
    """Return for each line that talks left open when the last of these talks was over."""
    mine = Talk.couple_id == couple_id, Talk.talked_at.is_not(None)
    talks = db.session.scalars(db.select(Talk).where(*mine).order_by(Talk.talked_at))
    return {
        line_id: talk.talked_at
        for talk in talks
        for line_id, said in talk.said.items()
        if talk.talked_at and said == STAYED
    }


def open_steps(couple_id: str) -> Sequence[Step]:
    """Return the steps that are neither done nor let go, the oldest first."""
    query = db.select(Step).where(Step.couple_id == couple_id, *OPEN_STEP)
    return db.session.scalars(query.order_by(Step.made_at, Step.id)).all()


def talk_ids(couple_id: str) -> dict[str, str]:
    """Return for each line that was talked about the talk in which it was."""
    mine = AgendaItem.couple_id == couple_id, AgendaItem.talk_id.is_not(None)
    return {row.id: row.talk_id for row in db.session.scalars(db.select(AgendaItem).where(*mine))}


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


def is_last(talk: Talk) -> bool:
    """Whether no later talk is over."""
    later = db.select(Talk.id).where(Talk.couple_id == talk.couple_id, Talk.id != talk.id)
    return db.session.scalars(later.where(Talk.talked_at > talk.talked_at)).first() is None


def is_over_by_now(talk: Talk) -> bool:
    """Whether a talk is over, as the database has it at this moment."""
    return db.session.scalar(db.select(Talk.talked_at).where(Talk.id == talk.id)) is not None


def must_be_last(talk: Talk) -> None:
    """Raise TalkFixed where a later talk is over."""
    if not is_last(talk):
        raise TalkFixed
