"""What each brings: added, changed, taken back, put first, and how it stands on the agenda."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from couples.agreement.models import Topic
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import couple_of
from couples.talks.agenda.refusals import EnoughItems, ItemGone
from couples.talks.agenda.rules import MOST_OPEN, in_order
from couples.talks.agenda.services import (
    add,
    agenda_of,
    bringing,
    bringing_again,
    change,
    choose_first,
    take_back,
)
from couples.talks.agenda.shapes import Agenda
from couples.talks.models import AgendaItem, Talk
from tests.cast import Cast, link
from tests.races import rows

MINUTE = timedelta(minutes=1)


def agenda(person_id: str) -> Agenda:
    """Return the agenda as a person sees it."""
    return agenda_of(couple_of(person_id))


def words(person_id: str) -> list[str | None]:
    """Return what stands on the agenda, in the order of the leaves."""
    return [item.words if item else None for _person, item in agenda(person_id).lines]


def kept(person_id: str) -> list[str]:
    """Return what is kept for another time."""
    return [item.words for item in agenda(person_id).more]


@transaction()
def add_topic(couple_id: str, now: datetime, position: int, **values: Any) -> str:
    """Add a topic of this couple."""
    topic = Topic(couple_id=couple_id, position=position, opened_at=now, **values)
    db.session.add(topic)
    return topic.id


@transaction()
def settle(item_id: str, **values: Any) -> None:
    """Let an item be talked about, or wait for the review."""
    for name, value in values.items():
        setattr(db.session.get_one(AgendaItem, item_id), name, value)


def test_O5_one_thing_each_and_nobody_looks_empty_handed(cast: Cast, now: datetime) -> None:
    assert words(cast.maya) == [None, None]
    couple = couple_of(cast.maya)
    assert [person for person, _item in agenda(cast.jonas).lines] == [couple.left, couple.right]
    add(cast.jonas, "The dentist.", "", now)
    assert words(cast.maya) == words(cast.jonas) == [None, "The dentist."]
    add(cast.maya, "Saturdays.", "", now)
    add(cast.maya, "The car.", "", now + MINUTE)
    assert words(cast.maya) == words(cast.jonas) == ["Saturdays.", "The dentist."]
    assert kept(cast.maya) == kept(cast.jonas) == ["The car."]


def test_the_latest_chosen_stands_first_and_else_the_oldest(cast: Cast, now: datetime) -> None:
    first, second, third = (add(cast.maya, f"{n}", "", now + n * MINUTE) for n in range(3))
    assert words(cast.jonas)[0] == "0" and kept(cast.jonas) == ["1", "2"]
    choose_first(cast.maya, third, now + 5 * MINUTE)
    choose_first(cast.maya, second, now + 6 * MINUTE)
    assert words(cast.jonas)[0] == "1" and kept(cast.jonas) == ["0", "2"]
    take_back(cast.maya, second, now)
    assert words(cast.jonas)[0] == "2" and kept(cast.jonas) == ["0"]
    take_back(cast.maya, third, now)
    assert words(cast.jonas)[0] == "0" and kept(cast.jonas) == []
    take_back(cast.maya, first, now)
    assert words(cast.jonas) == [None, None]


def test_in_order_says_the_same_whatever_order_the_rows_come_in(cast: Cast, now: datetime) -> None:
    for n in range(4):
        add(cast.maya, f"{n}", "", now)
    choose_first(cast.maya, rows(AgendaItem)[1].id, now)
    choose_first(cast.maya, rows(AgendaItem)[2].id, now)
    found = rows(AgendaItem)
    assert in_order(found) == in_order(found[::-1]) == in_order([*found[2:], *found[:2]])
    assert in_order([]) == []


def test_six_at_most_and_each_has_their_own_six(cast: Cast, now: datetime) -> None:
    made = [add(cast.maya, f"{n}", "", now) for n in range(MOST_OPEN)]
    assert not bringing(cast.maya, "").has_room and bringing(cast.jonas, "").has_room
    with pytest.raises(EnoughItems):
        add(cast.maya, "One more.", "", now)
    assert add(cast.maya, "0", "", now) == made[0], "the same words are there already"
    add(cast.jonas, "Mine.", "", now)
    take_back(cast.maya, made[0], now)
    add(cast.maya, "One more.", "", now)
    assert bringing_again(cast.maya, made[1]).has_room


def test_the_same_words_once_more_are_once_until_they_have_left(cast: Cast, now: datetime) -> None:
    item = add(cast.maya, "Saturdays.", "", now)
    assert add(cast.maya, "saturdays.", "overall", now + MINUTE) == item
    add(cast.jonas, "Saturdays.", "", now)
    assert words(cast.maya) == ["Saturdays.", "Saturdays."], "both may bring the same"
    take_back(cast.maya, item, now)
    assert add(cast.maya, "Saturdays.", "", now + MINUTE) != item


def test_O5_what_it_is_about_begins_the_words_neutrally(cast: Cast, now: datetime) -> None:
    own = add_topic(cast.couple, now, 1, own_words="Our Sundays")
    time = add_topic(cast.couple, now, 2, listed="time")
    part = add_topic(cast.couple, now, 3, own_words="Late", merged_into_id=own, retired_at=now)
    assert {about: bringing(cast.maya, about).heading.words for about in (own, time, part)} == {
        own: "Our Sundays", time: "Unhurried time together", part: "Our Sundays",
    }  # fmt: skip
    expected = {
        "": ("", None, None),
        "general": ("", None, None),
        "step": ("", None, "step"),
        "overall": ("How it is with us, overall", None, "overall"),
        "scale": ("How it is with us, in four questions", None, "overall"),
        "time": ("Unhurried time together", time, "time"),
        "home": ("Sharing the load at home", None, "home"),
        own: ("Our Sundays", own, None),
        part: ("Our Sundays", own, None),
    }
    for about, (begins, topic_id, key) in expected.items():
        heading = bringing(cast.maya, about).heading
        assert (heading.words, heading.topic_id, heading.topic_key) == (begins, topic_id, key)
        assert not any(letter.isdigit() for letter in heading.words)
    item = add(cast.maya, "A walk.", time, now)
    found = agenda(cast.jonas).lines[0][1]
    assert found is not None and (found.id, found.topic_id, found.topic_key) == (item, time, "time")


def test_S7_what_it_is_about_must_be_the_couples_own(cast: Cast, now: datetime) -> None:
    theirs = add_topic(cast.other_couple, now, 1, own_words="Theirs")
    for unknown in ("nothing of ours", "Time", "over all", "7", "x" * 5000, theirs):
        with pytest.raises(NotFound):
            bringing(cast.maya, unknown)
        with pytest.raises(NotFound):
            add(cast.maya, "Words.", unknown, now)
    assert rows(AgendaItem) == []


def test_only_its_author_changes_or_moves_an_item(cast: Cast, now: datetime) -> None:
    item = add(cast.maya, "Saturdays.", "", now)
    acts: list[Callable[[str], Any]] = [
        lambda who: bringing_again(who, item),
        lambda who: change(who, item, "Other words.", 1),
        lambda who: take_back(who, item, now),
        lambda who: choose_first(who, item, now),
    ]
    for act in acts:
        for who in (cast.jonas, cast.ines, cast.other):
            with pytest.raises(NotFound):
                act(who)
    assert words(cast.jonas) == ["Saturdays.", None]
    change(cast.maya, item, "Sundays.", 1)
    assert words(cast.jonas) == ["Sundays.", None]
    assert bringing_again(cast.maya, item).stands


def test_what_was_talked_about_or_waits_for_the_review_has_left(cast: Cast, now: datetime) -> None:
    talked, waits, back, open_ = (add(cast.maya, f"{n}", "", now + n * MINUTE) for n in range(4))
    with transaction():
        talk = Talk(couple_id=cast.couple, made_at=now, talked_at=now)
        db.session.add(talk)
    settle(talked, talk_id=talk.id)
    settle(waits, to_review_at=now)
    take_back(cast.maya, back, now)
    take_back(cast.maya, back, now + MINUTE)
    gone_row = db.session.get_one(AgendaItem, back)
    assert (gone_row.taken_back_at, gone_row.words) == (now, "")
    assert words(cast.jonas) == ["3", None] and kept(cast.jonas) == []
    assert [item.id for item in bringing(cast.maya, "").open] == [open_]
    for gone in (talked, waits):
        with pytest.raises(ItemGone):
            take_back(cast.maya, gone, now)
    for gone in (talked, waits, back):
        for act in (
            lambda item: bringing_again(cast.maya, item),
            lambda item: change(cast.maya, item, "Later.", 1),
            lambda item: choose_first(cast.maya, item, now),
        ):
            with pytest.raises(ItemGone):
                act(gone)


def test_an_agenda_is_one_query_and_another_link_has_its_own(cast: Cast, now: datetime) -> None:
    add_topic(cast.couple, now, 1, listed="time")
    for n in range(5):
        add(cast.maya, f"{n}", "time", now)
        add(cast.other, f"{n}", "", now)
    couple = couple_of(cast.maya)
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.extend([statement] if statement.startswith("SELECT") else [])

    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", note)
    found = agenda_of(couple)
    event.remove(db.engine, "before_cursor_execute", note)
    assert len(asked) == 1 and len(found.more) == 4 and found.items[0].topic_key == "time"
    assert {item.author.name for item in (*found.items, *found.more)} == {"Maya"}


def test_S1_the_words_are_sealed_and_stand_in_no_repr(
    app: Flask, cast: Cast, now: datetime
) -> None:
    add(cast.maya, "The dentist.", "", now)
    (sealed,) = db.session.scalars(select(AgendaItem.words_sealed))
    assert b"dentist" not in sealed
    page = bringing_again(cast.maya, rows(AgendaItem)[0].id)
    for value in (agenda(cast.jonas), agenda(cast.jonas).lines[0][1], page):
        assert "dentist" not in repr(value)


def test_what_was_brought_in_an_earlier_link_stays_there(cast: Cast, now: datetime) -> None:
    from couples.pairing.services_leaving import end_link

    item = add(cast.maya, "Saturdays.", "", now)
    end_link(cast.maya, now)
    link(cast.maya, cast.ines, now)
    assert words(cast.maya) == [None, None]
    with pytest.raises(NotFound):
        change(cast.maya, item, "Sundays.", 1)


def test_A9_a_second_tab_overwrites_no_newer_words(cast: Cast, now: datetime) -> None:
    item = add(cast.maya, "Saturdays.", "", now)
    assert change(cast.maya, item, "Sundays.", 1)
    assert change(cast.maya, item, "Sundays.", 1), "a double press is there already"
    assert not change(cast.maya, item, "Mondays.", 1)
    assert words(cast.jonas) == ["Sundays.", None]
    assert change(cast.maya, item, "Mondays.", 2)
