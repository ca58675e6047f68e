"""What a person signed and drafted, as plain values for a copy of their own (rules S5, A10)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from couples.agreement.document.content import Clause, Content, from_plain
from couples.agreement.rows import draft_terms
from couples.agreement.rules import Terms
from couples.agreement.services_own import Headings, Plain, heading, owner
from couples.agreement.signing.models import Draft, ReviewAnswer, Signature, Version
from couples.db import db
from couples.formats import iso

TERMS = "terms"


def own_versions(person_id: str, headings: Headings) -> list[Plain]:
    """Return every version this person signed, or the copy they kept: shared words and their own.

    Neither the partner's name nor needs nor signature is in it.
    """
    query = select(Version).where(Version.couple_id.in_(headings.couple_ids))
    return [
        {
            "number": one.number,
            "in_force_on": one.in_force_at.date().isoformat(),
            "has_removed_words": one.redacted_at is not None,
            **_text(from_plain(one.content), person_id),
        }
        for one in db.session.scalars(query.order_by(Version.in_force_at, Version.id))
        if one.content
    ]


def _text(content: Content, person_id: str) -> Plain:
    terms = Terms(content.rhythm, content.talk_plan, content.review_on)
    promises = [_clause(clause, person_id) for clause in content.clauses]
    return {**_terms(terms), "promises": promises}


def _terms(terms: Terms) -> Plain:
    rhythm = terms.rhythm
    return {
        "rhythm": {
            "every_weeks": rhythm.every_weeks,
            "opens": {"weekday": rhythm.opens_weekday, "hour": rhythm.opens_hour},
            "closes": {"weekday": rhythm.closes_weekday, "hour": rhythm.closes_hour},
            "zone": rhythm.zone,
        },
        "talk_plan": terms.talk_plan or None,
        "review_on": terms.review_on.isoformat(),
    }


def _clause(clause: Clause, person_id: str) -> Plain:
    return {
        "about": heading(clause.listed, clause.own_name),
        "words": clause.words,
        "kept_when": clause.kept_when or None,
        "otherwise": clause.otherwise or None,
        "how_often": clause.how_often or None,
        "trial_until": clause.trial_until.isoformat() if clause.trial_until else None,
        "owner": owner(clause.owner_id, person_id),
        "my_needs": [
            {"words": need.words or None, "own_part": need.own_part or None}
            for need in clause.needs
            if need.person_id == person_id
        ],
    }


def own_signatures(person_id: str) -> list[Plain]:
    """Return where the person typed their name, and when."""
    query = select(Signature, Version.number).outerjoin(Version)
    mine = query.where(Signature.person_id == person_id)
    found = db.session.execute(mine.order_by(Signature.signed_at, Signature.id))
    return [
        {"version": number, "typed_name": one.typed_name, "signed_at": iso(one.signed_at)}
        for one, number in found
    ]


def own_terms(person_id: str, headings: Headings) -> list[Plain]:
    """Return the rhythm, talk plan and review day of a draft, where this person chose them."""
    query = select(Draft).where(
        Draft.couple_id.in_(headings.couple_ids), Draft.changed_by == person_id
    )
    return [
        {**_terms(draft_terms(one)), "chosen_at": iso(one.changed_at)}
        for one in db.session.scalars(query.order_by(Draft.id))
    ]


def own_review_answers(person_id: str, headings: Headings) -> list[Plain]:
    """Return what the person said when a review day came."""
    query = select(ReviewAnswer, Version.number).join(Version)
    mine = query.where(ReviewAnswer.person_id == person_id)
    found = db.session.execute(mine.order_by(ReviewAnswer.given_at, ReviewAnswer.id))
    return [_answer(one, number, headings) for one, number in found]


def _answer(row: ReviewAnswer, number: int, headings: Headings) -> dict[str, Any]:
    how = {"kind": TERMS, "listed": None, "words": None}
    return {
        "version": number,
        "about": how if row.about == TERMS else headings.of(row.about),
        "for_the_day": row.occasion_on.isoformat(),
        "answer": row.answer,
        "given_at": iso(row.given_at),
    }
