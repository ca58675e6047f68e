"""What one's partner sees of oneself: their own pages' services are asked, and mine is taken (S5).

Everything comes from what the partner's pages are made of, so it cannot say less than they show.
What those know of the partner alone, what they began, put away or kept, is never taken (S2).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from couples.agreement import rows
from couples.agreement.listed import topic_name
from couples.agreement.refusals import NoTermsYet
from couples.agreement.review.services_reading import reading_of
from couples.agreement.shapes import DocumentView
from couples.agreement.signing import services_versions
from couples.agreement.signing.services import sign_page
from couples.pairing.services import CoupleView, couple_of, couple_or_none
from couples.preparing.services_own import shown_airing
from couples.privacy.seen import talks, topics
from couples.privacy.seen.shapes import Seen, SeenReview, SeenRound, SeenVersion
from couples.surveys.own_questions.services import questions
from couples.surveys.rules import OVERALL
from couples.surveys.services import RoundView, rounds_and_next


def seen(person_id: str, now: datetime) -> Seen | None:
    """Return what the person's partner sees of them; nothing where they are not linked."""
    mine = couple_or_none(person_id)
    if mine is None:
        return None
    couple = couple_of(mine.partner.person_id)
    wants, owned_up = shown_airing(person_id, couple.id)
    asked = questions(couple.me.person_id)
    return Seen(
        me=couple.partner,
        partner=couple.me,
        left=couple.left == couple.partner,
        topics=topics.seen_topics(couple),
        versions=_versions(couple),
        signed_draft=_signed_draft(couple),
        talk_plan=_talk_plan(couple),
        reviews=_reviews(couple),
        rounds=tuple(_rounds(couple, now)),
        wants_to_clear=wants,
        owned_up=owned_up,
        questions=tuple(one.words for one in (*asked.in_use, *asked.waiting) if not one.mine),
        talks=talks.seen_talks(couple, now),
    )


def _versions(couple: CoupleView) -> tuple[SeenVersion, ...]:
    them = couple.me.person_id
    numbers = [one.number for one in services_versions.versions(them)]
    found = services_versions.documents(them, numbers) if numbers else []
    return tuple(_version(document, couple) for document in found)


def _version(document: DocumentView, couple: CoupleView) -> SeenVersion:
    me = couple.partner.person_id
    signature = document.signature_of(me)
    needs = tuple(
        (topic_name(clause.listed, clause.own_name), need.words, need.own_part)
        for clause in document.content.clauses
        for need in clause.needs
        if need.person_id == me
    )
    name = document.content.person(me)
    typed, at = (signature.typed_name, signature.signed_at) if signature else ("", None)
    return SeenVersion(document.number, name.name if name else "", typed, at, needs)


def _signed_draft(couple: CoupleView) -> str:
    """Return the name typed under the draft, where it counts and the partner's is missing."""
    try:
        page = sign_page(couple.me.person_id)
    except NoTermsYet:
        return ""
    signature = page.document.signature_of(couple.partner.person_id)
    return signature.typed_name if signature and page.signing == "they_signed" else ""


def _talk_plan(couple: CoupleView) -> str | None:
    """Return the talk plan of the draft where this person chose its terms last; none otherwise."""
    draft = rows.draft_of(couple.id)
    if draft is None or draft.changed_by != couple.partner.person_id:
        return None
    return rows.draft_terms(draft).talk_plan


def _reviews(couple: CoupleView) -> tuple[SeenReview, ...]:
    """Return what was said on review days, of what both have answered."""
    reading = reading_of(couple)
    return tuple(
        SeenReview(one.name, answer)
        for one in (reading.settled() if reading else ())
        for person, answer in one.answers
        if person == couple.partner
    )


def _rounds(couple: CoupleView, now: datetime) -> Iterable[SeenRound]:
    """Give what opened, round by round, the newest first: theirs, as the partner's pages say."""
    found, _next = rounds_and_next(couple.id, couple.me.person_id, now)
    return (shown for one in reversed(found) if (shown := _round(one)).has_any)


def _round(one: RoundView) -> SeenRound:
    names = {OVERALL: "", **{topic.id: topic.name for topic in one.topics}} if one.opened else {}
    answers = tuple((names.get(key, ""), theirs) for key, (_mine, theirs) in one.opened.items())
    total = one.opened_total[1] if one.opened_total else None
    return SeenRound(one.opens_at, answers, total, one.partner_words)
