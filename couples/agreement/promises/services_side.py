"""Side by side: both needs, the promise and the open suggestion of a topic (rules A3, A5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from couples.agreement import rows, rules
from couples.agreement.models import Need, Promise, Suggestion, Topic, TopicSuggestion
from couples.agreement.promises import rows as rows_side
from couples.agreement.promises.shapes import HearingView, UnsentView
from couples.agreement.shapes import Leaf, Side, TopicLine, TopicState, Waiting
from couples.agreement.topics import rows as rows_topics
from couples.agreement.topics.services import moves_of
from couples.agreement.unsent import services as services_unsent
from couples.agreement.unsent.services import HEARING
from couples.pairing.services import CoupleView, couple_of


def topic_lines(couple: CoupleView) -> tuple[TopicLine, ...]:
    """Return the couple's topics in order, each with where its promise stands for this reader."""
    waiting, promises = rows.open_suggestions(couple.id), rows.promises_of(couple.id)
    moves = rows_topics.open_moves(couple.id)
    return tuple(
        TopicLine(
            rows.topic_view(topic),
            _state(couple, waiting.get(topic.id), promises.get(topic.id)),
            words.words if (words := promises.get(topic.id)) else "",
            _whose(couple, move) if (move := moves.get(topic.id)) else "",
        )
        for topic in rows.topics_of(couple.id)
    )


def _state(couple: CoupleView, waiting: Suggestion | None, promise: Promise | None) -> TopicState:
    if waiting is not None:
        return _whose(couple, waiting)
    if promise is None:
        return "nothing"
    return "review" if promise.under_review_at else "agreed"


def _whose(couple: CoupleView, row: Suggestion | TopicSuggestion) -> Waiting:
    if row.talk_at:
        return "talk"
    return "mine" if row.author_id == couple.me.person_id else "theirs"


def side(person_id: str, topic_id: str) -> Side:
    """Return one topic with everything both may see under it."""
    couple = couple_of(person_id)
    topic = rows.topic_of(couple.id, topic_id)
    promise, waiting = rows.promise_under(topic.id), rows.open_suggestion(topic.id)
    mine = rows.own_needs(person_id, couple.id)
    leaves = leaves_of(couple, needs_under(topic))
    hearings = rows_side.hearings_of(couple, (need.id for leaf in leaves for need in leaf.needs))
    living = [each.id for each in rows.topics_of(couple.id)]
    return Side(
        couple,
        rows.topic_view(topic),
        number=living.index(topic.id) + 1 if topic.id in living else 0,
        of=len(living),
        retired=topic.retired_at is not None,
        leaves=leaves,
        hearings=hearings,
        promise=rows.promise_view(couple, promise) if promise else None,
        suggestion=(
            rows.suggestion_view(couple, waiting, promise or rows.last_replaced(topic.id))
            if waiting
            else None
        ),
        my_draft_id=_draft_about(topic, mine),
        may_write=rules.may_write_more(len(mine)),
        seen=newest_id(promise, waiting),
        history=rows_side.past_wordings(couple, [topic])[topic.id],
        past_moves=rows_topics.past_moves(couple, topic),
        begun=services_unsent.begun(person_id),
        left=_left(person_id, topic, leaves, hearings),
        moves=moves_of(couple, topic),
    )


def needs_under(*topics: Topic) -> Sequence[Need]:
    """Return the needs that are open under topics, in the order in which they were begun."""
    under = Need.topic_id.in_([topic.id for topic in topics])
    return rows.needs_where(under, Need.opened_at.is_not(None))


def leaves_of(couple: CoupleView, needs: Sequence[Need]) -> tuple[Leaf, Leaf]:
    """Return both leaves of one topic with what each of the two opened under it."""

    def leaf(index: int) -> Leaf:
        person = (couple.left, couple.right)[index]
        mine = (rows.need_view(need) for need in needs if need.person_id == person.person_id)
        return Leaf(person, tuple(mine))

    return leaf(0), leaf(1)


def _left(
    person_id: str,
    topic: Topic,
    leaves: tuple[Leaf, Leaf],
    hearings: Mapping[str, HearingView],
) -> Mapping[str, UnsentView]:
    """Return what this reader heard, kept for later and has nobody to say to any more (A9)."""
    fixed = [
        need.id
        for leaf in leaves
        for need in leaf.needs
        if topic.retired_at or (need.id in hearings and hearings[need.id].answer == "yes")
    ]
    return services_unsent.unsent_of(person_id, HEARING, fixed)


def _draft_about(topic: Topic, mine: Sequence[Need]) -> str | None:
    topics = rows_topics.every_topic(topic.couple_id)
    for need in mine:
        if not need.opened_at and rows_topics.topic_about(need, topics) is topic:
            return need.id
    return None


def newest_id(promise: Promise | None, waiting: Suggestion | None) -> str:
    """Return the id of the words that a new suggestion would answer, or nothing."""
    if waiting is not None:
        return waiting.id
    return promise.suggestion_id if promise else ""
