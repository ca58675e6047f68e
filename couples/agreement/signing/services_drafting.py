"""The text that would be signed now, put together from the couple's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from couples.agreement import rows
from couples.agreement.document.content import Clause, Content, NeedText, Signer, content_hash
from couples.agreement.models import Need, Promise, Topic
from couples.agreement.signing.models import Draft, Signature
from couples.db import db, new_id
from couples.pairing.services import CoupleView


def content_of(couple: CoupleView, draft: Draft) -> Content:
    """Return the text of the draft: every topic with a promise, and the terms."""
    promises = rows.promises_of(couple.id)
    needs = rows.needs_where(Need.couple_id == couple.id, Need.opened_at.is_not(None))
    terms = rows.draft_terms(draft)
    return Content(
        people=tuple(
            Signer(person.person_id, person.name, person.mark)
            for person in (couple.left, couple.right)
        ),
        clauses=tuple(
            _clause(couple, topic, promises[topic.id], needs)
            for topic in rows.topics_of(couple.id)
            if topic.id in promises
        ),
        rhythm=terms.rhythm,
        talk_plan=terms.talk_plan,
        review_on=terms.review_on,
    )


def _clause(couple: CoupleView, topic: Topic, promise: Promise, needs: Sequence[Need]) -> Clause:
    here = [need for need in needs if need.topic_id == topic.id]
    return Clause(
        topic_id=topic.id,
        listed=topic.listed,
        own_name=topic.own_words or "",
        needs=tuple(
            _need_text(need)
            for person in (couple.left, couple.right)
            for need in here
            if need.person_id == person.person_id
        ),
        owner_id=promise.owner_id,
        **asdict(rows.promise_words(promise)),
    )


def _need_text(need: Need) -> NeedText:
    # What was before is for reading side by side; only where nothing is asked does it stand in.
    return NeedText(need.person_id, need.request or need.before or "", need.own_part or "")


def hash_of(draft: Draft, content: Content) -> str:
    """Return the hash a signature of now would stand for."""
    return content_hash(draft.salt, content)


def text_changed(couple_id: str) -> None:
    """Let no signature under an earlier text count any more, not even if its words come back."""
    draft = rows.draft_of(couple_id)
    if draft is not None and unsealed_signatures(couple_id):
        draft.salt = new_id()


def unsealed_signatures(couple_id: str) -> Sequence[Signature]:
    """Return signatures that belong to no version, whether or not they still count."""
    query = db.select(Signature).where(
        Signature.couple_id == couple_id, Signature.version_id.is_(None)
    )
    return db.session.scalars(query.order_by(Signature.signed_at)).all()
