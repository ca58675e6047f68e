"""What the partner's page of each topic shows of this person."""

from __future__ import annotations

from couples.agreement.listed import topic_name
from couples.agreement.promises.services_side import side
from couples.agreement.shapes import Side
from couples.agreement.topics.rows import every_topic
from couples.pairing.services import CoupleView
from couples.privacy.seen.shapes import SeenTopic, Wording


def seen_topics(couple: CoupleView) -> tuple[SeenTopic, ...]:
    """Return every topic under which anything of the partner of `couple.me` can be read."""
    pages = (side(couple.me.person_id, topic.id) for topic in every_topic(couple.id))
    return tuple(found for page in pages if (found := _topic(page)).has_any)


def _topic(page: Side) -> SeenTopic:
    me = page.couple.partner
    needs = [need for leaf in page.leaves if leaf.person == me for need in leaf.needs]
    others = [need.id for leaf in page.leaves if leaf.person != me for need in leaf.needs]
    waiting = page.suggestion if page.suggestion and not page.suggestion.mine else None
    return SeenTopic(
        name=topic_name(page.topic.listed, page.topic.own_words),
        retired=page.retired,
        needs=tuple(need.words for need in needs),
        heard=tuple(page.hearings[one].words for one in others if one in page.hearings),
        answers=tuple(
            page.hearings[need.id].answer or "" for need in needs if need.id in page.hearings
        ),
        suggestion=Wording(waiting.words, waiting.note) if waiting else None,
        past=tuple(Wording(one.words, one.note) for one in page.history if one.author == me),
        moves=_moves(page),
        promise=page.promise.words if page.promise else None,
    )


def _moves(page: Side) -> tuple[str, ...]:
    """Return the notes beside what was suggested about the topic, now and before."""
    me, waiting = page.couple.partner, page.moves.waiting
    now = [waiting.note] if waiting and waiting.author == me else []
    return (*now, *(one.note for one in page.past_moves if one.author == me))
