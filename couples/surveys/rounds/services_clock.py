"""What happens by itself: rounds open and close, look-in letters are posted (rules C1, C7, C8).

Whether a round is open is decided by comparing times; these functions only write down what the
times already say. Two clocks may run at once: rows are claimed by one statement each.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from couples.agreement.services import VersionView, version_by_id
from couples.db import UNSYNCHRONIZED, db, found_free, transaction
from couples.mail import outbox
from couples.mail.letter import settings
from couples.one_by_one import each
from couples.surveys import rhythm, rules
from couples.surveys.models import Plan, Response, Round
from couples.surveys.own_questions.services import asked_at
from couples.surveys.readers import Reader, letters_of, readers_of
from couples.surveys.steps.services import take
from couples.surveys.terms import from_rows, to_rows, topics_of

Window = tuple[datetime, datetime]
BATCH = 100


def open_due_rounds(now: datetime) -> int:
    """Open every round that is due; return how many opened. A failure spoils one couple only."""
    opened = 0
    while couple_ids := claim_due(now):
        opened += each(open_due_round, couple_ids, now)
    return opened


def claim_due(now: datetime, most: int = BATCH) -> list[str]:
    """Take due couples for this clock alone, for the length of a lease; return their ids."""
    if not _anything_due(now):
        return []
    with transaction():
        lease = timedelta(seconds=settings().lease_seconds)
        statement = update(Plan).where(_is_due(now, most)).values(claimed_until=now + lease)
        returning = statement.returning(Plan.couple_id)
        return list(db.session.scalars(returning, execution_options=UNSYNCHRONIZED))


def _anything_due(now: datetime) -> bool:
    """Look before writing: nearly every tick finds nothing, and then takes no lock."""
    return db.session.scalar(select(Plan.id).where(*_free(now)).limit(1)) is not None


def _free(now: datetime) -> tuple[Any, ...]:
    return Plan.due_at <= now, Plan.claimed_until.is_(None) | (Plan.claimed_until <= now)


def _is_due(now: datetime, most: int) -> Any:
    due = select(Plan.id).where(*_free(now)).order_by(Plan.due_at).limit(most)
    return found_free(Plan.id, due)


@transaction()
def open_due_round(couple_id: str, now: datetime) -> bool:
    """Open this couple's round if it is due, and post its letters; say whether there is one."""
    plan = lock_due_plan(couple_id, now)
    if plan is None:
        return False
    terms = terms_of(plan)
    round_ = _due_round(plan, terms, now)
    plan.due_at = rhythm.next_opening(terms.rhythm, now, plan.anchor)
    plan.claimed_until = None
    if round_ is not None:
        _post_letters(round_, now)
    return round_ is not None


def next_opening_of(couple_id: str, now: datetime) -> datetime | None:
    """Return when a couple's next round opens; one that is due is made first (rule C1)."""
    due_at = db.session.scalar(select(Plan.due_at).where(Plan.couple_id == couple_id))
    return due_at if due_at is None or due_at > now else make_due_round(couple_id, now)


@transaction()
def make_due_round(couple_id: str, now: datetime) -> datetime | None:
    """Make a due round before its clock has ticked, for somebody who is looking.

    Its letters are left to the clock: that one of the two has looked is nobody's business (S2).
    Returns when the next one opens.
    """
    plan = lock_due_plan(couple_id, now)
    if plan is None:
        return db.session.scalar(select(Plan.due_at).where(Plan.couple_id == couple_id))
    terms = terms_of(plan)
    _due_round(plan, terms, now)
    return rhythm.next_opening(terms.rhythm, now, plan.anchor)


def lock_due_plan(couple_id: str, now: datetime) -> Plan | None:
    """Return a couple's plan if a round is due, locked until the transaction ends."""
    query = select(Plan).where(Plan.couple_id == couple_id).with_for_update()
    plan = db.session.scalars(query.execution_options(populate_existing=True)).first()
    return plan if plan is not None and plan.due_at <= now else None


