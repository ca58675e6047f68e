"""Bringing something to the next talk, changing it, taking it back, and what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select

from couples.agreement import rows
from couples.agreement.listed import LISTED, topic_name
from couples.agreement.models import Topic
from couples.dashboard.cards.rules import SCALE
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import CoupleView, couple_of, locked_couple
from couples.surveys.rules import OVERALL
from couples.talks.agenda.refusals import EnoughItems, ItemGone
from couples.talks.agenda.rules import MOST_OPEN, in_order
from couples.talks.agenda.shapes import Agenda, Bringing, Heading, ItemView
from couples.talks.models import AgendaItem
from couples.talks.prompts.reader import GENERAL, STEP

OPEN = (
    AgendaItem.talk_id.is_(None),
    AgendaItem.taken_back_at.is_(None),
    AgendaItem.to_review_at.is_(None),
)
# What the words begin with, never with a number or a direction.
BEGINNINGS = {
    "": Heading(),
    GENERAL: Heading(),
    STEP: Heading(topic_key=STEP),
}
WHOLE = {
    OVERALL: _l("How it is with us, overall"),
    SCALE: _l("How it is with us, in four questions"),
}


def agenda_of(couple: CoupleView) -> Agenda:
    """Return what both bring, with one query."""
    return arranged(couple, items_where(couple, AgendaItem.couple_id == couple.id, *OPEN))


def arranged(couple: CoupleView, items: Iterable[ItemView]) -> Agenda:
    """Return an agenda of the open items of both: one stands for each, the others are kept."""
    items = list(items)
    both = [
        (person, in_order([item for item in items if item.author == person]))
        for person in (couple.left, couple.right)
    ]
    lines = tuple((person, brought[0] if brought else None) for person, brought in both)
    return Agenda(lines, tuple(item for _person, brought in both for item in brought[1:]))


def items_where(couple: CoupleView, *conditions: ColumnElement[bool]) -> list[ItemView]:
    """Return items of this couple with the topics they are about."""
    query = select(AgendaItem, Topic.listed).outerjoin(Topic, Topic.id == AgendaItem.topic_id)
    # What was read before waiting for the couple is old: another act may have come first.
    query = query.where(*conditions).execution_options(populate_existing=True)
    return [item_view(couple, row, listed) for row, listed in db.session.execute(query)]


def item_view(couple: CoupleView, row: AgendaItem, listed: str | None) -> ItemView:
    """Show one item to both of its couple."""
    author = couple.left if row.author_id == couple.left.person_id else couple.right
    about = row.topic_id, listed
    return ItemView(
        row.id, author, row.words, *about, row.added_at, row.chosen_at, row.returned, row.revision
    )


def bringing(person_id: str, about: str) -> Bringing:
    """Return what is needed to write a new item about this: see `heading_of`."""
    couple = couple_of(person_id)
    return Bringing(couple, heading_of(couple, about), tuple(_open_of(couple)))


def bringing_again(person_id: str, item_id: str) -> Bringing:
    """Return what is needed to change one's own item, while it is open."""
    couple = couple_of(person_id)
    row = _own(couple, item_id)
    _must_be_open(row)
    mine = tuple(_open_of(couple))
    item = next((item for item in mine if item.id == row.id), None)
    if item is None:
        raise ItemGone
    return Bringing(couple, Heading(item.words, item.topic_id, item.topic_key), mine, item)


def heading_of(couple: CoupleView, about: str) -> Heading:
    """Return how something begins: overall, the scale, a listed topic's key, or a topic's id."""
    if about in BEGINNINGS:
        return BEGINNINGS[about]
    if about in WHOLE:
        return Heading(str(WHOLE[about]), None, OVERALL)
    if about in LISTED:
        there = _listed_topic(couple, about)
        return Heading(topic_name(about, None), there.id if there else None, about)
    topic = rows.standing(rows.topic_of(couple.id, about))
    return Heading(topic_name(topic.listed, topic.own_words), topic.id, topic.listed)


def _listed_topic(couple: CoupleView, key: str) -> Topic | None:
    """Return the couple's own topic of the list, if they have it."""
    query = select(Topic).where(Topic.couple_id == couple.id, Topic.listed == key)
    found = db.session.scalars(query).first()
    # Words that begin with the name of a part belong to the part.
    return found if found is None or not found.merged_into_id else None


@transaction()
def add(person_id: str, words: str, about: str, now: datetime) -> str:
    """Bring something; the same words once more, by a double press or a second tab, are once."""
    couple = locked_couple(person_id)
    mine = _open_of(couple)
    same = next((item for item in mine if item.words.casefold() == words.casefold()), None)
    if same is not None:
        return same.id
    if len(mine) >= MOST_OPEN:
        raise EnoughItems
    whose = {"couple_id": couple.id, "author_id": person_id}
    row = AgendaItem(
        **whose, words=words, topic_id=heading_of(couple, about).topic_id, added_at=now
    )
    db.session.add(row)
    return row.id


def stands(person_id: str, item_id: str) -> bool:
    """Whether this is the one of the person's own things that stands on the agenda."""
    return [item.id for item in _open_of(couple_of(person_id))][:1] == [item_id]


@transaction()
def change(person_id: str, item_id: str, words: str, revision: int) -> bool:
    """Put other words in the place of one's own; say no where a second tab was first (A9)."""
    row = _own(locked_couple(person_id), item_id)
    _must_be_open(row)
    if row.words != words and row.revision != revision:
        return False
    if row.words != words:
        row.words = words
        row.revision += 1
    return True


@transaction()
def take_back(person_id: str, item_id: str, now: datetime) -> None:
    """Take one's own item off the agenda, its words with it; once more changes nothing."""
    row = _own(locked_couple(person_id), item_id)
    if row.taken_back_at is None:
        _must_be_open(row)
        row.taken_back_at, row.words = now, ""


@transaction()
def choose_first(person_id: str, item_id: str, now: datetime) -> None:
    """Let one of one's own items stand on the agenda, the others under it."""
    row = _own(locked_couple(person_id), item_id)
    _must_be_open(row)
    row.chosen_at = now


def _open_of(couple: CoupleView) -> Sequence[ItemView]:
    """Return the asking person's open items, in their order."""
    mine = AgendaItem.couple_id == couple.id, AgendaItem.author_id == couple.me.person_id
    return in_order(items_where(couple, *mine, *OPEN))


def _own(couple: CoupleView, item_id: str) -> AgendaItem:
    """Return an item the asking person brought; the partner's is nobody's (rule S7)."""
    mine = AgendaItem.couple_id == couple.id, AgendaItem.author_id == couple.me.person_id
    query = select(AgendaItem).where(AgendaItem.id == item_id, *mine)
    found = db.session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound
    return found


def _must_be_open(row: AgendaItem) -> None:
    if row.talk_id or row.taken_back_at or row.to_review_at:
        raise ItemGone
