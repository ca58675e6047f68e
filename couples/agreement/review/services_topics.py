"""What stayed open in talks and waits for the review, in words both have read there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from couples.agreement import rows
from couples.agreement.review.models import ReviewTopic
from couples.agreement.review.shapes import LeftOver
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import REMOVED, CoupleView, locked_couple


def add_topic(couple_id: str, author_id: str, origin_id: str, words: str, now: datetime) -> None:
    """Let something wait for the review, in the caller's transaction with the couple locked.

    The same thing comes here once.
    """
    there = db.select(ReviewTopic.id).where(ReviewTopic.origin_id == origin_id)
    if db.session.scalars(there).first() is None:
        mine = {"couple_id": couple_id, "author_id": author_id}
        db.session.add(ReviewTopic(**mine, origin_id=origin_id, words=words, made_at=now))


def waiting(origin_ids: Collection[str]) -> frozenset[str]:
    """Return those of these that wait for the review, put away by neither of the two."""
    query = db.select(ReviewTopic.origin_id).where(ReviewTopic.put_away_at.is_(None))
    return frozenset(db.session.scalars(query.where(ReviewTopic.origin_id.in_(origin_ids))))


def remove_topic(origin_id: str) -> None:
    """Let something wait no more, in the caller's transaction: it is back in the talks."""
    db.session.execute(delete(ReviewTopic).where(ReviewTopic.origin_id == origin_id))


def left_over(couple: CoupleView) -> tuple[LeftOver, ...]:
    """Return what neither of the two has put away, the oldest first."""
    query = db.select(ReviewTopic).where(
        ReviewTopic.couple_id == couple.id, ReviewTopic.put_away_at.is_(None)
    )
    found = db.session.scalars(query.order_by(ReviewTopic.made_at, ReviewTopic.id))
    return tuple(_view(couple, row) for row in found)


def _view(couple: CoupleView, row: ReviewTopic) -> LeftOver:
    author = rows.person_in(couple, row.author_id)
    if author is None:
        raise NotFound
    return LeftOver(row.id, author, row.words or str(REMOVED))


@transaction()
def put_away(person_id: str, topic_id: str, now: datetime) -> None:
    """Take it off the page for both; either may, and nobody asks why."""
    couple = locked_couple(person_id)
    query = db.select(ReviewTopic).where(
        ReviewTopic.id == topic_id, ReviewTopic.couple_id == couple.id
    )
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    found.put_away_at = found.put_away_at or now
