"""Topics in their order, what became of them, and what is suggested about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from couples.agreement import rows
from couples.agreement.models import Need, Topic, TopicSuggestion
from couples.agreement.promises.shapes import Became
from couples.agreement.refusals import TopicAside
from couples.agreement.topics.shapes import PastMove
from couples.db import db
from couples.errors import NotFound
from couples.pairing.services import CoupleView, PersonMark

OPEN = (TopicSuggestion.used_at.is_(None), TopicSuggestion.withdrawn_at.is_(None))


def every_topic(couple_id: str) -> Sequence[Topic]:
    """Return all topics there ever were: first those that live, each part in its order."""
    query = db.select(Topic).where(Topic.couple_id == couple_id)
    found = db.session.scalars(query.order_by(Topic.position)).all()
    return sorted(found, key=lambda topic: (topic.retired_at is not None, topic.position))


def living_topic(couple: CoupleView, topic_id: str) -> Topic:
    """Return a topic of this couple, or refuse where the two have put it aside."""
    topic = rows.topic_of(couple.id, topic_id)
    if topic.retired_at:
        raise TopicAside
    return topic


def topics_aside(couple_id: str) -> Sequence[Topic]:
    """Return the topics both put aside; those that are part of others are not among them."""
    return [
        topic for topic in every_topic(couple_id) if topic.retired_at and not topic.merged_into_id
    ]


def topic_about(need: Need, topics: Sequence[Topic]) -> Topic | None:
    """Return the topic under which a need opens, if there is one already."""
    found = next((topic for topic in topics if _is_about(need, topic)), None)
    return rows.standing(found) if found else None


def _is_about(need: Need, topic: Topic) -> bool:
    return need.topic_id == topic.id or (need.listed is not None and need.listed == topic.listed)


def put_in_order(topics: Sequence[Topic]) -> None:
    """Number all topics of a couple from one, in this order."""
    wanted = list(enumerate(topics, start=1))
    if all(topic.position == place for place, topic in wanted):
        return
    # In two steps: not for a moment do two topics share a place, which the database forbids.
    for sign in (-1, 1):
        for place, topic in wanted:
            topic.position = sign * place
        db.session.flush()


def settle_order(couple_id: str) -> None:
    """Let living topics stand first and without gaps, after one has come or gone."""
    db.session.flush()
    put_in_order(every_topic(couple_id))


def move_of(couple_id: str, move_id: str) -> TopicSuggestion:
    """Return one suggestion about a topic of this couple, or raise NotFound."""
    query = db.select(TopicSuggestion).where(
        TopicSuggestion.id == move_id, TopicSuggestion.couple_id == couple_id
    )
    found: TopicSuggestion | None = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def open_moves(couple_id: str) -> dict[str, TopicSuggestion]:
    """Return what is suggested about topics and waits for an answer, by topic."""
    query = db.select(TopicSuggestion).where(TopicSuggestion.couple_id == couple_id, *OPEN)
    return {found.topic_id: found for found in db.session.scalars(query)}


def open_move(topic_id: str) -> TopicSuggestion | None:
    """Return what is suggested about one topic, if it waits for an answer."""
    query = db.select(TopicSuggestion).where(TopicSuggestion.topic_id == topic_id, *OPEN)
    return db.session.scalars(query).first()


def replaced_by(move: TopicSuggestion) -> TopicSuggestion | None:
    """Return the suggestion that gave way to this one, made while it was read."""
    query = db.select(TopicSuggestion).where(
        TopicSuggestion.topic_id == move.topic_id,
        TopicSuggestion.withdrawn_at == move.made_at,
        TopicSuggestion.id != move.id,
    )
    return db.session.scalars(query.limit(1)).first()


def past_moves(couple: CoupleView, topic: Topic) -> tuple[PastMove, ...]:
    """Return what was suggested about one topic and waits no more, the newest first."""
    query = (
        db.select(TopicSuggestion, Topic)
        .outerjoin(Topic, Topic.id == TopicSuggestion.into_id)
        .where(TopicSuggestion.topic_id == topic.id)
        .order_by(TopicSuggestion.made_at.desc(), TopicSuggestion.id)
    )
    found = db.session.execute(query).all()
    begun = {move.made_at for move, _into in found}
    shown = (_past(couple, move, into, begun - {move.made_at}) for move, into in found)
    return tuple(past for past in shown if past is not None)


def _past(
    couple: CoupleView, move: TopicSuggestion, into: Topic | None, others: set[datetime]
) -> PastMove | None:
    author, ended_at = rows.person_in(couple, move.author_id), move.used_at or move.withdrawn_at
    if author is None or ended_at is None:
        return None
    became: Became = "used" if move.used_at else "withdrawn"
    if move.withdrawn_at in others:
        became = "replaced"
    there = rows.topic_view(into) if into else None
    return PastMove(author, there, move.note or "", move.made_at, became, ended_at)


def notes_of_moves(couple: CoupleView) -> dict[str, list[tuple[PersonMark, str]]]:
    """Return what was added to suggestions about topics: what waits, then the newest first."""
    query = db.select(TopicSuggestion).where(TopicSuggestion.couple_id == couple.id)
    found = list(
        db.session.scalars(query.order_by(TopicSuggestion.made_at.desc(), TopicSuggestion.id))
    )
    found.sort(key=lambda move: bool(move.used_at or move.withdrawn_at))
    notes: dict[str, list[tuple[PersonMark, str]]] = defaultdict(list)
    for move in found:
        if author := rows.person_in(couple, move.author_id):
            notes[move.topic_id].append((author, move.note or ""))
    return notes
