"""What goes of talks when somebody erases their account (rule A10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from couples.db import UNSYNCHRONIZED, db
from couples.pairing.models import Membership
from couples.pairing.services_erasing import left_by_all
from couples.surveys.models import Round, StepQuestion
from couples.talks.models import AgendaItem, CalendarFeed, Step, Talk, TalkTime


def forget_talks(_sender: object, *, person_id: str, now: datetime) -> None:
    """Forget what the person proposed, brought and wrote down; of what was talked about, the words.

    The days of the talks stay with the partner; where nobody is left, everything goes.
    """
    _forget_said(person_id)
    for gone in (
        delete(TalkTime).where(TalkTime.author_id == person_id),
        delete(CalendarFeed).where(CalendarFeed.person_id == person_id),
        delete(AgendaItem).where(AgendaItem.author_id == person_id, AgendaItem.talk_id.is_(None)),
    ):
        _run(gone)
    for item in db.session.scalars(select(AgendaItem).where(AgendaItem.author_id == person_id)):
        item.words = ""
    _redact_steps(person_id)
    _forget_all(left_by_all(person_id))


def _forget_said(person_id: str) -> None:
    """Leave no id of what the person brought in what was said of each line."""
    ids = set(db.session.scalars(select(AgendaItem.id).where(AgendaItem.author_id == person_id)))
    mine = select(Membership.couple_id).where(Membership.person_id == person_id)
    for talk in db.session.scalars(select(Talk).where(Talk.couple_id.in_(mine))):
        talk.said = {line_id: said for line_id, said in talk.said.items() if line_id not in ids}


def _redact_steps(person_id: str) -> None:
    """Empty the words of the person's steps, in the rounds that asked about them too."""
    mine = select(Membership.couple_id).where(Membership.person_id == person_id)
    _run(delete(StepQuestion).where(StepQuestion.couple_id.in_(mine)))
    steps = list(db.session.scalars(select(Step).where(Step.author_id == person_id)))
    for step in steps:
        step.words = ""
    ids, couple_ids = {step.id for step in steps}, {step.couple_id for step in steps}
    for round_ in db.session.scalars(select(Round).where(Round.couple_id.in_(couple_ids))):
        # A scale among the questions has no id.
        if any(asked.get("id") in ids for asked in round_.questions):
            round_.questions = [_without_words(asked, ids) for asked in round_.questions]


def _without_words(asked: dict[str, Any], ids: set[str]) -> dict[str, Any]:
    return {**asked, "name": ""} if asked.get("id") in ids else asked


def _forget_all(couple_ids: list[str]) -> None:
    """Let talks go altogether where nobody is left to read them."""
    for model in (Step, AgendaItem):
        _run(delete(model).where(model.couple_id.in_(couple_ids)))
    talks = select(Talk.id).where(Talk.couple_id.in_(couple_ids))
    _run(delete(TalkTime).where(TalkTime.talk_id.in_(talks)))
    _run(delete(Talk).where(Talk.couple_id.in_(couple_ids)))


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options=UNSYNCHRONIZED)
