"""What the partner's page of each topic shows of this person."""

from __future__ import annotations

from couples.agreement.listed import topic_name
from couples.agreement.promises.services_shared import SharedSide, shared_sides
from couples.pairing.services import CoupleView, PersonMark
from couples.privacy.seen.shapes import SeenTopic, Wording


def seen_topics(couple: CoupleView) -> tuple[SeenTopic, ...]:
    """Return every topic under which anything of the partner of `couple.me` can be read."""
    shown = (_topic(page, couple.partner) for page in shared_sides(couple))
    return tuple(found for found in shown if found.has_any)


def _topic(page: SharedSide, me: PersonMark) -> SeenTopic:
    needs = [need for leaf in page.leaves if leaf.person == me for need in leaf.needs]
    others = [need.id for leaf in page.leaves if leaf.person != me for need in leaf.needs]
    waiting = page.suggestion if page.suggestion and page.suggestion.author == me else None
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
        moves=tuple(note for author, note in page.moves if author == me),
        promise=page.promise.words if page.promise else None,
    )
