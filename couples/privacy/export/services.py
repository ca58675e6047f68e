"""Everything of one's own as one plain value, from every feature's own part (rule S5).

Each part asks for rows by this person's id alone. docs/export.md says what is in it, what is not
and why; schema.json beside this file describes it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from couples.accounts import services_own as account
from couples.accounts.personal_key.services import OpenKey
from couples.agreement import services_own as agreement
from couples.agreement.services_own import Headings
from couples.agreement.signing import services_own as signing
from couples.dashboard.cards import services_own as cards
from couples.formats import iso
from couples.pairing import services_own as pairing
from couples.preparing import services_own as preparing
from couples.privacy.export import services_own as notes
from couples.surveys import services_own as surveys
from couples.talks import services_own as talks

FORMAT, VERSION = "couples-own-words", 1


def own_words(person_id: str, now: datetime, key: OpenKey | None = None) -> dict[str, Any]:
    """Return everything of this person's own, as the schema describes it.

    `key` opens notes that are locked; without it they have no words here.
    """
    headings = Headings(person_id)
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": iso(now),
        "account": account.own_account(person_id, now),
        "signing_in": account.own_signing_in(person_id, now),
        "letters": surveys.own_letter_choices(person_id),
        "links": pairing.own_links(person_id),
        "invites": pairing.own_invites(person_id),
        "reflection": preparing.own_reflection(person_id),
        "clearing_the_air": preparing.own_airings(person_id),
        **_agreement(person_id, headings),
        **_rounds(person_id, headings, now),
        **_talks(person_id, headings, now),
        "notes": notes.own_notes(person_id, key),
    }


def _agreement(person_id: str, headings: Headings) -> dict[str, Any]:
    return {
        "needs": agreement.own_needs(person_id, headings),
        "ready_to_open_since": agreement.own_ready_since(person_id),
        "what_i_heard": agreement.own_heard(person_id, headings),
        "suggestions": agreement.own_suggestions(person_id, headings),
        "moves": agreement.own_moves(person_id, headings),
        "begun": agreement.own_begun(person_id, headings),
        "promises": agreement.promises_of_both(person_id, headings),
        "terms": signing.own_terms(person_id, headings),
        "versions": signing.own_versions(person_id, headings),
        "signatures": signing.own_signatures(person_id),
        "review_answers": signing.own_review_answers(person_id, headings),
        "for_the_review": agreement.own_left_over(person_id),
    }


def _rounds(person_id: str, headings: Headings, now: datetime) -> dict[str, Any]:
    steps = talks.own_step_words(person_id)
    return {
        "rounds": surveys.own_rounds(person_id, headings, steps, now),
        "longer_looks": surveys.own_longer_looks(person_id),
        "own_questions": surveys.own_questions(person_id),
        "overview": cards.own_card_choices(person_id, headings),
    }


def _talks(person_id: str, headings: Headings, now: datetime) -> dict[str, Any]:
    return {
        "agenda_items": talks.own_items(person_id, headings),
        "steps": talks.own_steps(person_id),
        "proposed_times": talks.own_times(person_id, now),
        "calendar_address_since": talks.own_calendar_since(person_id),
    }
