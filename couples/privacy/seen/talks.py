"""What the partner's pages of talks show of this person."""

from __future__ import annotations

from datetime import datetime

from couples.agreement.review.services_topics import left_over
from couples.pairing.services import CoupleView
from couples.privacy.seen.shapes import SeenTalks
from couples.talks.agenda.services import agenda_of
from couples.talks.planning.services_plan import plan_page
from couples.talks.sitting.services import what_came


def seen_talks(couple: CoupleView, now: datetime) -> SeenTalks:
    """Return what the partner of `couple.me` brought, wrote down and proposes."""
    them, me = couple.me.person_id, couple.partner
    agenda = agenda_of(couple)
    over = what_came(couple)
    return SeenTalks(
        items=tuple(one.words for one in (*agenda.items, *agenda.more) if one.author == me),
        talked=tuple(one.words for talk in over for one in talk.talked if one.author == me),
        steps=tuple(talk.step for talk in over if talk.step and talk.step.author == me),
        times=plan_page(them, now).theirs,
        left_over=tuple(one.words for one in left_over(couple) if one.author == me),
    )
