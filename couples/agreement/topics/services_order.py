"""What comes first: a person's own needs to them, and topics in the text (rules A1, A7, A9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from couples.agreement import rows
from couples.agreement.models import Topic
from couples.agreement.needs.services import changeable_need
from couples.agreement.topics import rows as rows_topics
from couples.agreement.topics.services_moving import watching_text
from couples.agreement.topics.shapes import OrderPage
from couples.db import transaction
from couples.errors import NotFound
from couples.pairing.services import CoupleView, couple_of, locked_couple


@transaction()
def set_matters(person_id: str, need_id: str, matters: int, now: datetime) -> None:
    """Keep how much one's own need matters; a page of it that is open elsewhere notices (A9)."""
    need = changeable_need(person_id, need_id)
    if need.matters == matters:
        return
    need.matters = matters
    need.saved_at = now
    need.revision += 1


def order(person_id: str) -> OrderPage:
    """Return the topics in the order of the text, or raise NotFound before there are any."""
    couple = couple_of(person_id)
    if couple.opened_at is None:
        raise NotFound
    return _page(rows.topics_of(couple.id))


def _page(topics: Sequence[Topic]) -> OrderPage:
    return OrderPage(tuple(map(rows.topic_view, topics)), " ".join(topic.id for topic in topics))


@transaction()
def move(person_id: str, topic_id: str, step: int, seen: str) -> OrderPage | None:
    """Move a topic one place; where another order was read, return the present one (rule A9)."""
    couple = locked_couple(person_id)
    topic = rows.topic_of(couple.id, topic_id)
    topics = rows.topics_of(couple.id)
    if _page(topics).seen != seen or topic.retired_at:
        return _page(topics)
    _move(couple, list(topics), topic, step)
    return None


def _move(couple: CoupleView, topics: list[Topic], topic: Topic, step: int) -> None:
    place = topics.index(topic)
    if not 0 <= place + step < len(topics):
        return
    topics.insert(place + step, topics.pop(place))
    gone = [other for other in rows_topics.every_topic(couple.id) if other.retired_at]
    with watching_text(couple):
        rows_topics.put_in_order([*topics, *gone])
