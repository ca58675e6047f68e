"""What happens to talks when a couple ends."""

from __future__ import annotations

from datetime import datetime

from couples.talks.planning.services import end_talk
from couples.talks.rows import living_talk


def call_off_talks(_sender: object, *, couple_id: str, now: datetime) -> None:
    """Call off what is planned, and forget what was proposed for it."""
    talk = living_talk(couple_id, lock=True)
    if talk is not None:
        end_talk(talk, now)
