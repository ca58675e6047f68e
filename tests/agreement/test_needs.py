"""Writing needs, alone (rules A1, A9, L4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from couples.agreement.listed import LISTED, STARTERS
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import Heading, begin_need, my_needs, need_page, save_need
from couples.agreement.promises.services_side import side
from couples.agreement.refusals import (
    EnoughNeeds,
    EnoughOpenNeeds,
    LinkEnded,
    NeedIsOpen,
    PageFolded,
)
from couples.agreement.services_home import home
from couples.agreement.shapes import NeedClash, NeedView
from couples.agreement.signals import in_force
from couples.db import db
from couples.errors import NotFound
from couples.pairing.services_leaving import end_link
from couples.pairing.signals import linked
from tests.agreement.road import WORDS, open_both, topic_ids, write
from tests.cast import Cast, link


def test_A1_at_most_six_needs(database_cast: Cast, now: datetime) -> None:
    for number in range(6):
        write(database_cast.maya, now, own=f"Topic {number}")
    with pytest.raises(EnoughNeeds):
        begin_need(database_cast.maya, Heading(listed="time"), now)
    assert len(my_needs(database_cast.maya).drafts) == 6
    assert not my_needs(database_cast.maya).may_write_more


def test_A1_six_open_needs_are_the_most_there_can_be(cast: Cast, now: datetime) -> None:
    for number in range(6):
        write(cast.maya, now, own=f"Topic {number}")
    write(cast.jonas, now, "trust")
    for person_id in (cast.maya, cast.jonas):
        services_opening.say_ready(person_id, now)
    with pytest.raises(EnoughOpenNeeds):
        begin_need(cast.maya, Heading(listed="time"), now)
    trust = next(line.topic.id for line in home(cast.maya).topics if line.topic.listed == "trust")
    assert not side(cast.maya, trust).may_write
    assert side(cast.jonas, topic_ids(cast.jonas)[0]).may_write


def test_L6_a_draft_of_a_link_that_ended_says_so(database_cast: Cast, now: datetime) -> None:
    need_id = write(database_cast.maya, now)
    end_link(database_cast.jonas, now)
    with pytest.raises(LinkEnded):
        save_need(database_cast.maya, need_id, replace(WORDS, request="Other"), 1, now)
    assert need_page(database_cast.maya, need_id).need.words == WORDS


def test_A1_a_need_belongs_to_its_author_alone(database_cast: Cast, now: datetime) -> None:
    need_id = write(database_cast.maya, now)
    for other in (database_cast.jonas, database_cast.ines, database_cast.other):
        with pytest.raises(NotFound):
            need_page(other, need_id)
        with pytest.raises(NotFound):
            save_need(other, need_id, WORDS, 1, now)
        with pytest.raises(NotFound):
            services_needs.delete_need(other, need_id)
        assert my_needs(other).drafts == ()


def test_a_topic_that_is_being_written_is_gone_on_with(cast: Cast, now: datetime) -> None:
    need_id = write(cast.maya, now)
    assert begin_need(cast.maya, Heading(listed="time"), now) == need_id
    own = write(cast.maya, now, own="The garden")
    assert begin_need(cast.maya, Heading(own_words="The garden"), now) == own


def test_an_unknown_topic_of_the_list_is_not_found(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotFound):
        begin_need(cast.maya, Heading(listed="weather"), now)


def test_A9_a_second_tab_is_shown_both_texts(database_cast: Cast, now: datetime) -> None:
    need_id = write(database_cast.maya, now)
    first = replace(WORDS, request="From the first tab.")
    second = replace(WORDS, request="From the second tab.")
    kept = save_need(database_cast.maya, need_id, first, 1, now)
    assert isinstance(kept, NeedView)
    assert kept.revision == 2
    clash = save_need(database_cast.maya, need_id, second, 1, now)
    assert isinstance(clash, NeedClash)
    assert clash.need.words == first
    chosen = save_need(database_cast.maya, need_id, second, clash.need.revision, now)
    assert isinstance(chosen, NeedView)
    assert need_page(database_cast.maya, need_id).need.words == second


def test_saving_the_same_words_twice_is_no_clash(cast: Cast, now: datetime) -> None:
    need_id = write(cast.maya, now)
    assert isinstance(save_need(cast.maya, need_id, WORDS, 0, now), NeedView)


def test_A2_an_opened_need_stays_as_it_is(database_cast: Cast, now: datetime) -> None:
    open_both(database_cast, now)
    (need,) = my_needs(database_cast.maya).opened
    with pytest.raises(NeedIsOpen):
        save_need(database_cast.maya, need.id, replace(WORDS, request="Other"), 1, now)
    with pytest.raises(NeedIsOpen):
        services_needs.delete_need(database_cast.maya, need.id)
    assert my_needs(database_cast.maya).opened[0].words == WORDS


def test_a_folded_page_rests_until_it_is_taken_back(cast: Cast, now: datetime) -> None:
    need_id = write(cast.maya, now)
    services_opening.say_ready(cast.maya, now)
    with pytest.raises(PageFolded):
        save_need(cast.maya, need_id, replace(WORDS, request="Other"), 1, now)
    with pytest.raises(PageFolded):
        begin_need(cast.maya, Heading(listed="money"), now)
    with pytest.raises(PageFolded):
        services_needs.delete_need(cast.maya, need_id)
    services_opening.take_back(cast.maya)
    services_needs.delete_need(cast.maya, need_id)
    assert my_needs(cast.maya).drafts == ()


def test_L4_needs_written_before_linking_belong_to_the_couple_then(
    database_cast: Cast, now: datetime
) -> None:
    from tests.cast import make_person

    tom = make_person("Tom", now)
    write(database_cast.ines, now)
    couple_id = link(database_cast.ines, tom, now)
    linked.send(couple_id=couple_id, now=now)
    db.session.commit()
    assert my_needs(database_cast.ines).couple is not None
    assert len(my_needs(database_cast.ines).written) == 1
    assert my_needs(tom).drafts == ()


def test_drafts_are_numbered_in_the_order_they_were_begun(cast: Cast, now: datetime) -> None:
    first = write(cast.maya, now, "time")
    second = write(cast.maya, now + timedelta(minutes=1), "money")
    page = need_page(cast.maya, first)
    assert (page.number, page.of, page.next_id) == (1, 2, second)
    assert need_page(cast.maya, second).next_id is None


def test_the_list_has_a_name_and_an_example_for_each_topic(cast: Cast) -> None:
    assert set(STARTERS) <= set(LISTED)
    assert "five hours" in str(LISTED["notice"].example)
    assert all(str(topic.name) and str(topic.example) for topic in LISTED.values())
    assert len(in_force.receivers) >= 1
