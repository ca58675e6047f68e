"""Keeping what is filled in while it is filled in, until one of the two buttons is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from couples.db import transaction
from couples.surveys.answering import drafts
from couples.surveys.answering.drafts import Draft
from couples.surveys.answering.services import RoundClosed, is_open, locked


@dataclass(frozen=True, slots=True, repr=False)
class DraftClash:
    """Another window was first, and nothing of it is overwritten (rule A9)."""

    newer: Draft


@transaction()
def save_draft(
    person_id: str, round_id: str, fields: Mapping[str, str], revision: int, now: datetime
) -> Draft | DraftClash:
    """Keep what one person has filled in so far; it answers nothing."""
    response, round_ = locked(person_id, round_id)
    if not is_open(round_, now):
        raise RoundClosed
    found = drafts.draft_of(response)
    if found.fields == fields:
        return found
    if found.revision != revision:
        return DraftClash(found)
    return drafts.keep(response, fields, now)


@transaction()
def discard_draft(person_id: str, round_id: str) -> None:
    """Forget what one person began in a round of theirs, open or over."""
    response, _round = locked(person_id, round_id)
    drafts.end(response)
