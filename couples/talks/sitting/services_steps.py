"""The one next step of a talk: changed until it was asked about, done, or let go (rules A5, A9)."""

from __future__ import annotations

from datetime import datetime

from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import CoupleView, locked_couple
from couples.surveys.rounds.services_clock import next_opening_of
from couples.talks import rows as rows_talks
from couples.talks.models import Step, Talk
from couples.talks.sitting import rows
from couples.talks.sitting.refusals import NotOverYet, StepFixed, StepSettled
from couples.talks.sitting.services_asking import lay_down_next
from couples.talks.sitting.shapes import StepWords


def new_step(couple: CoupleView, talk: Talk, typed: StepWords, now: datetime) -> Step:
    """Add the step of a talk, in the caller's transaction with the couple locked."""
    mine = {"couple_id": couple.id, "talk_id": talk.id, "author_id": couple.me.person_id}
    step = Step(
        **mine,
        owner_id=_owner(couple, typed),
        words=typed.words,
        until=typed.until,
        made_at=now,
        # Above that of any step of this talk that is gone: a page made from it is out of date.
        revision=talk.revision + 1,
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


def put_step(couple: CoupleView, talk: Talk, typed: StepWords | None, now: datetime) -> None:
    """Let this be the step of a talk, or none, in the caller's transaction."""
    step = rows.step_of(talk.id)
    if step is None:
        if typed is not None:
            new_step(couple, talk, typed, now)
    elif typed is None:
        _must_be_changeable(couple, step)
        db.session.delete(step)
    elif not is_same(couple, step, typed):
        _must_be_changeable(couple, step)
        _replace(couple, step, typed, now)


@transaction()
def change(person_id: str, talk_id: str, typed: StepWords, revision: int, now: datetime) -> bool:
    """Put other words in a step's place; say no where it changed or went meanwhile (A9).

    Revision 0 means that there was no step when the page was made.
    """
    couple = locked_couple(person_id)
    next_opening_of(couple.id, now)
    talk = _talk_over(couple, talk_id)
    step = rows.step_of(talk.id)
    if step is None:
        rows.must_be_last(talk)
    else:
        if is_same(couple, step, typed):
            return True
        _must_be_changeable(couple, step)
    if revision != (step.revision if step else 0):
        return False
    put_step(couple, talk, typed, now)
    talk.revision += 1
    lay_down_next(couple.id)
    return True


def _must_be_changeable(couple: CoupleView, step: Step) -> None:
    """Raise a refusal unless this is the step that waits to be asked about."""
    waiting = rows.asked_next(couple.id, lock=True)
    if rows.state_of(step) != "open":
        raise StepSettled
    if not rows.may_change(step, waiting):
        raise StepFixed


def _replace(couple: CoupleView, step: Step, typed: StepWords, now: datetime) -> None:
    if step.words != typed.words:
        # Sealed words are bound to their author, who comes first; another day makes none (A10).
        step.author_id = couple.me.person_id
        step.words, step.made_at = typed.words, now
    step.owner_id, step.until = _owner(couple, typed), typed.until
    step.revision += 1


@transaction()
def done(person_id: str, talk_id: str, now: datetime) -> None:
    """Say that a step is done; either may."""
    step = _to_settle(person_id, talk_id, now)
    if step.let_go_at or step.to_review_at:
        raise StepSettled
    step.done_at = step.done_at or now
    lay_down_next(step.couple_id)


@transaction()
def let_go(person_id: str, talk_id: str, now: datetime) -> None:
    """Let a step go; either may, and nobody asks why."""
    step = _to_settle(person_id, talk_id, now)
    if step.done_at or step.to_review_at:
        raise StepSettled
    step.let_go_at = step.let_go_at or now
    lay_down_next(step.couple_id)


def _to_settle(person_id: str, talk_id: str, now: datetime) -> Step:
    """Return the step of a talk, once a round whose time has come has asked about it."""
    couple = locked_couple(person_id)
    next_opening_of(couple.id, now)
    return rows.step_there(rows_talks.talk_of(couple, talk_id))


def _talk_over(couple: CoupleView, talk_id: str) -> Talk:
    talk = rows_talks.talk_of(couple, talk_id)
    if talk.called_off_at is not None:
        raise NotFound
    if talk.talked_at is None:
        raise NotOverYet
    return talk
