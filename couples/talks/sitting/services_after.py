"""Writing down what came of a talk: the first of the two to do so ends it (rules A9, O5)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from couples.agreement.review import services_topics as services_review
from couples.db import UNSYNCHRONIZED, db, transaction
from couples.pairing.services import CoupleView, locked_couple
from couples.surveys.rounds.services_clock import next_opening_of
from couples.surveys.steps import services as services_asking
from couples.talks import rows as rows_talks
from couples.talks.models import AgendaItem, Step, Talk, TalkTime
from couples.talks.sitting import rows
from couples.talks.sitting.refusals import TalkCalledOff
from couples.talks.sitting.rules import DONE, LET_GO, OPEN, TALKED, returns
from couples.talks.sitting.services_steps import is_same, new_step
from couples.talks.sitting.shapes import Written


@transaction()
def write_down(person_id: str, talk_id: str, written: Written, now: datetime) -> bool:
    """End a talk with what came of it; say no where the other was first: nothing is replaced."""
    couple = locked_couple(person_id)
    next_opening_of(couple.id, now)
    talk = rows_talks.talk_of(couple, talk_id)
    if talk.called_off_at is not None:
        raise TalkCalledOff
    if talk.talked_at is not None:
        return _is_there(couple, talk, written)
    talk.talked_at = now
    _forget_times(talk)
    for item in rows.open_items(couple.id, written.said):
        _settle_item(talk, item, written.said[item.id], now)
    stays = [
        step
        for step in rows.open_steps(couple.id)
        if step.id in written.said and _settle_step(step, written.said[step.id], now)
    ]
    _ask(couple, talk, written, stays, now)
    return True


def _is_there(couple: CoupleView, talk: Talk, written: Written) -> bool:
    """Whether it was this person who wrote just this down, as after a double press."""
    step = rows.step_of(talk.id)
    if step is None or written.step is None:
        return step is None and written.step is None
    return is_same(couple, step, written.step)


def _forget_times(talk: Talk) -> None:
    """Let times go that were proposed and not chosen: the talk was held."""
    gone = delete(TalkTime).where(TalkTime.talk_id == talk.id)
    db.session.execute(gone, execution_options=UNSYNCHRONIZED)


def _settle_item(talk: Talk, item: AgendaItem, said: str, now: datetime) -> None:
    if said == TALKED:
        item.talk_id = talk.id
    elif said == OPEN:
        _stays_open(item, now)


def _settle_step(step: Step, said: str, now: datetime) -> bool:
    """Do with a step what was said of it; say whether it returns to the next talk."""
    if said == DONE:
        step.done_at = now
    elif said == LET_GO:
        step.let_go_at = now
    elif said == OPEN:
        return _stays_open(step, now)
    return False


def _stays_open(row: AgendaItem | Step, now: datetime) -> bool:
    """Let something return to the next talk, or wait for the review where it has twice."""
    returned = returns(row.returned)
    if returned is not None:
        row.returned = returned
        return True
    row.to_review_at = now
    services_review.add_topic(row.couple_id, row.author_id, row.id, row.words, now)
    return False


def _ask(
    couple: CoupleView, talk: Talk, written: Written, stays: list[Step], now: datetime
) -> None:
    """Let the next round ask about the newest step; about none that is settled (rule C2)."""
    step = new_step(couple, talk, written.step, now) if written.step else None
    newest = step or (stays[-1] if stays else None)
    for step_id in written.said:
        services_asking.drop(couple.id, step_id)
    if newest is not None:
        services_asking.ask_next(couple.id, newest.id, newest.words)
