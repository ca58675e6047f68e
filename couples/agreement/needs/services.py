"""Writing needs: each person's own, seen by nobody else until they open (rules A1, A9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.accounts.services import lock_person
from couples.agreement import rows, rules
from couples.agreement.listed import LISTED
from couples.agreement.models import Need
from couples.agreement.refusals import (
    EnoughNeeds,
    EnoughOpenNeeds,
    LinkEnded,
    NeedIsOpen,
    PageFolded,
)
from couples.agreement.rules import NeedWords
from couples.agreement.shapes import MyNeeds, NeedClash, NeedPage, NeedView
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import CoupleView, couple_of, couple_or_none


@dataclass(frozen=True, slots=True, repr=False)
class Heading:
    """What a new need is about: a listed topic, own words, or a topic that is already open."""

    listed: str = ""
    own_words: str = ""
    topic_id: str = ""


def my_needs(person_id: str) -> MyNeeds:
    """Return all needs of this person: drafts and opened ones, what matters most first."""
    couple = couple_or_none(person_id)
    couple_id = couple.id if couple else None
    mine = sorted(rows.own_needs(person_id, couple_id), key=lambda need: rules.weight(need.matters))
    earlier = rows.needs_where(Need.person_id == person_id, Need.couple_id != (couple_id or ""))
    return MyNeeds(
        couple,
        is_folded(couple),
        drafts=tuple(rows.need_view(need) for need in mine if not need.opened_at),
        opened=tuple(rows.need_view(need) for need in mine if need.opened_at),
        earlier=tuple(rows.need_view(need) for need in earlier if rows.need_words(need).parts),
        may_write_more=rules.may_write_more(len(mine)),
    )


def is_folded(couple: CoupleView | None) -> bool:
    """Whether this person said ready and both pages are still to open."""
    if couple is None or couple.opened_at:
        return False
    return rows.readiness_of(couple.me.person_id) is not None


@transaction()
def begin_need(person_id: str, heading: Heading, now: datetime) -> str:
    """Begin a need and return its id; a listed topic that is being written is gone on with."""
    return Desk(person_id).begin(_heading(person_id, heading), now).id


class Desk:
    """A person's own needs, read once and theirs alone until the caller's transaction ends."""

    def __init__(self, person_id: str) -> None:
        """Wait until nobody else begins one."""
        lock_person(person_id)
        couple = couple_or_none(person_id)
        self._person_id, self._couple_id = person_id, couple.id if couple else None
        self._needs = list(rows.own_needs(person_id, self._couple_id))
        self.is_folded = is_folded(couple)

    def begin(self, heading: Heading, now: datetime) -> Need:
        """Return the draft about this, begun where there is none, or refuse."""
        for each in self._needs:
            if not each.opened_at and _is_about(each, heading):
                return each
        if self.is_folded:
            raise PageFolded
        if not rules.may_write_more(len(self._needs)):
            raise EnoughOpenNeeds if all(each.opened_at for each in self._needs) else EnoughNeeds
        return self._new(heading, now)

    def _new(self, heading: Heading, now: datetime) -> Need:
        need = Need(
            person_id=self._person_id,
            couple_id=self._couple_id,
            listed=heading.listed or None,
            own_topic=heading.own_words or None,
            topic_id=heading.topic_id or None,
            written_at=now,
            saved_at=now,
            revision=0,
        )
        db.session.add(need)
        self._needs.append(need)
        return need


def _heading(person_id: str, heading: Heading) -> Heading:
    if heading.topic_id:
        topic = rows.standing(rows.topic_of(couple_of(person_id).id, heading.topic_id))
        return Heading(topic.listed or "", topic_id="" if topic.listed else topic.id)
    if heading.listed and heading.listed not in LISTED:
        raise NotFound
    return heading


def _is_about(need: Need, heading: Heading) -> bool:
    if heading.listed:
        return need.listed == heading.listed
    if heading.topic_id:
        return bool(need.topic_id == heading.topic_id)
    return bool(need.own_topic == heading.own_words)


def need_page(person_id: str, need_id: str) -> NeedPage:
    """Return one own need with its place among the drafts."""
    need = rows.own_need(person_id, need_id)
    couple = couple_or_none(person_id)
    mine = rows.own_needs(person_id, need.couple_id)
    drafts = [each.id for each in mine if not each.opened_at]
    place = drafts.index(need.id) if need.id in drafts else 0
    return NeedPage(
        couple,
        rows.need_view(need),
        number=place + 1,
        of=len(drafts),
        next_id=drafts[place + 1] if place + 1 < len(drafts) else None,
        fixed=is_fixed(need, couple),
        folded=is_folded(couple),
    )


@transaction()
def save_need(
    person_id: str, need_id: str, words: NeedWords, revision: int, now: datetime
) -> NeedView | NeedClash:
    """Keep a need's words; where another tab was first, return its words instead (rule A9)."""
    need = changeable_need(person_id, need_id)
    if rows.need_words(need) == words:
        return rows.need_view(need)
    if need.revision != revision:
        return NeedClash(rows.need_view(need))
    write(need, words, now)
    return rows.need_view(need)


def write(need: Need, words: NeedWords, now: datetime) -> None:
    """Put words into an own draft, in the caller's transaction."""
    need.before, need.request, need.own_part = words.before, words.request, words.own_part
    need.matters = words.matters
    need.saved_at = now
    need.revision += 1


def changeable_need(person_id: str, need_id: str) -> Need:
    """Return an own draft, locked, or refuse: opened needs are fixed, folded pages rest."""
    need = rows.own_need(person_id, need_id, lock=True)
    couple = couple_or_none(person_id)
    if is_fixed(need, couple):
        raise NeedIsOpen if need.opened_at else LinkEnded
    if is_folded(couple):
        raise PageFolded
    return need


def is_fixed(need: Need, couple: CoupleView | None) -> bool:
    """Whether a need stays as it is: it is open, or belongs to a link that has ended."""
    here = {None, couple.id if couple else None}
    return need.opened_at is not None or need.couple_id not in here


@transaction()
def delete_need(person_id: str, need_id: str) -> None:
    """Take a draft away."""
    db.session.delete(changeable_need(person_id, need_id))


def link_needs(couple_id: str, person_ids: tuple[str, ...]) -> None:
    """Give what was written before linking its couple, in the caller's transaction (rule L4)."""
    query = db.update(Need).where(Need.person_id.in_(person_ids), Need.couple_id.is_(None))
    db.session.execute(query.values(couple_id=couple_id))
