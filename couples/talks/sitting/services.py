"""One talk as both see it, the same for both: its lines before, and what came of it after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement

from couples.db import db
from couples.pairing.services import CoupleView, couple_of
from couples.surveys.rounds.services_clock import next_opening_of
from couples.surveys.services_about import opened_about
from couples.talks import rows as rows_talks
from couples.talks.agenda import services as services_agenda
from couples.talks.agenda.shapes import ItemView
from couples.talks.models import AgendaItem, Step, Talk
from couples.talks.rules import State
from couples.talks.sitting import rows
from couples.talks.sitting.rules import Times, state_of
from couples.talks.sitting.shapes import Came, Opened, PastTalk, StepView, TalkPage


def talk_page(person_id: str, talk_id: str, zone: str, now: datetime) -> TalkPage:
    """Return one talk of this person's couple."""
    couple = couple_of(person_id)
    return page_of(couple, rows_talks.talk_of(couple, talk_id), zone, now)


def page_to_write(
    person_id: str, talk_id: str, zone: str, now: datetime, ids: Collection[str]
) -> TalkPage:
    """Return one talk with the lines to say something of; these ids are what somebody said it of.

    Where the other was first, these are what they said something of, too, as far as it stands.
    """
    couple = couple_of(person_id)
    talk = rows_talks.talk_of(couple, talk_id)
    page = page_of(couple, talk, zone, now)
    if ids and page.state != State.OVER and rows.is_over_by_now(talk):
        # Written down while it was read: these lines are of after, this talk of before.
        db.session.expire_all()
        page = page_of(couple, talk, zone, now)
    if page.state != State.OVER:
        return page
    left = rows.lines_left(talk, ids)
    here = AgendaItem.id.in_([row.id for row in left if isinstance(row, AgendaItem)])
    items = services_agenda.items_where(couple, here)
    items.sort(key=lambda item: (item.author != couple.left, item.added_at))
    steps = [rows.step_view(couple, row, None) for row in left if isinstance(row, Step)]
    return replace(page, brought=tuple(items), steps=tuple(steps))


def page_of(couple: CoupleView, talk: Talk, zone: str, now: datetime) -> TalkPage:
    """Show a talk with what stands on its agenda or, once it is over, what came of it."""
    times = Times(talk.starts_at, talk.minutes, talk.called_off_at, talk.talked_at)
    state = state_of(times, zone, now)
    shown = (couple, talk.id, state, talk.starts_at, talk.minutes, talk.talked_at)
    if state == State.OVER:
        # Otherwise what may change would tell whether somebody has looked at the round (S2).
        next_opening_of(couple.id, now)
        page = TalkPage(*shown, revision=talk.revision, said=talk.said)
        return _over(replace(page, is_last=rows.is_last(talk)), now)
    if state == State.CALLED_OFF:
        return TalkPage(*shown)
    before, agenda = rows.talks_before(couple.id), services_agenda.agenda_of(couple)
    return TalkPage(*shown, before=before, agenda=agenda, steps=steps_back(couple))


def _over(page: TalkPage, now: datetime) -> TalkPage:
    """Return the page with what was talked about, the step, and what rounds opened about it."""
    couple, step = page.couple, step_of(page.couple, page.id)
    talked = _talked(couple, AgendaItem.talk_id == page.id)
    asked = step is not None and not step.may_change
    opened = _opened(couple, step.id, now) if step and asked else ()
    return replace(page, talked=talked, step=step, opened=opened)


def _talked(couple: CoupleView, which: ColumnElement[bool]) -> tuple[ItemView, ...]:
    found = services_agenda.items_where(couple, AgendaItem.couple_id == couple.id, which)
    return tuple(sorted(found, key=lambda item: (item.author != couple.left, item.added_at)))


def what_came(couple: CoupleView) -> tuple[Came, ...]:
    """Return what came of each talk that is over, the newest first; nothing is asked for each."""
    talk_of, talked = rows.talk_ids(couple.id), defaultdict(list)
    for item in _talked(couple, AgendaItem.talk_id.is_not(None)):
        talked[talk_of.get(item.id)].append(item)
    steps, waiting_id = rows.steps_by_talk(couple.id), rows.asked_next(couple.id)
    return tuple(
        Came(
            tuple(talked[talk.id]),
            rows.step_view(couple, steps[talk.id], waiting_id) if talk.id in steps else None,
        )
        for talk in rows.past_talks(couple.id)
    )


def step_of(couple: CoupleView, talk_id: str) -> StepView | None:
    """Return the step that came of a talk, if there is one."""
    step = rows.step_of(talk_id)
    return rows.step_view(couple, step, rows.asked_next(couple.id)) if step else None


def steps_back(couple: CoupleView) -> tuple[StepView, ...]:
    """Return the steps of earlier talks that come back to the next one by themselves."""
    return tuple(rows.step_view(couple, step, None) for step in rows.open_steps(couple.id))


def _opened(couple: CoupleView, step_id: str, now: datetime) -> tuple[Opened, ...]:
    """Return what rounds opened about a step: nothing of what one of the two kept (rule C5)."""
    opened = []
    for each in opened_about(couple.me.person_id, step_id, now):
        if each.theirs is not None:
            by = {couple.me: each.mine, couple.partner: each.theirs}
            leaves = couple.left, couple.right
            opened.append(Opened(each.opens_at, tuple((who, by[who]) for who in leaves)))
    return tuple(opened)


def past_talks(person_id: str) -> tuple[PastTalk, ...]:
    """Return the talks that are over, the newest first, each with the step that came of it."""
    couple = couple_of(person_id)
    steps = rows.steps_by_talk(couple.id)
    return tuple(
        PastTalk(talk.id, talk.talked_at, steps[talk.id].words if talk.id in steps else "")
        for talk in rows.past_talks(couple.id)
        if talk.talked_at
    )
