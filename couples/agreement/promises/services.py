"""Suggesting words, and answering suggestions (rules A5, A8, A9)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from couples.agreement import rows, rules
from couples.agreement.models import Promise, Suggestion, Topic
from couples.agreement.promises.services_side import newest_id, side
from couples.agreement.promises.wordings import Wording, to_plain
from couples.agreement.refusals import (
    NoPromiseYet,
    NotYours,
    OwnSuggestion,
    SuggestionGone,
    TrialPassed,
)
from couples.agreement.shapes import Side
from couples.agreement.topics import services_moving as moving
from couples.agreement.topics.rows import living_topic
from couples.agreement.unsent import services as services_unsent
from couples.agreement.unsent.services import WORDS
from couples.db import db, transaction
from couples.pairing.services import CoupleView, locked_couple

__all__ = ["Wording"]


@transaction()
def suggest(person_id: str, topic_id: str, wording: Wording, now: datetime) -> Side | None:
    """Lay words before the other; where newer ones lie there, return them instead (rule A9)."""
    couple = locked_couple(person_id)
    topic = living_topic(couple, topic_id)
    waiting = rows.open_suggestion(topic.id)
    owner_id = rules.owner_of(person_id, wording.mine)
    there = waiting if waiting and waiting.author_id == person_id else None
    same = there is not None and _is_same(there, wording, owner_id)
    if not same and has_newer(topic, waiting, wording.seen):
        return side(person_id, topic_id)
    services_unsent.settle(person_id, WORDS + topic.id, to_plain(wording), wording.revision)
    if same:
        return None
    if waiting is not None:
        waiting.replaced_at = now
        db.session.flush()
    db.session.add(_suggestion(couple, topic, wording, owner_id, now))
    return None


def _is_same(row: Suggestion, wording: Wording, owner_id: str | None) -> bool:
    """Whether these very words lie there already, as after a double press."""
    written = (rows.promise_words(row), row.note or "", row.owner_id)
    return written == (wording.words, wording.note, owner_id)


def has_newer(topic: Topic, waiting: Suggestion | None, seen: str) -> bool:
    """Whether words came under a topic since a page was made that knew of `seen` (rule A9)."""
    there = newest_id(rows.promise_under(topic.id), waiting)
    if there in {seen, ""}:
        return False
    newest, known = db.session.get(Suggestion, there), db.session.get(Suggestion, seen)
    if newest is None:
        return False
    ours = known if known and known.topic_id == topic.id else None
    return rules.is_newer(ours.made_at if ours else None, newest.made_at)


def _suggestion(
    couple: CoupleView, topic: Topic, wording: Wording, owner_id: str | None, now: datetime
) -> Suggestion:
    return Suggestion(
        couple_id=couple.id,
        topic_id=topic.id,
        author_id=couple.me.person_id,
        owner_id=owner_id,
        note=wording.note,
        made_at=now,
        **asdict(wording.words),
    )


@transaction()
def use(person_id: str, suggestion_id: str, now: datetime) -> str:
    """Say yes to the other's words, which makes them the promise; return the topic's id."""
    couple = locked_couple(person_id)
    row = rows.suggestion_of(couple.id, suggestion_id)
    if not rules.may_use(row.author_id, person_id):
        raise OwnSuggestion
    if row.used_at is None:
        _still_open(row)
        living_topic(couple, row.topic_id)
        if not rules.may_begin_trial(row.trial_until, rows.zone_of(person_id), now):
            raise TrialPassed
        with moving.watching_text(couple):
            row.used_at = now
            _agree(row, now)
    return row.topic_id


def _still_open(row: Suggestion) -> None:
    if row.used_at or row.replaced_at or row.withdrawn_at:
        raise SuggestionGone


def _agree(row: Suggestion, now: datetime) -> None:
    values = {
        "suggestion_id": row.id,
        "owner_id": row.owner_id,
        "agreed_at": now,
        "under_review_at": None,
        **asdict(rows.promise_words(row)),
    }
    promise = rows.promise_under(row.topic_id)
    if promise is None:
        db.session.add(Promise(couple_id=row.couple_id, topic_id=row.topic_id, **values))
        return
    for name, value in values.items():
        setattr(promise, name, value)


@transaction()
def keep_for_talk(person_id: str, suggestion_id: str, now: datetime) -> str:
    """Leave the other's words open until the two have talked; return the topic's id."""
    couple = locked_couple(person_id)
    row = rows.suggestion_of(couple.id, suggestion_id)
    _still_open(row)
    row.talk_at = row.talk_at or now
    return row.topic_id


@transaction()
def withdraw(person_id: str, suggestion_id: str, now: datetime) -> str:
    """Take one's own words back while they are unanswered; return the topic's id."""
    couple = locked_couple(person_id)
    row = rows.suggestion_of(couple.id, suggestion_id)
    if row.author_id != person_id:
        raise NotYours
    if row.withdrawn_at is None:
        _still_open(row)
        row.withdrawn_at = now
    return row.topic_id


@transaction()
def review(person_id: str, topic_id: str, wanted: bool, now: datetime) -> None:
    """Put a promise under review, or take it off: either may, at once, alone (rule A8)."""
    couple = locked_couple(person_id)
    promise = rows.promise_under(living_topic(couple, topic_id).id)
    if promise is None:
        raise NoPromiseYet
    promise.under_review_at = (promise.under_review_at or now) if wanted else None
