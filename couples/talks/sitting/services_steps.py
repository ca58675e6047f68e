"""The one next step of a talk: changed until it was asked about, done, or let go (rules A5, A9)."""

from __future__ import annotations

from datetime import datetime

from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import CoupleView, locked_couple
from couples.surveys.rounds.services_clock import next_opening_of
from couples.surveys.steps import services as services_asking
from couples.talks import rows as rows_talks
from couples.talks.models import Step, Talk
from couples.talks.sitting import rows
from couples.talks.sitting.refusals import NotOverYet, StepFixed, StepSettled
from couples.talks.sitting.shapes import StepView, StepWords


def new_step(couple: CoupleView, talk: Talk, typed: StepWords, now: datetime) -> Step:
    """Add the step of a talk, in the caller's transaction with the couple locked."""
    mine = {"couple_id": couple.id, "talk_id": talk.id, "author_id": couple.me.person_id}
    step = Step(
        **mine,
        owner_id=_owner(couple, typed),
        words=typed.words,
        until=typed.until,
        made_at=now,
        revision=1,
        returned=0,
    )
    db.session.add(step)
    return step


def _owner(couple: CoupleView, typed: StepWords) -> str | None:
    """Return whose it is: their own who writes it, or both's; never the other's alone (A5)."""
    return couple.me.person_id if typed.mine else None


def is_same(couple: CoupleView, step: Step, typed: StepWords) -> bool:
    """Whether these very words stand there already, as after a double press."""
    there = step.words, step.owner_id, step.until
    return there == (typed.words, _owner(couple, typed), typed.until)


@transaction()
def change(
    person_id: str, talk_id: str, typed: StepWords, revision: int, now: datetime
) -> StepView | None:
    """Put other words in a step's place; where it changed meanwhile, return it instead (A9).

    Revision 0 means that there was no step when the page was made.
    """
    couple = locked_couple(person_id)
    next_opening_of(couple.id, now)
    talk = _talk_over(couple, talk_id)
    step, waiting = rows.step_of(talk.id), rows.asked_next(couple.id, lock=True)
    if step is None:
        step = new_step(couple, talk, typed, now)
        services_asking.ask_next(couple.id, step.id, step.words)
        return None
    if is_same(couple, step, typed):
        return None
    if rows.state_of(step) != "open":
        raise StepSettled
    if not rows.may_change(step, waiting):
        raise StepFixed
    if step.revision != revision:
        return rows.step_view(couple, step, waiting)
    _replace(couple, step, typed)
    services_asking.ask_next(couple.id, step.id, step.words)
    return None


def _replace(couple: CoupleView, step: Step, typed: StepWords) -> None:
    # Sealed words are bound to their author, who comes first.
    step.author_id, step.owner_id = couple.me.person_id, _owner(couple, typed)
    step.words, step.until = typed.words, typed.until
    step.revision += 1


@transaction()
def done(person_id: str, talk_id: str, now: datetime) -> None:
    """Say that a step is done; either may."""
    step = _settling(person_id, talk_id, now)
    if step.let_go_at or step.to_review_at:
        raise StepSettled
    step.done_at = step.done_at or now


@transaction()
def let_go(person_id: str, talk_id: str, now: datetime) -> None:
    """Let a step go; either may, and nobody asks why."""
    step = _settling(person_id, talk_id, now)
    if step.done_at or step.to_review_at:
        raise StepSettled
    step.let_go_at = step.let_go_at or now


def _settling(person_id: str, talk_id: str, now: datetime) -> Step:
    """Return the step of a talk, about which no later round asks; a refusal undoes all of it."""
    couple = locked_couple(person_id)
    next_opening_of(couple.id, now)
    step = rows.step_there(rows_talks.talk_of(couple, talk_id))
    services_asking.drop(couple.id, step.id)
    return step


def _talk_over(couple: CoupleView, talk_id: str) -> Talk:
    talk = rows_talks.talk_of(couple, talk_id)
    if talk.called_off_at is not None:
        raise NotFound
    if talk.talked_at is None:
        raise NotOverYet
    return talk
