"""Talks of two people from beginning to end, each step of it one call."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from couples.agreement.review.services_topics import left_over
from couples.db import db, transaction
from couples.pairing.services import couple_of
from couples.talks.models import Step, Talk
from couples.talks.sitting.rules import OPEN
from couples.talks.sitting.services import talk_page
from couples.talks.sitting.services_after import write_down
from couples.talks.sitting.shapes import StepWords, TalkPage, Written

ZONE = "Europe/Berlin"
WALK = "We try a walk on Sunday."


@transaction()
def plan(couple_id: str, now: datetime, agreed: bool = True) -> str:
    """Plan a talk for tomorrow, half an hour long; return its id."""
    talk = Talk(couple_id=couple_id, made_at=now)
    if agreed:
        talk.starts_at, talk.minutes, talk.agreed_at = now + timedelta(days=1), 30, now
    db.session.add(talk)
    return talk.id


def typed(words: str = WALK, mine: bool = False, until: date | None = None) -> StepWords:
    """Return a step as it was typed."""
    return StepWords(words, mine, until)


def page(person_id: str, talk_id: str, now: datetime) -> TalkPage:
    """Return a talk's page as one of the two sees it."""
    return talk_page(person_id, talk_id, ZONE, now)


def talked(person_id: str, couple_id: str, now: datetime, words: str = "", said: str = OPEN) -> str:
    """Plan a talk and write it down, the same said of every line; return its id."""
    talk_id = plan(couple_id, now)
    shown = page(person_id, talk_id, now)
    lines = [*(item.id for item in shown.items), *(step.id for step in shown.steps)]
    step = typed(words) if words else None
    assert write_down(person_id, talk_id, Written(dict.fromkeys(lines, said), step), now)
    return talk_id


def step_under(talk_id: str) -> Step:
    """Return the step of a talk, as the table holds it."""
    query = db.select(Step).where(Step.talk_id == talk_id)
    found: Step = db.session.scalars(query.execution_options(populate_existing=True)).one()
    return found


def waits_for_review(person_id: str) -> list[str]:
    """Return what is left over from talks."""
    return [each.words for each in left_over(couple_of(person_id))]
