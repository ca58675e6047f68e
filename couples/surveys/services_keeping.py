"""What people kept to themselves in check-ins goes after a time of their own choice (rule S5).

Only what its author kept: what they shared stays, whether or not it opened. So nothing that the
partner sees, or ever could, changes by a byte (rules C5, S2).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from couples.accounts.models import Person
from couples.db import db, transaction
from couples.one_by_one import each
from couples.surveys import rules
from couples.surveys.answering.services import Stored, stored_of
from couples.surveys.models import Response, Round

BATCH = 100


def kept_for(person_id: str) -> int | None:
    """Return for how many months a person lets it be kept; None for always."""
    query = select(Person.kept_for_months).where(Person.id == person_id)
    found: int | None = db.session.scalar(query)
    return found


@transaction()
def keep_for(person_id: str, months: int | None) -> None:
    """Choose for how many months it is kept; the hourly sweep does the rest."""
    db.session.get_one(Person, person_id).kept_for_months = months


def forget_kept(now: datetime) -> int:
    """Forget what is older than its author's choice; return how many responses changed."""
    query = select(Person.id).where(Person.kept_for_months.is_not(None))
    return each(forget_kept_of, list(db.session.scalars(query)), now)


def forget_kept_of(person_id: str, now: datetime) -> int:
    """Forget what is older than this person's choice; return how many responses changed."""
    ids = _old(person_id, rules.months_before(now, kept_for(person_id) or 0))
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return sum(_forget(person_id, batch) for batch in batches)


def _old(person_id: str, before: datetime) -> list[str]:
    """Return the responses with anything in them to rounds that closed so long ago."""
    written = or_(Response.payload_sealed.is_not(None), Response.draft_sealed.is_not(None))
    query = (
        select(Response.id)
        .join(Round, Round.id == Response.round_id)
        .where(Response.person_id == person_id, Round.closes_at <= before, written)
        .order_by(Response.id)
    )
    return list(db.session.scalars(query))


@transaction()
def _forget(person_id: str, ids: list[str]) -> int:
    # Whoever has just chosen to keep it all is asked once more.
    if kept_for(person_id) is None:
        return 0
    query = select(Response).where(Response.id.in_(ids)).order_by(Response.id).with_for_update()
    return sum(_forget_in(response) for response in db.session.scalars(query))


def _forget_in(response: Response) -> bool:
    """Leave of one response what its author shares; say whether anything went."""
    had_draft = response.draft_sealed is not None
    response.draft = response.draft_saved_at = None
    if response.payload_sealed is None:
        return had_draft
    stored = stored_of(response)
    left = shared_part(stored)
    if left != stored:
        response.payload = left.payload() if left else None
    return had_draft or left != stored


def shared_part(stored: Stored) -> Stored | None:
    """Return what a response shares; None for nothing, which looks like one never written."""
    view = stored.view
    scale = stored.scale if view.shares_scale else {}
    words = stored.words if view.shared_words else ""
    if not (view.shared_answers or scale or words):
        return None
    return Stored(
        answers=dict(view.shared_answers),
        words=words,
        words_shared=stored.words_shared and bool(words),
        shared=True,
        scale=scale,
    )
