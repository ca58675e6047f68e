"""What I hear: one's words for the other's need, and what its author says to them (rule A4).

Offered and never enforced: nothing waits for it, and nothing counts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.agreement import rows, rules
from couples.agreement.models import Hearing, Need
from couples.agreement.promises import rows as rows_side
from couples.agreement.promises.shapes import HearingView
from couples.agreement.refusals import HeardRight
from couples.agreement.shapes import NeedView
from couples.agreement.topics.rows import living_topic
from couples.agreement.unsent import services as services_unsent
from couples.agreement.unsent.services import HEARING
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import CoupleView, couple_of, locked_couple


@dataclass(frozen=True, slots=True, repr=False)
class Heard:
    """What a person hears; `seen` counts the wordings they knew, `revision` what they had typed."""

    words: str
    seen: int = 0
    revision: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class HearPage:
    """The other's need, what was said to it, and what the form begins with."""

    couple: CoupleView
    need: NeedView
    hearing: HearingView | None
    heard: Heard
    saved_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Answered:
    """Where an answer went; not recorded where other words stood there by then."""

    topic_id: str
    recorded: bool


def hear_page(person_id: str, need_id: str) -> HearPage:
    """Return the partner's need to be put in one's own words; never one's own need."""
    couple = couple_of(person_id)
    need = _others_need(couple, need_id)
    row = rows_side.hearing_under(need.id)
    _not_settled(row)
    kept = services_unsent.unsent(person_id, HEARING + need.id)
    seen = row.revision if row else 0
    words = kept.fields["words"] if kept.revision else row.words if row else ""
    return HearPage(
        couple,
        rows.need_view(need),
        rows_side.hearing_view(couple, row) if row else None,
        Heard(words, seen, kept.revision),
        kept.saved_at,
    )


@transaction()
def hear(person_id: str, need_id: str, heard: Heard, now: datetime) -> HearingView | None:
    """Say what one hears; where one has said something else meanwhile, return that instead."""
    couple = locked_couple(person_id)
    need = _others_need(couple, need_id)
    row = rows_side.hearing_under(need.id)
    same = row is not None and row.words == heard.words
    if row is not None and not same:
        _not_settled(row)
        if row.revision != heard.seen:
            return rows_side.hearing_view(couple, row)
    fields = {"words": heard.words}
    services_unsent.settle(person_id, HEARING + need.id, fields, heard.revision)
    if row is None:
        db.session.add(_new_hearing(couple, need, heard, now))
    elif not same:
        row.words, row.said_at, row.revision = heard.words, now, row.revision + 1
        row.answer = row.answered_at = None
    return None


def _new_hearing(couple: CoupleView, need: Need, heard: Heard, now: datetime) -> Hearing:
    return Hearing(
        couple_id=couple.id,
        need_id=need.id,
        author_id=couple.me.person_id,
        words=heard.words,
        said_at=now,
        revision=1,
    )


@transaction()
def answer(person_id: str, need_id: str, said: str, revision: int, now: datetime) -> Answered:
    """Let a need's author say whether that is it; an answer belongs to the words it was read to."""
    couple = locked_couple(person_id)
    need = _opened_need(couple, need_id)
    living_topic(couple, need.topic_id or "")
    row = rows_side.hearing_under(need.id)
    if need.person_id != person_id or row is None:
        raise NotFound
    if row.revision != revision:
        return Answered(need.topic_id or "", recorded=False)
    if said not in rules.HEARING_ANSWERS:
        raise NotFound
    if row.answer != said:
        row.answer, row.answered_at = said, now
    return Answered(need.topic_id or "", recorded=True)


@transaction()
def keep_hearing(person_id: str, need_id: str, heard: Heard, now: datetime) -> int:
    """Keep words for later and return their revision; the need's author sees nothing of them."""
    need = _others_need(couple_of(person_id), need_id)
    fields = {"words": heard.words} if heard.words else None
    about = HEARING + need.id
    return services_unsent.keep(person_id, about, fields, heard.revision, now).revision


def start_afresh(person_id: str, need_id: str, revision: int) -> str:
    """Forget what was typed and not sent, also where it can't be said any more.

    Return the topic to go back to there, or nothing where one can write on.
    """
    couple = couple_of(person_id)
    need = _theirs(couple, need_id)
    services_unsent.drop(person_id, HEARING + need.id, revision)
    row, topic = rows_side.hearing_under(need.id), rows.topic_of(couple.id, need.topic_id or "")
    return topic.id if topic.retired_at or _is_settled(row) else ""


def _others_need(couple: CoupleView, need_id: str) -> Need:
    need = _theirs(couple, need_id)
    living_topic(couple, need.topic_id or "")
    return need


def _theirs(couple: CoupleView, need_id: str) -> Need:
    need = _opened_need(couple, need_id)
    if need.person_id != couple.partner.person_id:
        raise NotFound
    return need


def _opened_need(couple: CoupleView, need_id: str) -> Need:
    query = db.select(Need).where(
        Need.id == need_id, Need.couple_id == couple.id, Need.opened_at.is_not(None)
    )
    need: Need | None = db.session.scalars(query).first()
    if need is None:
        raise NotFound
    return need


def _is_settled(row: Hearing | None) -> bool:
    return row is not None and row.answer == "yes"


def _not_settled(row: Hearing | None) -> None:
    if _is_settled(row):
        raise HeardRight
