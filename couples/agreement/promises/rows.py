"""What lies under a topic beside needs and promise: what was heard, and earlier wordings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from couples.agreement import rows
from couples.agreement.models import Hearing, Suggestion, Topic
from couples.agreement.promises.shapes import Became, HearingView, PastWording
from couples.agreement.topics import rows as rows_topics
from couples.db import db
from couples.errors import NotFound
from couples.pairing.services import CoupleView


def hearing_under(need_id: str) -> Hearing | None:
    """Return what has been said to a need, if anything."""
    return db.session.scalars(db.select(Hearing).where(Hearing.need_id == need_id)).first()


def hearings_of(couple: CoupleView, need_ids: Iterable[str]) -> Mapping[str, HearingView]:
    """Return what has been said to these needs, by the need's id."""
    query = db.select(Hearing).where(Hearing.need_id.in_(list(need_ids)))
    return {row.need_id: hearing_view(couple, row) for row in db.session.scalars(query)}


def hearing_view(couple: CoupleView, row: Hearing) -> HearingView:
    """Show what was heard."""
    author = rows.person_in(couple, row.author_id)
    if author is None:
        raise NotFound
    return HearingView(author, row.words, row.said_at, row.revision, row.answer)


def past_wordings(
    couple: CoupleView, topics: Sequence[Topic]
) -> Mapping[str, tuple[PastWording, ...]]:
    """Return under each topic all words that were suggested and answered, the newest first.

    Agreed words whose promise gave way lie under the topic they were agreed in, and stay readable.
    """
    ways = {each.id: rows.way_of(each) for each in rows_topics.every_topic(couple.id)}
    parts = [part for part, way in ways.items() if not {*topics}.isdisjoint(way)]
    query = db.select(Suggestion).where(Suggestion.topic_id.in_(parts))
    found = list(db.session.scalars(query.order_by(Suggestion.made_at.desc(), Suggestion.id)))
    return {
        topic.id: tuple(
            past for row in found if topic in ways[row.topic_id] and (past := _past(couple, row))
        )
        for topic in topics
    }


def _past(couple: CoupleView, row: Suggestion) -> PastWording | None:
    author, end = rows.person_in(couple, row.author_id), _end(row)
    if author is None or end is None:
        return None
    owner = rows.person_in(couple, row.owner_id)
    words, note = rows.promise_words(row), row.note or ""
    return PastWording(row.id, author, owner, words, note, row.made_at, *end)


def _end(row: Suggestion) -> tuple[Became, datetime] | None:
    if row.used_at:
        return "used", row.used_at
    if row.replaced_at:
        return "replaced", row.replaced_at
    return ("withdrawn", row.withdrawn_at) if row.withdrawn_at else None
