"""What the talks begin with: what each brings, what came back, what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.agreement.review.services_topics import left_over
from couples.db import db
from couples.pairing.services import CoupleView
from couples.talks.agenda.services import agenda_of
from couples.talks.agenda.shapes import Agenda
from couples.talks.models import Talk
from couples.talks.sitting.rows import talks_before
from couples.talks.sitting.services import steps_back
from couples.talks.sitting.shapes import StepView


@dataclass(frozen=True, slots=True, repr=False)
class Home:
    """The agenda, the steps that come back to the next talk, and how many talks are over.

    `has_left_over` says whether something from talks waits for the review; `called_off` when the
    latest talk was to be, where both had said yes to it and one of them has called it off.
    """

    agenda: Agenda
    steps: tuple[StepView, ...]
    before: int
    has_left_over: bool
    called_off: datetime | None


def home_of(couple: CoupleView) -> Home:
    """Return what the talks of a couple begin with."""
    before = talks_before(couple.id)
    # Before the first talk there is nothing that could have stayed open.
    steps = steps_back(couple) if before else ()
    agenda, has_left_over = agenda_of(couple), bool(before and left_over(couple))
    return Home(agenda, steps, before, has_left_over, _called_off(couple.id))


def _called_off(couple_id: str) -> datetime | None:
    """Return when the latest talk was to be, if it was agreed and called off since."""
    query = db.select(Talk).where(Talk.couple_id == couple_id)
    last = db.session.scalars(query.order_by(Talk.made_at.desc(), Talk.id).limit(1)).first()
    is_off = last is not None and last.called_off_at and last.agreed_at
    return last.starts_at if last and is_off else None
