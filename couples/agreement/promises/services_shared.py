"""What both see under their topics, of all topics at once: nothing is asked for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from couples.agreement import rows
from couples.agreement.models import Promise, Topic
from couples.agreement.promises import rows as rows_side
from couples.agreement.promises.services_side import leaves_of, needs_under
from couples.agreement.promises.shapes import HearingView, PastWording
from couples.agreement.shapes import Leaf, PromiseView, SuggestionView
from couples.agreement.topics import rows as rows_topics
from couples.agreement.topics.shapes import TopicView
from couples.pairing.services import CoupleView, PersonMark


@dataclass(frozen=True, slots=True, repr=False)
class SharedSide:
    """What of a topic's page is the same for both: nothing that only its reader is offered there.

    `moves` are the notes beside what was suggested about the topic: what waits, then the past ones.
    """

    topic: TopicView
    retired: bool
    leaves: tuple[Leaf, Leaf]
    hearings: Mapping[str, HearingView]
    promise: PromiseView | None
    suggestion: SuggestionView | None
    history: tuple[PastWording, ...]
    moves: tuple[tuple[PersonMark, str], ...]


def shared_sides(couple: CoupleView) -> tuple[SharedSide, ...]:
    """Return every topic there ever was with what of its page is the same for both."""
    under = _Under(couple)
    return tuple(under.side(topic) for topic in under.topics)


class _Under:
    """What lies under a couple's topics, read once for all of them."""

    def __init__(self, couple: CoupleView) -> None:
        self.couple, self.topics = couple, rows_topics.every_topic(couple.id)
        self._needs = needs_under(*self.topics)
        self._hearings = rows_side.hearings_of(couple, (need.id for need in self._needs))
        self._promises = rows.promises_of(couple.id)
        self._waiting = rows.open_suggestions(couple.id)
        self._replaced = rows.replaced_last(couple.id)
        self._history = rows_side.past_wordings(couple, self.topics)
        self._moves = rows_topics.notes_of_moves(couple)

    def side(self, topic: Topic) -> SharedSide:
        needs = [need for need in self._needs if need.topic_id == topic.id]
        promise = self._promises.get(topic.id)
        return SharedSide(
            rows.topic_view(topic),
            topic.retired_at is not None,
            leaves_of(self.couple, needs),
            {need.id: self._hearings[need.id] for need in needs if need.id in self._hearings},
            rows.promise_view(self.couple, promise) if promise else None,
            self._suggestion(topic.id, promise),
            self._history[topic.id],
            tuple(self._moves.get(topic.id, ())),
        )

    def _suggestion(self, topic_id: str, promise: Promise | None) -> SuggestionView | None:
        waiting = self._waiting.get(topic_id)
        if waiting is None:
            return None
        before = promise or self._replaced.get(topic_id)
        return rows.suggestion_view(self.couple, waiting, before)
