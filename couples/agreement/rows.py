"""Finding rows through the asking person or their couple, and showing them as values."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_

from couples.accounts.models import Person
from couples.agreement.models import Need, Promise, Readiness, Suggestion, Topic
from couples.agreement.rhythm import Rhythm
from couples.agreement.rules import NeedWords, PromiseWords, Terms
from couples.agreement.shapes import NeedView, PromiseView, SuggestionView
from couples.agreement.signing.models import Draft, Version
from couples.agreement.topics.shapes import TopicView
from couples.db import db
from couples.errors import NotFound
from couples.pairing.services import REMOVED, CoupleView, PersonMark

OPEN = (
    Suggestion.used_at.is_(None),
    Suggestion.replaced_at.is_(None),
    Suggestion.withdrawn_at.is_(None),
)


def needs_where(*conditions: ColumnElement[bool]) -> Sequence[Need]:
    """Return needs in the order in which they were begun."""
    query = db.select(Need).where(*conditions).order_by(Need.written_at, Need.id)
    return db.session.scalars(query).all()


def own_needs(person_id: str, couple_id: str | None) -> Sequence[Need]:
    """Return what a person wrote in this couple and before being linked."""
    # One begun in the very moment of linking has no couple yet; it must not get lost.
    here = or_(Need.couple_id == couple_id, Need.couple_id.is_(None))
    return needs_where(Need.person_id == person_id, here)


def own_need(person_id: str, need_id: str, *, lock: bool = False) -> Need:
    """Return one need of this person, or raise NotFound."""
    query = db.select(Need).where(Need.id == need_id, Need.person_id == person_id)
    found: Need | None = db.session.scalars(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound
    return found


def readiness_of(person_id: str) -> Readiness | None:
    """Return that a person said ready and has not opened the pages since, if so."""
    return db.session.scalars(db.select(Readiness).where(Readiness.person_id == person_id)).first()


def topics_of(couple_id: str) -> Sequence[Topic]:
    """Return a couple's living topics in order: neither put aside nor part of another."""
    query = db.select(Topic).where(Topic.couple_id == couple_id, Topic.retired_at.is_(None))
    return db.session.scalars(query.order_by(Topic.position)).all()


def topic_of(couple_id: str, topic_id: str) -> Topic:
    """Return one topic of this couple, or raise NotFound."""
    query = db.select(Topic).where(Topic.id == topic_id, Topic.couple_id == couple_id)
    found: Topic | None = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def standing(topic: Topic) -> Topic:
    """Return the topic under which this one is found by now: itself, or what it is part of."""
    return way_of(topic)[-1]


def way_of(topic: Topic) -> list[Topic]:
    """Return the topics of which this one became part, one after the other, itself first."""
    way = [topic]
    while into := way[-1].merged_into_id:
        way.append(db.session.get_one(Topic, into))
    return way


def suggestion_of(couple_id: str, suggestion_id: str) -> Suggestion:
    """Return one suggestion of this couple, or raise NotFound."""
    query = db.select(Suggestion).where(
        Suggestion.id == suggestion_id, Suggestion.couple_id == couple_id
    )
    found: Suggestion | None = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def open_suggestions(couple_id: str) -> dict[str, Suggestion]:
    """Return the suggestions that wait for an answer, by topic."""
    query = db.select(Suggestion).where(Suggestion.couple_id == couple_id, *OPEN)
    return {found.topic_id: found for found in db.session.scalars(query)}


def open_suggestion(topic_id: str) -> Suggestion | None:
    """Return the suggestion that waits under a topic, if one does."""
    query = db.select(Suggestion).where(Suggestion.topic_id == topic_id, *OPEN)
    return db.session.scalars(query).first()


def last_replaced(topic_id: str) -> Suggestion | None:
    """Return the newest suggestion that gave way to another."""
    query = db.select(Suggestion).where(
        Suggestion.topic_id == topic_id, Suggestion.replaced_at.is_not(None)
    )
    return db.session.scalars(query.order_by(Suggestion.made_at.desc()).limit(1)).first()


