"""The next talk, its times and what each brings to it, in one query."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_
from sqlalchemy.orm import joinedload

from couples.db import db
from couples.pairing.models import Couple, Membership
from couples.pairing.services import CoupleView, PersonMark, view_of
from couples.talks import rows, rules
from couples.talks.agenda.rules import in_order
from couples.talks.agenda.services import OPEN
from couples.talks.models import AgendaItem, Talk, TalkTime
from couples.talks.planning.services_plan import time_view
from couples.talks.planning.shapes import NextTalk


def next_talk(person_id: str, now: datetime) -> NextTalk | None:
    """Return the talk that is planned, as this person sees it; None where none is."""
    found = db.session.execute(_query(person_id)).unique().all()
    if not found:
        return None
    member, talk, _time, _item = found[0]
    couple = view_of(member.couple, person_id)
    ahead = {row[2] for row in found if row[2] and row[2].starts_at > now}
    times = sorted(ahead, key=lambda each: (each.starts_at, each.id))
    return _view(couple, member, talk, times, {row[3] for row in found if row[3]}, now)


def _query(person_id: str) -> Select[Any]:
    """Return the person's membership and talk, with each time and each open item in turn."""
    both = joinedload(Membership.couple).joinedload(Couple.members)
    living = and_(Talk.couple_id == Membership.couple_id, rows.is_living())
    items = and_(AgendaItem.couple_id == Talk.couple_id, *OPEN)
    query: Select[Any] = (
        db.select(Membership, Talk, TalkTime, AgendaItem)
        .join(Talk, living)
        .outerjoin(TalkTime, TalkTime.talk_id == Talk.id)
        .outerjoin(AgendaItem, items)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .options(both)
    )
    return query


def _view(
    couple: CoupleView,
    member: Membership,
    talk: Talk,
    times: list[TalkTime],
    items: Collection[AgendaItem],
    now: datetime,
) -> NextTalk:
    me = couple.me.person_id
    mine = tuple(time_view(each) for each in times if each.author_id == me)
    theirs = tuple(time_view(each) for each in times if each.author_id != me)
    state = rules.state_before(bool(mine), bool(theirs))
    if talk.starts_at and talk.minutes:
        state = rules.state_after(talk.starts_at, talk.minutes, member.person.zone, now)
    return NextTalk(
        talk.id, talk.starts_at, talk.minutes, talk.agreed_at, mine, theirs, state,
        couple.me, couple.partner,
        lines=_lines(couple, items),
    )  # fmt: skip


def _lines(
    couple: CoupleView, items: Collection[AgendaItem]
) -> tuple[tuple[PersonMark, str | None], ...]:
    lines = []
    for person in (couple.left, couple.right):
        brought = in_order([each for each in items if each.author_id == person.person_id])
        lines.append((person, brought[0].words if brought else None))
    return tuple(lines)
