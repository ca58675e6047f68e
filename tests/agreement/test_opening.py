"""Ready, and opening together (rules A2, A3)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from couples.agreement.models import Need, Readiness
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import Heading, begin_need, my_needs
from couples.agreement.needs.services_opening import open_need, open_pages, say_ready, take_back
from couples.agreement.promises.services_side import side
from couples.agreement.refusals import AlreadyOpen, NothingWritten, NotOpenYet
from couples.agreement.rules import NeedWords
from couples.agreement.services_home import home
from couples.db import db
from couples.errors import NotFound
from couples.pairing.services import couple_of
from tests.agreement.road import WORDS, open_both, promise, topic_ids, write
from tests.cast import Cast


def test_A2_ready_needs_at_least_one_line(database_cast: Cast, now: datetime) -> None:
    with pytest.raises(NothingWritten):
        say_ready(database_cast.maya, now)
    begin_need(database_cast.maya, Heading(listed="time"), now)
    with pytest.raises(NothingWritten):
        say_ready(database_cast.maya, now)


def test_A2_both_pages_open_at_the_same_moment(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    for person_id in (cast.maya, cast.jonas):
        write(person_id, now)
    begin_need(cast.maya, Heading(listed="money"), now)
    say_ready(cast.jonas, now)
    assert couple_of(cast.maya).opened_at is None
    assert db.session.scalars(db.select(Need).where(Need.opened_at.is_not(None))).all() == []
    later = now + timedelta(days=1)
    say_ready(cast.maya, later)
    assert couple_of(cast.maya).opened_at == later
    assert [need.opened_at for need in my_needs(cast.maya).opened] == [later]
    assert [need.opened_at for need in my_needs(cast.jonas).opened] == [later]
    assert [need.listed for need in my_needs(cast.maya).drafts] == ["money"]


def test_A2_each_opens_the_waiting_pages_for_themselves(cast: Cast, now: datetime) -> None:
    open_both(cast, now)
    assert home(cast.maya).reveal_waits
    open_pages(cast.maya)
    assert not home(cast.maya).reveal_waits
    assert home(cast.jonas).reveal_waits
    with pytest.raises(AlreadyOpen):
        take_back(cast.jonas)
    with pytest.raises(AlreadyOpen):
        say_ready(cast.maya, now)


def test_A2_ready_can_be_taken_back_until_both_are(database_cast: Cast, now: datetime) -> None:
    for person_id in (database_cast.maya, database_cast.jonas):
        write(person_id, now)
    say_ready(database_cast.maya, now)
    assert home(database_cast.maya).needs.folded
    take_back(database_cast.maya)
    assert not home(database_cast.maya).needs.folded
    say_ready(database_cast.jonas, now)
    assert couple_of(database_cast.maya).opened_at is None


def test_saying_ready_twice_is_saying_it_once(database_cast: Cast, now: datetime) -> None:
    write(database_cast.maya, now)
    say_ready(database_cast.maya, now)
    say_ready(database_cast.maya, now)
    assert len(db.session.scalars(db.select(Readiness)).all()) == 1


def test_A3_the_same_listed_topic_stands_side_by_side(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    write(cast.maya, now, "time", words=WORDS)
    write(cast.maya, now, own="The garden", words=NeedWords("b", "r", "o", 5))
    write(cast.jonas, now, "time", words=NeedWords("other", "words", "", 1))
    for person_id in (cast.maya, cast.jonas):
        say_ready(person_id, now)
    garden, time = topic_ids(cast.maya)
    left, right = side(cast.jonas, time).leaves
    assert [need.words.before for need in left.needs] == ["I felt alone."]
    assert [need.words.before for need in right.needs] == ["other"]
    assert side(cast.jonas, garden).leaves[1].needs == ()
    assert side(cast.jonas, garden).topic.name == "The garden"


def test_A3_the_empty_side_can_be_written_then_and_opens_by_its_authors_press(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    write(cast.maya, now, own="The garden")
    write(cast.jonas, now, "time")
    for person_id in (cast.maya, cast.jonas):
        say_ready(person_id, now)
    (garden,) = (i for i in topic_ids(cast.maya) if side(cast.maya, i).topic.name == "The garden")
    need_id = begin_need(cast.jonas, Heading(topic_id=garden), now)
    assert begin_need(cast.jonas, Heading(topic_id=garden), now) == need_id
    with pytest.raises(NothingWritten):
        open_need(cast.jonas, need_id, now)
    services_needs.save_need(cast.jonas, need_id, WORDS, 0, now)
    assert side(cast.maya, garden).leaves[1].needs == ()
    assert side(cast.maya, garden).my_draft_id is None
    assert side(cast.jonas, garden).my_draft_id == need_id
    assert services_needs.need_page(cast.jonas, need_id).need.name == "The garden"
    assert open_need(cast.jonas, need_id, now) == garden
    assert len(side(cast.maya, garden).leaves[1].needs) == 1


def test_A2_a_later_need_joins_its_listed_topic_or_makes_one(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    again, other = write(cast.maya, now, "time"), write(cast.maya, now, "money")
    assert open_need(cast.maya, again, now) == topic_id
    new_topic_id = open_need(cast.maya, other, now)
    assert topic_ids(cast.jonas) == [topic_id, new_topic_id]
    assert len(side(cast.jonas, topic_id).leaves[0].needs) == 2


def test_A2_a_single_need_does_not_open_before_both_pages(cast: Cast, now: datetime) -> None:
    need_id = write(cast.maya, now)
    with pytest.raises(NotOpenYet):
        open_need(cast.maya, need_id, now)
    with pytest.raises(NotOpenYet):
        open_pages(cast.maya)


def test_S7_topics_belong_to_their_couple(database_cast: Cast, now: datetime) -> None:
    topic_id = open_both(database_cast, now)
    promise(database_cast, topic_id, now)
    with pytest.raises(NotFound):
        side(database_cast.other, topic_id)
    with pytest.raises(NotFound):
        side(database_cast.ines, topic_id)
    with pytest.raises(NotFound):
        begin_need(database_cast.other, Heading(topic_id=topic_id), now)
    with pytest.raises(NotFound):
        services_opening.say_ready(database_cast.ines, now)