def replaced_last(couple_id: str) -> dict[str, Suggestion]:
    """Return the newest suggestions that gave way to others, by topic."""
    query = db.select(Suggestion).where(
        Suggestion.couple_id == couple_id, Suggestion.replaced_at.is_not(None)
    )
    return {row.topic_id: row for row in db.session.scalars(query.order_by(Suggestion.made_at))}


def promises_of(couple_id: str) -> dict[str, Promise]:
    """Return the promises of a couple's draft, by topic."""
    query = db.select(Promise).where(Promise.couple_id == couple_id)
    return {found.topic_id: found for found in db.session.scalars(query)}


def promise_under(topic_id: str) -> Promise | None:
    """Return the promise of a topic, if both have said yes to one."""
    return db.session.scalars(db.select(Promise).where(Promise.topic_id == topic_id)).first()


def draft_of(couple_id: str) -> Draft | None:
    """Return the couple's draft, if anybody has chosen a rhythm."""
    return db.session.scalars(db.select(Draft).where(Draft.couple_id == couple_id)).first()


def versions_of(couple_id: str) -> Sequence[Version]:
    """Return all versions, the newest first."""
    query = db.select(Version).where(Version.couple_id == couple_id)
    return db.session.scalars(query.order_by(Version.number.desc())).all()


def last_version(couple_id: str) -> Version | None:
    """Return the newest version: the one in force while the couple lives."""
    query = db.select(Version).where(Version.couple_id == couple_id)
    return db.session.scalars(query.order_by(Version.number.desc()).limit(1)).first()


def need_words(need: Need) -> NeedWords:
    """Return what is written."""
    return NeedWords(need.before or "", need.request or "", need.own_part or "", need.matters)


def need_view(need: Need) -> NeedView:
    """Show a need; one written under the partner's own topic takes its name from there."""
    listed, name = need.listed, need.own_topic
    topic = db.session.get(Topic, need.topic_id) if not listed and name is None else None
    if topic is not None:
        topic = standing(topic)
        # Its heading went if the partner whose words it was has erased their account.
        listed, name = topic.listed, str(REMOVED) if topic.own_words == "" else topic.own_words
    return NeedView(
        need.id,
        listed,
        name,
        need_words(need),
        need.revision,
        need.saved_at,
        need.opened_at,
        need.topic_id,
    )


def topic_view(topic: Topic) -> TopicView:
    """Show a topic."""
    return TopicView(topic.id, topic.listed, topic.own_words, topic.position)


def promise_words(row: Suggestion | Promise) -> PromiseWords:
    """Return the words of a suggestion or a promise."""
    return PromiseWords(
        row.words,
        row.kept_when or "",
        row.otherwise or "",
        row.how_often or "",
        row.trial_until,
    )


def zone_of(person_id: str) -> str:
    """Return the zone in which somebody lives."""
    return db.session.get_one(Person, person_id).zone


def person_in(couple: CoupleView, person_id: str | None) -> PersonMark | None:
    """Return the one of the two with this id."""
    both = (couple.left, couple.right)
    return next((one for one in both if one.person_id == person_id), None)


def promise_view(couple: CoupleView, promise: Promise) -> PromiseView:
    """Show a promise."""
    return PromiseView(
        person_in(couple, promise.owner_id),
        promise_words(promise),
        promise.agreed_at,
        promise.under_review_at,
    )


def suggestion_view(
    couple: CoupleView, row: Suggestion, before: Suggestion | Promise | None
) -> SuggestionView:
    """Show a suggestion beside the words it would replace."""
    author = person_in(couple, row.author_id)
    if author is None:
        raise NotFound
    return SuggestionView(
        row.id,
        author,
        person_in(couple, row.owner_id),
        promise_words(row),
        row.note or "",
        row.made_at,
        mine=row.author_id == couple.me.person_id,
        kept_for_talk=row.talk_at is not None,
        before=promise_words(before) if before else None,
        before_owner=person_in(couple, before.owner_id) if before else None,
    )


def draft_terms(draft: Draft) -> Terms:
    """Return the terms of a draft."""
    rhythm = Rhythm(
        draft.every_weeks,
        draft.opens_weekday,
        draft.opens_hour,
        draft.closes_weekday,
        draft.closes_hour,
        draft.zone,
    )
    return Terms(rhythm, draft.talk_plan or "", draft.review_on)
