"""What a person wrote towards an agreement, as plain values for their own copy (rules S5, A10).

Of what two people wrote only one's own words are here, and the words both said yes to. A heading
in the partner's words is theirs until a promise stands under it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

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
from couples.agreement.signing.models import Version
from couples.agreement.unsent.models import Unsent
from couples.db import db
from couples.formats import iso
from couples.pairing.models import Couple, Membership

Plain = dict[str, Any]
# The parts of unsent words that are texts; the others are marks of the form.
TEXTS = ("words", "kept_when", "otherwise", "how_often", "note")


class Headings:
    """How the topics of a person's couples are called in that person's own copy."""

    def __init__(self, person_id: str) -> None:
        """Read the topics once."""
        mine = select(Couple.id, Couple.ended_at).join(Membership)
        rows = db.session.execute(mine.where(Membership.person_id == person_id)).all()
        self.couple_ids = [one.id for one in rows]
        # Of a link that ended one keeps one's own words and what both signed, no drafts (L6).
        self.linked_ids = [one.id for one in rows if one.ended_at is None]
        topics = select(Topic).where(Topic.couple_id.in_(self.couple_ids))
        self._topics = {one.id: one for one in db.session.scalars(topics)}
        needs = select(Need).where(Need.person_id == person_id, Need.own_topic_sealed.is_not(None))
        self._mine = {(one.couple_id, one.own_topic) for one in db.session.scalars(needs)}
        self._of_both = _promised(self.linked_ids, self.couple_ids)

    def of(self, topic_id: str | None) -> Plain:
        """Return the heading of a topic; no words where they are the partner's."""
        topic = self._topics.get(topic_id or "")
        if topic is None:
            return heading(None, None)
        known = topic.id in self._of_both or (topic.couple_id, topic.own_words) in self._mine
        return heading(topic.listed, topic.own_words if known else None)


def heading(listed: str | None, words: str | None) -> Plain:
    """Return what something is about: a listed topic, or words."""
    return {"kind": "topic", "listed": listed, "words": words or None}


def _promised(linked_ids: list[str], couple_ids: list[str]) -> set[str]:
    drafted = select(Promise.topic_id).where(Promise.couple_id.in_(linked_ids))
    found = set(db.session.scalars(drafted))
    for version in db.session.scalars(select(Version).where(Version.couple_id.in_(couple_ids))):
        found |= {clause["topic_id"] for clause in version.content.get("clauses", [])}
    return found


def own_needs(person_id: str, headings: Headings) -> list[Plain]:
    """Return the person's needs, drafts and opened ones, and what they said to what was heard."""
    answers = select(Hearing).join(Need, Need.id == Hearing.need_id)
    said = {one.need_id: one for one in db.session.scalars(answers.where(_mine(Need, person_id)))}
    query = select(Need).where(Need.person_id == person_id).order_by(Need.written_at, Need.id)
    return [_need(one, said.get(one.id), headings) for one in db.session.scalars(query)]


def _mine(model: Any, person_id: str) -> Any:
    return model.person_id == person_id


def _need(row: Need, heard: Hearing | None, headings: Headings) -> Plain:
    about = heading(row.listed, row.own_topic)
    if not row.listed and row.own_topic is None:
        about = headings.of(row.topic_id)
    return {
        "about": about,
        "before": row.before,
        "request": row.request,
        "own_part": row.own_part,
        "matters": row.matters,
        "written_at": iso(row.written_at),
        "saved_at": iso(row.saved_at),
        "opened_at": iso(row.opened_at),
        "said_to_what_was_heard": heard.answer if heard else None,
        "said_at": iso(heard.answered_at) if heard else None,
    }


def own_ready_since(person_id: str) -> str | None:
    """Return since when the person is ready to open, if they are."""
    return iso(db.session.scalar(select(Readiness.since).where(Readiness.person_id == person_id)))


