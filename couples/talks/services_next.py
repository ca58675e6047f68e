"""The next talk, its times and what each brings to it: one query for whoever knows the couple."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, bindparam

from couples.agreement.rows import zone_of
from couples.db import db
from couples.pairing.services import CoupleView, PersonMark, couple_or_none
from couples.talks import rows, rules
from couples.talks.agenda.rules import in_order
from couples.talks.agenda.services import OPEN
from couples.talks.models import AgendaItem, Talk, TalkTime
from couples.talks.planning.shapes import NextTalk, TimeView


class Brought(NamedTuple):
    """An open item of the agenda, its words still sealed."""

    id: str
    author_id: str
    added_at: datetime
    chosen_at: datetime | None
    words_sealed: bytes

    @property
    def words(self) -> str:
        """What it says."""
        return str(AgendaItem.words.opened(self.words_sealed, self.id, self.author_id))


# The couple's talk, with each time and each open item in turn; made once, filled in each time.
_OF_COUPLE = (
    db.select(
        Talk.id, Talk.starts_at, Talk.minutes, Talk.agreed_at,
        TalkTime.id.label("time_id"), TalkTime.author_id.label("proposer_id"),
        TalkTime.starts_at.label("proposed_at"), TalkTime.minutes.label("proposed_minutes"),
        AgendaItem.id.label("item_id"), AgendaItem.author_id, AgendaItem.added_at,
        AgendaItem.chosen_at, AgendaItem.words_sealed,
    )
    .select_from(Talk)
    .outerjoin(TalkTime, TalkTime.talk_id == Talk.id)
    .outerjoin(AgendaItem, and_(AgendaItem.couple_id == Talk.couple_id, *OPEN))
    .where(Talk.couple_id == bindparam("couple_id"), rows.is_living())
)  # fmt: skip


def next_talk(
    person_id: str, now: datetime, couple: CoupleView | None = None, zone: str | None = None
) -> NextTalk | None:
    """Return the talk that is planned, as this person sees it; None where none is.

    Couple and zone are looked up unless given.
    """
    couple = couple or couple_or_none(person_id)
    if couple is None:
        return None
    found = db.session.execute(_OF_COUPLE, {"couple_id": couple.id}).all()
    return _view(couple, found, zone or zone_of(person_id), now) if found else None


def _view(couple: CoupleView, found: Sequence[Row[Any]], zone: str, now: datetime) -> NextTalk:
    me, talk = couple.me.person_id, found[0]
    ahead = {row.time_id: row for row in found if row.time_id and row.proposed_at > now}
    times = sorted(ahead.values(), key=lambda row: (row.proposed_at, row.time_id))
    mine = tuple(_time(row) for row in times if row.proposer_id == me)
    theirs = tuple(_time(row) for row in times if row.proposer_id != me)
    state = rules.state_before(bool(mine), bool(theirs))
    if talk.starts_at and talk.minutes:
        state = rules.state_after(talk.starts_at, talk.minutes, zone, now)
    return NextTalk(
        talk.id, talk.starts_at, talk.minutes, talk.agreed_at, mine, theirs, state,
        couple.me, couple.partner, lines=_lines(couple, found),
    )  # fmt: skip


def _time(row: Row[Any]) -> TimeView:
    return TimeView(row.time_id, row.proposed_at, row.proposed_minutes)


def _lines(
    couple: CoupleView, found: Sequence[Row[Any]]
) -> tuple[tuple[PersonMark, str | None], ...]:
    items = {Brought(*row[-len(Brought._fields) :]) for row in found if row.item_id}
    lines = []
    for person in (couple.left, couple.right):
        brought = in_order([each for each in items if each.author_id == person.person_id])
        lines.append((person, brought[0].words if brought else None))
    return tuple(lines)
