"""Leaving one round out, in private: to the partner it is empty like any other (rules C5, S2)."""

from __future__ import annotations

from datetime import datetime

from couples.db import transaction
from couples.pairing.services import couple_or_none
from couples.surveys.answering.services import is_open, locked
from couples.surveys.answering.services_week import latest_round
from couples.surveys.models import Response


@transaction()
def skip(person_id: str, now: datetime) -> None:
    """Leave the open round out where nothing has been sent yet; a draft stays."""
    response = _open_response(person_id, now)
    if response is not None and response.payload_sealed is None:
        response.skipped_at = response.skipped_at or now


@transaction()
def answer_after_all(person_id: str, now: datetime) -> None:
    """Take that back, as long as the round is open."""
    response = _open_response(person_id, now)
    if response is not None:
        response.skipped_at = None


def _open_response(person_id: str, now: datetime) -> Response | None:
    """Return one's own response to the open round, locked; none where no round is open."""
    couple = couple_or_none(person_id)
    latest = latest_round(couple.id, person_id) if couple else None
    if latest is None:
        return None
    response, round_ = locked(person_id, latest[0].id)
    return response if is_open(round_, now) else None
