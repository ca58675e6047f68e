"""When a couple's next round opens: planned by a new version, ended with the link."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import delete, update

from couples.agreement.rhythm import Rhythm
from couples.agreement.rules import REVIEW_HOUR
from couples.agreement.services import VersionView, version_by_id, version_in_force
from couples.db import db, transaction
from couples.mail import outbox
from couples.mail.outbox import Post
from couples.surveys import rhythm
from couples.surveys.models import Plan, Response, Round
from couples.surveys.readers import Reader, readers_of
from couples.surveys.rounds.services_clock import open_due_round
from couples.surveys.steps import services as steps

REVIEW_LASTS = timedelta(days=1)


@transaction()
def plan_rounds(sender: object = None, *, couple_id: str, version_id: str, now: datetime) -> None:
    """Plan the first round of a version that came into force (rules A7, C1).

    A version that leaves the rhythm alone leaves the plan alone too: what was announced opens.
    """
    terms = version_by_id(version_id)
    if terms is None:
        raise LookupError(version_id)
    # Its time may have come before this signature, with the clock not there yet.
    open_due_round(couple_id, now)
    plan = lock_plan(couple_id)
    if plan is not None and _rhythm_of(plan) == terms.rhythm:
        plan.version_id = version_id
    else:
        due_at = rhythm.first_opening(terms.rhythm, now, _open_until(couple_id, now))
        _keep(plan, couple_id, version_id, rhythm.anchor_of(terms.rhythm, due_at), due_at)
    _post_review(couple_id, terms, now)


def lock_plan(couple_id: str) -> Plan | None:
    """Return a couple's plan, locked until the transaction ends."""
    query = db.select(Plan).where(Plan.couple_id == couple_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def _rhythm_of(plan: Plan) -> Rhythm | None:
    terms = version_by_id(plan.version_id)
    return terms.rhythm if terms else None


def _open_until(couple_id: str, now: datetime) -> datetime | None:
    """Return when the round that is open now closes."""
    query = db.select(db.func.max(Round.closes_at)).where(
        Round.couple_id == couple_id, Round.cancelled_at.is_(None), Round.closes_at > now
    )
    found: datetime | None = db.session.scalar(query)
    return found


def _keep(
    plan: Plan | None, couple_id: str, version_id: str, anchor: date, due_at: datetime
) -> None:
    if plan is None:
        plan = Plan(couple_id=couple_id, version_id=version_id, anchor=anchor, due_at=due_at)
        db.session.add(plan)
    plan.version_id, plan.anchor, plan.due_at = version_id, anchor, due_at
    plan.claimed_until = None
    db.session.flush()


def _post_review(couple_id: str, terms: VersionView, now: datetime) -> None:
    """Post both letters of the review date; a later version leaves them uncomposed.

    None where its hour has passed already, far to the east: no signature sends a letter (S3).
    """
    letters = [_review(reader, couple_id, terms) for reader in readers_of(couple_id)]
    outbox.post_all([each for each in letters if each.due_at and each.due_at > now], now)


def _review(reader: Reader, couple_id: str, terms: VersionView) -> Post:
    due_at = rhythm.local_instant(terms.review_on, REVIEW_HOUR, reader.zone)
    return Post(
        kind="review",
        key=f"review:{terms.id}:{reader.person_id}",
        person_id=reader.person_id,
        about_id=terms.id,
        couple_id=couple_id,
        due_at=due_at,
        not_after=due_at + REVIEW_LASTS,
    )


@transaction()
def cancel_rounds(sender: object = None, *, couple_id: str, now: datetime) -> None:
    """End everything planned or open of a couple that parted (rule L6).

    What was answered stays with its author; mailed links are void, by their generation too.
    """
    # The plan first: a clock about to open a round holds it, and its round is then seen below.
    db.session.execute(delete(Plan).where(Plan.couple_id == couple_id))
    running = db.select(Round.id).where(
        Round.couple_id == couple_id, Round.cancelled_at.is_(None), Round.closes_at > now
    )
    round_ids = list(db.session.scalars(running))
    db.session.execute(
        update(Round).where(Round.id.in_(round_ids)).values(cancelled_at=now, settled_at=now)
    )
    db.session.execute(
        update(Response)
        .where(Response.couple_id == couple_id)
        .values(generation=Response.generation + 1)
    )
    steps.drop(couple_id)
    outbox.cancel(couple_id=couple_id)


def is_weekly(couple_id: str | None) -> bool:
    """Whether screens say "this week": by the rhythm in force, and where there is none yet."""
    return couple_id is None or every_weeks_of(couple_id) == 1


def every_weeks_of(couple_id: str) -> int:
    """Return how many weeks lie between two rounds of a couple, one where nothing is signed."""
    terms = version_in_force(couple_id)
    return terms.rhythm.every_weeks if terms else 1
