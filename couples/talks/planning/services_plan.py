"""What the page is made of on which times are proposed."""

from __future__ import annotations

from datetime import datetime

from couples.pairing.services import couple_of
from couples.talks import rows
from couples.talks.models import TalkTime
from couples.talks.planning.shapes import PlanPage, TimeView


def plan_page(person_id: str, now: datetime) -> PlanPage:
    """Return what holds, and what either proposes already."""
    couple = couple_of(person_id)
    talk = rows.living_talk(couple.id)
    times = [each for each in rows.times_of(talk.id) if each.starts_at > now] if talk else []
    mine = tuple(time_view(each) for each in times if each.author_id == person_id)
    theirs = tuple(time_view(each) for each in times if each.author_id != person_id)
    holds = (talk.starts_at, talk.minutes) if talk else (None, None)
    return PlanPage(couple.partner, mine, theirs, *holds)


def time_view(row: TalkTime) -> TimeView:
    """Show a proposed time."""
    return TimeView(row.id, row.starts_at, row.minutes)
