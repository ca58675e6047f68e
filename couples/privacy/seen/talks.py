"""What the partner's pages of talks show of this person."""

from __future__ import annotations

from datetime import datetime

from couples.agreement.review.services_topics import left_over
from couples.pairing.services import CoupleView
from couples.privacy.seen.shapes import SeenTalks
from couples.talks.agenda.services import agenda_of
from couples.talks.planning.services_plan import plan_page
from couples.talks.sitting.services import past_talks, talk_page


def seen_talks(couple: CoupleView, zone: str, now: datetime) -> SeenTalks:
    """Return what the partner of `couple.me` brought, wrote down and proposes."""
    them, me = couple.me.person_id, couple.partner
    agenda = agenda_of(couple)
    over = [talk_page(them, one.id, zone, now) for one in past_talks(them)]
    return SeenTalks(
        items=tuple(one.words for one in (*agenda.items, *agenda.more) if one.author == me),
        talked=tuple(one.words for page in over for one in page.talked if one.author == me),
        steps=tuple(page.step for page in over if page.step and page.step.author == me),
        times=plan_page(them, now).theirs,
        left_over=tuple(one.words for one in left_over(couple) if one.author == me),
    )
