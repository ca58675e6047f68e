"""Erasing an account: own words go, and read “removed” in the partner's copies (rule A10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from couples.agreement.models import (
    Hearing,
    Need,
    Promise,
    Readiness,
    Suggestion,
    Topic,
    TopicSuggestion,
)
from couples.agreement.review.models import ReviewTopic
from couples.agreement.signing.models import Draft, ReviewAnswer, Signature, Version
from couples.agreement.unsent.models import Unsent
from couples.db import UNSYNCHRONIZED, db
from couples.pairing.models import Couple, Membership
from couples.pairing.services_erasing import left_by_all

NO_WORDS = dict.fromkeys(
    ["listed", "own_topic_sealed", "before_sealed", "request_sealed", "own_part_sealed", "matters"]
)


def redact(_sender: object, *, person_id: str, now: datetime) -> None:
    """Take a person's words out of everything two people wrote, once their links have ended.

    Promises stay: both said yes to their words. So do a text's hash and its signatures' days.
    """
    couple_ids = _lock_couples(person_id)
    _redact_versions(person_id, couple_ids, now)
    _redact_topics(person_id, couple_ids)
    _redact_suggestions(person_id)
    _redact_left_over(person_id)
    _forget_needs(person_id)
    _forget_hearings(person_id)
    _forget_signing(person_id, couple_ids)
    for model in (Readiness, Unsent, ReviewAnswer):
        _run(delete(model).where(model.person_id == person_id))
    _forget_shared(left_by_all(person_id))


def _lock_couples(person_id: str) -> list[str]:
    """Return the person's couples, locked in one order: the two may erase at the same instant."""
    mine = select(Membership.couple_id).where(Membership.person_id == person_id)
    query = select(Couple.id).where(Couple.id.in_(mine)).order_by(Couple.id)
    return list(db.session.scalars(query.with_for_update(of=Couple, key_share=True)))


def _redact_versions(person_id: str, couple_ids: list[str], now: datetime) -> None:
    query = select(Version).where(Version.couple_id.in_(couple_ids))
    for version in db.session.scalars(query.execution_options(populate_existing=True)):
        version.content = redacted(version.content, person_id)
        version.redacted_at = version.redacted_at or now
    signed = select(Signature).where(Signature.person_id == person_id)
    for signature in db.session.scalars(signed.where(Signature.version_id.is_not(None))):
        signature.typed_name = ""


def redacted(content: dict[str, Any], person_id: str) -> dict[str, Any]:
    """Return a signed text without one person's name, needs and own part."""
    people = [
        {**each, "name": ""} if each["person_id"] == person_id else each
        for each in content.get("people", [])
    ]
    clauses = [
        {**clause, "needs": [_without(need, person_id) for need in clause["needs"]]}
        for clause in content.get("clauses", [])
    ]
    return {**content, "people": people, "clauses": clauses}


def _without(need: dict[str, Any], person_id: str) -> dict[str, Any]:
    return {**need, "words": "", "own_part": ""} if need["person_id"] == person_id else need


def _redact_topics(person_id: str, couple_ids: list[str]) -> None:
    """Empty headings in the person's own words, unless a promise made them words of both.

    Whose they are, the words tell: a merge moves needs to topics in the partner's words.
    """
    mine = _headings(couple_ids, Need.person_id == person_id)
    own = mine - _headings(couple_ids, Need.person_id != person_id)
    drafted = select(Promise.topic_id).where(Promise.couple_id.in_(couple_ids))
    promised = set(db.session.scalars(drafted))
    for version in db.session.scalars(select(Version).where(Version.couple_id.in_(couple_ids))):
        promised |= {clause["topic_id"] for clause in version.content.get("clauses", [])}
    for topic in db.session.scalars(select(Topic).where(Topic.couple_id.in_(couple_ids))):
        heading = (topic.couple_id, topic.opened_at, topic.own_words)
        if heading in own and topic.id not in promised:
            topic.own_words = ""


def _headings(couple_ids: list[str], whose: ColumnElement[bool]) -> set[Any]:
    """Return couple, instant and words of the topics that needs in own words have opened."""
    opened = Need.opened_at.is_not(None), Need.own_topic_sealed.is_not(None)
    query = select(Need).where(Need.couple_id.in_(couple_ids), *opened, whose)
    return {(need.couple_id, need.opened_at, need.own_topic) for need in db.session.scalars(query)}


def _redact_suggestions(person_id: str) -> None:
    mine = select(Suggestion).where(Suggestion.author_id == person_id)
    for row in db.session.scalars(mine):
        row.note = None
        if row.used_at is None:
            row.words, row.kept_when, row.otherwise, row.how_often = "", None, None, None
    theirs = TopicSuggestion.author_id == person_id
    _run(update(TopicSuggestion).where(theirs).values(note_sealed=None))


def _redact_left_over(person_id: str) -> None:
    """Empty what the person brought to talks and waits for a review."""
    for row in db.session.scalars(select(ReviewTopic).where(ReviewTopic.author_id == person_id)):
        row.words = ""


def _forget_needs(person_id: str) -> None:
    """Delete the person's needs; one in which the partner heard something stays as its anchor."""
    heard = select(Hearing.need_id).where(Hearing.author_id != person_id)
    mine = Need.person_id == person_id
    _run(update(Need).where(mine, Need.id.in_(heard)).values(**NO_WORDS))
    _run(delete(Hearing).where(Hearing.author_id == person_id))
    _run(delete(Need).where(mine, Need.id.not_in(heard)))


def _forget_hearings(person_id: str) -> None:
    """Forget what the person answered to what the partner heard; its words are the partner's."""
    mine = select(Need.id).where(Need.person_id == person_id)
    answers = update(Hearing).where(Hearing.need_id.in_(mine))
    _run(answers.values(answer=None, answered_at=None))


def _forget_signing(person_id: str, couple_ids: list[str]) -> None:
    """Forget signatures under no version, and talk plans that nobody signed."""
    mine: ColumnElement[bool] = Signature.person_id == person_id
    _run(delete(Signature).where(mine, Signature.version_id.is_(None)))
    drafts = update(Draft).where(Draft.couple_id.in_(couple_ids))
    _run(drafts.values(talk_plan_sealed=None))


def _forget_shared(couple_ids: list[str]) -> None:
    """Let the words of both go, too, where nobody is left to read them."""
    for version in db.session.scalars(select(Version).where(Version.couple_id.in_(couple_ids))):
        version.content = {}
    for topic in db.session.scalars(select(Topic).where(Topic.couple_id.in_(couple_ids))):
        topic.own_words = None
    for model in (Promise, Suggestion):
        _forget_wordings(model, couple_ids)


def _forget_wordings(model: type[Any], couple_ids: list[str]) -> None:
    for row in db.session.scalars(select(model).where(model.couple_id.in_(couple_ids))):
        row.words, row.kept_when, row.otherwise, row.how_often = "", None, None, None


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options=UNSYNCHRONIZED)