def terms_of(plan: Plan) -> VersionView:
    """Return the version a plan was made from: a newer one, just being signed, plans after this."""
    terms = version_by_id(plan.version_id)
    if terms is None:
        raise LookupError("a plan without a version")
    return terms


def _due_round(plan: Plan, terms: VersionView, now: datetime) -> Round | None:
    """Return the round that is due; after an outage the current one only (rule C1)."""
    rounds = select(Round).where(Round.couple_id == plan.couple_id)
    last = db.session.scalars(rounds.order_by(Round.number.desc()).limit(1)).first()
    # Not with `plan.due_at`: whoever looks before the clock ticks makes rounds and leaves it.
    latest = rhythm.latest_opening(terms.rhythm, plan.anchor, now)
    if last is not None and latest is not None and last.opens_at >= latest:
        return last
    times = rhythm.current_round(terms.rhythm, plan.anchor, now)
    if times is None:
        return None
    round_ = _new_round(plan.couple_id, terms, times, last.number + 1 if last else 1)
    db.session.add(round_)
    db.session.flush()
    for reader in readers_of(plan.couple_id):
        response = Response(
            round_id=round_.id, couple_id=plan.couple_id, person_id=reader.person_id
        )
        db.session.add(response)
    return round_


def _new_round(couple_id: str, terms: VersionView, times: Window, number: int) -> Round:
    """Fix the questions and times of a round, for both and until it closes."""
    topics = topics_of(terms)
    asked = rules.pick_topics(tuple(topics), _asked_last(couple_id, len(topics)))
    # After the topics the own questions, and last the step from the last talk (rule C2).
    beside = (*asked_at(couple_id, times[0]), *take(couple_id))
    return Round(
        couple_id=couple_id,
        version_id=terms.id,
        number=number,
        opens_at=times[0],
        closes_at=times[1],
        every_weeks=terms.rhythm.every_weeks,
        questions=to_rows((*(topics[one] for one in asked), *beside)) + _scale_rows(number),
    )


def _scale_rows(number: int) -> list[dict[str, str]]:
    """Return the marker of the published scale where this round asks it."""
    asked = settings().scales and rules.asks_scale(number)
    return [{"scale": rules.SCALE}] if asked else []


def _asked_last(couple_id: str, topics: int) -> dict[str, int | None]:
    """Return the number of the round that asked each topic last, where that decides anything."""
    if topics <= rules.MOST_TOPICS:
        return {}
    # Asked in turn, every topic comes back within this many rounds; older ones decide nothing.
    query = select(Round).where(Round.couple_id == couple_id).order_by(Round.number.desc())
    recent = list(db.session.scalars(query.limit(topics * 2)))
    return {
        topic.id: round_.number
        for round_ in reversed(recent)
        for topic in from_rows(round_.questions)
    }


def _post_letters(round_: Round, now: datetime) -> None:
    """Post both persons' letters, alike whatever either does."""
    readers = readers_of(round_.couple_id)
    letters = [letter for reader in readers for letter in letters_of(round_, reader, now)]
    outbox.post_all(letters, now)


def close_due_rounds(now: datetime) -> int:
    """Settle every round whose close has come; return how many."""
    query = select(Round.id).where(Round.settled_at.is_(None), Round.closes_at <= now)
    return each(settle_round, list(db.session.scalars(query)), now)


@transaction()
def settle_round(round_id: str, now: datetime) -> bool:
    """Note that a round has closed, and let both letters about it wait for the morning."""
    statement = (
        update(Round)
        .where(Round.id == round_id, Round.settled_at.is_(None), Round.closes_at <= now)
        .values(settled_at=now)
        .returning(Round)
    )
    round_ = db.session.scalars(statement, execution_options=UNSYNCHRONIZED).first()
    if round_ is None:
        return False
    for reader in readers_of(round_.couple_id):
        # Somebody who moved since the opening has another night now.
        key = f"round:{round_.id}:{reader.person_id}:closed"
        outbox.move(key, _polite_close(round_, reader), now)
    return True


def _polite_close(round_: Round, reader: Reader) -> datetime:
    return rhythm.polite_time(round_.closes_at, reader.zone)
