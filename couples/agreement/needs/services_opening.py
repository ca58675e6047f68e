"""Ready, and opening together (rules A2, A3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from couples.agreement import rows, rules
from couples.agreement.models import Need, Readiness, Topic
from couples.agreement.needs.services import changeable_need
from couples.agreement.refusals import AlreadyOpen, NothingWritten, NotOpenYet
from couples.agreement.signing.services_drafting import text_changed
from couples.agreement.topics import rows as rows_topics
from couples.agreement.topics import services_moving as moving
from couples.db import db, transaction
from couples.pairing.models import Couple
from couples.pairing.services import CoupleView, couple_of, lock_couple, locked_couple


@transaction()
def say_ready(person_id: str, now: datetime) -> None:
    """Fold one's page; if the other's is folded already, open both in this very transaction."""
    couple = couple_of(person_id)
    row = lock_couple(couple.id)
    if row.opened_at:
        raise AlreadyOpen
    if not _written(person_id, couple.id):
        raise NothingWritten
    if rows.readiness_of(person_id) is None:
        db.session.add(Readiness(couple_id=couple.id, person_id=person_id, since=now))
    if rows.readiness_of(couple.partner.person_id) is not None:
        _open_both(couple, row, now)


def _written(person_id: str, couple_id: str) -> list[Need]:
    """Return the drafts that would open, locked: those with at least one line."""
    query = (
        db.select(Need)
        .where(Need.person_id == person_id, Need.opened_at.is_(None))
        .where(db.or_(Need.couple_id == couple_id, Need.couple_id.is_(None)))
        .order_by(Need.written_at, Need.id)
        .with_for_update()
    )
    return [need for need in db.session.scalars(query) if rows.need_words(need).parts]


def _open_both(couple: CoupleView, row: Couple, now: datetime) -> None:
    left, right = (_written(one.person_id, couple.id) for one in (couple.left, couple.right))
    needs = {need.id: need for need in (*left, *right)}
    groups = rules.topics_to_open(_wishes(left), _wishes(right))
    for position, group in enumerate(groups, start=1):
        topic = _new_topic(couple.id, needs[group[0]], position, now)
        for need_id in group:
            _open(needs[need_id], topic, now)
    row.opened_at = now


def _wishes(needs: Sequence[Need]) -> list[rules.Wish]:
    return [rules.Wish(need.id, need.listed, need.matters) for need in needs]


def _new_topic(couple_id: str, need: Need, position: int, now: datetime) -> Topic:
    topic = Topic(
        couple_id=couple_id,
        listed=need.listed,
        own_words=need.own_topic,
        position=position,
        opened_at=now,
    )
    db.session.add(topic)
    db.session.flush()
    return topic


def _open(need: Need, topic: Topic, now: datetime) -> None:
    need.couple_id = topic.couple_id
    need.topic_id = topic.id
    need.opened_at = now


@transaction()
def take_back(person_id: str) -> None:
    """Unfold one's page, unless both have opened by now."""
    couple = couple_of(person_id)
    if lock_couple(couple.id).opened_at:
        raise AlreadyOpen
    _forget_readiness(person_id)


@transaction()
def open_pages(person_id: str) -> None:
    """Note that this person has opened the two pages; the other's waiting page stays theirs."""
    if couple_of(person_id).opened_at is None:
        raise NotOpenYet
    _forget_readiness(person_id)


def _forget_readiness(person_id: str) -> None:
    db.session.execute(db.delete(Readiness).where(Readiness.person_id == person_id))


@transaction()
def open_need(person_id: str, need_id: str, now: datetime) -> str:
    """Open one need written later, by its author's own press; return its topic's id."""
    couple = locked_couple(person_id)
    need = changeable_need(person_id, need_id)
    if couple.opened_at is None:
        raise NotOpenYet
    if not rows.need_words(need).parts:
        raise NothingWritten
    topic = _topic_for(couple.id, need, now)
    _open(need, topic, now)
    if rows.promise_under(topic.id):
        text_changed(couple.id)
    return topic.id


def _topic_for(couple_id: str, need: Need, now: datetime) -> Topic:
    """Return the topic a need joins, back if it was put aside, or a new one after all others."""
    topics = rows_topics.every_topic(couple_id)
    topic = rows_topics.topic_about(need, topics)
    if topic is None:
        topic = _new_topic(couple_id, need, len(topics) + 1, now)
        rows_topics.settle_order(couple_id)
    elif topic.retired_at:
        moving.bring_back(topic)
    return topic


def forget_readiness_of(couple_id: str) -> None:
    """Let nobody wait for an opening that will not come, in the caller's transaction."""
    db.session.execute(db.delete(Readiness).where(Readiness.couple_id == couple_id))
