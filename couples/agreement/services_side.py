"""Side by side: both needs, the promise and the open suggestion of a topic (rules A3, A5)."""

from __future__ import annotations

from collections.abc import Sequence

from couples.agreement import rows, rules
from couples.agreement.models import Need, Promise, Suggestion, Topic
from couples.agreement.shapes import Leaf, Side, TopicLine, TopicState
from couples.pairing.services import CoupleView, couple_of


def topic_lines(couple: CoupleView) -> tuple[TopicLine, ...]:
    """Return the couple's topics in order, each with where its promise stands for this reader."""
    waiting, promises = rows.open_suggestions(couple.id), rows.promises_of(couple.id)
    return tuple(
        TopicLine(
            rows.topic_view(topic),
            _state(couple, waiting.get(topic.id), promises.get(topic.id)),
            words.words if (words := promises.get(topic.id)) else "",
        )
        for topic in rows.topics_of(couple.id)
    )


def _state(couple: CoupleView, waiting: Suggestion | None, promise: Promise | None) -> TopicState:
    if waiting is not None:
        if waiting.talk_at:
            return "talk"
        return "mine" if waiting.author_id == couple.me.person_id else "theirs"
    if promise is None:
        return "nothing"
    return "review" if promise.under_review_at else "agreed"


def side(person_id: str, topic_id: str) -> Side:
    """Return one topic with everything both may see under it."""
    couple = couple_of(person_id)
    topic = rows.topic_of(couple.id, topic_id)
    promise, waiting = rows.promise_under(topic.id), rows.open_suggestion(topic.id)
    mine = rows.own_needs(person_id, couple.id)
    return Side(
        couple,
        rows.topic_view(topic),
        of=len(rows.topics_of(couple.id)),
        leaves=_leaves(couple, topic),
        promise=rows.promise_view(couple, promise) if promise else None,
        suggestion=(
            rows.suggestion_view(couple, waiting, promise or rows.last_replaced(topic.id))
            if waiting
            else None
        ),
        my_draft_id=_draft_about(topic, mine),
        may_write=rules.may_write_more(len(mine)),
        seen=newest_id(promise, waiting),
    )


def _leaves(couple: CoupleView, topic: Topic) -> tuple[Leaf, Leaf]:
    needs = rows.needs_where(Need.topic_id == topic.id, Need.opened_at.is_not(None))

    def leaf(index: int) -> Leaf:
        person = (couple.left, couple.right)[index]
        mine = (rows.need_view(need) for need in needs if need.person_id == person.person_id)
        return Leaf(person, tuple(mine))

    return leaf(0), leaf(1)


def _draft_about(topic: Topic, mine: Sequence[Need]) -> str | None:
    for need in mine:
        here = need.topic_id == topic.id or (topic.listed and need.listed == topic.listed)
        if here and not need.opened_at:
            return need.id
    return None


def newest_id(promise: Promise | None, waiting: Suggestion | None) -> str:
    """Return the id of the words that a new suggestion would answer, or nothing."""
    if waiting is not None:
        return waiting.id
    return promise.suggestion_id if promise else ""