def own_heard(person_id: str, headings: Headings) -> list[Plain]:
    """Return what the person heard in the partner's needs: their own words, never the need's."""
    query = select(Hearing, Need.topic_id).join(Need, Need.id == Hearing.need_id)
    found = db.session.execute(query.where(Hearing.author_id == person_id).order_by(Hearing.id))
    return [
        {"about": headings.of(topic_id), "words": one.words, "said_at": iso(one.said_at)}
        for one, topic_id in found
    ]


def own_suggestions(person_id: str, headings: Headings) -> list[Plain]:
    """Return the words this person suggested, and what became of them."""
    query = select(Suggestion).where(Suggestion.author_id == person_id)
    return [
        {
            "about": headings.of(one.topic_id),
            **wording(one, person_id),
            "note": one.note,
            "made_at": iso(one.made_at),
            "became": became(one, "replaced_at"),
        }
        for one in db.session.scalars(query.order_by(Suggestion.made_at, Suggestion.id))
    ]


def wording(row: Suggestion | Promise, person_id: str) -> Plain:
    """Return the words of a promise, and who takes it on as the person themselves sees it."""
    return {
        "words": row.words,
        "kept_when": row.kept_when,
        "otherwise": row.otherwise,
        "how_often": row.how_often,
        "trial_until": row.trial_until.isoformat() if row.trial_until else None,
        "owner": owner(row.owner_id, person_id),
    }


def owner(owner_id: str | None, person_id: str) -> str:
    """Return who does something: me, the partner, or both."""
    if owner_id is None:
        return "both"
    return "me" if owner_id == person_id else "partner"


def became(row: Any, *ends: str) -> str:
    """Return what became of a suggestion; when is the other's to know where it was theirs."""
    for end in ("used_at", "withdrawn_at", *ends, "talk_at"):
        if getattr(row, end):
            return {"talk_at": "for_a_talk"}.get(end, end.removesuffix("_at"))
    return "waits"


def own_moves(person_id: str, headings: Headings) -> list[Plain]:
    """Return where the person suggested to put topics."""
    query = select(TopicSuggestion).where(TopicSuggestion.author_id == person_id)
    return [
        {
            "about": headings.of(one.topic_id),
            "kind": one.kind,
            "into": headings.of(one.into_id) if one.into_id else None,
            "note": one.note,
            "made_at": iso(one.made_at),
            "became": became(one),
        }
        for one in db.session.scalars(query.order_by(TopicSuggestion.made_at, TopicSuggestion.id))
    ]


def promises_of_both(person_id: str, headings: Headings) -> list[Plain]:
    """Return the words both said yes to while they are linked, signed or not."""
    query = select(Promise).where(Promise.couple_id.in_(headings.linked_ids))
    return [
        {
            "about": headings.of(one.topic_id),
            **wording(one, person_id),
            "under_review": one.under_review_at is not None,
        }
        for one in db.session.scalars(query.order_by(Promise.agreed_at, Promise.id))
    ]


def own_begun(person_id: str, headings: Headings) -> list[Plain]:
    """Return what the person typed for the partner and has not sent."""
    query = select(Unsent).where(Unsent.person_id == person_id).order_by(Unsent.id)
    return [_begun(one, headings) for one in db.session.scalars(query)]


def _begun(row: Unsent, headings: Headings) -> Plain:
    kind, _, about_id = row.about.partition(":")
    if kind == "hear":
        about_id = db.session.scalar(select(Need.topic_id).where(Need.id == about_id)) or ""
    texts = {name: row.fields[name] for name in TEXTS if row.fields.get(name)}
    return {
        "for": "what_i_hear" if kind == "hear" else "words_to_suggest",
        "about": headings.of(about_id),
        "texts": texts,
        "saved_at": iso(row.saved_at),
    }


def own_left_over(person_id: str) -> list[Plain]:
    """Return what the person brought to talks and waits for the day of the review."""
    query = select(ReviewTopic).where(ReviewTopic.author_id == person_id)
    return [
        {"words": one.words, "made_at": iso(one.made_at), "put_away": one.put_away_at is not None}
        for one in db.session.scalars(query.order_by(ReviewTopic.made_at, ReviewTopic.id))
    ]
