"""The rhythm, the talk plan and the review date of the draft (rules A6, A9)."""

from __future__ import annotations

from datetime import date, datetime

from couples.agreement import rows, rules
from couples.agreement.rules import Terms
from couples.agreement.shapes import TermsPage
from couples.agreement.signing.models import Draft
from couples.agreement.signing.services_drafting import text_changed
from couples.db import db, new_id, transaction
from couples.pairing.services import CoupleView, couple_of, locked_couple


def terms(person_id: str, zone: str, today: date) -> TermsPage:
    """Return the draft's terms or, before there are any, usual ones in the reader's zone."""
    couple = couple_of(person_id)
    draft = rows.draft_of(couple.id)
    if draft is None:
        return TermsPage(couple, rules.usual_terms(zone, today), 0, None, None)
    return _page(couple, draft)


def _page(couple: CoupleView, draft: Draft) -> TermsPage:
    changed_by = rows.person_in(couple, draft.changed_by)
    return TermsPage(couple, rows.draft_terms(draft), draft.revision, changed_by, draft.changed_at)


@transaction()
def save_terms(person_id: str, wanted: Terms, revision: int, now: datetime) -> TermsPage | None:
    """Keep the terms; where the other was first, return theirs instead (rule A9)."""
    couple = locked_couple(person_id)
    draft = rows.draft_of(couple.id)
    if draft is None:
        db.session.add(_new_draft(couple, wanted, now))
        return None
    if rows.draft_terms(draft) == wanted:
        return None
    if draft.revision != revision:
        return _page(couple, draft)
    _write(draft, wanted)
    draft.revision += 1
    draft.changed_by, draft.changed_at = person_id, now
    text_changed(couple.id)
    return None


def _new_draft(couple: CoupleView, wanted: Terms, now: datetime) -> Draft:
    draft = Draft(
        couple_id=couple.id,
        revision=1,
        changed_by=couple.me.person_id,
        changed_at=now,
        salt=new_id(),
    )
    _write(draft, wanted)
    return draft


def _write(draft: Draft, wanted: Terms) -> None:
    rhythm = wanted.rhythm
    draft.every_weeks = rhythm.every_weeks
    draft.opens_weekday, draft.opens_hour = rhythm.opens_weekday, rhythm.opens_hour
    draft.closes_weekday, draft.closes_hour = rhythm.closes_weekday, rhythm.closes_hour
    draft.zone = rhythm.zone
    draft.talk_plan = wanted.talk_plan
    draft.review_on = wanted.review_on
