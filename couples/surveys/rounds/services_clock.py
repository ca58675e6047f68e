"""What happens by itself: rounds open and close, look-in letters are posted (rules C1, C7, C8).

Whether a round is open is decided by comparing times; these functions only write down what the
times already say. Two clocks may run at once: rows are claimed by one statement each.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update

from couples.db import UNSYNCHRONIZED, db, found_free, transaction
from couples.mail import outbox
from couples.mail.letter import settings
from couples.many_rows import among, place_of
from couples.one_by_one import together
from couples.outlasting import once_it_answers
from couples.surveys import rhythm
from couples.surveys.models import Plan, Round
from couples.surveys.readers import key_of, readers_of_all
from couples.surveys.rounds.services_opening import (
    Readers,
    Terms,
    make_rounds,
    post_letters,
    terms_of_all,
)

BATCH = 100


def open_due_rounds(now: datetime) -> int:
    """Open every round that is due; return how many opened. A failure spoils one couple only."""
    opened, held = 0, list[str]()
    try:
        while claim_due(now, held=held):
            opened += together(open_together, open_due_round, held, now)
    except BaseException:  # the database is away, or there is no memory or time left
        if held:  # else they would wait for the end of the claim
            once_it_answers(lambda: give_back(held, now))
        raise
    return opened


def claim_due(now: datetime, most: int = BATCH, held: list[str] | None = None) -> list[str]:
    """Take due couples for this clock alone, for the length of a lease; return their ids.

    They stand in `held` before the commit: its answer may be lost.
    """
    ids = [] if held is None else held
    ids.clear()
    if not _anything_due(now):
        return ids
    with transaction():
        statement = update(Plan).where(_is_due(now, most)).values(claimed_until=now + _lease())
        returning = statement.returning(Plan.couple_id)
        ids.extend(db.session.scalars(returning, execution_options=UNSYNCHRONIZED))
    return ids


@transaction()
def give_back(couple_ids: Collection[str], now: datetime) -> None:
    """End this clock's claim: the end it has is its name."""
    mine = among(Plan.couple_id, couple_ids), Plan.claimed_until == now + _lease()
    statement = update(Plan).where(*mine).values(claimed_until=None)
    db.session.execute(statement, execution_options=UNSYNCHRONIZED)


def _lease() -> timedelta:
    return timedelta(seconds=settings().lease_seconds)


def _anything_due(now: datetime) -> bool:
    """Look before writing: nearly every tick finds nothing, and then takes no lock."""
    # In order: after many were due, PostgreSQL would think that one of them lies on every page, and
    # look for it through the whole table.
    due = select(Plan.id).where(*_free(now)).order_by(Plan.due_at)
    return db.session.scalar(due.limit(1)) is not None


def _free(now: datetime) -> tuple[Any, ...]:
    until, lease = Plan.claimed_until, _lease()
    # What ends later than any claim can was claimed by a clock that was ahead.
    return Plan.due_at <= now, until.is_(None) | (until <= now) | (until > now + 2 * lease)


def _is_due(now: datetime, most: int) -> Any:
    place = place_of(Plan.__tablename__)
    due = select(place).select_from(Plan).where(*_free(now)).order_by(Plan.due_at).limit(most)
    return found_free(place, due)


@transaction()
def open_together(couple_ids: Collection[str], now: datetime) -> tuple[int, Collection[str]]:
    """Open the rounds of many; return how many, and whose plan somebody else holds just now."""
    query = select(Plan).where(among(Plan.couple_id, couple_ids)).order_by(Plan.couple_id)
    locked = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    plans = db.session.scalars(locked).all()
    left = set(couple_ids) - {plan.couple_id for plan in plans}
    return _open([plan for plan in plans if plan.due_at <= now], now), left


@transaction()
def open_due_round(couple_id: str, now: datetime) -> bool:
    """Open this couple's round if it is due, and post its letters; say whether there is one."""
    plan = lock_due_plan(couple_id, now)
    return bool(plan and _open([plan], now))


def _open(plans: Sequence[Plan], now: datetime) -> int:
    if not plans:
        return 0
    terms, readers = _of(plans)
    rounds = make_rounds(plans, terms, readers, now)
    _plan_next(plans, terms, now)
    post_letters(rounds.values(), readers, now)
    return len(rounds)


def _of(plans: Sequence[Plan]) -> tuple[Terms, Readers]:
    return terms_of_all(plans), readers_of_all([plan.couple_id for plan in plans])


def _plan_next(plans: Sequence[Plan], terms: Terms, now: datetime) -> None:
    """Write down when each couple's next round opens; those that share an hour with one statement.

    Many do: rounds open at whole hours.
    """
    times: dict[datetime, list[str]] = {}
    for plan in plans:
        at = rhythm.next_opening(terms[plan.couple_id].rhythm, now, plan.anchor)
        times.setdefault(at, []).append(plan.id)
    for at, ids in times.items():
        statement = update(Plan).where(among(Plan.id, ids)).values(due_at=at, claimed_until=None)
        db.session.execute(statement, execution_options=UNSYNCHRONIZED)


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
    terms, readers = _of([plan])
    make_rounds([plan], terms, readers, now)
    return rhythm.next_opening(terms[couple_id].rhythm, now, plan.anchor)


def lock_due_plan(couple_id: str, now: datetime) -> Plan | None:
    """Return a couple's plan if a round is due, locked until the transaction ends."""
    query = select(Plan).where(Plan.couple_id == couple_id).with_for_update()
    plan = db.session.scalars(query.execution_options(populate_existing=True)).first()
    return plan if plan is not None and plan.due_at <= now else None


def close_due_rounds(now: datetime) -> int:
    """Settle every round whose close has come; return how many."""
    query = select(Round.id).where(Round.settled_at.is_(None), Round.closes_at <= now)
    ids = list(db.session.scalars(query))
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return sum(together(settle_together, settle_round, batch, now) for batch in batches)


@transaction()
def settle_together(round_ids: Collection[str], now: datetime) -> tuple[int, Collection[str]]:
    """Settle many; return how many, and which somebody else holds just now."""
    unsettled = select(Round.id).where(among(Round.id, round_ids), Round.settled_at.is_(None))
    settled = _settle(found_free(Round.id, unsettled.order_by(Round.id)), now)
    missing = set(round_ids) - set(settled)
    return len(settled), db.session.scalars(unsettled).all() if missing else ()


@transaction()
def settle_round(round_id: str, now: datetime) -> bool:
    """Note that a round has closed, and let both letters about it wait for the morning."""
    return bool(_settle(Round.id == round_id, now))


def _settle(which: ColumnElement[bool], now: datetime) -> list[str]:
    """Settle those of these rounds that have closed; return their ids."""
    statement = (
        update(Round)
        .where(which, Round.settled_at.is_(None), Round.closes_at <= now)
        .values(settled_at=now)
        .returning(Round.id, Round.couple_id, Round.closes_at)
    )
    closed = db.session.execute(statement, execution_options=UNSYNCHRONIZED).all()
    readers = readers_of_all([couple_id for _id, couple_id, _at in closed])
    times = {
        # Somebody who moved since the opening has another night now.
        key_of("closed", round_id, reader): rhythm.polite_time(closes_at, reader.zone)
        for round_id, couple_id, closes_at in closed
        for reader in readers[couple_id]
    }
    outbox.move_all(times, now)
    return [round_id for round_id, *_rest in closed]
