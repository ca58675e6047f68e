"""What a yes does to a topic: it is put aside, or becomes part of another one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from couples.agreement import rows
from couples.agreement.document.content import canonical
from couples.agreement.models import Need, Suggestion, Topic, TopicSuggestion
from couples.agreement.refusals import TwoWordings
from couples.agreement.signing.services_drafting import content_of, text_changed
from couples.agreement.topics import rows as rows_topics
from couples.agreement.unsent.models import Unsent
from couples.agreement.unsent.services import WORDS
from couples.db import db
from couples.pairing.services import CoupleView


@contextmanager
def watching_text(couple: CoupleView) -> Iterator[None]:
    """Let signatures stop counting where the text reads differently afterwards, and only there."""
    before = _text(couple)
    yield
    db.session.flush()
    if _text(couple) != before:
        text_changed(couple.id)


def _text(couple: CoupleView) -> str:
    draft = rows.draft_of(couple.id)
    return canonical(content_of(couple, draft)) if draft else ""


def put_aside(couple: CoupleView, topic: Topic, now: datetime) -> None:
    """Take a topic out of the draft; all its words stay to be read."""
    with watching_text(couple):
        if waiting := rows.open_suggestion(topic.id):
            waiting.withdrawn_at = now
        if promise := rows.promise_under(topic.id):
            db.session.delete(promise)
        _leave(topic, now)


def make_part(couple: CoupleView, topic: Topic, into: Topic, now: datetime) -> None:
    """Move needs, wordings and, where it is the only one, the promise to another topic."""
    if rows.open_suggestion(topic.id) and rows.open_suggestion(into.id):
        raise TwoWordings
    with watching_text(couple):
        moved = _move_promise(topic, into)
        # What nobody has opened stays as it is; it finds its place when its author opens it.
        for need in rows.needs_where(Need.topic_id == topic.id, Need.opened_at.is_not(None)):
            need.topic_id = into.id
        wordings = db.select(Suggestion).where(Suggestion.topic_id == topic.id)
        if not moved:
            # What was agreed here stays here, and so tells that the promise there is another one.
            wordings = wordings.where(Suggestion.used_at.is_(None))
        for wording in db.session.scalars(wordings).all():
            wording.topic_id = into.id
        topic.merged_into_id = into.id
        _leave(topic, now)
    for person in (couple.left, couple.right):
        _move_unsent(person.person_id, topic, into)


def _move_promise(topic: Topic, into: Topic) -> bool:
    """Move a promise where there is room for it, else let it go; say whether it moved."""
    promise = rows.promise_under(topic.id)
    if promise is None:
        return False
    if rows.promise_under(into.id) is None:
        promise.topic_id = into.id
        return True
    db.session.delete(promise)
    return False


def _move_unsent(person_id: str, topic: Topic, into: Topic) -> None:
    """Let a person go on with words not sent yet, unless they have begun others there."""
    # The caller holds the person: nothing new is begun there meanwhile.
    places = (WORDS + topic.id, WORDS + into.id)
    query = db.select(Unsent).where(Unsent.person_id == person_id, Unsent.about.in_(places))
    locked = query.order_by(Unsent.id).with_for_update()
    found = {row.about: row for row in db.session.scalars(locked).all()}
    if list(found) == [places[0]]:
        found[places[0]].about = places[1]


def _leave(topic: Topic, now: datetime) -> None:
    topic.retired_at = now
    names_it = db.or_(TopicSuggestion.topic_id == topic.id, TopicSuggestion.into_id == topic.id)
    query = db.select(TopicSuggestion).where(names_it, *rows_topics.OPEN)
    for move in db.session.scalars(query).all():
        move.withdrawn_at = now
    rows_topics.settle_order(topic.couple_id)


def bring_back(topic: Topic) -> None:
    """Let a topic that was put aside live again, after all others."""
    topic.retired_at = None
    rows_topics.settle_order(topic.couple_id)
