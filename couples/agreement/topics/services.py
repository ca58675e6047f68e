"""Suggesting to put a topic aside or to make it part of another, and answering (rules A5, A9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from couples.agreement import rows, rules
from couples.agreement.models import Promise, Suggestion, Topic, TopicSuggestion
from couples.agreement.refusals import MoveGone, NotYourMove, OwnMove
from couples.agreement.review import services as services_review
from couples.agreement.topics import rows as rows_topics
from couples.agreement.topics import services_moving as moving
from couples.agreement.topics.rows import living_topic
from couples.agreement.topics.shapes import (
    Headings,
    Kind,
    Moves,
    MoveView,
    Outcome,
    Target,
    TopicView,
)
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import CoupleView, couple_of, couple_or_none, lock_both, locked_couple


@dataclass(frozen=True, slots=True, repr=False)
class Proposal:
    """What a person suggests about a topic; `seen` is what they read there before."""

    kind: Kind
    into_id: str = ""
    note: str = ""
    seen: str = ""


@transaction()
def propose(person_id: str, topic_id: str, wanted: Proposal, now: datetime) -> Moves | None:
    """Lay it before the other; where something lies there unread, return that instead (A9)."""
    couple = locked_couple(person_id)
    topic = living_topic(couple, topic_id)
    into = _target(couple, topic, wanted)
    waiting = rows_topics.open_move(topic.id)
    if waiting and waiting.author_id == person_id and _is_same(waiting, wanted):
        return None
    if waiting and waiting.id != wanted.seen:
        return moves_of(couple, topic)
    if waiting:
        waiting.withdrawn_at = now
        db.session.flush()
    move = TopicSuggestion(
        couple_id=couple.id,
        kind=wanted.kind,
        topic_id=topic.id,
        into_id=into.id if into else None,
        author_id=person_id,
        note=wanted.note,
        made_at=now,
    )
    db.session.add(move)
    return None


def _target(couple: CoupleView, topic: Topic, wanted: Proposal) -> Topic | None:
    if wanted.kind == "retire":
        return None
    if wanted.into_id == topic.id:
        raise NotFound
    return living_topic(couple, wanted.into_id)


def _is_same(move: TopicSuggestion, wanted: Proposal) -> bool:
    """Whether this very suggestion lies there already, as after a double press."""
    there = (move.kind, move.into_id or "", move.note or "")
    return there == (wanted.kind, wanted.into_id if wanted.kind == "merge" else "", wanted.note)


@transaction()
def use(person_id: str, move_id: str, now: datetime) -> str:
    """Say yes, which does it; return the id of the topic under which all is found then."""
    couple = couple_of(person_id)
    # Words that either has begun and not sent go along.
    lock_both(couple)
    move = rows_topics.move_of(couple.id, move_id)
    if not rules.may_use(move.author_id, person_id):
        raise OwnMove
    if move.used_at is None:
        _still_open(move)
        move.used_at = now
        topic = rows.topic_of(couple.id, move.topic_id)
        if move.into_id:
            moving.make_part(couple, topic, rows.topic_of(couple.id, move.into_id), now)
        else:
            moving.put_aside(couple, topic, now)
        services_review.plan_next(couple, now)
    return move.into_id or move.topic_id


def _still_open(move: TopicSuggestion) -> None:
    if move.used_at or move.withdrawn_at:
        raise MoveGone


@transaction()
def keep_for_talk(person_id: str, move_id: str, now: datetime) -> str:
    """Leave it open until the two have talked; return the topic's id."""
    couple = locked_couple(person_id)
    move = rows_topics.move_of(couple.id, move_id)
    _still_open(move)
    move.talk_at = move.talk_at or now
    return move.topic_id


@transaction()
def withdraw(person_id: str, move_id: str, now: datetime) -> str:
    """Take one's own suggestion back while it is unanswered; return the topic's id."""
    couple = locked_couple(person_id)
    move = rows_topics.move_of(couple.id, move_id)
    if move.author_id != person_id:
        raise NotYourMove
    if move.withdrawn_at is None:
        _still_open(move)
        move.withdrawn_at = now
    return move.topic_id


def moves(person_id: str, topic_id: str) -> Moves:
    """Return what there is to say about where a topic goes."""
    couple = couple_of(person_id)
    return moves_of(couple, rows.topic_of(couple.id, topic_id))


def moves_of(couple: CoupleView, topic: Topic) -> Moves:
    """Return the same for a page that has both at hand."""
    waiting = rows_topics.open_move(topic.id)
    before = rows_topics.replaced_by(waiting) if waiting else None
    others = [other for other in rows.topics_of(couple.id) if other.id != topic.id]
    lies = _Lying(rows.promises_of(couple.id), rows.open_suggestions(couple.id))
    now_in = rows.standing(topic)
    return Moves(
        rows.topic_view(topic),
        _view(couple, waiting) if waiting else None,
        lies.outcome(topic.id, waiting.into_id if waiting else None),
        _view(couple, before) if before else None,
        tuple(
            Target(rows.topic_view(other), lies.outcome(topic.id, other.id))
            for other in others
            if topic.retired_at is None
        ),
        gone_at=topic.retired_at,
        now_part_of=rows.topic_view(now_in) if now_in is not topic else None,
    )


@dataclass(frozen=True, slots=True)
class _Lying:
    """What lies under a couple's topics, read once for all of them."""

    promises: Mapping[str, Promise]
    wordings: Mapping[str, Suggestion]

    def outcome(self, topic_id: str, into_id: str | None) -> Outcome:
        return Outcome(
            promise=topic_id in self.promises,
            promise_there=into_id in self.promises,
            wording=topic_id in self.wordings,
            wording_there=into_id in self.wordings,
        )


def _view(couple: CoupleView, move: TopicSuggestion) -> MoveView:
    author = rows.person_in(couple, move.author_id)
    if author is None:
        raise NotFound
    into = rows.topic_of(couple.id, move.into_id) if move.into_id else None
    return MoveView(
        move.id,
        "merge" if into else "retire",
        author,
        rows.topic_view(into) if into else None,
        move.note or "",
        move.made_at,
        mine=move.author_id == couple.me.person_id,
        kept_for_talk=move.talk_at is not None,
    )


def aside(person_id: str) -> tuple[TopicView, ...]:
    """Return the topics both put aside, whose needs stay readable to both."""
    couple = couple_of(person_id)
    return tuple(rows.topic_view(topic) for topic in rows_topics.topics_aside(couple.id))


def headings(person_id: str) -> Headings:
    """Return the topics that are open for both, to write under."""
    couple = couple_or_none(person_id)
    if couple is None or couple.opened_at is None:
        return Headings((), frozenset())
    living = rows.topics_of(couple.id)
    covered = (
        topic.listed
        for topic in rows_topics.every_topic(couple.id)
        if topic.listed and not rows.standing(topic).retired_at
    )
    return Headings(tuple(rows.topic_view(topic) for topic in living), frozenset(covered))
